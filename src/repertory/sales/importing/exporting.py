"""The ledger as rows of a file that comes back in unchanged."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from repertory.core.actor import Actor
from repertory.core.exact import PLACES
from repertory.core.periods import month_name
from repertory.sales import access
from repertory.sales.models import Entry

CHUNK = 5_000
COLUMNS = (
    *("month", "day", "file__seller__name", "customer__name", "customer__code", "product__generic_name"),
    *("product__code", "pack__code", "quantity", "amount", "lot"),
)


def _entries(actor: Actor, source: str) -> QuerySet[Entry]:
    return access.visible_entries(actor).filter(file__source=source)


def count_entries(actor: Actor, filters: Mapping[str, str], *, source: str) -> int:
    return _entries(actor, source).count()


def export_entries(actor: Actor, filters: Mapping[str, str], *, source: str) -> Iterable[Mapping[str, Any]]:
    rows = _entries(actor, source).order_by("month", "file_id", "row", "pk").values_list(*COLUMNS)
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
            "quantity": _plain(quantity),
            "amount": _plain(amount),
            "lot": lot,
        }


def _plain(value: Any) -> str:
    """As people write it, without zeros at the end."""
    text = f"{value:.{PLACES}f}".rstrip("0").rstrip(".")
    return text if text not in ("", "-", "-0") else "0"
