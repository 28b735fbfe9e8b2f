"""What the API shows of cases and adverse events."""

from datetime import date, datetime
from typing import Any

from ninja import Schema

from repertory.service import persons
from repertory.service.choices import UNFINISHED
from repertory.service.models import AdverseEvent, AdverseEventStep, Case, CaseStep


class CaseOut(Schema):
    """customer, product and visit as keys, people as accounts. late: unfinished after its due time."""

    id: int
    number: str
    kind: str
    severity: str
    customer: int
    customer_name: str
    product: int | None
    visit: int | None
    title: str
    text: str
    channel: str
    owner: str | None
    opened_by: str | None
    opened_at: datetime
    state: str
    due_at: datetime
    late: bool
    result: str
    cause: str
    answered_at: datetime | None
    told_at: datetime | None
    told_how: str
    escalation: int
    escalated_at: datetime | None
    updated_at: datetime
    version: int


class Cases(Schema):
    items: list[CaseOut]
    count: int
    next: str | None


class StepOut(Schema):
    id: int
    kind: str
    at: datetime
    user: str | None
    text: str


class CaseWithSteps(CaseOut):
    steps: list[StepOut]


class EventOut(Schema):
    """Patient and reporter are masked here; POST …/reveals tells them against a reason."""

    id: int
    number: str
    customer: int
    customer_name: str
    case: int | None
    visit: int | None
    product: int | None
    product_text: str
    lot: str
    description: str
    onset_on: date | None
    seriousness: list[str]
    expectedness: str
    outcome: str
    patient_initials: str
    patient_age: str
    patient_sex: str
    reporter_kind: str
    reporter_name: str
    reporter_phone: str
    missing: list[str]
    aware_at: datetime
    clock: str
    due_at: datetime
    late: bool
    reported_by: str | None
    received_at: datetime
    state: str
    handed_over_at: datetime | None
    handed_over_to: str
    receipt_number: str
    closed_at: datetime | None
    updated_at: datetime
    version: int


class Events(Schema):
    items: list[EventOut]
    count: int
    next: str | None


class EventWithSteps(EventOut):
    steps: list[StepOut]


class Persons(Schema):
    patient_initials: str
    patient_age: str
    patient_sex: str
    reporter_name: str
    reporter_phone: str


class CauseOut(Schema):
    cause: str
    count: int
    so_far: int


class Causes(Schema):
    """The most frequent cause first; so_far adds up, for a Pareto."""

    items: list[CauseOut]
    total: int


OF_CASE = (
    "number kind severity title text channel opened_at state due_at result cause answered_at told_at told_how escalation"
    " escalated_at updated_at version"
).split()
OF_EVENT = (
    "number product_text lot description onset_on seriousness expectedness outcome reporter_kind missing aware_at clock"
    " due_at received_at state handed_over_at handed_over_to receipt_number closed_at updated_at version"
).split()


def case(found: Case, *, at: datetime) -> dict[str, Any]:
    """A case that was loaded with its customer and people."""
    return {
        "id": found.pk,
        **{name: getattr(found, name) for name in OF_CASE},
        "customer": found.customer_id,
        "customer_name": found.customer.name,
        "product": found.product_id,
        "visit": found.visit_id,
        "owner": found.owner.username if found.owner else None,
        "opened_by": found.opened_by.username if found.opened_by else None,
        "late": found.state in UNFINISHED and found.due_at < at,
    }


def event(found: AdverseEvent, *, at: datetime) -> dict[str, Any]:
    return {
        "id": found.pk,
        **{name: getattr(found, name) for name in OF_EVENT},
        **{name: persons.shown(found, name, readable=False) for name in persons.PERSONAL},
        "customer": found.customer_id,
        "customer_name": found.customer.name,
        "case": found.case_id,
        "visit": found.visit_id,
        "product": found.product_id,
        "reported_by": found.reported_by.username if found.reported_by else None,
        "late": found.handed_over_at is None and found.due_at < at,
    }


def step(found: CaseStep | AdverseEventStep) -> dict[str, Any]:
    user = found.user.username if found.user else None
    return {"id": found.pk, "kind": found.kind, "at": found.at, "user": user, "text": found.text}
