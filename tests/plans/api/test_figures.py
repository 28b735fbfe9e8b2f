import pytest

from tests.factories.market import build_market


@pytest.fixture
def market(company):
    return build_market()


def test_attainment_by_product_in_exact_text(signed_in, market):
    found = signed_in("boss").get("/api/v1/attainment", {"period": "2026-03", "group": "product"}).json()
    assert (found["total"]["actual"], found["total"]["target"]) == ("1290", "1700")
    line = found["items"][0]
    assert (line["name"], line["actual"], line["attained"], line["growth"]) == ("乙片", "150", "1.5", None)


def test_narrowed_by_node_and_customer(signed_in, market):
    words = {"period": "2026-03", "node": "E1", "customer": market.gulou.pk}
    found = signed_in("manager").get("/api/v1/attainment", words).json()
    assert (found["total"]["actual"], found["total"]["target"]) == ("700", "800")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ({"period": "2026-13"}, 422),
        ({"group": "secret"}, 422),
        ({"measure": "salary"}, 422),
        ({"node": "N1A"}, 404),
        ({"product": "999999"}, 404),
        ({"customer": "x"}, 404),
    ],
)
def test_what_cannot_be_read_or_is_out_of_sight(signed_in, market, words, status):
    assert signed_in("rep").get("/api/v1/attainment", words).status_code == status


def test_a_customer_of_somebody_else_is_not_found(signed_in, market):
    assert signed_in("rep").get("/api/v1/attainment", {"customer": market.dongcheng.pk}).status_code == 404


def test_the_forecast_says_how_it_was_made(signed_in, market):
    found = signed_in("boss").get("/api/v1/forecast", {"months": 2}).json()
    assert [row["month"] for row in found["items"]] == ["2026-04", "2026-05"]
    assert found["trend"]["test"] == "mann_kendall"
    assert found["backtest"]["origins"] > 0
    assert found["past"][-1] == {"month": "2026-03", "value": "1290"}


def test_the_academic_side_finds_neither(signed_in, company, market):
    person = company.people["rep"]
    person.side = "academic"
    person.save()
    browser = signed_in("rep")
    assert [browser.get(f"/api/v1/{name}").status_code for name in ("attainment", "forecast")] == [404, 404]
