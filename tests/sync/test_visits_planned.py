"""Planned visits moved and called off on the phone, and the way of a day to come."""

from datetime import timedelta

import pytest

from repertory.core.actor import Door
from repertory.core.time import day_of
from repertory.customers import actions as customers
from repertory.customers.inputs import ReviseCustomer
from repertory.sync.queries.pull import pull
from repertory.visits import actions as visits
from repertory.visits.inputs import MoveVisit
from repertory.visits.models import Visit
from tests.factories.archive import open_archive
from tests.factories.field import plan
from tests.sync.conftest import entry

DAY = timedelta(days=1)


@pytest.fixture
def visit(company, archive, at):
    """Tomorrow at nine."""
    return plan(company.actor("rep"), archive.doctor, at=at)


@pytest.fixture
def moved_at_the_desk(company, visit, at):
    data = MoveVisit(on=day_of(at) + 5 * DAY, starts="14:00")
    return visits.move_visit(actor=company.actor("supervisor"), at=at, visit_id=visit.pk, data=data)


def stand(visit):
    visit = Visit.objects.get(pk=visit.pk)
    return visit.day, f"{visit.planned_start:%H:%M}" if visit.planned_start else "", visit.status


def test_a_visit_moved_without_a_network_is_moved_once(visit, send, at):
    on = day_of(at) + 3 * DAY
    move = entry("visit.move", visit_id=visit.pk, version=visit.version, on=str(on), starts="10:30")
    answers = [*send(move), *send(move)]
    assert [answer["status"] for answer in answers] == ["applied", "duplicate"]
    assert stand(visit) == (on, "10:30", "planned")
    assert Visit.objects.get(pk=visit.pk).version == visit.version + 1


def test_a_visit_that_was_moved_at_the_desk_meanwhile_is_a_conflict_with_both_days(visit, moved_at_the_desk, send, at):
    on = day_of(at) + 3 * DAY
    move = entry("visit.move", visit_id=visit.pk, version=visit.version, on=str(on), starts="10:30")
    [answer] = send(move)
    assert (answer["status"], answer["code"]) == ("conflict", "stale")
    assert answer["details"]["yours"] == {"on": str(on), "starts": "10:30"}
    theirs = {"on": str(day_of(at) + 5 * DAY), "starts": "14:00", "status": "计划"}
    assert (answer["details"]["theirs"], stand(visit)) == (theirs, (day_of(at) + 5 * DAY, "14:00", "planned"))
    sure = {**move.payload, "version": answer["details"]["version"]}
    [again] = send(move.model_copy(update={"payload": sure, "corrected": True}))
    assert (again["status"], stand(visit)) == ("applied", (on, "10:30", "planned"))


def test_a_move_without_the_version_that_was_seen_is_refused(visit, send, at):
    [answer] = send(entry("visit.move", visit_id=visit.pk, on=str(day_of(at) + DAY)))
    assert (answer["status"], answer["field"]) == ("rejected", "version")


def test_a_visit_called_off_without_a_network_is_called_off_once(visit, send):
    cancel = entry("visit.cancel", visit_id=visit.pk, version=visit.version, reason="客户出差")
    assert [answer["status"] for answer in [*send(cancel), *send(cancel)]] == ["applied", "duplicate"]
    assert stand(visit)[2] == "cancelled"


def test_calling_off_what_was_moved_meanwhile_asks_first(visit, moved_at_the_desk, send, at):
    cancel = entry("visit.cancel", visit_id=visit.pk, version=visit.version, reason="客户出差")
    [answer] = send(cancel)
    assert (answer["status"], answer["details"]["yours"]) == ("conflict", {"status": "已取消"})
    assert answer["details"]["theirs"]["on"] == str(day_of(at) + 5 * DAY)
    assert stand(visit)[2] == "planned"


def test_a_visit_that_took_place_meanwhile_is_not_moved(company, visit, send, at):
    done = entry("visit.complete", visit_id=visit.pk, starts_at=(at - timedelta(hours=1)).isoformat(), mode="phone")
    move = entry("visit.move", visit_id=visit.pk, version=visit.version, on=str(day_of(at) + 3 * DAY))
    assert [answer["code"] for answer in send(done, move)] == ["", "visit_not_planned"]


def test_the_days_to_come_have_their_way_always_to_the_nearest_next_one(company, archive, at):
    """Three in a line: the tour begins at their middle and goes on to the nearer end."""
    rep, on = company.actor("rep"), day_of(at) + DAY
    for customer, longitude in ((archive.own, "118.70"), (archive.doctor, "118.79")):
        data = ReviseCustomer(longitude=longitude, latitude="32.06")
        customers.revise_customer(actor=rep, at=at, customer_id=customer.pk, data=data)
    far = open_archive(at=at, territory="E1A", name="江宁医院", longitude="118.80", latitude="32.06")
    planned = [plan(rep, customer, at=at, on=on, starts=None).pk for customer in (archive.own, archive.doctor, far)]
    by_phone = plan(rep, archive.doctor, at=at, on=on, starts=None, mode="phone").pk
    rows = pull(actor=company.actor("rep", Door.PHONE), at=at, since="")["calendar"]
    stops = {row["id"]: row.get("stop") for row in rows}
    assert stops == {planned[1]: 1, planned[2]: 2, planned[0]: 3, by_phone: None}
