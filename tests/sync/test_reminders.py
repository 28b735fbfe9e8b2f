"""A rep's reminders on the phone: they come along with every pull, and what was done about them arrives once."""

from datetime import timedelta

import pytest

from repertory.core.actor import Door, system_actor
from repertory.core.time import day_of, start_of
from repertory.platform.models import Reminder
from repertory.platform.reminders.actions import refresh_rule
from repertory.platform.reminders.queries import open_reminders
from repertory.sync.queries.pull import pull
from repertory.visits import actions as visits
from repertory.visits.inputs import CancelVisit
from tests.factories.field import plan
from tests.sync.conftest import entry

DAY = timedelta(days=1)
RULES = ("customer_licences", "visits_today")


def refresh(at):
    for key in RULES:
        refresh_rule(actor=system_actor(Door.JOB), at=at, key=f"reminders.{key}")


@pytest.fixture
def visit(company, archive, at):
    return plan(company.actor("rep"), archive.doctor, at=at, on=day_of(at))


@pytest.fixture
def reminder(visit, at):
    """Of the visit of today."""
    refresh(at)
    return Reminder.objects.get(object_type="visit", object_id=visit.pk)


@pytest.fixture
def shown(company, at):
    def run(username="rep", when=None):
        return pull(actor=company.actor(username, Door.PHONE), at=when or at, since="")["reminders"]

    return run


def statuses(answers):
    return [(answer["status"], answer["code"]) for answer in answers]


def test_they_come_with_a_pull_the_earliest_due_first_and_count_what_is_due(archive, reminder, shown):
    found = shown()
    assert [(row["object_type"], row["group"]) for row in found["rows"]] == [("visit", "today"), ("customer", "later")]
    assert (found["count"], found["due"]) == (2, 1)
    assert "单雪" in found["rows"][0]["text"]


def test_they_come_without_a_line_in_the_trail_too(company, archive, visit, at):
    rep = company.actor("rep", Door.PHONE)
    first = pull(actor=rep, at=at, since="")
    refresh(at)
    second = pull(actor=rep, at=at, since=first["next"])
    assert (first["reminders"]["count"], second["reset"], second["reminders"]["count"]) == (0, False, 2)


def test_nobody_is_told_of_somebody_elses(archive, reminder, shown):
    assert shown("teammate") == {"rows": [], "count": 0, "due": 0}


def test_done_without_a_network_is_done_once_however_often_it_is_sent(archive, reminder, send, at):
    done = entry("reminder.finish", reminder_id=reminder.pk)
    assert statuses(send(done)) == [("applied", "")]
    later = at + timedelta(hours=3)
    [again] = send(done, when=later)
    assert (again["status"], again["first"]) == ("duplicate", "applied")
    reminder.refresh_from_db()
    assert reminder.done_at == at


def test_snoozed_without_a_network_comes_back_on_its_day(company, archive, reminder, send, at, shown):
    until = day_of(at) + 3 * DAY
    assert statuses(send(entry("reminder.snooze", reminder_id=reminder.pk, until=str(until)))) == [("applied", "")]
    assert reminder.pk not in [row["id"] for row in shown()["rows"]]
    awake = open_reminders(actor=company.actor("rep"), at=start_of(until))
    assert reminder.pk in [one.reminder.pk for one in awake]


def test_what_was_settled_meanwhile_needs_nobody(company, archive, visit, reminder, send, at):
    """The visit was called off at the desk: its reminder is withdrawn, and the phone's word about it is no trouble."""
    visits.cancel_visit(actor=company.actor("rep"), at=at, visit_id=visit.pk, data=CancelVisit(reason="客户出差"))
    refresh(at)
    finish = entry("reminder.finish", reminder_id=reminder.pk)
    snooze = entry("reminder.snooze", reminder_id=reminder.pk, until=str(day_of(at) + DAY))
    assert statuses(send(finish, snooze)) == [("applied", ""), ("applied", "")]
    reminder.refresh_from_db()
    assert (reminder.done_at, reminder.snoozed_until) == (None, None)


def test_a_day_that_has_come_before_it_arrived_is_not_waited_for(archive, reminder, send, at):
    snooze = entry("reminder.snooze", reminder_id=reminder.pk, until=str(day_of(at)))
    assert statuses(send(snooze)) == [("applied", "")]
    reminder.refresh_from_db()
    assert reminder.snoozed_until is None


@pytest.mark.parametrize("command", ["reminder.finish", "reminder.snooze"])
def test_nobody_settles_somebody_elses(archive, reminder, send, at, command):
    payload = {"until": str(day_of(at) + DAY)} if command == "reminder.snooze" else {}
    assert statuses(send(entry(command, reminder_id=reminder.pk, **payload), by="supervisor")) == [
        ("rejected", "not_found")
    ]


def test_a_snooze_without_a_day_is_refused(archive, reminder, send):
    assert statuses(send(entry("reminder.snooze", reminder_id=reminder.pk))) == [("rejected", "invalid")]
