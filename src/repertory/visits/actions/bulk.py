"""Many visits that took place, taken over in one go: the same columns, rules of products and wordings, and contact days as
one by one, in batches. The trail has one line a batch."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from repertory.core.actor import Actor
from repertory.core.errors import RuleViolation
from repertory.core.time import day_of
from repertory.customers.actions.contacts import note_contacts
from repertory.organisation.access import require
from repertory.platform.audit_lines import Line
from repertory.platform.bulk import insert_rows, reserve_keys
from repertory.platform.unit import action, record
from repertory.products import usability
from repertory.products.models import MessageVersion, Product
from repertory.visits import access
from repertory.visits.actions.writing import VISIT
from repertory.visits.choices import Status
from repertory.visits.models import Visit, VisitMessage, VisitProduct


class TakenVisit(NamedTuple):
    """One visit as it stood in another system. talked: (product, attitude); said: versions of messages. planned: whether it
    had been planned for that day."""

    customer_id: int
    user_id: int
    territory_id: int | None
    starts_at: datetime
    ends_at: datetime | None
    mode: str
    purpose: str
    planned: bool
    talked: tuple[tuple[int, str], ...] = ()
    said: tuple[int, ...] = ()
    focus: str = ""
    questions: str = ""
    consensus: str = ""
    next_step: str = ""


@action
def take_over_visits(*, actor: Actor, at: datetime, visits: Sequence[TakenVisit]) -> list[int]:
    """Record visits of the past; their keys in the given order. The caller has checked customers, people and texts."""
    require(access.may_import(actor))
    if not visits:
        return []
    days = [day_of(visit.starts_at) for visit in visits]
    _check_talk(visits, days)
    keys = list(reserve_keys(Visit, len(visits)))
    insert_rows(Visit, [_row(key, visit, day, actor, at) for key, visit, day in zip(keys, visits, days, strict=True)])
    insert_rows(VisitProduct, [row for key, visit in zip(keys, visits, strict=True) for row in _talk_rows(key, visit)])
    insert_rows(
        VisitMessage,
        [
            {"visit_id": key, "message_version_id": version}
            for key, visit in zip(keys, visits, strict=True)
            for version in visit.said
        ],
    )
    _note_contacts(actor, at, visits, days)
    record(Line("visits_taken_over", VISIT, keys[0], changes={"visits": [None, len(keys)]}))
    return keys


def _row(key: int, visit: TakenVisit, day: date, actor: Actor, at: datetime) -> dict:
    return {
        "id": key,
        "customer_id": visit.customer_id,
        "user_id": visit.user_id,
        "territory_id": visit.territory_id,
        "status": Status.DONE.value,
        "mode": visit.mode,
        "purpose": visit.purpose,
        "day": day,
        "planned_on": day if visit.planned else None,
        "starts_at": visit.starts_at,
        "ends_at": visit.ends_at,
        "focus": visit.focus,
        "questions": visit.questions,
        "consensus": visit.consensus,
        "next_step": visit.next_step,
        "door": actor.door.value,
        "recorded_at": visit.ends_at or visit.starts_at,
        "created_at": at,
        "updated_at": at,
    }


def _talk_rows(key: int, visit: TakenVisit) -> list[dict]:
    return [
        {"visit_id": key, "product_id": product, "position": place, "attitude": attitude}
        for place, (product, attitude) in enumerate(visit.talked)
    ]


def _check_talk(visits: Sequence[TakenVisit], days: Sequence[date]) -> None:
    """Each product on sale and each wording usable on its day; every pair is asked once."""
    talked = {(product, day) for visit, day in zip(visits, days, strict=True) for product, _attitude in visit.talked}
    said = {(version, day) for visit, day in zip(visits, days, strict=True) for version in visit.said}
    products = Product.objects.in_bulk({product for product, _day in talked})
    past = usability.past_of(products)
    for key, day in talked:
        if key not in products or not usability.may_be_promoted(products[key], on=day, past=past):
            raise RuleViolation(f"{products.get(key, key)} {day}", code="product_not_on_sale", field="talked")
    rows = MessageVersion.objects.select_related("message__product")
    versions = rows.in_bulk({version for version, _day in said})
    past = usability.past_of({version.message.product_id for version in versions.values()})
    for key, day in said:
        if key not in versions or not usability.is_usable(versions[key], on=day, past=past):
            raise RuleViolation(f"{versions.get(key, key)} {day}", code="message_not_usable", field="said")


def _note_contacts(actor: Actor, at: datetime, visits: Sequence[TakenVisit], days: Sequence[date]) -> None:
    last: dict[int, date] = {}
    for visit, day in zip(visits, days, strict=True):
        if day > last.get(visit.customer_id, date.min):
            last[visit.customer_id] = day
    note_contacts(actor=actor, at=at, days=last)
