"""What a phone holds, and what it must let go."""

import json
from datetime import timedelta

import pytest
from django.utils import translation

from repertory.core.actor import Door, system_actor
from repertory.core.time import day_of
from repertory.customers import actions as customers
from repertory.customers.actions.coverage import turn_coverage
from repertory.customers.inputs import Cover, Reassign, RemoveCustomer, ReviseCustomer
from repertory.customers.models import Customer
from repertory.organisation.actions import assign
from repertory.organisation.inputs import Assign
from repertory.sync.queries.pull import pull
from tests.factories.archive import PRIVATE_PHONE, open_archive
from tests.factories.catalogue import build_catalogue


@pytest.fixture
def take(company, at):
    """take("rep", since): what the person's phone is given."""

    def run(username="rep", since="", when=None, wanted=()):
        return pull(actor=company.actor(username, Door.PHONE), at=when or at, since=since, wanted=wanted)

    return run


def ids(found):
    return sorted(row["id"] for row in found["customers"]["rows"])


def move(customer, at, *, there="N1A", here="E1A"):
    data = Reassign(from_territory=here, to_territory=there, on=day_of(at), customers=[customer.pk])
    customers.reassign_customers(actor=system_actor(), at=at, data=data)


def test_the_first_time_all_that_is_in_sight_comes_and_nothing_else(archive, take):
    found = take()
    assert found["reset"] is True
    assert ids(found) == sorted([archive.own.pk, archive.doctor.pk]) == found["customers"]["all"]


def test_the_second_time_nothing_comes(archive, take):
    again = take(since=take()["next"])
    assert (again["reset"], again["customers"]) == (False, {"rows": [], "gone": [], "all": None})
    assert (again["calendar"], again["catalogue"], again["words"]) == (None, None, None)


def test_what_was_written_since_comes_once(archive, take, at):
    first = take()
    data = ReviseCustomer(phone="025-9")
    customers.revise_customer(actor=system_actor(), at=at, customer_id=archive.own.pk, data=data)
    second = take(since=first["next"])
    assert ids(second) == [archive.own.pk]
    assert second["customers"]["rows"][0]["phone"] == "025-9"
    assert ids(take(since=second["next"])) == []


def test_what_others_write_elsewhere_does_not_come(archive, take, at):
    first = take()
    data = ReviseCustomer(phone="010-9")
    customers.revise_customer(actor=system_actor(), at=at, customer_id=archive.foreign.pk, data=data)
    second = take(since=first["next"])
    assert (ids(second), second["customers"]["all"]) == ([], None)
    assert archive.foreign.name not in json.dumps(second, default=str, ensure_ascii=False)


def test_a_customer_that_was_handed_over_leaves_at_the_next_contact(archive, take, at):
    first = take()
    move(archive.own, at)
    second = take(since=first["next"])
    assert second["customers"]["gone"] == [archive.own.pk]
    assert second["customers"]["all"] == [archive.doctor.pk]


def test_a_removed_customer_leaves(archive, take, at):
    first = take()
    data = RemoveCustomer(reason="误建")
    customers.remove_customer(actor=system_actor(), at=at, customer_id=archive.own.pk, data=data)
    assert archive.own.pk in take(since=first["next"])["customers"]["gone"]


def test_a_customer_that_came_in_comes_along(archive, take, at):
    first = take()
    move(archive.team, at, here="E1B", there="E1A")
    assert ids(take(since=first["next"])) == [archive.team.pk]


def test_another_post_makes_the_phone_start_afresh(archive, take, at, company):
    first = take()
    post = Assign(username="rep", territory="E1B", role="rep", starts_on=day_of(at))
    assign(actor=system_actor(), at=at, data=post)
    second = take(since=first["next"])
    assert second["reset"] is True
    assert archive.team.pk in ids(second)


def test_a_territory_that_was_lost_empties_the_phone(archive, take, at, company):
    first = take()
    company.people["rep"].assignments.update(ends_on=day_of(at))
    second = take(since=first["next"])
    assert (second["reset"], second["customers"]) == (True, {"rows": [], "gone": [], "all": []})


