from datetime import date

import pytest

from repertory.core.errors import NotFound
from repertory.core.periods import Period
from repertory.reports.analysis.answers import answer, exact_text
from repertory.reports.analysis.questions import read_question
from repertory.sales.access import visible_entries
from repertory.sales.models import CustomerSale, Entry, MonthSale, RegionSale
from repertory.visits.models import Visit
from tests.factories.ledger import sell

TODAY = date(2026, 3, 20)
EVERYBODY = ("rep", "teammate", "foreigner", "supervisor", "manager", "boss", "finance", "auditor", "admin", "marketer")
SPLITS = (
    "month",
    "quarter",
    "year",
    "product",
    "line",
    "product_stage",
    "region",
    "district",
    "territory",
    "customer",
    "kind",
    "tier",
    "stage",
    "province",
    "credit_grade",
    "seller",
    "stream",
)


def _ask(company, username, **words):
    given = {"filter": "period:2026-03", **words}
    return answer(actor=company.actor(username), question=read_question(given, today=TODAY))


def _cells(found):
    """{words of the key: exact text of the first measure}"""
    dimensions, measure = found.question.dimensions, found.question.measures[0]
    return {
        tuple(found.label(one, value)[1] for one, value in zip(dimensions, key, strict=True)): exact_text(
            found.cells[key], measure
        )
        for key in found.ordered(dimensions)
    }


@pytest.mark.parametrize("username", EVERYBODY)
@pytest.mark.parametrize("split", SPLITS)
def test_whatever_the_split_the_sum_is_that_of_the_rows_in_sight(company, market, username, split):
    found = _ask(company, username, measure="amount,rows", rows=split)
    entries = visible_entries(company.actor(username)).filter(month=202603)
    assert sum(cell["amount"] for cell in found.cells.values()) == sum(int(row.amount * 100_000) for row in entries)
    assert sum(cell["rows"] for cell in found.cells.values()) == entries.count()
    assert found.total["rows"] == entries.count()


def test_products_by_region(company, market):
    assert _cells(_ask(company, "boss", rows="product", columns="region")) == {
        ("甲片", "华东大区"): "900",
        ("甲片", "华北大区"): "200",
        ("甲片", "未归属"): "40",
        ("乙片", "华东大区"): "100",
        ("乙片", "华北大区"): "50",
    }


def test_months_stand_in_their_order_and_tiers_too(company, market):
    words = {"rows": "month", "filter": "period:2025-01..2026-03"}
    assert list(_cells(_ask(company, "boss", **words))) == [("2025-03",), ("2026-02",), ("2026-03",)]
    assert list(_cells(_ask(company, "boss", rows="tier"))) == [("A",), ("B",), ("未填",)]


def test_quarters_and_years_are_made_of_months(company, market):
    words = {"rows": "year,quarter", "filter": "period:2025-01..2026-03"}
    assert _cells(_ask(company, "boss", **words)) == {("2025", "2025-Q1"): "110", ("2026", "2026-Q1"): "1510"}


def test_targets_and_their_attainment_stand_beside_the_sales(company, market):
    found = _ask(company, "boss", measure="amount,target,attainment", rows="region")
    texts = {
        found.label(found.question.rows[0], key[0])[1]: [exact_text(cell, one) for one in found.question.measures]
        for key, cell in found.cells.items()
    }
    assert texts == {
        "华东大区": ["1000", "1200", "0.8333"],
        "华北大区": ["250", "500", "0.5000"],
        "未归属": ["40", "0", None],
    }


def test_targets_of_customers_are_their_parts(company, market):
    assert _cells(_ask(company, "boss", measure="target", rows="customer")) == {("鼓楼医院",): "800"}


def test_a_customer_who_bought_in_two_months_is_one_customer(company, market):
    found = _ask(company, "boss", measure="customers", rows="month", filter="period:2026-02..2026-03")
    assert [cell["customers"] for cell in found.cells.values()] == [3, 4]
    assert found.total == {"customers": 4}


def test_visits_are_counted_by_region(company, market):
    for customer, code in ((market.gulou, "E1A"), (market.gulou, "E1A"), (market.dongcheng, "N1A")):
        _visit(company, customer, code)
    found = _ask(company, "boss", measure="visits,visited", rows="region")
    assert {key[0]: cell for key, cell in found.cells.items()} == {
        company.territories["E"].path: {"visits": 2, "visited": 1},
        company.territories["N"].path: {"visits": 1, "visited": 1},
    }


