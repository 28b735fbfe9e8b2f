"""A person's own reminders, and how the person wants to be told."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.core.time import day_of
from repertory.platform.models import CalendarLink, NotificationChoice, Reminder, Robot
from repertory.platform.models.reminders import Channel
from repertory.platform.reminders.sources import Source, all_sources, source_of

# Nobody works through more; what is done makes room for the rest.
MOST = 500
# Seconds since 1970 that no hour of ours has.
NO_HOUR = 10**11
OVERDUE, TODAY, LATER = "overdue", "today", "later"


@dataclass(frozen=True)
class Shown:
    """A reminder as its person reads it. group: OVERDUE, TODAY or LATER."""

    reminder: Reminder
    source: Source
    text: str
    group: str


def open_reminders(*, actor: Actor, at: datetime) -> list[Shown]:
    """What waits for the person, the earliest due first, at most MOST; of what the person no longer sees nothing is told."""
    awake = Q(snoozed_until=None) | Q(snoozed_until__lte=at)
    rows = _own(actor).filter(awake).order_by("due_on", "pk")[:MOST]
    return in_sight(actor=actor, at=at, rows=sorted(rows, key=order_of))


def order_of(row: Reminder) -> tuple[str, int, int]:
    """By day, within it by the hour, what has none last, then by key."""
    return str(row.due_on), int(row.due_at.timestamp()) if row.due_at else NO_HOUR, row.pk


def own_reminder(*, actor: Actor, reminder_id: int) -> Reminder:
    """NotFound for everybody else's, whatever the role, and for what was withdrawn."""
    row = reminder_of(actor=actor, reminder_id=reminder_id)
    if row.withdrawn_at is not None:
        raise NotFound()
    return row


def reminder_of(*, actor: Actor, reminder_id: int) -> Reminder:
    """One's own, also where it was withdrawn. NotFound for everybody else's."""
    row = Reminder.objects.filter(person_id=actor.user_id, pk=reminder_id).first()
    if row is None:
        raise NotFound()
    return row


def due_count(*, actor: Actor, at: datetime) -> int:
    """How many are due today or overdue."""
    return sum(shown.group != LATER for shown in open_reminders(actor=actor, at=at))


def in_sight(*, actor: Actor, at: datetime, rows: Iterable[Reminder]) -> list[Shown]:
    """Those of the rows whose objects the actor sees and that still make sense: one query for each rule among them."""
    today, rows = day_of(at), list(rows)
    keys: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        keys[row.rule].add(row.object_id)
    seen = {rule: _seen(actor, source_of(rule), ids, today) for rule, ids in keys.items()}
    return [
        Shown(row, source, source.text(row.values, today=today), group_of(row, at=at, deadline=source.deadline))
        for row in rows
        if row.object_id in seen[row.rule] and (source := source_of(row.rule)) is not None
    ]


def _seen(actor: Actor, source: Source | None, ids: set[int], today: date) -> set[int]:
    if source is None:
        return set()
    rows = source.visible(actor).filter(source.still(today), pk__in=ids)
    return set(rows.order_by().values_list("pk", flat=True))


def group_of(row: Reminder, *, at: datetime, deadline: bool) -> str:
    """A visit of nine o'clock is still one of today at noon; a deadline is over."""
    today = day_of(at)
    if row.due_on < today or (deadline and row.due_at is not None and row.due_at < at):
        return OVERDUE
    return TODAY if row.due_on == today else LATER


def _own(actor: Actor) -> QuerySet[Reminder]:
    rows = Reminder.objects.filter(done_at=None, withdrawn_at=None)
    return rows.filter(person_id=actor.user_id) if actor.user_id is not None else rows.none()


@dataclass(frozen=True)
class Choice:
    """A rule and how the person is told by it: value "program", "email" or "robot:KEY"."""

    source: Source
    value: str


def channel_choices(*, actor: Actor) -> list[Choice]:
    """Every rule with the person's choice."""
    chosen = {row.rule: _value(row) for row in NotificationChoice.objects.filter(person_id=actor.user_id)}
    return [Choice(source, chosen.get(source.rule.key, Channel.PROGRAM.value)) for source in all_sources()]


def _value(row: NotificationChoice) -> str:
    return f"{Channel.ROBOT.value}:{row.robot_id}" if row.channel == Channel.ROBOT else row.channel


def usable_robots() -> list[Robot]:
    """Names are no secret; keys stay where they are."""
    return list(Robot.objects.filter(is_active=True).defer("key", "secret").order_by("name", "pk"))


def calendar_link(*, actor: Actor) -> CalendarLink | None:
    """The one that works now."""
    return CalendarLink.objects.filter(person_id=actor.user_id, revoked_at=None).first()


def person_behind(digest: str) -> Any | None:
    """Whose calendar a secret opens; None for a revoked link and for a person who left."""
    rows = CalendarLink.objects.filter(digest=digest, revoked_at=None, person__is_active=True)
    link = rows.select_related("person").first()
    return link.person if link is not None else None


def facts_of(one: Shown) -> dict[str, Any]:
    """A reminder as programs and phones get it, in the reader's language."""
    row = one.reminder
    return {
        "id": row.pk,
        "label": str(one.source.rule.label),
        "text": one.text,
        "group": one.group,
        "due_on": row.due_on,
        "due_at": row.due_at,
        "object_type": row.object_type,
        "object_id": row.object_id,
        "url": row.url,
    }
