"""Rows of the ledger, as lists and one by one."""

from collections.abc import Mapping
from dataclasses import replace

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from repertory.core.actor import Actor
from repertory.core.cursors import read_cursor
from repertory.core.errors import InvalidInput, NotFound
from repertory.core.listing import EMPTY, MOST, Column, ListQuery, Page, apply_filters, column_of, page_of
from repertory.core.periods import Period, between, month_number, read_period
from repertory.core.text import normalise
from repertory.customers.queries.merged import identities_of
from repertory.organisation.access import visible_territories
from repertory.sales import access
from repertory.sales.choices import STREAMS_OF, Basis
from repertory.sales.models import Entry, SourceRows
from repertory.sales.packing import unpack
from repertory.sales.queries.totals import Where, totals

SORTS = {"month": "month", "id": "id", "day": "day", "amount": "amount", "quantity": "quantity"}
IN_TIME = ("-month", "-day")
FEW = 1_000
MONTH_FROM, MONTH_TO, TERRITORY, BASIS, CUSTOMER = "month_from", "month_to", "territory", "basis", "customer"
OWN_WORDS = (MONTH_FROM, MONTH_TO, TERRITORY, BASIS, CUSTOMER)
EVER = between(100001, 299912)
MOST_WORDS = 4


def entry_columns() -> dict[str, Column]:
    """Every column by its key. Besides: month_from, month_to (2026-03), basis, territory (a node's code, with all below)."""
    columns = {
        "day": column_of(Entry, "day", sortable=True),
        "customer": column_of(Entry, "customer", path="customer_id"),
        "product": column_of(Entry, "product", path="product_id"),
        "territory": column_of(Entry, "territory", path="territory__code"),
        "seller": Column("seller", _("商业公司"), "reference", "file__seller_id"),
        "stream": column_of(Entry, "stream"),
        "lot": column_of(Entry, "lot"),
        "file": Column("file", _("流向文件"), "reference", "file_id"),
    }
    for name in ("quantity", "amount"):
        columns[name] = replace(column_of(Entry, name, sortable=True), filtered=False)
    return columns


def list_entries(*, actor: Actor, query: ListQuery) -> Page[Entry]:
    """One page of the ledger, with names; the newest month first unless another order is asked for."""
    wanted = query if query.sort else replace(query, sort="-month")
    by_month = _by_month(actor, query)
    rows = _as_late_as_needed(matching_entries(actor=actor, query=query), wanted, by_month)
    # In order first and with names afterwards: millions of rows are not joined for the sake of fifty.
    count = None if by_month is None else sum(by_month.values())
    page = page_of(rows.only("month", "day", "amount", "quantity"), wanted, SORTS, count=count)
    named = _with_names(Entry.objects.all()).in_bulk([row.pk for row in page.items])
    return Page([named[row.pk] for row in page.items if row.pk in named], page.count, page.next)


