"""`repertory verify` names what somebody broke in the products behind the program's back. M-PLT-4."""

import pytest
from django.db import connection

from repertory.config import product_checks
from repertory.core.actor import system_actor
from repertory.core.time import now
from repertory.products.actions import draft_next_version
from repertory.products.inputs import DraftMessage
from tests.factories.catalogue import WORDING, approve, build_catalogue

# Name of the check → statements that break what it guards; {own} is the key of a product with a message of two versions.
BREAKS = {
    "product_search": (
        "UPDATE products_product SET sort_key = 'x' WHERE id = {own}",
        "UPDATE products_product SET trade_name = '新名' WHERE id = {own}",
    ),
    "product_stages": (
        "UPDATE products_product SET stage = 'suspended' WHERE id = {own}",
        "UPDATE products_product SET stage_since = '2020-01-01' WHERE id = {own}",
        "UPDATE products_productstagechange SET to_stage = 'withdrawn' WHERE product_id = {own}",
        "DELETE FROM products_productstagechange WHERE product_id = {own}",
        "UPDATE products_product SET approval_number = '' WHERE id = {own}",
    ),
    "product_numbers": (
        "UPDATE products_product SET approval_number = 'H1' WHERE id = {own}",
        "UPDATE products_product SET atc_code = 'X' WHERE id = {own}",
        "UPDATE products_pack SET barcode = '6901234567893' WHERE product_id = {own}",
        "UPDATE products_pack SET trace_prefix = '1' WHERE product_id = {own}",
    ),
    "product_messages": (
        "UPDATE products_messageversion SET superseded_on = NULL WHERE number = 1",
        "UPDATE products_messageversion SET superseded_on = '2020-01-01' WHERE number = 1",
        "UPDATE products_messageversion SET number = 7 WHERE number = 2",
    ),
    "line_teams": (
        "UPDATE products_lineteam SET starts_on = '2020-01-01', territory_id = (SELECT id FROM organisation_territory"
        " WHERE code = 'E1A') WHERE ends_on IS NULL AND line_id = (SELECT id FROM products_productline"
        " WHERE code = 'FORMER')",
    ),
}


@pytest.fixture
def own(company):
    at = now()
    product = build_catalogue(at).own
    second = DraftMessage(**WORDING)
    version = draft_next_version(actor=system_actor(), at=at, message_id=product.messages.get().pk, data=second)
    approve(version, at=at)
    return product


def broken():
    return [check.__name__ for check in product_checks.CHECKS if list(check())]


def test_what_actions_wrote_is_sound(own):
    assert broken() == []


@pytest.mark.parametrize(
    ("name", "statement"), [(name, one) for name, statements in BREAKS.items() for one in statements]
)
def test_what_was_broken_is_named(own, name, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement.format(own=own.pk))
        assert cursor.rowcount > 0
    assert name in broken()
