"""The ledger as rows of a file that comes back in unchanged."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from repertory.core.actor import Actor
from repertory.core.periods import month_name
from repertory.platform.exchange.filters import list_query
from repertory.sales.models import Entry
from repertory.sales.queries.entries import matching_entries

CHUNK = 5_000
COLUMNS = (
    *("month", "day", "file__seller__name", "customer__name", "customer__code", "product__generic_name"),
    *("product__code", "pack__code", "quantity", "amount", "lot"),
)


def _entries(actor: Actor, filters: Mapping[str, str], source: str) -> QuerySet[Entry]:
    """What the list's address finds, of one source."""
    return matching_entries(actor=actor, query=list_query(filters)).filter(file__source=source)


def count_entries(actor: Actor, filters: Mapping[str, str], *, source: str) -> int:
    return _entries(actor, filters, source).count()


def export_entries(actor: Actor, filters: Mapping[str, str], *, source: str) -> Iterable[Mapping[str, Any]]:
    rows = _entries(actor, filters, source).order_by("month", "file_id", "row", "pk").values_list(*COLUMNS)
    for month, day, seller, customer, code, product, product_code, pack_code, quantity, amount, lot in rows.iterator(
        chunk_size=CHUNK
    ):
        yield {
            "seller": seller or "",
            "month": month_name(month),
            "day": day.isoformat(),
            "customer": customer,
            "customer_code": code,
            "product": product,
            "product_code": pack_code or product_code,
            "quantity": quantity.normalize(),
            "amount": amount.normalize(),
            "lot": lot,
        }
