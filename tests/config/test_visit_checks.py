"""`repertory verify` names what somebody broke in visits behind the program's back. M-PLT-4."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from repertory.config import visit_checks
from repertory.core.actor import system_actor
from repertory.core.time import day_of, now
from repertory.customers import actions as customers
from repertory.customers.inputs import MergeCustomers
from repertory.customers.models import Customer
from repertory.visits import actions
from repertory.visits.inputs import ProposePlan, RecordCoaching, SetFrequency
from tests.factories.archive import build_archive, open_archive
from tests.factories.catalogue import approve, draft, open_product
from tests.factories.field import plan, record

# Name of the check → statements that break what it guards.
BREAKS = {
    "last_contacts": (
        "UPDATE customers_customer SET last_contact_on = '2020-01-01' WHERE last_contact_on IS NOT NULL",
        "UPDATE customers_customer SET last_contact_on = NULL",
    ),
    "next_contacts": (
        "UPDATE customers_customer SET next_contact_on = '2099-01-01'",
        "UPDATE customers_customer SET next_contact_on = NULL",
    ),
    "visit_days": (
        "UPDATE visits_visit SET day = '2020-01-01' WHERE status = 'done'",
        "UPDATE visits_visit SET planned_on = '2020-01-01' WHERE status = 'planned'",
    ),
    "visit_distances": (
        "UPDATE visits_visit SET distance_m = 77777 WHERE distance_m IS NOT NULL",
        "DELETE FROM visits_checkin",
    ),
    "visit_plans": ("UPDATE visits_visit SET user_id = (SELECT id FROM organisation_user WHERE username = 'boss')",),
    "visit_messages": ("DELETE FROM visits_visitproduct",),
    "agreed_actions": ("UPDATE visits_agreedaction SET reviewed_in_id = coaching_id WHERE reviewed_in_id IS NOT NULL",),
}


@pytest.fixture
def whole(company):
    """A visit with everything, a plan, a coaching that was looked at again."""
    at = now()
    archive = build_archive(at)
    rep, supervisor = company.actor("rep"), company.actor("supervisor")
    Customer.objects.filter(pk=archive.own.pk).update(longitude=Decimal("118.778070"), latitude=Decimal("32.061670"))
    product = open_product(at=at, name="阿托伐他汀钙片", number=1)
    message = approve(draft(product, at=at), at=at)
    talked = [{"product_id": product.pk, "message_version_ids": [message.pk]}]
    there = {"at": at, "longitude": 118.78, "latitude": 32.06}
    visit = record(rep, archive.doctor, at=at, products=talked, check_in=there, companions=[archive.own.pk])
    rule = SetFrequency(kind="hcp", per_month="2", starts_on=day_of(at) - timedelta(days=40))
    actions.set_frequency(actor=company.actor("boss"), at=at, data=rule)
    following = day_of(at).replace(day=1) + timedelta(days=40)
    actions.propose_plan(actor=rep, at=at, data=ProposePlan(month=following))
    plan(rep, archive.own, at=at)
    given = {"username": "rep", "on": day_of(at), "observed": "好"}
    first = actions.record_coaching(actor=supervisor, at=at, data=RecordCoaching(**given, agreed=[{"text": "练习"}]))
    reviewed = [{"action_id": first.agreed.get().pk, "state": "done"}]
    actions.record_coaching(actor=supervisor, at=at, data=RecordCoaching(**given, reviewed=reviewed))
    return visit


def found() -> dict[str, list[str]]:
    return {check.__name__: problems for check in visit_checks.CHECKS if (problems := list(check()))}


def test_what_the_actions_wrote_is_whole(whole):
    assert found() == {}


@pytest.mark.parametrize(("check", "statement"), [(check, one) for check, all_ in BREAKS.items() for one in all_])
def test_a_broken_row_is_named_by_its_check(whole, check, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount
    assert check in found()


def test_every_check_has_something_that_breaks_it():
    assert {check.__name__ for check in visit_checks.CHECKS} == set(BREAKS)


def test_after_a_merge_and_its_undoing_contacts_agree(whole, company):
    at = now()
    twin = open_archive(at=at, territory="E1A", name="单雪二", kind="hcp")
    record(company.actor("rep"), twin, at=at, starts_at=at - timedelta(days=1))
    data = MergeCustomers(kept=twin.pk, gone=whole.customer_id)
    merge = customers.merge_customers(actor=system_actor(), at=at, data=data)
    assert found() == {}
    assert Customer.objects.get(pk=twin.pk).last_contact_on == whole.day
    customers.undo_merge(actor=system_actor(), at=at, merge_id=merge.pk)
    assert found() == {}
