"""What went wrong with money in others: P57 crumbs, P58 sales counted twice, P60 and P61 months, P63 closed periods."""

from decimal import Decimal

import pytest

from repertory.config import sales_checks
from repertory.core.actor import system_actor
from repertory.core.errors import Conflict, RuleViolation
from repertory.core.periods import read_period
from repertory.customers import actions as customer_actions
from repertory.customers.inputs import Cover, Reassign
from repertory.sales import actions
from repertory.sales.inputs import DismissRows, RecordStock
from repertory.sales.models import Entry, HeldRow, MonthSale, RegionSale, StockStatement
from repertory.sales.queries.totals import NODE, totals

STATIN = "阿托伐他汀钙片"
ROW = ["2026-03-02", "南京鼓楼医院", STATIN, "3", "18.62"]
CLOSED = 202603


def amounts(period: str, by: tuple[str, ...] = ()) -> dict[tuple, Decimal]:
    found = totals(actor=system_actor(), period=read_period(period), by=by)
    return {tuple(total.key): total.amount for total in found}


def test_p57_what_is_returned_leaves_no_crumbs(bring):
    rows = [["2026-03-02", "南京鼓楼医院", STATIN, "1", "6.20667"]] * 2 + [[*ROW[:3], "1", "6.20666"]]
    bring(*rows, ["2026-03-30", *ROW[1:3], "-3", "-18.62"])
    assert MonthSale.objects.get().amount == Decimal(0)
    assert amounts("2026-03") == {(): Decimal(0)}


def test_p58_a_sale_in_a_place_of_two_counts_for_one(bring, market, at):
    cover = Cover(territory="E1B")
    customer_actions.cover_customer(actor=system_actor(), at=at, customer_id=market["own"].pk, data=cover)
    bring(["2026-04-20", *ROW[1:]])
    assert list(amounts("2026-04", by=(NODE,)).values()) == [Decimal("18.62")]
    assert sum(row.amount for row in RegionSale.objects.all()) == Decimal("18.62")


@pytest.mark.parametrize(
    ("day", "month"),
    [("2026-01-31", "2026-01"), ("2024-02-29", "2024-02"), ("2026-02-28", "2026-02"), ("2025-12-31", "2025-12")],
)
def test_p60_the_last_day_of_a_month_is_in_it(bring, day, month):
    bring([day, *ROW[1:]])
    assert amounts(month) == {(): Decimal("18.62")}


def test_p61_the_same_month_of_another_year_is_another_month(bring):
    bring(ROW, ["2025-03-02", *ROW[1:4], "100"])
    assert (amounts("2026-03"), amounts("2025-03")) == ({(): Decimal("18.62")}, {(): Decimal(100)})
    assert amounts("2026") == {(): Decimal("18.62")}


@pytest.fixture
def closed(bring, market, at):
    """March 2026, with a sale, a row that was refused and a statement, closed."""
    bring(ROW, ["2026-03-05", "南京鼓楼医院", STATIN, "五", "100"])
    actions.record_stock(actor=system_actor(), at=at, data=statement(market, closing=7))
    actions.close_month(actor=system_actor(), at=at, month=CLOSED)
    return picture()


def statement(market, closing: int) -> RecordStock:
    figures = {"opening": 10, "received": 0, "sold": 3, "closing": closing}
    return RecordStock(seller=market["seller"].pk, month=CLOSED, product=market["statin"].pk, **figures)


def picture() -> list:
    return [
        list(model.objects.order_by("pk").values()) for model in (Entry, HeldRow, MonthSale, RegionSale, StockStatement)
    ]


def test_p63_no_door_writes_into_a_closed_month(closed, bring, market, at, tmp_path):
    actor, refused = system_actor(), HeldRow.objects.get()
    writes = {
        "restate": lambda: bring(["2026-03-02", *ROW[1:4], "20"]).errors,
        "add our own": lambda: bring(ROW, kind="ledger").errors,
        "two months, one of them closed": lambda: bring(ROW, ["2026-04-02", *ROW[1:]], kind="ledger").errors,
        "stock file": lambda: (
            bring(
                ["2026-03", STATIN, "1", "1", "1", "1"],
                head=["月份", "产品名称", "期初", "购进", "销售", "期末"],
                kind="stock",
            ).errors
        ),
    }
    assert {name: [error["code"] for error in write()] for name, write in writes.items()} == dict.fromkeys(
        writes, ["month_closed"]
    )
    with pytest.raises(RuleViolation, match="已经月结"):
        actions.record_stock(actor=actor, at=at, data=statement(market, closing=8))
    with pytest.raises(RuleViolation, match="已经月结"):
        actions.reattribute_month(actor=actor, at=at, month=CLOSED)
    with pytest.raises(RuleViolation, match="已经月结"):
        actions.dismiss_rows(actor=actor, at=at, data=DismissRows(rows=[refused.pk], note="不计销售"))
    with pytest.raises(Conflict):
        actions.close_month(actor=actor, at=at, month=CLOSED)
    assert picture() == closed


def test_p63_what_happens_to_customers_later_leaves_a_closed_month_alone(closed, market, at):
    data = Reassign(from_territory="E1A", to_territory="E1B")
    customer_actions.reassign_customers(actor=system_actor(), at=at, data=data)
    assert picture() == closed
    assert [problem for check in sales_checks.CHECKS for problem in check()] == []
