from datetime import date

import pytest

from repertory.core.periods import read_period
from repertory.plans.queries.attainment import Group
from repertory.plans.queries.overview import overview
from repertory.plans.queries.targets import region_targets, target_totals
from repertory.sales.queries.totals import NODE
from tests.factories.targets import open_plan, put_figure

TODAY = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("username", "actual", "target", "group"),
    [
        ("boss", 1510, 1700, Group.NODE),
        ("manager", 1180, 1200, Group.NODE),
        ("supervisor", 1180, 1200, Group.NODE),
        ("rep", 820, 1000, Group.PRODUCT),
    ],
)
def test_everybody_sees_the_own_year(company, market, username, actual, target, group):
    found = overview(actor=company.actor(username), today=TODAY)
    assert (found.year.actual, found.year.target, found.group) == (actual, target, group)
    assert sum(line.standing.actual for line in found.lines) == actual
    assert sum(found.months.actual) == actual


def test_months_stand_beside_last_years_and_the_targets(company, market):
    found = overview(actor=company.actor("boss"), today=TODAY)
    assert (found.this_month, found.last_month) == (1290, 220)
    assert (found.months.last_year[2], found.months.target[2]) == (110, 1700)


def test_what_is_far_behind_the_time_gone_lags(company, market):
    found = overview(actor=company.actor("boss"), today=date(2026, 12, 31))
    assert [(line.name, line.standing.actual) for line in found.lagging] == [("华北大区", 290)]


def test_targets_of_regions_are_read_from_the_regions_and_are_those_of_the_parts(company, market):
    tree, plan = company.territories, open_plan(year=2027)
    whole = put_figure(plan, tree["CO"], market.one, 1000, month=202701)
    east = put_figure(plan, tree["E"], market.one, 600, month=202701, parent=whole)
    put_figure(plan, tree["N"], market.one, 400, month=202701, parent=whole)
    put_figure(plan, tree["E1"], market.one, 600, month=202701, parent=east)
    put_figure(plan, tree["CO"], market.two, 50, month=202701)
    actor, period = company.actor("boss"), read_period("2027")
    upper = {total.key: total.amount for total in region_targets(actor=actor, period=period)}
    parts = {
        total.key: total.amount for total in target_totals(actor=actor, period=period, by=("month", NODE), depth=2)
    }
    assert upper == parts
    assert upper[(202701, tree["E"].path)] == 600


def test_the_page_of_the_whole_company_asks_a_fixed_number_of_times(company, market, django_assert_max_num_queries):
    actor = company.actor("boss")
    with django_assert_max_num_queries(10):
        overview(actor=actor, today=TODAY)
