"""What the rules find: new reminders, and those that are no longer true."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model

from repertory.core.actor import Actor
from repertory.core.time import day_of, start_of
from repertory.platform.models import Delivery, NotificationChoice, Reminder
from repertory.platform.models.reminders import Channel
from repertory.platform.reminders.actions.system import system_only
from repertory.platform.reminders.sources import DueReminder, Source, source_named
from repertory.platform.rules import value_on
from repertory.platform.unit import action

Occasion = tuple[int, int, str]
BATCH = 500
# What the night finds is told in the morning.
MORNING = timedelta(hours=8)
KEPT = timedelta(days=180)


@action
def refresh_rule(*, actor: Actor, at: datetime, key: str, only: Collection[int] | None = None) -> int:
    """Bring the reminders of a rule to what is due today, of all objects or of some: new ones appear, those that are no
    longer true are withdrawn. Returns how many are new; run again it changes nothing."""
    system_only(actor)
    source = source_named(key)
    wanted = _wanted(source, at, only)
    rows = Reminder.objects.filter(rule=key)
    if only is not None:
        rows = rows.filter(object_id__in=only)
    open_rows = {_occasion(row): row for row in rows.filter(withdrawn_at=None)}
    _withdraw([row.pk for occasion, row in open_rows.items() if occasion not in wanted], at)
    _follow_changes({row: wanted[occasion] for occasion, row in open_rows.items() if occasion in wanted})
    missing = {occasion: due for occasion, due in wanted.items() if occasion not in open_rows}
    for row in rows.exclude(withdrawn_at=None).filter(object_id__in={due.object_id for due in missing.values()}):
        due = missing.pop(_occasion(row), None)
        if due is not None:
            row.withdrawn_at = None
            _fill(row, due)
            row.save()
    _create(source, list(missing.values()), at)
    return len(missing)


def _wanted(source: Source, at: datetime, only: Collection[int] | None) -> dict[Occasion, DueReminder]:
    day = day_of(at)
    value = value_on(source.rule, day)
    if not value["on"]:
        return {}
    found = {(due.person_id, due.object_id, due.occasion): due for due in source.due(day, value, only)}
    people = {person_id for person_id, _object, _text in found}
    active = set(get_user_model().objects.filter(pk__in=people, is_active=True).values_list("pk", flat=True))
    return {occasion: due for occasion, due in found.items() if occasion[0] in active}


def _occasion(row: Reminder) -> Occasion:
    return row.person_id, row.object_id, row.occasion


def _withdraw(keys: list[int], at: datetime) -> None:
    for start in range(0, len(keys), BATCH):
        Reminder.objects.filter(pk__in=keys[start : start + BATCH]).update(withdrawn_at=at)


def _follow_changes(found: dict[Reminder, DueReminder]) -> None:
    """A visit was moved to another hour, a customer has another name."""
    changed = [row for row, due in found.items() if _fill(row, due)]
    Reminder.objects.bulk_update(changed, ["values", "url", "due_on", "due_at"], batch_size=BATCH)


def _fill(row: Reminder, due: DueReminder) -> bool:
    facts = {"values": due.values, "url": due.url, "due_on": due.due_on, "due_at": due.due_at}
    changed = any(getattr(row, name) != value for name, value in facts.items())
    for name, value in facts.items():
        setattr(row, name, value)
    return changed


def _create(source: Source, found: list[DueReminder], at: datetime) -> None:
    """Another worker may have found the same meanwhile: each is there once."""
    rows = []
    for due in found:
        row = Reminder(person_id=due.person_id, rule=source.rule.key, object_type=source.object_type, created_at=at)
        row.object_id, row.occasion = due.object_id, due.occasion
        _fill(row, due)
        rows.append(row)
    Reminder.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    chosen = NotificationChoice.objects.filter(rule=source.rule.key).exclude(channel=Channel.PROGRAM)
    for choice in chosen.filter(person_id__in={due.person_id for due in found}):
        mine = {(due.object_id, due.occasion) for due in found if due.person_id == choice.person_id}
        _send_out(source, choice, mine, at)


def _send_out(source: Source, choice: NotificationChoice, mine: set[tuple[int, str]], at: datetime) -> None:
    rows = Reminder.objects.filter(person_id=choice.person_id, rule=choice.rule, withdrawn_at=None, deliveries=None)
    morning = start_of(day_of(at)) + MORNING
    send_at = at if source.at_once else max(at, morning)
    deliveries = [
        Delivery(reminder_id=pk, channel=choice.channel, robot_id=choice.robot_id, send_at=send_at)
        for pk, *occasion in rows.values_list("pk", "object_id", "occasion")
        if tuple(occasion) in mine
    ]
    Delivery.objects.bulk_create(deliveries, batch_size=BATCH, ignore_conflicts=True)


@action
def forget_old_reminders(*, actor: Actor, at: datetime) -> int:
    """Those that have long been withdrawn; returns how many."""
    system_only(actor)
    count, _rows = Reminder.objects.filter(withdrawn_at__lt=at - KEPT).delete()
    return count
