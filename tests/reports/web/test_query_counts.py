"""What is shown of sales costs the same number of queries with one row and with more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from repertory.core.periods import Period
from tests.factories.archive import open_archive
from tests.factories.catalogue import open_product
from tests.factories.ledger import sell
from tests.factories.market import AT
from tests.factories.targets import open_plan, put_figure

ADDRESSES = (
    "/",
    "/home/sales/",
    "/home/waiting/",
    "/attainment/?period=2026&group=node",
    "/attainment/?period=2026&group=product",
    "/attainment/?period=2026&group=customer",
    "/attainment/outlook/?period=2026",
    "/reports/",
    "/reports/attainment/?period=2026",
    "/reports/composition/?period=2026",
    "/reports/trend/?period=2026",
    "/reports/coverage/?period=2026",
    "/reports/flow/?period=2026",
    "/reports/analysis/?rows=customer&columns=month&filter=period:2026",
    "/reports/analysis/?rows=tier,product&filter=period:2026",
    "/api/v1/attainment?period=2026&group=product",
    "/api/v1/forecast",
    "/api/v1/analysis?rows=product,territory&columns=month&filter=period:2026",
)


def _sell(company, plan, number):
    product = open_product(at=AT, name=f"药{number}片", number=number)
    customer = open_archive(at=AT, territory="E1A", name=f"第{number}医院")
    for month in Period(202509, 8).months:
        sell(customer, product, territory="E1A", month=month, amount=100 * number)
    put_figure(plan, company.territories["E1A"], product, 1000)


@pytest.mark.parametrize("username", ["boss", "supervisor"])
def test_pages_and_operations_cost_the_same_with_one_product_and_with_three(company, signed_in, username):
    browser, plan = signed_in(username), open_plan()
    _sell(company, plan, 1)
    few = _costs(browser)
    _sell(company, plan, 2)
    _sell(company, plan, 3)
    assert _costs(browser) == few


def _costs(browser):
    found = {}
    for address in ADDRESSES:
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        found[address] = len(queries)
    return found
