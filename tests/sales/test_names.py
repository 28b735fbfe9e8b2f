"""Names of distributors' files are learned once, and what waited for them is entered. M-PLN-2."""

from datetime import timedelta
from decimal import Decimal

import pytest

from repertory.config import sales_checks
from repertory.core.actor import system_actor
from repertory.core.errors import InvalidInput, NotAllowed, RuleViolation
from repertory.core.periods import read_period
from repertory.customers.actions import merge_customers, undo_merge
from repertory.customers.inputs import MergeCustomers
from repertory.sales.actions import close_month, dismiss_rows, learn_customer, learn_product, learn_unit
from repertory.sales.inputs import DismissRows, LearnCustomer, LearnProduct, LearnUnit
from repertory.sales.models import Entry, HeldRow, SalesFile
from repertory.sales.queries.totals import Where, totals
from tests.factories.archive import open_archive
from tests.factories.catalogue import add_pack
from tests.factories.sales import open_seller

UNKNOWN = ["2026-03-03", "鼓楼医院(总院)", "阿托伐他汀钙片", "5", "100"]


def learn(market, at, **facts) -> int:
    data = LearnCustomer(**{"text": UNKNOWN[1], "customer": market["own"].pk, **facts})
    return learn_customer(actor=system_actor(), at=at, data=data)


def states() -> list[tuple]:
    return list(HeldRow.objects.order_by("row").values_list("row", "state", "code"))


def test_a_name_said_once_enters_what_waited_and_every_later_file(bring, market, at):
    bring(UNKNOWN, ["2026-03-04", "鼓楼医院（总院）", *UNKNOWN[2:]])
    assert learn(market, at) == 2
    assert Entry.objects.filter(customer=market["own"]).count() == 2
    assert states() == [(2, "entered", "unknown_customer"), (3, "entered", "unknown_customer")]
    file = SalesFile.objects.get()
    assert (file.entered, file.waiting, file.amount) == (2, 0, Decimal(200))
    assert bring(["2026-02-03", *UNKNOWN[1:]]).more["entered"] == 1
    assert [problem for check in sales_checks.CHECKS for problem in check()] == []


def test_a_name_may_mean_something_else_in_anothers_files(bring, market, at):
    other = open_seller(at=at, name="上药南京公司")
    learn(market, at, seller=market["seller"].pk)
    learn(market, at, seller=other.pk, customer=market["team"].pk)
    bring(UNKNOWN)
    bring(UNKNOWN, seller=other.name)
    assert set(Entry.objects.values_list("file__seller__name", "customer__name")) == {
        ("国药控股南京有限公司", "南京鼓楼医院"),
        ("上药南京公司", "南京玄武医院"),
    }


def test_products_are_known_by_name_and_size_and_units_by_what_they_hold(bring, market, at):
    pack = add_pack(market["statin"], at=at, spec="20mg", pack="7片×2板/盒", unit="盒", packs_per_case=200)
    head = ["日期", "客户名称", "产品名称", "规格", "单位", "数量", "金额"]
    rows = [
        ["2026-03-03", "南京鼓楼医院", "阿托伐他汀钙片", "20mg×7片*2板/盒", "盒", "3", "60"],
        ["2026-03-03", "南京鼓楼医院", "阿托伐他汀钙片", "20MG 7片x2板/盒", "件", "2", "8000"],
        ["2026-03-03", "南京鼓楼医院", "立普妥仿制", "", "袋", "4", "10"],
    ]
    result = bring(*rows, head=head)
    assert (result.more["entered"], result.more["waiting"]) == (2, 1)
    system = {"actor": system_actor(), "at": at}
    product = {"product": market["statin"].pk, "pack": pack.pk}
    assert learn_product(**system, data=LearnProduct(text="立普妥仿制", **product)) == 0
    assert states() == [(4, "waiting", "unknown_unit")]
    assert learn_unit(**system, data=LearnUnit(text="袋", product=market["statin"].pk, factor="0.5")) == 1
    assert list(Entry.objects.order_by("row").values_list("quantity", flat=True)) == [
        Decimal(3),
        Decimal(400),
        Decimal(2),
    ]


def test_a_person_is_never_a_customer_of_sales(bring, market, at):
    doctor = open_archive(at=at, territory="E1A", name="单雪", kind="hcp")
    with pytest.raises(RuleViolation, match="“单雪”是个人"):
        learn(market, at, customer=doctor.pk)
    assert bring(["2026-03-03", "单雪", *UNKNOWN[2:]]).more["refused"] == 1
    assert states() == [(2, "refused", "person")]


def test_rows_are_put_aside_with_a_reason_and_stay_to_be_seen(bring, market, at):
    bring(UNKNOWN)
    row = HeldRow.objects.get()
    data = DismissRows(rows=[row.pk], note="员工内购，不计销售")
    assert dismiss_rows(actor=system_actor(), at=at, data=data) == 1
    assert list(HeldRow.objects.values_list("state", "note")) == [("dismissed", "员工内购，不计销售")]
    assert SalesFile.objects.values_list("waiting", "dismissed").get() == (0, 1)
    with pytest.raises(RuleViolation):
        dismiss_rows(actor=system_actor(), at=at, data=data)
    with pytest.raises(InvalidInput, match="有的行已经不在了"):
        dismiss_rows(actor=system_actor(), at=at, data=DismissRows(rows=[row.pk, 999], note="不计"))


def test_a_month_with_waiting_rows_is_not_closed(bring, market, at):
    bring(UNKNOWN)
    with pytest.raises(RuleViolation, match="2026-03 还有 1 行待对应，处理完才能月结。"):
        close_month(actor=system_actor(), at=at, month=202603)
    learn(market, at)
    assert close_month(actor=system_actor(), at=at, month=202603).rows == 1
    with pytest.raises(RuleViolation, match="这个月还没有过完"):
        close_month(actor=system_actor(), at=at - timedelta(days=25), month=202603)


def test_only_those_who_keep_the_ledger_say_what_a_name_means(market, company, at):
    data = LearnCustomer(text="鼓楼", customer=market["own"].pk)
    for account in ("boss", "supervisor", "rep", "auditor", "product"):
        with pytest.raises(NotAllowed):
            learn_customer(actor=company.actor(account), at=at, data=data)


def test_sales_of_a_customer_that_was_merged_are_read_as_those_of_who_it_is_now(bring, market, at):
    bring(["2026-03-03", "南京玄武医院", *UNKNOWN[2:]], ["2026-03-03", "南京鼓楼医院", *UNKNOWN[2:]])
    close_month(actor=system_actor(), at=at, month=202603)
    kept, gone = market["own"].pk, market["team"].pk
    merge = merge_customers(actor=system_actor(), at=at, data=MergeCustomers(kept=kept, gone=gone))

    def amounts(**where) -> list[tuple]:
        found = totals(actor=system_actor(), period=read_period("2026-03"), by=("customer_id",), where=Where(**where))
        return [(*total.key, total.amount) for total in found]

    assert amounts() == [(kept, Decimal(200))]
    assert amounts(customers=[kept]) == [(kept, Decimal(200))]
    assert [problem for check in sales_checks.CHECKS for problem in check()] == []
    undo_merge(actor=system_actor(), at=at, merge_id=merge.pk)
    assert amounts() == [(kept, Decimal(100)), (gone, Decimal(100))]
