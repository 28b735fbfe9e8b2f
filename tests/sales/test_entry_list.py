"""The list of the ledger's rows: every order page by page, and counts that the sums know."""

import base64
import json
from datetime import date

import pytest

from repertory.core.errors import InvalidInput
from repertory.core.listing import ListQuery
from repertory.sales.models import Entry
from repertory.sales.queries import entries
from tests.factories.ledger import sell

MONTHS = (202601, 202602, 202603)
ORDERS = {
    "": ("-month", "-pk"),
    "-day": ("-day", "-pk"),
    "day": ("day", "pk"),
    "-month": ("-month", "-pk"),
    "month": ("month", "pk"),
    "amount": ("amount", "pk"),
    "-quantity": ("-quantity", "-pk"),
    "id": ("pk",),
}


@pytest.fixture(params=[entries.FEW, 3], ids=["few", "many"])
def ledger(request, market, monkeypatch):
    """Forty rows of three months, as few and as if they were many."""
    monkeypatch.setattr(entries, "FEW", request.param)
    for number in range(40):
        month = MONTHS[number // 5 % 3]
        sell(
            market["own" if number % 4 else "foreign"],
            market["statin" if number % 3 else "metformin"],
            territory="E1A" if number % 4 else "N1A",
            month=month,
            day=date(month // 100, month % 100, 1 + number % 9),
            amount=number % 5 - 2,
            quantity=number % 3,
        )


def walked(actor, sort: str, **filters: str) -> tuple[list[int], set[int]]:
    """Keys of all pages of six rows, and what the pages said of the count."""
    found, counts, cursor = [], set(), ""
    while cursor is not None:
        query = ListQuery(sort=sort, cursor=cursor, limit=6, filters={key: [value] for key, value in filters.items()})
        page = entries.list_entries(actor=actor, query=query)
        found += [row.pk for row in page.items]
        counts.add(page.count)
        cursor = page.next
    return found, counts


@pytest.mark.parametrize("sort", ORDERS)
def test_pages_in_any_order_are_all_rows_in_that_order(ledger, company, sort):
    everything = list(Entry.objects.order_by(*ORDERS[sort]).values_list("pk", flat=True))
    assert walked(company.actor("boss"), sort) == (everything, {40})


@pytest.mark.parametrize("sort", ["", "-day", "amount"])
def test_a_part_of_the_tree_a_month_and_a_product_have_theirs(ledger, company, market, sort):
    mine = Entry.objects.filter(territory__code="E1A")
    assert walked(company.actor("supervisor"), sort)[1] == {mine.count()}
    facts = {"month_from": "2026-02", "month_to": "2026-03", "product": str(market["metformin"].pk)}
    wanted = mine.filter(month__gte=202602, product=market["metformin"])
    keys, counts = walked(company.actor("supervisor"), sort, **facts)
    assert keys == list(wanted.order_by(*ORDERS[sort]).values_list("pk", flat=True))
    assert counts == {len(keys)} != {0}


def test_what_the_sums_do_not_know_is_counted(ledger, company, market):
    keys, counts = walked(company.actor("boss"), "", customer=str(market["foreign"].pk))
    assert counts == {len(keys)} == {10}
    for nothing in ({"month_from": "2027-01"}, {"product": "-"}, {"product": "x"}, {"territory": "none"}):
        assert walked(company.actor("boss"), "", **nothing) == ([], {0})


@pytest.mark.parametrize("value", ["x", "NaN", "1e99", None, 1.5, True])
def test_a_cursor_that_this_order_did_not_make_is_refused(ledger, company, value):
    for sort, name in (("amount", "amount"), ("month", "month")):
        cursor = _cursor(name, value)
        with pytest.raises(InvalidInput):
            entries.list_entries(actor=company.actor("boss"), query=ListQuery(sort=sort, cursor=cursor))


def _cursor(name: str, value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps([name, value, 1]).encode()).decode().rstrip("=")
