"""Files of sales with their versions, months with what is in them, names that wait for a meaning."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from rapidfuzz import fuzz, process

from repertory.core.actor import Actor
from repertory.core.periods import shifted
from repertory.core.text import bigrams
from repertory.customers.choices import PERSON_KINDS
from repertory.customers.models import Customer
from repertory.customers.queries.listing import search_hits
from repertory.organisation.access import scope_of
from repertory.products.models import Product
from repertory.sales import access
from repertory.sales.choices import FileState, NameKind, RowState, Source
from repertory.sales.models import ClosedMonth, HeldRow, Restatement, SalesFile
from repertory.sales.names import key_of

SUGGESTED = 3
LEAST_ALIKE = 45
CANDIDATES = 60
NAMES_SHOWN = 100
LATE_AFTER = 3


@dataclass(frozen=True)
class Month:
    """A month of the ledger. files: current ones. late: distributors whose file is not there yet, though one of the three
    months before was; only for months that are not closed."""

    month: int
    files: int
    entered: int
    waiting: int
    refused: int
    amount: Decimal
    closed: ClosedMonth | None
    late: tuple[str, ...]


@dataclass(frozen=True)
class WaitingName:
    """A name that nobody has explained yet. suggestions: (key, name, how alike in percent), the best first."""

    kind: str
    text: str
    seller: Customer | None
    rows: int
    quantity: Decimal
    amount: Decimal
    suggestions: list[tuple[int, str, int]]


def months(*, actor: Actor) -> list[Month]:
    """The newest first."""
    files = access.visible_files(actor).filter(state=FileState.CURRENT).order_by().values("month")
    sums = files.annotate(
        files=Count("pk"), n=Sum("entered"), waits=Sum("waiting"), refusals=Sum("refused"), total=Sum("amount")
    )
    sellers = _sellers_of_months(actor)
    closed = {row.month: row for row in ClosedMonth.objects.select_related("by")}
    return [
        Month(
            row["month"],
            *(row["files"], row["n"], row["waits"], row["refusals"], row["total"]),
            closed.get(row["month"]),
            () if row["month"] in closed else _late_in(row["month"], sellers),
        )
        for row in sums.order_by("-month")
    ]


def _sellers_of_months(actor: Actor) -> dict[int, dict[int, str]]:
    """Month → the distributors with a file of flow, key and name."""
    flow = access.visible_files(actor).filter(source=Source.FLOW, state=FileState.CURRENT)
    names: dict[int, dict[int, str]] = defaultdict(dict)
    for month, seller, name in flow.order_by("seller__sort_key", "seller_id").values_list(
        "month", "seller", "seller__name"
    ):
        names[month][seller] = name
    return names


def _late_in(month: int, names: dict[int, dict[int, str]]) -> tuple[str, ...]:
    """Who has a file of one of the months before, and none of this one."""
    expected: dict[int, str] = {}
    for back in range(1, LATE_AFTER + 1):
        expected.update(names.get(shifted(month, -back), {}))
    return tuple(name for seller, name in expected.items() if seller not in names.get(month, {}))


def current_files(*, actor: Actor, month: int | None = None) -> QuerySet[SalesFile]:
    rows = access.visible_files(actor).filter(state=FileState.CURRENT).select_related("seller", "by")
    return (rows if month is None else rows.filter(month=month)).order_by("-month", "seller_id", "pk")


def versions(*, actor: Actor, file: SalesFile) -> QuerySet[SalesFile]:
    """All versions of a month of a seller, the newest first."""
    same = access.visible_files(actor).filter(source=file.source, seller_id=file.seller_id, month=file.month)
    return same.select_related("by").order_by("-number", "pk")


def differences(*, file: SalesFile) -> QuerySet[Restatement]:
    return file.restatements.select_related("customer", "product").order_by("pk")


def held_rows(*, actor: Actor, file: SalesFile | None = None, state: str = "") -> QuerySet[HeldRow]:
    """Rows that did not go into the ledger at once, in the order of the file."""
    rows = access.visible_held_rows(actor).select_related("file__seller")
    if file is not None:
        rows = HeldRow.objects.filter(file=file).select_related("file__seller")
    if state:
        rows = rows.filter(state=state)
    return rows.order_by("file_id", "row", "pk")


_WAITS_FOR = {
    NameKind.CUSTOMER: ("unknown_customer", "customer_text"),
    NameKind.PRODUCT: ("unknown_product", "product_text"),
    NameKind.UNIT: ("unknown_unit", "unit_text"),
}


def waiting_names(*, actor: Actor, kind: str, limit: int = NAMES_SHOWN) -> list[WaitingName]:
    """Those with the most money behind them first."""
    code, column = _WAITS_FOR[NameKind(kind)]
    rows = access.visible_held_rows(actor).filter(state=RowState.WAITING, code=code)
    grouped = (
        rows.order_by()
        .values_list(column, "file__seller_id")
        .annotate(n=Count("pk"), q=Sum("quantity"), a=Sum("amount"))
        .order_by("-a", column, "file__seller_id")[:limit]
    )
    found = list(grouped)
    sellers = Customer.objects.in_bulk({seller for _text, seller, *_sums in found if seller})
    return [
        WaitingName(
            kind,
            text,
            sellers.get(seller),
            count,
            quantity or Decimal(0),
            amount or Decimal(0),
            suggestions(actor=actor, kind=kind, text=text),
        )
        for text, seller, count, quantity, amount in found
    ]


def waiting_counts(*, actor: Actor) -> dict[str, int]:
    """Kind → names that wait, and "rows" for all of them."""
    rows = access.visible_held_rows(actor).filter(state=RowState.WAITING)
    counts = {
        str(kind): rows.filter(code=code).order_by().values(column, "file__seller_id").distinct().count()
        for kind, (code, column) in _WAITS_FOR.items()
    }
    return counts | {"rows": rows.count()}


def suggestions(*, actor: Actor, kind: str, text: str) -> list[tuple[int, str, int]]:
    """What the name might mean: (key, name, how alike in percent), the best first."""
    if kind == NameKind.UNIT:
        return []
    options = _products() if kind == NameKind.PRODUCT else _customers(actor, text)
    ranked = process.extract(
        key_of(text),
        {key: key_of(name) for key, name in options.items()},
        scorer=fuzz.WRatio,
        limit=SUGGESTED,
        score_cutoff=LEAST_ALIKE,
    )
    return [(key, options[key], round(score)) for _name, score, key in ranked]


def _products() -> dict[int, str]:
    rows = Product.objects.filter(removed_at=None).order_by("pk")
    return {row.pk: str(row) for row in rows.only("generic_name", "trade_name")}


def _customers(actor: Actor, text: str) -> dict[int, str]:
    """Customers that share a part of the name: the rarest pieces of it find the fewest others."""
    found: dict[int, str] = {}
    for piece in _pieces(text):
        hits = search_hits(piece, scope_of(actor))[:CANDIDATES]
        rows = Customer.objects.filter(pk__in=hits, removed_at=None).exclude(kind__in=PERSON_KINDS)
        found.update(rows.order_by("pk").values_list("pk", "name"))
        if len(found) >= CANDIDATES:
            break
    return found


def _pieces(text: str) -> Iterable[str]:
    """The whole, then its longer beginnings and endings, then pairs of characters."""
    core = key_of(text)
    yield core
    for length in (6, 4, 3):
        if len(core) > length:
            yield core[:length]
            yield core[-length:]
    yield from bigrams(core)[:8]


def open_files_of(*, actor: Actor) -> dict[str, Any]:
    """What the ledger's keepers have to do: waiting and refused rows of open months."""
    closed = ClosedMonth.objects.values("month")
    rows = access.visible_files(actor).filter(state=FileState.CURRENT).filter(~Q(month__in=closed))
    return rows.aggregate(waiting=Sum("waiting"), refused=Sum("refused"))
