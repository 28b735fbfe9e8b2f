from datetime import date
from decimal import Decimal

import pytest

from repertory.core.periods import Period, read_period
from repertory.plans.queries.outlook import outlook, period_end
from repertory.plans.statistics.trend import Direction
from repertory.sales.queries.totals import Where
from tests.factories.ledger import sell
from tests.factories.targets import put_figure

TODAY = date(2026, 3, 20)


@pytest.fixture
def two_years(company, market):
    """鼓楼 sells 1,000 a month more each month of 2024 and 2025; nothing else counts."""
    for at, month in enumerate(Period(202401, 24).months):
        sell(market.gulou, market.two, territory="E1A", month=month, amount=10_000 + 1_000 * at)


def test_the_trend_and_the_next_months_after_the_last_known_one(company, market, two_years):
    found = outlook(actor=company.actor("boss"), today=TODAY, months=3, where=_two(market))
    assert found.trend.direction is Direction.UP
    assert max(found.past) == 202512
    assert [row.month for row in found.ahead] == [202601, 202602, 202603]
    assert all(row.low <= row.value <= row.high for row in found.ahead)


def test_the_present_month_is_not_known_yet(company, market, two_years):
    found = outlook(actor=company.actor("boss"), today=TODAY, months=1)
    assert max(found.past) == 202602


def test_months_without_sales_between_are_zero(company, market):
    found = outlook(actor=company.actor("boss"), today=TODAY, months=1)
    assert found.past[202503] == 110
    assert found.past[202601] == 0


def test_nothing_is_foretold_to_whom_nothing_was_sold(company, market, two_years):
    found = outlook(actor=company.actor("foreigner"), today=TODAY, months=3, where=_two(market))
    assert (found.past, found.ahead, found.trend.direction) == ({}, [], Direction.UNKNOWN)


def test_a_period_comes_to_what_is_known_and_what_is_foretold(company, market, two_years):
    put_figure(market.plan, company.territories["E1A"], market.two, 40_000, month=202601)
    actor = company.actor("boss")
    found = period_end(actor=actor, today=TODAY, period=read_period("2026-Q1"), where=_two(market))
    ahead = outlook(actor=actor, today=TODAY, months=3, where=_two(market)).ahead
    assert (found.known, found.target) == (Decimal(0), Decimal(40_100))
    assert found.value == pytest.approx(sum(row.value for row in ahead), abs=Decimal("0.1"))
    assert found.low < found.value < found.high


def test_a_period_that_is_known_is_not_foretold(company, market, two_years):
    period = read_period("2025")
    assert period_end(actor=company.actor("boss"), today=TODAY, period=period, where=_two(market)) is None


def _two(market):
    return Where(products=(market.two.pk,))
