"""The shared steps of every write in service: numbers, dated steps, audit lines, references."""

from datetime import datetime

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput
from repertory.core.time import day_of
from repertory.platform.audit_lines import Line
from repertory.platform.changes import Changes
from repertory.platform.unit import record
from repertory.products.access import visible_products
from repertory.products.models import Product
from repertory.service.choices import EscalationLevel, EventStepKind, StepKind
from repertory.service.models import AdverseEvent, AdverseEventStep, Case, CaseStep, NumberSeries

CASE = "case"
EVENT = "adverse_event"
WIDTH = 5


def next_number(name: str, at: datetime, prefix: str = "") -> str:
    """The next number of the year, 2026-00012; its row is locked until the transaction ends."""
    year = day_of(at).year
    series, _created = NumberSeries.objects.select_for_update().get_or_create(name=name, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{prefix}{year}-{series.last:0{WIDTH}d}"


def visible_product(actor: Actor, product_id: int | None) -> Product | None:
    """The product that an input names. Raises InvalidInput for one out of sight."""
    if product_id is None:
        return None
    product = visible_products(actor).filter(pk=product_id).first()
    if product is None:
        raise InvalidInput(_("没有找到这个产品，请重新选择。"), code="unknown_product", field="product_id")
    return product


def step(
    case: Case,
    kind: StepKind,
    *,
    actor: Actor,
    at: datetime,
    text: str = "",
    states: tuple[str, str] = ("", ""),
    level: int = EscalationLevel.NONE,
) -> CaseStep:
    return CaseStep.objects.create(
        case=case,
        kind=kind,
        at=at,
        user_id=actor.user_id,
        text=text,
        from_state=states[0],
        to_state=states[1],
        level=level,
    )


def event_step(event: AdverseEvent, kind: EventStepKind, *, actor: Actor, at: datetime, text: str = "") -> None:
    AdverseEventStep.objects.create(event=event, kind=kind, at=at, user_id=actor.user_id, text=text)


def note(verb: str, case: Case, changes: Changes | None = None, *, reason: str = "") -> None:
    record(Line(verb, CASE, case.pk, label=str(case), changes=changes or {}, reason=reason[:300]))


def note_event(verb: str, event: AdverseEvent, changes: Changes | None = None, *, reason: str = "") -> None:
    record(Line(verb, EVENT, event.pk, label=str(event), changes=changes or {}, reason=reason[:300]))
