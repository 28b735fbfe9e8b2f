"""Lists of adverse events, and one with its revisions and steps."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from repertory.core import crypto
from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.core.listing import Column, ListQuery, Page, apply_filters, column_of, page_of
from repertory.core.text import normalise
from repertory.service import access, persons
from repertory.service.choices import EventState
from repertory.service.models import AdverseEvent, AdverseEventRevision, AdverseEventStep

SORTS = {"due_at": "due_at", "number": "id", "aware_at": "aware_at", "updated_at": "updated_at"}
MOST_WORDS = 6
LATE, INCOMPLETE = "late", "incomplete"
NAMES = (
    "state",
    "clock",
    "expectedness",
    "outcome",
    "reporter_kind",
    "number",
    "lot",
    "onset_on",
    "aware_at",
    "due_at",
    "received_at",
    "handed_over_at",
    "closed_at",
    "updated_at",
)


@dataclass(frozen=True)
class Revision:
    """What a report said: `content` in clear where the reader may know the persons, else with masks."""

    row: AdverseEventRevision
    content: dict[str, Any]


def event_columns() -> dict[str, Column]:
    found = {name: column_of(AdverseEvent, name, sortable=name in SORTS) for name in NAMES}
    references = {"customer": "customer_id", "product": "product_id", "reported_by": "reported_by__username"}
    return found | {name: column_of(AdverseEvent, name, path=path) for name, path in references.items()}


def list_events(*, actor: Actor, query: ListQuery, at: datetime) -> Page[AdverseEvent]:
    """One page of the reports that the person may see; the earliest due first."""
    return page_of(with_names(matching_events(actor=actor, query=query, at=at)), query, SORTS)


def matching_events(*, actor: Actor, query: ListQuery, at: datetime) -> QuerySet[AdverseEvent]:
    """All reports of the list, without order. Filters: the columns; late=1, incomplete=1."""
    filters = dict(query.filters)
    rows = access.visible_events(actor)
    if filters.pop(LATE, [""])[:1] == ["1"]:
        rows = rows.filter(state=EventState.RECEIVED, due_at__lt=at)
    if filters.pop(INCOMPLETE, [""])[:1] == ["1"]:
        rows = rows.exclude(missing=[]).exclude(state=EventState.CLOSED)
    for name in ("customer", "product"):
        if name in filters and filters[name] != ["-"]:
            filters[name] = [
                value for value in filters[name] if value.isascii() and value.isdecimal() and len(value) < 19
            ]
    rows = apply_filters(rows, filters, event_columns())
    for word in normalise(query.text).split()[:MOST_WORDS]:
        names = Q(number__icontains=word) | Q(customer__name__icontains=word) | Q(description__icontains=word)
        drug = Q(product__generic_name__icontains=word) | Q(product_text__icontains=word)
        rows = rows.filter(names | drug)
    return rows


def with_names(rows: QuerySet[AdverseEvent]) -> QuerySet[AdverseEvent]:
    return rows.select_related("customer", "product", "reported_by", "case")


def event_of(*, actor: Actor, event_id: int) -> AdverseEvent:
    event = with_names(access.visible_events(actor)).filter(pk=event_id).first()
    if event is None:
        raise NotFound()
    return event


def steps_of(event: AdverseEvent) -> list[AdverseEventStep]:
    return list(AdverseEventStep.objects.filter(event=event).select_related("user").order_by("pk"))


def revisions_of(event: AdverseEvent) -> list[Revision]:
    """The newest first, persons masked: what they are is revealed one report at a time."""
    rows = AdverseEventRevision.objects.filter(event=event).select_related("user").order_by("-number", "pk")
    return [Revision(row, _masked(content_of(row))) for row in rows]


def content_of(revision: AdverseEventRevision) -> dict[str, Any]:
    """The whole report as it was, in clear."""
    return json.loads(crypto.decrypt_text(bytes(revision.content), purpose=persons.CONTENT))


def _masked(content: dict[str, Any]) -> dict[str, Any]:
    return {
        name: (persons.MASK if value else "") if name in persons.PERSONAL else value for name, value in content.items()
    }


def events_of_customer(*, actor: Actor, customer_id: int, limit: int) -> list[AdverseEvent]:
    rows = access.visible_events(actor).filter(customer_id=customer_id)
    return list(with_names(rows).order_by("-pk")[:limit])


def late_event_count(*, actor: Actor, at: datetime) -> int:
    return access.visible_events(actor).filter(state=EventState.RECEIVED, due_at__lt=at).count()
