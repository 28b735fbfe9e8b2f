import pytest

from tests.factories.market import build_market


@pytest.fixture
def market(company):
    return build_market()


@pytest.fixture
def read(signed_in, market):
    def get(username, address):
        page = signed_in(username).get(address)
        assert page.status_code == 200
        return page.content.decode().replace("&amp;", "&")

    return get


def test_the_page_shows_bars_by_node_with_the_way_down_and_to_the_rows(read):
    page = read("boss", "/attainment/?period=2026-03")
    assert "华东大区" in page
    assert "/attainment/?period=2026-03&node=E" in page
    assert "/sales/entries/?month_from=2026-03&month_to=2026-03&territory=E&basis=terminal" in page


def test_a_rep_sees_products_and_customers_of_the_own_territory(read):
    page = read("rep", "/attainment/?period=2026-03&group=customer")
    assert "鼓楼医院" in page
    assert "东城医院" not in page


def test_the_way_back_up_stands_above_a_district(read):
    page = read("boss", "/attainment/?period=2026-03&node=E1")
    assert 'class="crumbs"' in page
    assert "node=E&" in page or 'node=E"' in page


def test_the_outlook_says_the_trend_with_its_test_and_the_error_of_the_forecast(read):
    page = read("boss", "/attainment/outlook/?period=2026")
    assert "Mann–Kendall" in page
    assert "MASE" in page


def test_the_reasons_lead_to_the_rows(read, market):
    page = read("boss", "/attainment/reasons/?period=2026-03")
    assert "北京东城" in page
    assert f"product={market.one.pk}&customer={market.dongcheng.pk}" in page


def test_a_period_without_anything_offers_a_first_step(read):
    assert "这个范围还没有数" in read("boss", "/attainment/?period=2020")


def test_a_node_of_others_is_not_found(signed_in, market):
    assert signed_in("rep").get("/attainment/?node=N1A").status_code == 404


def test_a_period_that_cannot_be_read_is_told(signed_in, market):
    assert signed_in("boss").get("/attainment/?period=March").status_code == 422


@pytest.mark.parametrize("path", ["/attainment/", "/attainment/outlook/", "/attainment/reasons/"])
def test_the_academic_side_does_not_find_the_pages(signed_in, company, market, path):
    person = company.people["rep"]
    person.side = "academic"
    person.save()
    assert signed_in("rep").get(path).status_code == 404
