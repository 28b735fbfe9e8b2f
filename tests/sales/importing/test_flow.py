"""Files of flow and of own shipments. M-PLN-2."""

from decimal import Decimal

import pytest

from repertory.config import sales_checks
from repertory.core.actor import system_actor
from repertory.core.errors import InvalidInput, NotAllowed
from repertory.core.periods import read_period
from repertory.customers.models import Customer
from repertory.platform.models import AuditEntry
from repertory.products.models import Product
from repertory.sales.actions import close_month
from repertory.sales.models import Entry, HeldRow, Restatement, SalesFile, SourceRows
from repertory.sales.packing import unpack
from repertory.sales.queries.totals import totals

MARCH = (
    ["2026-03-02", "南京鼓楼医院", "阿托伐他汀钙片", "120", "4212.00"],
    ["2026-03-31", "北京东城医院", "盐酸二甲双胍片", "10", "99.12345"],
    ["2026/3/9", "南京鼓楼医院", "阿托伐他汀钙片", "-20", "-702"],
)


def whole(period: str = "2026-03") -> tuple[Decimal, Decimal, int]:
    (found,) = totals(actor=system_actor(), period=read_period(period))
    return found.quantity, found.amount, found.rows


def problems() -> list[str]:
    return [problem for check in sales_checks.CHECKS for problem in check()]


def test_rows_become_entries_of_the_territory_that_covered_the_customer(bring, market, company):
    result = bring(*MARCH)
    assert (result.errors, result.rows, result.created, result.more["amount"]) == ([], 3, 3, "3609.12345")
    rows = Entry.objects.order_by("row").values_list(
        "customer", "product", "territory__code", "stream", "month", "amount"
    )
    assert list(rows) == [
        (market["own"].pk, market["statin"].pk, "E1A", "flow", 202603, Decimal("4212.00000")),
        (market["foreign"].pk, market["metformin"].pk, "N1A", "flow", 202603, Decimal("99.12345")),
        (market["own"].pk, market["statin"].pk, "E1A", "flow", 202603, Decimal("-702.00000")),
    ]
    assert whole() == (Decimal(110), Decimal("3609.12345"), 3)
    assert problems() == []
    assert AuditEntry.objects.filter(object_type="sales_file").values_list("verb", "label").get() == (
        "imported",
        "2026-03 flow.csv",
    )


def test_the_source_row_of_every_entry_is_kept_with_all_its_columns(bring):
    head = ["序号", "日期", "客户名称", "产品名称", "数量", "金额", "仓库"]
    bring(["1", *MARCH[0], "一号库"], head=head)
    entry = Entry.objects.get()
    assert dict(unpack(SourceRows.objects.get(file=entry.file).packed))[entry.row] == ["1", *MARCH[0], "一号库"]
    assert entry.file.header == head


def test_the_same_file_again_changes_nothing(bring):
    bring(*MARCH)
    again = bring(*reversed(MARCH))
    assert (again.created, again.unchanged, again.more["removed"]) == (0, 3, 0)
    assert SalesFile.objects.count() == 1


def test_a_month_is_replaced_exactly_and_the_difference_is_shown(bring, market):
    bring(*MARCH)
    second = bring(MARCH[0], ["2026-03-31", "北京东城医院", "盐酸二甲双胍片", "12", "118.94814"], reason="漏报")
    assert (second.rows, second.created, second.unchanged, second.more["removed"]) == (2, 1, 1, 2)
    assert whole() == (Decimal(132), Decimal("4330.94814"), 2)
    rows = Restatement.objects.values_list(
        "customer", "quantity_before", "quantity_after", "amount_before", "amount_after"
    )
    assert list(rows) == [
        (market["own"].pk, Decimal(100), Decimal(120), Decimal(3510), Decimal(4212)),
        (market["foreign"].pk, Decimal(10), Decimal(12), Decimal("99.12345"), Decimal("118.94814")),
    ]
    assert list(SalesFile.objects.order_by("number").values_list("number", "state", "reason")) == [
        (1, "replaced", ""),
        (2, "current", "漏报"),
    ]
    assert problems() == []


