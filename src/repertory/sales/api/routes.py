"""The sales ledger over the API: its rows, the files they come from, months."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from repertory.core.listing import ListQuery
from repertory.core.periods import read_period
from repertory.core.time import now
from repertory.organisation.access import require
from repertory.platform.api.paging import PageQuery, page_by_key
from repertory.platform.api.schemas import Done
from repertory.platform.api.writing import respond, write
from repertory.sales import access, actions
from repertory.sales.api import schemas
from repertory.sales.inputs import DismissRows
from repertory.sales.queries import entries, files

router = Router(tags=["sales"])
RESERVED = frozenset({"q", "sort", "cursor", "limit"})


class LedgerQuery(Schema):
    """Besides these, every column is a filter: month_from=2026-01, month_to=2026-03, territory=CODE (with all below),
    basis=terminal|shipped, product=7, customer=8, seller=9 (keys), stream=flow, day.from=2026-03-01, file=3."""

    q: str = Field("", max_length=200, description="customer's or product's name, any part")
    sort: str = Field("", max_length=40, description="month, id, day, amount, quantity; - before it: descending")
    cursor: str = Field("", max_length=800)
    limit: int = Field(50, ge=1, le=200)


class HeldQuery(PageQuery):
    state: str = Field("", max_length=10, description="waiting, refused, entered, dismissed")


@router.get("/ledger", response={200: schemas.Entries}, operation_id="list_ledger")
def ledger(request: HttpRequest, query: Query[LedgerQuery]) -> HttpResponse:
    """The sales that one may see: of one's part of the tree, at the time."""
    require(access.may_see(request.actor))
    page = entries.list_entries(actor=request.actor, query=_asked(request, query))
    items = [schemas.entry(row) for row in page.items]
    return respond({"items": items, "count": page.count, "next": page.next})


def _asked(request: HttpRequest, query: Any) -> ListQuery:
    filters = {key: request.GET.getlist(key) for key in request.GET if key not in RESERVED}
    return ListQuery(text=query.q, filters=filters, sort=query.sort, cursor=query.cursor, limit=query.limit)


@router.get("/ledger/{int:entry_id}", response={200: schemas.EntryWithSource}, operation_id="show_entry")
def show_entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One sale, with the row of the file that says so."""
    row = entries.entry_of(actor=request.actor, entry_id=entry_id)
    source = entries.source_row(file_id=row.file_id, row=row.row)
    return respond({**schemas.entry(row), "header": row.file.header, "source": source})


@router.get("/ledger-files", response={200: schemas.Files}, operation_id="list_ledger_files")
def list_files(request: HttpRequest, query: Query[PageQuery]) -> HttpResponse:
    """The current version of each month of each seller."""
    page = page_by_key(files.current_files(actor=request.actor), query)
    return respond({**page, "items": [schemas.file(row) for row in page["items"]]})


@router.get(
    "/ledger-files/{int:file_id}",
    response={200: schemas.FileWithDifferences},
    operation_id="show_ledger_file",
)
def show_file(request: HttpRequest, file_id: int) -> HttpResponse:
    """A version of a file, with what it changed against the one before."""
    file = access.get_file(request.actor, file_id)
    changed = [schemas.difference(row) for row in files.differences(file=file)]
    return respond({**schemas.file(file), "differences": changed})


@router.get("/ledger-held-rows", response={200: schemas.HeldRows}, operation_id="list_held_rows")
def list_held(request: HttpRequest, query: Query[HeldQuery]) -> HttpResponse:
    """Rows of current files that did not go into the ledger at once, and why."""
    page = page_by_key(files.held_rows(actor=request.actor, state=query.state), query)
    return respond({**page, "items": [schemas.held(row) for row in page["items"]]})


@router.post("/ledger-held-rows/dismissals", response={200: Done}, operation_id="dismiss_held_rows")
def dismiss(request: HttpRequest, data: DismissRows) -> HttpResponse:
    """Rows that will not go into the ledger; they stay to be seen, with the reason."""

    def work() -> int:
        return actions.dismiss_rows(actor=request.actor, at=now(), data=data)

    return write(request, work, show=lambda count: {"done": True, "count": count})


@router.get("/ledger-months", response={200: schemas.Months}, operation_id="list_ledger_months")
def list_months(request: HttpRequest) -> HttpResponse:
    """What is in each month, and whether it is closed."""
    items = [schemas.month(row) for row in files.months(actor=request.actor)]
    return respond({"items": items, "count": len(items), "next": None})


@router.post("/ledger-months/{month}/closing", response={200: Done}, operation_id="close_ledger_month")
def close(request: HttpRequest, month: str) -> HttpResponse:
    """月结: the figures of a month (2026-03) are final."""

    def work() -> Any:
        return actions.close_month(actor=request.actor, at=now(), month=_month(month))

    return write(request, work)


@router.post("/ledger-months/{month}/attribution", response={200: Done}, operation_id="attribute_ledger_month")
def reattribute(request: HttpRequest, month: str) -> HttpResponse:
    """Give the sales of an open month to the territories that cover the customers as is known now."""

    def work() -> int:
        return actions.reattribute_month(actor=request.actor, at=now(), month=_month(month))

    return write(request, work, show=lambda count: {"done": True, "count": count})


def _month(text: str) -> int:
    return read_period(text, field="month").first
