"""`repertory verify` names what somebody broke in the sales ledger behind the program's back. M-PLN-2, M-PLT-4."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from repertory.config import sales_checks
from repertory.core.actor import system_actor
from repertory.core.time import COMPANY_ZONE
from repertory.sales.actions import close_month
from tests.factories.archive import open_archive
from tests.factories.catalogue import open_product
from tests.factories.sales import bring_in, open_seller

AT = datetime(2026, 4, 20, 9, 0, tzinfo=COMPANY_ZONE)
# Name of the check → statements that break what it guards.
BREAKS = {
    "sales_sums": (
        "UPDATE sales_entry SET amount = amount + 1 WHERE month = 202603",
        "UPDATE sales_monthsale SET quantity = quantity + 1",
        "UPDATE sales_customersale SET rows = rows + 1",
        "DELETE FROM sales_customersale WHERE month = 202603",
        "UPDATE sales_regionsale SET quantity = quantity + 1",
        "DELETE FROM sales_regionsale",
        "UPDATE sales_entry SET territory_id = NULL",
    ),
    "sales_files": (
        "UPDATE sales_salesfile SET entered = entered + 1",
        "UPDATE sales_salesfile SET amount = amount + 1",
        "UPDATE sales_salesfile SET rows = rows + 1",
        "UPDATE sales_heldrow SET state = 'dismissed'",
        "DELETE FROM sales_heldrow",
    ),
    "sales_months": (
        "UPDATE sales_entry SET day = '2026-05-01'",
        "UPDATE sales_entry SET month = 202605",
        "UPDATE sales_salesfile SET state = 'replaced'",
    ),
    "sales_keys": (
        "UPDATE sales_entry SET customer_id = 999999",
        "UPDATE sales_entry SET product_id = 999999",
        "UPDATE sales_entry SET territory_id = 999999",
        "UPDATE sales_entry SET pack_id = 999999",
    ),
    "closed_months": ("UPDATE sales_entry SET amount = amount + 1 WHERE month = 202602",),
}


@pytest.fixture
def whole(company, tmp_path):
    """A closed month and an open one, with a row that waits."""
    open_seller(at=AT)
    open_archive(at=AT - timedelta(days=90), territory="E1A", name="南京鼓楼医院")
    open_product(at=AT, name="阿托伐他汀钙片", number=1)
    known = ["2026-02-02", "南京鼓楼医院", "阿托伐他汀钙片", "120", "4212.00"]
    bring_in(tmp_path, known, ["2026-03-02", *known[1:]], ["2026-03-03", "鼓楼医院总院", *known[2:]], at=AT)
    close_month(actor=system_actor(), at=AT, month=202602)


def found() -> dict[str, list[str]]:
    return {check.__name__: problems for check in sales_checks.CHECKS if (problems := list(check()))}


def test_what_the_actions_wrote_is_whole(whole):
    assert found() == {}


@pytest.mark.parametrize(("check", "statement"), [(check, one) for check, all_ in BREAKS.items() for one in all_])
def test_a_broken_row_is_named_by_its_check(whole, check, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount
    assert check in found()


def test_every_check_has_something_that_breaks_it():
    assert {check.__name__ for check in sales_checks.CHECKS} == set(BREAKS)
