"""A territory changes hands in the middle of a month: each holder has the target of the own working days."""

from datetime import date
from decimal import Decimal

import pytest

from repertory.core.actor import system_actor
from repertory.core.periods import Period
from repertory.organisation.models import Assignment
from repertory.plans.queries.handover import days_held, person_targets
from tests.factories.targets import open_plan, put_figure

MARCH = Period(202603, 1)


@pytest.fixture
def figure(company, archive, drugs):
    return put_figure(open_plan(), company.territories["E1A"], drugs.first, 100_000)


def amounts(company) -> dict[str | None, Decimal]:
    names = {person.pk: name for name, person in company.people.items()} | {None: None}
    return {names[one.user_id]: one.amount for one in person_targets(actor=system_actor(), period=MARCH)}


def hand_over(company, *, on: date, to: str | None) -> None:
    Assignment.objects.filter(user=company.people["rep"]).update(ends_on=on)
    if to:
        place = {"territory": company.territories["E1A"], "role": "rep", "starts_on": on}
        Assignment.objects.create(user=company.people[to], **place)


def test_who_holds_a_territory_all_month_has_its_whole_target(figure, company):
    assert amounts(company) == {"rep": 100_000}


def test_a_handover_splits_by_working_days_to_the_cent(figure, company):
    # March 2026 has 22 working days, 7 of them before the 11th (Wednesday).
    hand_over(company, on=date(2026, 3, 11), to="teammate")
    assert amounts(company) == {"rep": Decimal("31818.18"), "teammate": Decimal("68181.82")}


def test_days_without_a_holder_are_nobodys(figure, company):
    hand_over(company, on=date(2026, 3, 11), to=None)
    assert amounts(company) == {"rep": Decimal("31818.18"), None: Decimal("68181.82")}


def test_the_academic_side_holds_no_quota(figure, company):
    rep = company.people["rep"]
    rep.side = "academic"
    rep.save()
    assert amounts(company) == {None: 100_000}


def test_two_holders_share_their_common_days():
    days = [date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)]
    held = days_held([(1, days[0], None), (2, days[2], None)], days)
    assert held == {1: 5, 2: 1}