def _with_names(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    return rows.select_related("customer", "product", "territory", "pack", "file__seller")


def matching_entries(*, actor: Actor, query: ListQuery) -> QuerySet[Entry]:
    """All rows of the list, without order."""
    words, filters = _divided(query.filters)
    rows = access.visible_entries(actor)
    period = _period(words)
    if period is not EVER:
        rows = rows.filter(month__gte=period.first, month__lte=period.last)
    if TERRITORY in words:
        nodes = visible_territories(actor).filter(code=words[TERRITORY])
        node = nodes.first()
        if node is None:
            return rows.none()
        if not node.is_root():
            rows = rows.filter(territory__path__gte=node.path, territory__path__lt=node.path_end)
    if BASIS in words:
        rows = rows.filter(stream__in=_streams(words[BASIS]))
    if CUSTOMER in words:
        rows = rows.filter(customer__in=identities_of([_key(words[CUSTOMER])]))
    rows = apply_filters(rows, {name: _keys(name, values) for name, values in filters.items()}, entry_columns())
    for word in normalise(query.text).split()[:MOST_WORDS]:
        rows = rows.filter(customer__name__icontains=word) | rows.filter(product__generic_name__icontains=word)
    return rows


def _by_month(actor: Actor, query: ListQuery) -> dict[int, int] | None:
    """Month → how many rows of the list, from the sums; None where they don't know it."""
    words, filters = _divided(query.filters)
    if query.text or set(filters) - {"product"} or filters.get("product") == [EMPTY] or CUSTOMER in words:
        return None
    node = visible_territories(actor).filter(code=words[TERRITORY]).first() if TERRITORY in words else None
    if TERRITORY in words and node is None:
        return {}
    products = [int(value) for value in _keys("product", filters["product"])] if "product" in filters else None
    if BASIS in words:
        _streams(words[BASIS])
    where = Where(node=node, products=products, basis=words.get(BASIS, ""))
    found = totals(actor=actor, period=_period(words), by=("month",), where=where)
    return {total.key[0]: total.rows for total in found}


def _as_late_as_needed(rows: QuerySet[Entry], query: ListQuery, by_month: dict[int, int] | None) -> QuerySet[Entry]:
    """Without the months before those that fill the page, in an order from the newest on.

    A few rows among millions are found by their own index first: in order, the database would look through all the others.
    """
    if by_month is not None and sum(by_month.values()) <= FEW:
        return rows.filter(pk__in=list(rows.order_by().values_list("pk", flat=True)) if by_month else [])
    if by_month is None or query.sort not in IN_TIME:
        return rows
    name = query.sort.removeprefix("-")
    begin = None
    if query.cursor:
        value, _key_of = read_cursor(query.cursor, name, Entry)
        begin = value if name == "month" else month_number(value)
    wanted = min(query.limit, MOST) + 1
    for month in sorted(by_month, reverse=True):
        if begin is not None and month > begin:
            continue
        # How much of the cursor's own month is left is not known.
        wanted -= 0 if month == begin else by_month[month]
        if wanted <= 0:
            return rows.filter(month__gte=month)
    return rows


def _divided(filters: Mapping[str, list[str]]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """(own words, filters of columns)"""
    words = {name: filters[name][0] for name in OWN_WORDS if filters.get(name)}
    return words, {name: values for name, values in filters.items() if name not in OWN_WORDS}


def _period(words: Mapping[str, str]) -> Period:
    if MONTH_FROM not in words and MONTH_TO not in words:
        return EVER
    first = read_period(words[MONTH_FROM], field=MONTH_FROM).first if MONTH_FROM in words else EVER.first
    last = read_period(words[MONTH_TO], field=MONTH_TO).last if MONTH_TO in words else EVER.last
    try:
        return between(first, last)
    except ValueError:
        raise InvalidInput(str(_("结束月份早于开始月份。")), code="range", field=MONTH_TO) from None


def _streams(basis: str) -> tuple[str, ...]:
    if basis not in Basis.values:
        raise InvalidInput(str(_("没有这种口径。")), code="basis", field=BASIS)
    return STREAMS_OF[basis]


def _key(value: str) -> int:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else 0


def _keys(name: str, values: list[str]) -> list[str]:
    """Keys that are none find nothing instead of failing in the database."""
    if name not in ("product", "seller", "file") or values == [EMPTY]:
        return values
    return [value for value in values if _key(value)]


def entry_of(*, actor: Actor, entry_id: int) -> Entry:
    """The entry with its names; NotFound out of sight."""
    entry = _with_names(access.visible_entries(actor)).filter(pk=entry_id).first()
    if entry is None:
        raise NotFound()
    return entry


def source_row(*, file_id: int, row: int) -> list[str]:
    """The cells of a row as the file had them."""
    for packed in SourceRows.objects.filter(file_id=file_id, first__lte=row, last__gte=row).values_list(
        "packed", flat=True
    ):
        for number, cells in unpack(bytes(packed)):
            if number == row:
                return cells
    return []
