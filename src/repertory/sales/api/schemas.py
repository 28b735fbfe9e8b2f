"""Output shapes of the sales API."""

from datetime import date, datetime
from typing import Any

from ninja import Schema

from repertory.core.periods import month_name
from repertory.sales.models import Entry, HeldRow, Restatement, SalesFile, StrayFlow
from repertory.sales.queries.files import Month, WaitingName
from repertory.sales.queries.flow import Chain, StockCheck


class EntryOut(Schema):
    """quantity in sales units, amount in CNY, both as decimal text. seller null: shipped by ourselves."""

    id: int
    day: date
    month: str
    stream: str
    customer: int
    customer_name: str
    product: int
    product_name: str
    pack: int | None
    territory: str | None
    seller: int | None
    quantity: str
    amount: str
    lot: str
    file: int
    row: int


class Entries(Schema):
    items: list[EntryOut]
    count: int
    next: str | None


class EntryWithSource(EntryOut):
    """header and source: the names of the file's columns, and the cells of the row."""

    header: list[str]
    source: list[str]


class FileOut(Schema):
    id: int
    source: str
    seller: int | None
    seller_name: str
    month: str
    number: int
    state: str
    name: str
    reason: str
    rows: int
    entered: int
    waiting: int
    refused: int
    dismissed: int
    valued: int
    quantity: str
    amount: str
    at: datetime
    by: str | None


class Files(Schema):
    items: list[FileOut]
    count: int
    next: str | None


class RestatementOut(Schema):
    customer: int
    product: int
    quantity_before: str
    quantity_after: str
    amount_before: str
    amount_after: str


class FileWithDifferences(FileOut):
    differences: list[RestatementOut]


class HeldOut(Schema):
    id: int
    file: int
    row: int
    state: str
    code: str
    message: str
    day: date | None
    customer: str
    product: str
    unit: str
    quantity: str | None
    amount: str | None
    note: str


class HeldRows(Schema):
    items: list[HeldOut]
    count: int
    next: str | None


class Suggestion(Schema):
    key: int
    name: str
    alike: int


class NameOut(Schema):
    kind: str
    text: str
    seller: int | None
    rows: int
    quantity: str
    amount: str
    suggestions: list[Suggestion]


class Names(Schema):
    items: list[NameOut]
    count: int
    next: None = None


class MonthOut(Schema):
    """late: distributors whose file is awaited, in months that are not closed."""

    month: str
    files: int
    entered: int
    waiting: int
    refused: int
    late: list[str]
    amount: str
    closed_at: datetime | None


class Months(Schema):
    items: list[MonthOut]
    count: int
    next: None = None


class StrayOut(Schema):
    id: int
    seller: int
    seller_name: str
    month: str
    customer: int
    customer_name: str
    product: int
    territory: str | None
    quantity: str
    amount: str
    state: str
    note: str
    version: int


class Strays(Schema):
    items: list[StrayOut]
    count: int
    next: str | None


class CheckOut(Schema):
    """Differences are null where things agree or nothing is known to compare with."""

    seller: int
    product: int
    month: str
    opening: str
    received: str
    sold: str
    closing: str
    adds_up: str | None
    carried: str | None
    delivered: str | None
    flow: str | None


class Checks(Schema):
    items: list[CheckOut]
    count: int
    next: None = None


class ChainOut(Schema):
    seller: int
    customer: int
    product: int
    invoices: int
    quantity: str
    amount: str
    exemption: str


class Chains(Schema):
    items: list[ChainOut]
    count: int
    next: None = None


def entry(found: Entry) -> dict[str, Any]:
    """An entry that was loaded with its names."""
    return {
        "id": found.pk,
        "day": found.day,
        "month": month_name(found.month),
        "stream": found.stream,
        "customer": found.customer_id,
        "customer_name": found.customer.name,
        "product": found.product_id,
        "product_name": str(found.product),
        "pack": found.pack_id,
        "territory": found.territory.code if found.territory else None,
        "seller": found.file.seller_id,
        "quantity": str(found.quantity),
        "amount": str(found.amount),
        "lot": found.lot,
        "file": found.file_id,
        "row": found.row,
    }


_OF_FILE = "id source number state name reason rows entered waiting refused dismissed valued at".split()


def file(found: SalesFile) -> dict[str, Any]:
    return {
        **{name: getattr(found, name) for name in _OF_FILE},
        "seller": found.seller_id,
        "seller_name": found.seller.name if found.seller else "",
        "month": month_name(found.month),
        "quantity": str(found.quantity),
        "amount": str(found.amount),
        "by": found.by.username if found.by else None,
    }


def difference(found: Restatement) -> dict[str, Any]:
    figures = ("quantity_before", "quantity_after", "amount_before", "amount_after")
    return {
        "customer": found.customer_id,
        "product": found.product_id,
        **{name: str(getattr(found, name)) for name in figures},
    }


def held(found: HeldRow) -> dict[str, Any]:
    return {
        **{name: getattr(found, name) for name in "id row state code message day note".split()},
        "file": found.file_id,
        "customer": found.customer_text or found.customer_code,
        "product": found.product_text or found.product_code,
        "unit": found.unit_text,
        "quantity": _text(found.quantity),
        "amount": _text(found.amount),
    }


def name(found: WaitingName) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "text": found.text,
        "seller": found.seller.pk if found.seller else None,
        "rows": found.rows,
        "quantity": str(found.quantity),
        "amount": str(found.amount),
        "suggestions": [{"key": key, "name": text, "alike": alike} for key, text, alike in found.suggestions],
    }


def month(found: Month) -> dict[str, Any]:
    return {
        **{name: getattr(found, name) for name in "files entered waiting refused late".split()},
        "month": month_name(found.month),
        "amount": str(found.amount),
        "closed_at": found.closed.at if found.closed else None,
    }


def stray(found: StrayFlow) -> dict[str, Any]:
    return {
        **{name: getattr(found, name) for name in "id state note version".split()},
        "seller": found.seller_id,
        "seller_name": found.seller.name,
        "month": month_name(found.month),
        "customer": found.customer_id,
        "customer_name": found.customer.name,
        "product": found.product_id,
        "territory": found.territory.code if found.territory else None,
        "quantity": str(found.quantity),
        "amount": str(found.amount),
    }


def check(found: StockCheck) -> dict[str, Any]:
    row = found.statement
    return {
        "seller": row.seller_id,
        "product": row.product_id,
        "month": month_name(row.month),
        **{name: str(getattr(row, name)) for name in "opening received sold closing".split()},
        **{name: _text(getattr(found, name)) for name in "adds_up carried delivered flow".split()},
    }


def chain(found: Chain) -> dict[str, Any]:
    return {
        "seller": found.seller_id,
        "customer": found.customer_id,
        "product": found.product_id,
        "invoices": found.invoices,
        "quantity": str(found.quantity),
        "amount": str(found.amount),
        "exemption": found.exemption,
    }


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
