"""What flow files show beyond sums: M-PLN-5 stray sales, stock that does not add up, M-LAW-7 chains that are too long."""

from datetime import date
from decimal import Decimal

import pytest

from repertory.core.actor import system_actor
from repertory.core.errors import Conflict, InvalidInput, NotFound, RuleViolation
from repertory.core.periods import read_period
from repertory.sales import actions
from repertory.sales.choices import StrayState
from repertory.sales.inputs import AllowArea, DecideStray, ExemptChain
from repertory.sales.models import StockStatement, StrayFlow
from repertory.sales.queries import files, flow
from tests.factories.sales import open_seller

STATIN, MARCH = "阿托伐他汀钙片", read_period("2026-03")
HOME = ["2026-03-02", "南京鼓楼医院", STATIN, "120", "4212"]
AWAY = ["2026-03-05", "北京东城医院", STATIN, "30", "1053"]
STOCK = ["月份", "产品名称", "期初", "购进", "销售", "期末"]


@pytest.fixture
def allow(market, at):
    """The seller may sell in a part of the tree."""

    def run(territory: str, **facts) -> None:
        data = AllowArea(seller=market["seller"].pk, territory=territory, starts_on=date(2025, 1, 1), **facts)
        actions.allow_area(actor=system_actor(), at=at, data=data)

    return run


def strays() -> list[tuple[str, Decimal, str]]:
    return list(StrayFlow.objects.order_by("pk").values_list("customer__name", "quantity", "state"))


def test_without_areas_nothing_is_stray_and_with_one_what_lies_outside_is(bring, allow):
    bring(HOME, AWAY)
    assert strays() == []
    allow("E")
    assert strays() == [("北京东城医院", Decimal(30), "open")]
    allow("N1")
    assert strays() == []


def test_stray_sales_come_and_go_with_the_file(bring, allow):
    allow("E")
    bring(HOME, AWAY)
    bring(HOME, [*AWAY[:3], "40", "1404"])
    assert strays() == [("北京东城医院", Decimal(40), "open")]
    bring(HOME)
    assert strays() == []


def test_an_area_counts_for_its_product_and_its_time(bring, allow, market):
    allow("E")
    allow("N", product=market["metformin"].pk)
    allow("CO", ends_on=date(2026, 3, 31))
    bring(AWAY, ["2026-03-06", "北京东城医院", "盐酸二甲双胍片", "5", "50"])
    assert strays() == [("北京东城医院", Decimal(30), "open")]


def test_those_who_answer_for_the_place_decide_with_a_note_and_it_stays_decided(bring, allow, at, company):
    allow("E")
    bring(HOME, AWAY)
    stray = StrayFlow.objects.get()
    with pytest.raises(NotFound):
        actions.decide_stray(
            actor=company.actor("manager"), at=at, stray_id=stray.pk, data=DecideStray(state=StrayState.CLEARED)
        )
    boss = company.actor("boss")
    with pytest.raises(InvalidInput):
        actions.decide_stray(actor=boss, at=at, stray_id=stray.pk, data=DecideStray(state=StrayState.CLEARED))
    decided = DecideStray(state=StrayState.CLEARED, note="已由商业收回", version=stray.version)
    actions.decide_stray(actor=boss, at=at, stray_id=stray.pk, data=decided)
    with pytest.raises(Conflict):
        actions.decide_stray(actor=boss, at=at, stray_id=stray.pk, data=decided)
    bring(HOME)
    assert strays() == [("北京东城医院", Decimal(30), "cleared")]
    assert flow.open_strays(actor=boss) == 0


def checks(bring, *rows: list[str]) -> dict[str, tuple]:
    result = bring(*rows, head=STOCK, kind="stock")
    assert result.errors == []
    found = flow.stock_checks(actor=system_actor(), month=202603)
    return {
        str(row.statement.product.generic_name): (row.adds_up, row.carried, row.delivered, row.flow) for row in found
    }


def test_a_statement_that_agrees_with_everything_has_no_difference(bring, market):
    bring(["2026-03-01", market["seller"].name, STATIN, "150", "5000"], kind="ledger")
    bring(HOME)
    rows = (["2026-02", STATIN, "0", "10", "0", "10"], ["2026-03", STATIN, "10", "150", "120", "40"])
    assert checks(bring, *rows) == {STATIN: (None, None, None, None)}
    assert all(row.agrees for row in flow.stock_checks(actor=system_actor(), month=202603))


