from datetime import datetime

import pytest

from repertory.core.actor import system_actor
from repertory.core.errors import NotAllowed, NotFound
from repertory.core.periods import read_period
from repertory.core.time import COMPANY_ZONE, now
from repertory.reports.rendering.as_json import as_json
from repertory.reports.standard.making import REPORTS, file_of, make
from repertory.reports.standard.orders import Order
from repertory.sales.models import HeldRow, SalesFile, StockStatement, StrayFlow
from tests.factories.archive import open_archive

AT = datetime(2026, 3, 20, 9, 0, tzinfo=COMPANY_ZONE)
EVERY_FORMAT = {"pdf": b"%PDF-", "xlsx": b"PK\x03\x04", "json": b"{"}


@pytest.fixture
def made(company, market):
    def make_as(name, username="boss", period="2026-03", node=None):
        actor = company.actor(username) if username else system_actor()
        found = as_json(make(name, Order(actor, AT, read_period(period), node)))
        return {section["key"]: section for section in found["sections"]}

    return make_as


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("file_format", EVERY_FORMAT)
def test_every_report_comes_in_every_format(company, market, name, file_format):
    document = make(name, Order(company.actor("boss"), AT, read_period("2026-03")))
    assert file_of(document, file_format).startswith(EVERY_FORMAT[file_format])


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_of_an_empty_company_says_so(company, name):
    document = make(name, Order(company.actor("boss"), AT, read_period("2026-03")))
    assert file_of(document, "pdf").startswith(b"%PDF-")


def test_attainment_has_the_whole_the_parts_and_every_territory_with_every_product(made):
    sections = made("attainment")
    assert sections["total"]["figures"]["actual"] == "1290"
    assert sections["nodes"]["rows"][0] == {
        "name": "华东大区",
        "actual": "1000",
        "target": "1200",
        "attained": "0.8333333333333333333333333333",
        "last_year": "90",
        "growth": "15.29673087578631726475668981",
    }
    pairs = [(row["node"], row["product"], row["actual"], row["target"]) for row in sections["every"]["rows"]]
    assert pairs == [
        ("南京鼓楼", "甲片", "600", "1000"),
        ("南京鼓楼", "乙片", "100", None),
        ("南京玄武", "甲片", "300", "200"),
        ("北京地区", "乙片", "0", "100"),
        ("北京东城", "甲片", "200", "400"),
        ("北京东城", "乙片", "50", None),
        ("未归属", "甲片", "40", None),
    ]
    assert sections["every"]["total"]["actual"] == "1290"


def test_a_node_narrows_every_section(made, company):
    sections = made("attainment", node=company.territories["N"])
    assert sections["total"]["figures"]["actual"] == "250"
    assert sections["every"]["total"]["target"] == "500"


def test_composition_of_a_rep_is_made_of_the_own_rows(made, market):
    sections = made("composition", "rep")
    assert sections["product"]["total"]["amount"] == "700"
    assert [row["tier"] for row in sections["tier"]["rows"]] == ["A"]


def test_trend_names_each_products_direction_and_p_value(made):
    rows = made("trend")["products"]["rows"]
    assert [(row["product"], row["sold"], row["trend"]) for row in rows] == [("甲片", "330", "持平")]


def test_coverage_sets_visits_beside_sales(made):
    rows = made("coverage")["nodes"]["rows"]
    assert [(row["name"], row["visits"], row["amount"]) for row in rows] == [
        ("华东大区", 0, "1000"),
        ("华北大区", 0, "250"),
        ("未归属", 0, "40"),
    ]


def test_flow_lists_what_strayed_what_does_not_add_up_and_what_waits(made, company, market):
    _wrong(company, market)
    sections = made("flow")
    assert sections["stray"]["figures"] == {"open": 2, "confirmed": 0, "amount": "30"}
    assert "stock" not in sections
    sections = made("flow", "finance")
    rows = [(row["month"], row["difference"], row["jump"]) for row in sections["stock"]["rows"]]
    assert rows == [("2026-03", "-5", "10")]
    assert sections["held"]["rows"] == [
        {"state": "待对应", "code": "customer_unknown", "message": "?", "rows": 2, "amount": "7"},
    ]


def test_a_rep_finds_only_what_strayed_into_the_own_territory(made, company, market):
    _wrong(company, market)
    assert made("flow", "rep")["stray"]["figures"]["open"] == 1
    assert made("flow", "foreigner")["stray"]["figures"]["open"] == 1
    assert made("flow", "teammate")["stray"]["figures"]["open"] == 0


def _wrong(company, market):
    seller = open_archive(at=now(), territory=None, name="国药南京", kind="distributor")
    for customer, code, amount in ((market.gulou, "E1A", 10), (market.dongcheng, "N1A", 20)):
        StrayFlow.objects.create(
            seller=seller,
            month=202603,
            customer=customer,
            product=market.one,
            territory=company.territories[code],
            quantity=1,
            amount=amount,
        )
    given = {"seller": seller, "product": market.one, "at": now()}
    StockStatement.objects.create(**given, month=202602, opening=10, received=5, sold=5, closing=10)
    StockStatement.objects.create(**given, month=202603, opening=20, received=5, sold=10, closing=10)
    file = SalesFile.objects.create(source="flow", seller=seller, month=202603, number=1, digest="d", rows=2, at=now())
    for row, amount in ((2, 3), (3, 4)):
        HeldRow.objects.create(file=file, row=row, state="waiting", code="customer_unknown", message="?", amount=amount)


def test_there_is_no_report_of_another_name(made):
    with pytest.raises(NotFound):
        made("salaries")


def test_the_academic_side_gets_none(made, company):
    person = company.people["rep"]
    person.side = "academic"
    person.save()
    with pytest.raises(NotAllowed):
        made("attainment", "rep")