def test_rows_that_nobody_can_place_wait_and_wrong_ones_are_refused_with_the_reason(bring):
    result = bring(
        MARCH[0],
        ["2026-03-03", "鼓楼医院总院", "阿托伐他汀钙片", "5", "100"],
        ["2026-03-04", "南京鼓楼医院", "阿托伐他丁", "5", "100"],
        ["2026-03-05", "南京鼓楼医院", "阿托伐他汀钙片", "五", "100"],
        ["2026-04-01", "南京鼓楼医院", "阿托伐他汀钙片", "5", "100"],
        ["2026-03-06", "", "阿托伐他汀钙片", "5", "100"],
        ["昨天", "南京鼓楼医院", "阿托伐他汀钙片", "5", "100"],
        month="2026-03",
    )
    assert (result.errors, result.more["entered"], result.more["waiting"], result.more["refused"]) == ([], 1, 2, 4)
    assert list(HeldRow.objects.order_by("row").values_list("row", "state", "code")) == [
        (3, "waiting", "unknown_customer"),
        (4, "waiting", "unknown_product"),
        (5, "refused", "bad_quantity"),
        (6, "refused", "other_month"),
        (7, "refused", "no_customer"),
        (8, "refused", "not_a_date"),
    ]
    assert [warning["row"] for warning in result.warnings] == [5, 6, 7, 8]
    assert problems() == []


def test_without_a_month_a_row_without_a_day_keeps_the_file_out(bring):
    result = bring(MARCH[0], ["昨天", "南京鼓楼医院", "阿托伐他汀钙片", "5", "100"])
    assert [(error["row"], error["column"], error["code"]) for error in result.errors] == [(3, "日期", "not_a_date")]
    assert not SalesFile.objects.exists()


def test_a_file_of_several_months_is_one_version_of_each(bring):
    bring(MARCH[0], ["2026-02-28", *MARCH[0][1:]])
    assert list(SalesFile.objects.order_by("month").values_list("month", "entered")) == [(202602, 1), (202603, 1)]
    assert (whole("2026-02"), whole("2026")[2]) == ((Decimal(120), Decimal(4212), 1), 2)


def test_a_closed_month_stays_as_it_is(bring, at):
    bring(*MARCH)
    close_month(actor=system_actor(), at=at, month=202603)
    result = bring(MARCH[0])
    assert [(error["code"], error["message"]) for error in result.errors] == [
        ("month_closed", "2026-03 已经月结，不能再改。")
    ]
    assert whole()[2] == 3
    assert bring(*MARCH).unchanged == 3


def test_a_distributors_purchase_is_no_sale_to_the_end(bring, market):
    bring(["2026-03-02", market["seller"].name, "阿托伐他汀钙片", "500", "9000"], kind="ledger")
    bring(MARCH[0])
    assert list(Entry.objects.order_by("pk").values_list("stream", flat=True)) == ["shipment", "flow"]
    assert whole() == (Decimal(120), Decimal(4212), 1)


def test_the_distributor_must_be_known(bring):
    for seller, code in ((None, "no_seller"), ("没有的公司", "unknown_seller")):
        assert [error["code"] for error in bring(MARCH[0], seller=seller).errors] == [code]


def test_missing_customers_and_products_are_made_on_request(bring):
    result = bring(
        ["2026-03-02", "苏州新开医院", "新药片", "3", "30"],
        ["2026-03-03", "苏州新开医院", "新药片", "4", "40"],
        seller="新商业公司",
        create_missing="是",
    )
    assert (result.errors, result.more["entered"]) == ([], 2)
    made = Customer.objects.filter(name__startswith="苏州").values_list("kind", flat=True).get()
    assert (made, Product.objects.filter(generic_name="新药片").count()) == ("hospital", 1)
    assert SalesFile.objects.get().seller.name == "新商业公司"
    assert bring(["2026-03-02", "苏州新开医院", "新药片", "3", "30"], seller="新商业公司").more["entered"] == 1


def test_nothing_is_written_by_a_dry_run(bring):
    result = bring(*MARCH, dry_run=True)
    assert (result.created, result.more["entered"], SalesFile.objects.count()) == (3, 3, 0)


def test_only_those_who_keep_the_ledger_bring_files_in(bring, company):
    with pytest.raises(NotAllowed):
        bring(*MARCH, actor=company.actor("boss"))
    assert bring(*MARCH, actor=company.actor("finance")).created == 3


def test_a_file_of_doctors_and_quantities_is_refused(bring):
    with pytest.raises(InvalidInput, match="统方"):
        bring(["王医生", "阿托伐他汀钙片", "5"], head=["医生", "药品名称", "处方数量"])


def test_days_in_another_order_are_understood_when_it_is_said(bring):
    result = bring(["3/12/2026", *MARCH[0][1:]], date_order="月日年")
    assert (result.errors, str(Entry.objects.get().day)) == ([], "2026-03-12")