def test_each_difference_is_told_by_itself(bring, market):
    bring(["2026-03-01", market["seller"].name, STATIN, "150", "5000"], kind="ledger")
    bring(HOME)
    rows = (["2026-02", STATIN, "0", "10", "0", "10"], ["2026-03", STATIN, "12", "140", "121", "30"])
    assert checks(bring, *rows) == {STATIN: (Decimal(1), Decimal(2), Decimal(-10), Decimal(1))}


def test_the_same_statement_again_changes_nothing_and_a_closed_month_takes_none(bring, at, market):
    row = ["2026-03", STATIN, "10", "150", "120", "40"]
    checks(bring, row)
    again = bring(row, head=STOCK, kind="stock")
    assert (again.created, again.updated, again.unchanged) == (0, 0, 1)
    actions.close_month(actor=system_actor(), at=at, month=202603)
    late = bring([*row[:5], "41"], head=STOCK, kind="stock")
    assert [error["code"] for error in late.errors] == ["month_closed"]
    assert StockStatement.objects.get().closing == 40


@pytest.fixture
def chain(bring, market, at):
    """Us → the seller → a second distributor → the hospital: three invoices."""
    second = open_seller(at=at, name="南京二级医药有限公司")
    bring(["2026-03-01", market["seller"].name, STATIN, "150", "5000"], kind="ledger")
    bring(["2026-03-03", second.name, STATIN, "50", "1700"], HOME)
    bring(["2026-03-04", "南京鼓楼医院", STATIN, "20", "700"], seller=second.name)
    return second


def test_the_second_distributors_sale_has_an_invoice_too_many(chain, company):
    (found,) = flow.long_chains(actor=system_actor(), period=MARCH)
    assert (found.seller_id, found.invoices, found.quantity, found.exemption) == (chain.pk, 3, Decimal(20), "")
    assert len(flow.long_chains(actor=company.actor("finance"), period=MARCH)) == 1
    assert flow.long_chains(actor=company.actor("supervisor"), period=MARCH) == []


def test_a_lawful_longer_chain_says_why_while_the_exemption_lasts(chain, at):
    data = ExemptChain(seller=chain.pk, reason="偏远乡镇配送", starts_on=date(2026, 3, 1), ends_on=date(2026, 4, 1))
    actions.exempt_chain(actor=system_actor(), at=at, data=data)
    assert [one.exemption for one in flow.long_chains(actor=system_actor(), period=MARCH)] == ["偏远乡镇配送"]
    later = flow.long_chains(actor=system_actor(), period=read_period("2026-04"))
    assert later == []


def test_one_exemption_without_end_is_enough(chain, at):
    data = ExemptChain(seller=chain.pk, reason="偏远乡镇配送", starts_on=date(2026, 3, 1))
    actions.exempt_chain(actor=system_actor(), at=at, data=data)
    with pytest.raises(RuleViolation):
        actions.exempt_chain(actor=system_actor(), at=at, data=data)


def test_an_unknown_seller_is_told_once_for_the_whole_file(bring):
    rows = [["2026-02-01", *HOME[1:]], HOME, ["2026-04-01", *HOME[1:]]]
    assert [error["code"] for error in bring(*rows, seller="没有的公司").errors] == ["unknown_seller"]


def test_a_distributor_that_sent_a_file_before_is_missed_in_an_open_month(bring, market, at):
    second = open_seller(at=at, name="南京二级医药有限公司")
    bring(["2026-01-05", *HOME[1:]], seller=second.name)
    bring(["2026-02-05", *HOME[1:]])
    bring(HOME)
    late = {row.month: row.late for row in files.months(actor=system_actor())}
    assert late == {202601: (), 202602: (second.name,), 202603: (second.name,)}
    actions.close_month(actor=system_actor(), at=at, month=202603)
    bring(["2026-04-01", *HOME[1:]], kind="ledger")
    found = {row.month: row.late for row in files.months(actor=system_actor())}
    assert (found[202603], set(found[202604])) == ((), {second.name, market["seller"].name})