def test_a_new_day_names_all_that_may_stay_and_brings_coverage_that_began_with_it(archive, take, at, company):
    tomorrow = at + timedelta(days=1)
    begins = Cover(territory="E1A", starts_on=day_of(tomorrow))
    customers.cover_customer(actor=system_actor(), at=at, customer_id=archive.team.pk, data=begins)
    first = take()
    turn_coverage(today=day_of(tomorrow))
    second = take(since=first["next"], when=tomorrow)
    assert second["customers"]["all"] == sorted([archive.own.pk, archive.doctor.pk, archive.team.pk])
    missing = sorted(set(second["customers"]["all"]) - set(first["customers"]["all"]))
    third = take(since=second["next"], when=tomorrow, wanted=missing)
    assert ids(third) == [archive.team.pk]


def test_coverage_that_changed_without_a_line_in_the_trail_is_noticed_the_same_day(archive, take, at):
    first = take()
    Customer.objects.get(pk=archive.own.pk).coverages.update(current=False)
    assert take(since=first["next"])["customers"]["all"] == [archive.doctor.pk]


def test_nobody_gets_a_customer_by_asking_for_it(archive, take):
    first = take()
    asked = take(since=first["next"], wanted=[archive.foreign.pk, archive.own.pk])
    assert ids(asked) == [archive.own.pk]


@pytest.mark.parametrize("since", ["x", "1.2.3", "9.20260101.a.b.c", "-1.20260101.a.b", "1.20269999.a.b", "²." * 4])
def test_a_cursor_that_is_none_starts_afresh(archive, take, since):
    assert take(since=since)["reset"] is True


def test_a_cursor_of_a_restored_database_that_is_ahead_starts_afresh(archive, take):
    _sequence, *rest = take()["next"].split(".")
    assert take(since=".".join(["999999999", *rest]))["reset"] is True


def test_a_phone_that_was_away_too_long_starts_afresh(archive, take, at, monkeypatch):
    first = take()
    monkeypatch.setattr("repertory.sync.queries.pull.MOST_LINES", 1)
    for phone in ("1", "2"):
        data = ReviseCustomer(phone=phone)
        customers.revise_customer(actor=system_actor(), at=at, customer_id=archive.own.pk, data=data)
    assert take(since=first["next"])["reset"] is True


@pytest.mark.parametrize("username", ["rep", "supervisor", "boss", "admin", "product"])
def test_private_fields_never_travel(archive, take, username):
    told = json.dumps(take(username), default=str, ensure_ascii=False)
    assert archive.doctor.name in told
    assert PRIVATE_PHONE not in told
    assert not {"private_phone", "wechat", "birthday"} & {
        name for row in take(username)["customers"]["rows"] for name in row
    }


def test_whoever_sees_very_much_gets_what_was_touched_last(archive, take, at, monkeypatch):
    monkeypatch.setattr("repertory.sync.queries.shelves.MOST_CUSTOMERS", 1)
    newest = open_archive(at=at + timedelta(seconds=5), territory="N1A", name="最新医院")
    assert ids(take("boss")) == [newest.pk]


def test_products_come_with_the_wordings_that_may_be_said_today(archive, take, at):
    catalogue = build_catalogue(at)
    found = {row["id"]: row for row in take()["catalogue"]["products"]}
    assert set(found) == {catalogue.own.pk, catalogue.everybody.pk}
    assert [message["title"] for message in found[catalogue.own.pk]["messages"]] == ["起效快"]


def test_another_language_brings_all_labels_anew(archive, take):
    with translation.override("en"):
        first = take()
    second = take(since=first["next"])
    assert (first["words"]["mode"]["phone"], second["reset"], second["words"]["mode"]["phone"]) == (
        "Phone",
        True,
        "电话",
    )


def test_the_way_a_customer_likes_to_be_contacted_travels(archive, take, at):
    data = ReviseCustomer(contact_preference="written")
    customers.revise_customer(actor=system_actor(), at=at, customer_id=archive.doctor.pk, data=data)
    found = take()
    assert {row["id"]: row.get("contact_preference") for row in found["customers"]["rows"]} == {
        archive.doctor.pk: "written",
        archive.own.pk: None,
    }
    assert "written" in found["words"]["contact_preference"]
