from datetime import date
from decimal import Decimal

import pytest

from repertory.core.periods import read_period
from repertory.plans.queries.attainment import Ask, Group, attainment
from repertory.sales.queries.totals import Where

TODAY = date(2026, 3, 20)
MARCH = read_period("2026-03")


def _of(company, username, *, group=Group.NONE, period=MARCH, **where):
    ask = Ask(period, Where(**where), group)
    return attainment(actor=company.actor(username), ask=ask, today=TODAY)


def _lines(found):
    return [(line.key, int(line.standing.actual), line.standing.target) for line in found.lines]


def test_the_whole_company_stands_against_target_last_year_last_month_and_the_time_gone(company, market):
    total = _of(company, "boss").total
    assert (total.actual, total.target) == (1290, 1700)
    assert (total.last_year, total.before) == (110, 220)
    assert total.time_gone == Decimal("0.6818")
    assert total.attained == Decimal(1290) / 1700
    assert total.last_year_so_far == 110 * Decimal("0.6818")


@pytest.mark.parametrize(
    ("username", "actual", "target"),
    [
        ("rep", 700, 1000),
        ("teammate", 300, 200),
        ("supervisor", 1000, 1200),
        ("foreigner", 250, 400),
        ("boss", 1290, 1700),
    ],
)
def test_everybody_has_the_sum_of_the_rows_in_sight(company, market, username, actual, target):
    total = _of(company, username).total
    assert (total.actual, total.target) == (actual, target)


def test_by_node_the_regions_and_what_nobody_has(company, market):
    assert _lines(_of(company, "boss", group=Group.NODE)) == [("E", 1000, 1200), ("N", 250, 500), ("", 40, None)]


def test_below_a_district_its_territories_and_what_is_planned_for_the_district_itself(company, market):
    found = _of(company, "boss", group=Group.NODE, node=company.territories["N1"])
    assert _lines(found) == [("N1A", 250, 400), ("", 0, 100)]
    assert found.lines[1].name == "北京地区（本级）"


def test_a_supervisor_sees_the_own_territories_only(company, market):
    assert _lines(_of(company, "supervisor", group=Group.NODE)) == [("E1B", 300, 200), ("E1A", 700, 1000)]


def test_by_product(company, market):
    found = _of(company, "boss", group=Group.PRODUCT)
    assert _lines(found) == [(str(market.two.pk), 150, 100), (str(market.one.pk), 1140, 1600)]


def test_by_customer_the_largest_first_with_targets_where_they_are_broken_down_so_far(company, market):
    found = _of(company, "rep", group=Group.CUSTOMER)
    assert _lines(found) == [(str(market.gulou.pk), 700, 800)]


def test_by_month_each_stands_against_the_month_before(company, market):
    found = _of(company, "boss", group=Group.MONTH, period=read_period("2026-Q1"))
    march = found.lines[-1]
    assert (march.key, march.standing.actual, march.standing.before, march.standing.last_year) == (
        "2026-03",
        1290,
        220,
        110,
    )


def test_one_product_of_one_customer(company, market):
    found = _of(company, "boss", products=(market.two.pk,), customers=(market.gulou.pk,))
    assert (found.total.actual, found.total.rows) == (100, 1)


def test_lines_add_up_to_the_total(company, market):
    for group in (Group.NODE, Group.PRODUCT, Group.CUSTOMER, Group.MONTH):
        found = _of(company, "boss", group=group)
        assert sum(line.standing.actual for line in found.lines) == found.total.actual


def test_a_period_that_is_over_is_gone_and_one_to_come_is_not(company, market):
    assert _of(company, "boss", period=read_period("2026-02")).pace.over
    assert _of(company, "boss", period=read_period("2026-04")).pace.share == 0


def test_nothing_sold_and_nothing_planned_is_zero_without_a_share(company, market):
    total = _of(company, "boss", period=read_period("2024")).total
    assert (total.actual, total.target, total.attained, total.growth) == (0, None, None, None)


def test_the_academic_side_has_no_numbers(company, market):
    person = company.people["rep"]
    person.side = "academic"
    person.save()
    assert _of(company, "rep").total.actual == 0


def test_a_product_manager_has_the_own_products_only(company, market):
    market.two.product_manager = company.people["product"]
    market.two.save()
    total = _of(company, "product").total
    assert (total.actual, total.target) == (150, 100)
