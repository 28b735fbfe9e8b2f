from datetime import date

import pytest

from repertory.core.time import now
from repertory.customers.models import Customer
from repertory.reports.analysis.answers import answer
from repertory.reports.analysis.documents import document_of
from repertory.reports.analysis.questions import read_question
from tests.factories.ledger import sell

TODAY = date(2026, 3, 20)


@pytest.fixture
def made(company, market):
    def make(username="boss", **words):
        actor = company.actor(username)
        question = read_question({"filter": "period:2026-01..2026-03", **words}, today=TODAY)
        return document_of(actor=actor, at=now(), found=answer(actor=actor, question=question)).sections[0]

    return make


def _urls(section):
    return [url for row in section.table.rows for url in row.urls.values()]


def test_columns_stand_beside_each_other_with_a_sum_of_each_row_and_column(made):
    table = made(rows="product", columns="month").table
    assert [head.label for head in table.heads] == ["产品", "2026-02", "2026-03", "合计"]
    assert [row.values for row in table.rows] == [("甲片", 220, 1140, 1360), ("乙片", 0, 150, 150)]
    assert table.total.values == ("合计", 220, 1290, 1510)


def test_what_does_not_add_up_has_no_sum(made):
    table = made(measure="customers", rows="product", columns="month").table
    assert [head.label for head in table.heads] == ["产品", "2026-02", "2026-03"]
    assert table.total.values == ("合计", None, None)


def test_without_rows_there_is_one_line_with_everything(made):
    table = made(measure="amount,rows").table
    assert [row.values for row in table.rows] == [("合计", 1510, 9)]


def test_a_cell_opens_the_rows_of_its_month_its_node_and_its_product(made, market):
    first = _urls(made(rows="product,region", columns="month"))[0]
    rows = f"month_from=2026-02&month_to=2026-02&territory=E&product={market.one.pk}&basis=terminal"
    assert first == f"/sales/entries/?{rows}"


def test_a_quarter_opens_only_the_months_that_were_asked_for(made):
    urls = _urls(made(rows="quarter", filter="period:2026-02..2026-03"))
    assert urls == ["/sales/entries/?month_from=2026-02&month_to=2026-03&basis=terminal"]


def test_a_stream_opens_the_rows_of_the_basis_that_it_counts_for(made, market):
    sell(market.gulou, market.one, territory="E1A", month=202603, amount=5, stream="shipment")
    sell(market.gulou, market.one, territory="E1A", month=202603, amount=5, stream="transfer")
    urls = sorted(url.partition("basis=")[2] for url in _urls(made(rows="stream")))
    assert urls == ["shipped&stream=shipment", "terminal&stream=direct"]


def test_what_nobody_has_and_what_is_not_filled_in_opens_nothing(made):
    assert len(_urls(made(rows="region", filter="period:2026-03"))) == 2
    assert len(_urls(made(rows="tier", filter="period:2026-03"))) == 2


def test_time_runs_along_the_bottom_and_layers_stand_on_each_other(made):
    picture = made(rows="product", columns="month").picture
    assert (picture.kind, list(picture.categories)) == ("stacked", ["2026-02", "2026-03"])
    assert picture.series == [("甲片", [220, 1140]), ("乙片", [0, 150])]


def test_without_time_bars_lead_to_the_same_question_about_one_part(made):
    picture = made(rows="region").picture
    assert (picture.kind, list(picture.categories)) == ("bars", ["华东大区", "华北大区", "未归属"])
    assert "region%3AE" in picture.urls[0]
    assert picture.urls[2] == ""


def test_the_customers_of_a_province_open_their_rows(made, market):
    section = made(rows="customer", filter="period:2026-03;tier:A,B")
    assert f"/sales/entries/?month_from=2026-03&month_to=2026-03&customer={market.gulou.pk}&basis=terminal" in _urls(
        section
    )


def test_provinces_are_drawn_on_a_map_all_of_them(made, market):
    Customer.objects.filter(pk=market.gulou.pk).update(province_code="320000")
    picture = made(rows="province").picture
    assert picture.places == ["320000", ""]
    assert picture.categories == ["江苏省", "未填"]
    assert made(rows="tier").picture.places == ()
