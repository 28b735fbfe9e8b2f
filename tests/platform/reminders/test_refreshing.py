"""The nightly run: each once, gone when no longer true, following who sees what."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from repertory.core.actor import system_actor
from repertory.core.errors import NotAllowed
from repertory.core.time import day_of
from repertory.customers import actions as customers
from repertory.customers.inputs import NoteDate, Reassign, RecordLicence
from repertory.organisation import actions as organisation
from repertory.organisation.inputs import RevisePerson
from repertory.platform.models import Reminder
from repertory.platform.reminders.actions import refresh_rule
from repertory.platform.reminders.jobs import refresh_all
from repertory.platform.reminders.sources import all_sources
from tests.factories.archive import open_archive


def licence(customer, at, *, days=20, number="L1", kind="business"):
    data = RecordLicence(kind=kind, number=number, expires_on=day_of(at) + timedelta(days=days))
    return customers.record_licence(actor=system_actor(), at=at, customer_id=customer.pk, data=data)


def test_a_second_run_finds_nothing_new(archive, refresh):
    assert refresh("customer_licences") == 1
    assert refresh("customer_licences") == 0
    assert Reminder.objects.count() == 1


def test_only_the_program_itself_runs_the_rules(company, at):
    with pytest.raises(NotAllowed):
        refresh_rule(actor=company.actor("admin"), at=at, key="reminders.customer_licences")


def test_what_is_done_stays_done_through_the_next_nights(archive, company, refresh, told, at, signed_in):
    refresh("customer_licences")
    row = Reminder.objects.get()
    assert signed_in("rep").post(f"/reminders/{row.pk}/done/").status_code == 302
    assert refresh("customer_licences", at=at + timedelta(days=1)) == 0
    assert told("rep") == []


def test_a_renewed_licence_takes_the_reminder_back_and_its_end_is_a_new_occasion(archive, refresh, told, at):
    refresh("customer_licences")
    licence(archive.own, at, days=400, number="PDY002", kind="medical")
    refresh("customer_licences")
    assert told("rep") == []
    later = at + timedelta(days=390)
    refresh("customer_licences", at=later)
    assert len(told("rep", at=later)) == 1


def test_what_comes_true_again_comes_back(archive, company, refresh, told, at):
    switch = organisation.set_policy
    off = {"key": "reminders.customer_licences", "source": "试", "note": ""}
    refresh("customer_licences")
    switch(actor=company.actor("admin"), at=at, starts_on=day_of(at), value={"on": False, "days": 60}, **off)
    refresh("customer_licences")
    assert told("rep") == []
    later = at + timedelta(days=1)
    switch(actor=company.actor("admin"), at=at, starts_on=day_of(later), value={"on": True, "days": 60}, **off)
    refresh("customer_licences", at=later)
    assert len(told("rep", at=later)) == 1
    assert Reminder.objects.count() == 1


def test_the_days_ahead_are_the_rules(archive, company, refresh, told, at):
    value = {"on": True, "days": 5}
    setting = {"key": "reminders.customer_licences", "starts_on": day_of(at), "source": "制度", "note": ""}
    organisation.set_policy(actor=company.actor("admin"), at=at, value=value, **setting)
    assert refresh("customer_licences") == 0
    assert refresh("customer_licences", at=at + timedelta(days=15)) == 1


def test_a_reassigned_customer_leaves_the_list_at_once_and_comes_to_its_new_rep(
    archive, company, refresh, told, at, worker_at_hand, django_capture_on_commit_callbacks
):
    refresh("customer_licences")
    assert len(told("rep")) == 1
    move = Reassign(from_territory="E1A", to_territory="N1A", on=day_of(at), customers=[archive.own.pk])
    with django_capture_on_commit_callbacks(execute=True):
        customers.reassign_customers(actor=system_actor(), at=at, data=move)
    assert told("rep") == []
    assert len(told("foreigner")) == 1


def test_even_before_any_run_a_lost_customer_is_not_told_of(archive, company, refresh, told, at):
    """The list asks who sees what, not only what the night wrote."""
    refresh("customer_licences")
    move = Reassign(from_territory="E1A", to_territory="N1A", on=day_of(at), customers=[archive.own.pk])
    customers.reassign_customers(actor=system_actor(), at=at, data=move)
    assert Reminder.objects.filter(withdrawn_at=None).count() == 1
    assert told("rep") == []


def test_who_left_gets_no_reminder(archive, company, refresh, at):
    person = company.people["rep"]
    organisation.revise_person(
        actor=company.actor("admin"), at=at, person_id=person.pk, data=RevisePerson(is_active=False)
    )
    refresh("customer_licences")
    assert not Reminder.objects.filter(person=person).exists()


def test_a_changed_name_is_told_in_the_reminder(archive, refresh, told):
    refresh("customer_licences")
    archive.own.name = "鼓楼新院"
    archive.own.save()
    refresh("customer_licences")
    assert told("rep")[0].startswith("鼓楼新院 的医疗机构执业许可证")


def test_a_lunar_date_is_told_on_its_day_of_this_year(archive, refresh, told, at):
    when = at.replace(year=2026, month=2, day=10)
    data = NoteDate(kind="other", label="春节拜年", calendar="lunar", month=1, day=1, remind_days=7)
    customers.note_date(actor=system_actor(), at=when, customer_id=archive.doctor.pk, data=data)
    assert refresh("customer_dates", at=when - timedelta(days=1)) == 0
    assert refresh("customer_dates", at=when) == 1
    assert told("rep", at=when) == ["单雪：春节拜年，2月17日"]


def test_all_rules_run_on_an_empty_company_and_one_that_fails_leaves_the_others_their_turn(company, archive, caplog):
    assert refresh_all() >= 1
    assert refresh_all() == 0
    assert caplog.records == []
    assert len({source.rule.key for source in all_sources()}) == len(all_sources()) == 29


def test_a_run_costs_the_same_with_one_row_and_with_three(archive, refresh, at):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            refresh("customer_licences")
        return len(captured)

    refresh("customer_licences")
    one = cost()
    for number in range(3):
        other = open_archive(at=at, territory="E1A", name=f"医院{number}")
        licence(other, at, number=str(number))
    refresh("customer_licences")
    assert cost() == one
