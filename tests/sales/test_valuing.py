"""Flow that says how much was sold but not for how much is valued by the price list of the day. M-PLN-2."""

from datetime import date
from decimal import Decimal

import pytest

from repertory.config import sales_checks
from repertory.core.actor import system_actor
from repertory.organisation.actions import set_policy
from repertory.products.models import PriceList
from repertory.sales import actions
from repertory.sales.inputs import LearnCustomer
from repertory.sales.models import Entry, SalesFile
from tests.factories.catalogue import add_pack
from tests.factories.prices import list_in_force, priced

STATIN, SINCE = "阿托伐他汀钙片", date(2025, 1, 1)
HEAD = ["日期", "客户名称", "产品名称", "数量", "金额"]
ROW = ["2026-03-02", "南京鼓楼医院", STATIN, "120", ""]


@pytest.fixture
def pack(market, at):
    return add_pack(market["statin"], at=at)


def amounts() -> list[Decimal]:
    return list(Entry.objects.order_by("row").values_list("amount", flat=True))


def test_a_sale_without_an_amount_is_worth_the_price_of_its_day(bring, pack):
    list_in_force(
        priced(pack, "30", since=SINCE, ends_on=date(2026, 3, 10)),
        priced(pack, "28.00001", since=date(2026, 3, 10)),
        since=SINCE,
    )
    result = bring(ROW, ["2026-03-10", *ROW[1:3], "-3", ""], [*ROW[:3], "10", "99"])
    assert amounts() == [Decimal(3600), Decimal("-84.00003"), Decimal(99)]
    assert (result.more["valued"], SalesFile.objects.get().valued, result.more["amount"]) == (2, 2, "3614.99997")
    assert [problem for check in sales_checks.CHECKS for problem in check()] == []


def test_the_price_is_that_for_such_a_customer(bring, pack):
    list_in_force(
        priced(pack, "30", since=SINCE),
        priced(pack, "27", since=SINCE, customer_kind="hospital"),
        priced(pack, "25", since=SINCE, customer_kind="pharmacy"),
        priced(pack, "26", since=SINCE, customer_kind="hospital", from_quantity=100),
        since=SINCE,
    )
    bring(ROW, [*ROW[:3], "99", ""])
    assert amounts() == [Decimal(3120), Decimal(2673)]


def test_without_a_price_or_with_the_rule_off_the_amount_is_nothing(bring, pack, market, at):
    list_in_force(priced(pack, "30", since=SINCE), since=SINCE)
    bring([*ROW[:2], "盐酸二甲双胍片", "5", ""])
    assert amounts() == [Decimal(0)]
    PriceList.objects.update(in_force_from=date(2026, 4, 1))
    bring(ROW)
    assert amounts() == [Decimal(0)]
    PriceList.objects.update(in_force_from=SINCE)
    set_policy(actor=system_actor(), at=at, key="sales.flow_prices", starts_on=SINCE, value={"on": False})
    bring([*ROW[:3], "121", ""])
    assert (amounts(), SalesFile.objects.latest("pk").valued) == ([Decimal(0)], 0)


def test_our_own_shipments_are_never_valued(bring, pack):
    list_in_force(priced(pack, "30", since=SINCE), since=SINCE)
    bring(ROW, kind="ledger")
    assert amounts() == [Decimal(0)]


def test_a_row_that_waited_is_valued_when_it_goes_in(bring, pack, market, at):
    list_in_force(priced(pack, "30", since=SINCE), since=SINCE)
    bring(ROW, ["2026-03-05", "鼓楼医院（新院区）", STATIN, "2", ""])
    data = LearnCustomer(text="鼓楼医院（新院区）", customer=market["own"].pk)
    actions.learn_customer(actor=system_actor(), at=at, data=data)
    actions.enter_waiting(actor=system_actor(), at=at)
    assert amounts() == [Decimal(3600), Decimal(60)]
    assert (SalesFile.objects.get().valued, SalesFile.objects.get().amount) == (2, Decimal(3660))
