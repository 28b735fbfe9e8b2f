"""Cases and adverse events, made through actions only."""

from datetime import datetime
from typing import Any

from repertory.core.actor import Actor, system_actor
from repertory.customers.models import Customer
from repertory.service import actions
from repertory.service.inputs import OpenCase, ReportAdverseEvent
from repertory.service.models import AdverseEvent, Case

WHOLE_REPORT = {
    "product_text": "阿托伐他汀钙片 20mg",
    "lot": "A2601",
    "description": "服药三天后双臂出现皮疹，停药两天后消退。",
    "expectedness": "known",
    "outcome": "recovered",
    "patient_initials": "Z.S.",
    "patient_age": "65岁",
    "patient_sex": "male",
    "reporter_kind": "doctor",
    "reporter_name": "单雪",
    "reporter_phone": "13912340000",
}


def open_case(customer: Customer, *, at: datetime, actor: Actor | None = None, **facts: Any) -> Case:
    """A question of ordinary urgency unless said otherwise."""
    data = OpenCase(**{"customer_id": customer.pk, "kind": "question", "title": "能否与克拉霉素合用", **facts})
    return actions.open_case(actor=actor or system_actor(), at=at, data=data)


def report_event(customer: Customer, *, at: datetime, actor: Actor | None = None, **facts: Any) -> AdverseEvent:
    """All that is known, of a known and not serious reaction, unless said otherwise."""
    data = ReportAdverseEvent(**{"customer_id": customer.pk, **WHOLE_REPORT, **facts})
    return actions.report_adverse_event(actor=actor or system_actor(), at=at, data=data)