def _visit(company, customer, code):
    at = TODAY.isoformat() + "T01:00:00Z"
    Visit.objects.create(
        customer=customer,
        user=company.people["rep"],
        territory=company.territories[code],
        status="done",
        day=TODAY,
        starts_at=at,
        recorded_at=at,
        created_at=at,
        updated_at=at,
        door="web",
    )


def test_filters_narrow_by_node_product_and_attribute(company, market):
    only = f"period:2026-03;region:E;product:{market.one.pk};tier:A"
    assert _cells(_ask(company, "boss", rows="customer", filter=only)) == {("鼓楼医院",): "600"}


def test_what_is_not_filled_in_can_be_asked_for(company, market):
    found = _ask(company, "boss", rows="customer", filter="period:2026-03;tier:-")
    assert set(_cells(found)) == {("东城医院",), ("无人医院",)}


def test_shipments_to_distributors_are_another_basis_and_never_added_to_flow(company, market):
    sell(market.gulou, market.one, territory="E1A", month=202603, amount=5000, stream="shipment")
    assert _ask(company, "boss").total["amount"] == 1290 * 100_000
    assert _ask(company, "boss", filter="period:2026-03;basis:shipped").total["amount"] == 6290 * 100_000


def test_a_filter_by_somebody_elses_node_is_not_found(company, market):
    with pytest.raises(NotFound):
        _ask(company, "rep", filter="period:2026-03;territory:N1A")


def test_what_a_lost_customer_is_like_today_is_not_told_through_a_group_or_a_filter(company, market):
    """A4: grouping and filtering by a column that one may no longer read would tell it."""
    market.dongcheng.tier = "C"
    market.dongcheng.save()
    sell(market.dongcheng, market.one, territory="E1A", month=202603, amount=7)
    assert _cells(_ask(company, "rep", rows="tier")) == {("A",): "700", ("未填",): "7"}
    assert _ask(company, "rep", filter="period:2026-03;tier:C").cells == {(): {"amount": 0}}
    assert _cells(_ask(company, "boss", rows="tier"))[("C",)] == "257"


def test_the_academic_side_finds_nothing(company, market):
    person = company.people["rep"]
    person.side = "academic"
    person.save()
    assert _ask(company, "rep", rows="product").cells == {}


def test_a_product_manager_has_the_own_products_in_every_split(company, market):
    market.two.product_manager = company.people["product"]
    market.two.save()
    for split in SPLITS:
        assert _ask(company, "product", rows=split).total["amount"] == 150 * 100_000


@pytest.mark.parametrize(
    ("rows", "username", "table"),
    [
        ("product,region,month", "boss", RegionSale),
        ("product,region,month", "supervisor", MonthSale),
        ("territory", "boss", MonthSale),
        ("tier", "boss", CustomerSale),
        ("tier,product", "boss", Entry),
        ("seller", "boss", Entry),
    ],
)
def test_the_smallest_table_that_knows_enough_is_read_once(
    company, market, django_assert_num_queries, rows, username, table
):
    actor = company.actor(username)
    question = read_question({"rows": rows, "filter": "period:2026-03"}, today=TODAY)
    answer(actor=actor, question=question)
    with django_assert_num_queries(1 + _lookups(rows)) as seen:
        answer(actor=actor, question=question)
    assert f'FROM "{table._meta.db_table}"' in seen[0]["sql"]


def _lookups(rows):
    """Names of products, nodes and customers are asked for by key."""
    return sum(one in ("product", "region", "territory") for one in rows.split(","))


def test_exact_text_keeps_five_decimals_and_the_sign(company, market):
    sell(market.nobody, market.two, territory=None, month=202601, amount="-0.12345")
    assert _ask(company, "boss", filter="period:2026-01").total["amount"] == -12_345
    found = _ask(company, "boss", filter="period:2026-01")
    assert exact_text(found.total, found.question.measures[0]) == "-0.12345"


def test_the_period_without_a_word_is_the_last_twelve_months(company, market):
    assert read_question({}, today=TODAY).period == Period(202504, 12)
