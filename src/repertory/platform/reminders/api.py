"""One's own reminders over the API."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from repertory.core.errors import InvalidInput
from repertory.core.time import now
from repertory.platform.api.paging import PageQuery
from repertory.platform.api.schemas import Done
from repertory.platform.api.writing import respond, write
from repertory.platform.models import Reminder
from repertory.platform.reminders import actions, queries
from repertory.platform.reminders.inputs import SnoozeReminder

router = Router(tags=["reminders"])


class ReminderOut(Schema):
    """rule: its key. group: overdue, today or later. url: the page of what it is about, object_type and object_id the
    same for other programs. due_at is null for what is due on a day."""

    id: int
    rule: str
    label: str
    text: str
    group: str
    due_on: date
    due_at: datetime | None
    object_type: str
    object_id: int
    url: str
    created_at: datetime


class Reminders(Schema):
    """count: all that are open now, at most 500; due: of these the overdue ones and those of today."""

    items: list[ReminderOut]
    count: int
    due: int
    next: str | None


class Snoozed(Schema):
    id: int
    snoozed_until: datetime


class ReminderQuery(PageQuery):
    cursor: str = Field("", max_length=40, description="`next` of the page before")


@router.get("/reminders", response={200: Reminders}, operation_id="list_reminders")
def list_(request: HttpRequest, query: Query[ReminderQuery]) -> HttpResponse:
    """What waits for the caller now, the earliest due first: not done, not snoozed, of objects in sight."""
    found = queries.open_reminders(actor=request.actor, at=now())
    behind = _behind(query.cursor)
    rest = [shown for shown in found if queries.order_of(shown.reminder) > behind]
    items = rest[: query.limit]
    last = items[-1].reminder if len(rest) > query.limit else None
    return respond(
        {
            "items": [_shown(one) for one in items],
            "count": len(found),
            "due": sum(one.group != queries.LATER for one in found),
            "next": ".".join(map(str, queries.order_of(last))) if last is not None else None,
        }
    )


def _behind(cursor: str) -> tuple[str, int, int]:
    if not cursor:
        return "", 0, 0
    try:
        day, hour, key = cursor.split(".")
        return str(date.fromisoformat(day)), int(hour), int(key)
    except ValueError:
        raise InvalidInput(_("翻页标记不对，请从第一页开始。"), field="cursor") from None


@router.post("/reminders/{int:reminder_id}/done", response={200: Done}, operation_id="finish_reminder")
def finish(request: HttpRequest, reminder_id: int) -> HttpResponse:
    """Dealt with; it does not come back."""
    return write(request, lambda: actions.finish_reminder(actor=request.actor, at=now(), reminder_id=reminder_id))


@router.post("/reminders/{int:reminder_id}/snooze", response={200: Snoozed}, operation_id="snooze_reminder")
def snooze(request: HttpRequest, reminder_id: int, data: SnoozeReminder) -> HttpResponse:
    """Left out until the beginning of a later day."""

    def work() -> Reminder:
        return actions.snooze_reminder(actor=request.actor, at=now(), reminder_id=reminder_id, data=data)

    return write(request, work, show=lambda row: {"id": row.pk, "snoozed_until": row.snoozed_until})


def _shown(one: queries.Shown) -> dict[str, Any]:
    return queries.facts_of(one) | {"rule": one.reminder.rule, "created_at": one.reminder.created_at}
