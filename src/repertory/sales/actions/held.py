"""Rows that did not go into the ledger at once: entered when their names are known, or put aside with a reason."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, F, Max, QuerySet, Sum
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import RuleViolation
from repertory.core.exact import to_units
from repertory.core.time import day_of
from repertory.organisation.access import require
from repertory.platform.audit_lines import Line
from repertory.platform.bulk import insert_ready, update_rows
from repertory.platform.unit import action, record
from repertory.sales import access
from repertory.sales.actions.months import lock_month
from repertory.sales.actions.posting import ENTRY_COLUMNS
from repertory.sales.actions.regions import roll_up
from repertory.sales.actions.strays import find_strays
from repertory.sales.actions.sums import add_file
from repertory.sales.actions.unknown import unknown
from repertory.sales.attribution import Attribution
from repertory.sales.choices import FileState, RowState
from repertory.sales.inputs import DismissRows
from repertory.sales.judging import Judge, Sale
from repertory.sales.models import Entry, HeldRow, SalesFile
from repertory.sales.reasons import sentence

OPEN = (RowState.WAITING, RowState.REFUSED)


@action
def enter_waiting(*, actor: Actor, at: datetime, seller_id: int | None = None) -> int:
    """Judge the waiting rows of a seller's current files again, of everybody's where none is named; how many rows went
    into the ledger. Rows that still wait say what for."""
    require(access.may_keep(actor))
    files = SalesFile.objects.filter(state=FileState.CURRENT, waiting__gt=0).order_by("month", "pk")
    if seller_id is not None:
        files = files.filter(seller_id=seller_id)
    return sum(_enter(file, day_of(at)) for file in files)


def _enter(file: SalesFile, on: date) -> int:
    lock_month(file.month)
    attribution = Attribution()
    judge = Judge(source=file.source, seller_id=file.seller_id, on=on, attribution=attribution)
    rows = list(HeldRow.objects.select_for_update().filter(file=file, state=RowState.WAITING).order_by("row"))
    sales = [_sale(row, file.month) for row in rows]
    judge.learn(sales)
    entries, changed, valued = [], [], 0
    for row, sale in zip(rows, sales, strict=True):
        entry, code = judge.judge(sale)
        if entry is not None:
            entries.append((file.pk, *entry))
            valued += sale.amount is None and entry[9] != 0
            changed.append(_moved(row, RowState.ENTERED, row.code))
        elif code != row.code:
            changed.append(_moved(row, RowState.WAITING if code != "person" else RowState.REFUSED, code))
    _store(file, entries, changed)
    if valued:
        SalesFile.objects.filter(pk=file.pk).update(valued=F("valued") + valued)
    return len(entries)


def _moved(row: HeldRow, state: str, code: str) -> dict:
    return {"id": row.pk, "state": str(state), "code": code, "message": sentence(code, "")[:300]}


def _sale(row: HeldRow, month: int) -> Sale:
    return Sale(
        row=row.row,
        code="",
        day=row.day.isoformat() if row.day else None,
        month=month,
        customer=row.customer_text,
        customer_code=row.customer_code,
        product=row.product_text,
        product_code=row.product_code,
        unit=row.unit_text,
        quantity=None if row.quantity is None else to_units(row.quantity),
        amount=None if row.amount is None else to_units(row.amount),
        lot=row.lot,
    )


def _store(file: SalesFile, entries: list[tuple], changed: list[dict]) -> None:
    last = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
    insert_ready(Entry, ENTRY_COLUMNS, entries)
    update_rows(HeldRow, changed)
    if entries:
        add_file(file.pk, above=last)
        roll_up([file.month])
        find_strays([file])
    recount(file)


def recount(file: SalesFile) -> None:
    """The counts and totals of a file, from its rows."""
    counts = dict(HeldRow.objects.filter(file=file).order_by().values_list("state").annotate(n=Count("pk")))
    sums = Entry.objects.filter(file=file).aggregate(n=Count("pk"), quantity=Sum("quantity"), amount=Sum("amount"))
    SalesFile.objects.filter(pk=file.pk).update(
        entered=sums["n"],
        quantity=sums["quantity"] or 0,
        amount=sums["amount"] or 0,
        waiting=counts.get(RowState.WAITING, 0),
        refused=counts.get(RowState.REFUSED, 0),
        dismissed=counts.get(RowState.DISMISSED, 0),
    )


@action
def dismiss_rows(*, actor: Actor, at: datetime, data: DismissRows) -> int:
    """Rows that will not be entered, with the reason; they stay to be seen. How many."""
    require(access.may_keep(actor))
    rows = HeldRow.objects.filter(pk__in=data.rows, file__state=FileState.CURRENT)
    files = _lock_files(rows)
    rows = rows.select_for_update(of=("self",))
    found = dict(rows.values_list("pk", "state"))
    if len(found) != len(set(data.rows)):
        raise unknown("rows")
    if not all(state in OPEN for state in found.values()):
        raise RuleViolation(_("有的行已经入账或处理过了，请刷新后再选。"), code="transition", field="rows")
    HeldRow.objects.filter(pk__in=found).update(state=RowState.DISMISSED, note=data.note)
    for file in files:
        recount(file)
        changes = {"dismissed": [file.dismissed, file.dismissed + len(found)]}
        record(Line("dismissed_rows", "sales_file", file.pk, str(file.name), changes, data.note))
    return len(found)


def _lock_files(rows: QuerySet[HeldRow]) -> Iterable[SalesFile]:
    files = list(SalesFile.objects.filter(pk__in=rows.values("file_id")).order_by("month", "pk"))
    for file in files:
        lock_month(file.month)
    return files
