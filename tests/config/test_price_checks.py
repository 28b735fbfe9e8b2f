"""`repertory verify` names what somebody broke in price lists behind the program's back. M-PLT-4."""

import pytest
from django.db import connection

from repertory.config import price_checks
from tests.products.conftest import at
from tests.products.test_prices import in_force, pack, prices, submit

__all__ = ["at", "in_force", "pack", "prices"]

# Name of the check → statements that break what it guards.
BREAKS = {
    "price_lists_approved": (
        "UPDATE products_pricelist SET state = 'approved', in_force_from = '2026-01-01' WHERE state = 'draft'",
        "UPDATE products_pricelist SET state = 'draft' WHERE state = 'submitted'",
        "UPDATE platform_approvalrequest SET state = 'rejected' WHERE state = 'approved'",
    ),
    "prices_once": (
        "UPDATE products_price SET tier = '' WHERE tier = 'A'",
        "UPDATE products_price SET season = 1 WHERE season = 2",
    ),
}


@pytest.fixture
def whole(company, in_force, prices, at):
    """A list in force, one submitted, one draft."""
    in_force(
        {"price": "50"}, {"price": "45", "tier": "A"}, {"price": "44", "months": "1"}, {"price": "43", "months": "2"}
    )
    submit(company, prices({"price": "44", "tier": "B"}, code="SUBMITTED"), at)
    prices(code="DRAFT")


def found() -> set[str]:
    return {check.__name__ for check in price_checks.CHECKS if list(check())}


def test_what_the_actions_wrote_is_whole(whole):
    assert found() == set()


@pytest.mark.parametrize(("check", "statement"), [(check, one) for check, all_ in BREAKS.items() for one in all_])
def test_a_broken_row_is_named_by_its_check(whole, check, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount
    assert check in found()
