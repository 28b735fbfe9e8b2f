"""Files to take away: exports and templates."""

import tempfile
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.errors import InvalidInput, RuleViolation
from repertory.core.inputs import read_input
from repertory.core.web.pages import page
from repertory.platform.exchange.actions import file_name, order_export
from repertory.platform.exchange.exporting import export_rows, write_kind_template
from repertory.platform.exchange.filters import joined
from repertory.platform.exchange.inputs import OrderExport
from repertory.platform.exchange.jobs import make_export
from repertory.platform.exchange.kinds import Kind
from repertory.platform.exchange.queries import own_exports
from repertory.platform.exchange.rules import needs_approval
from repertory.platform.exchange.tables import ExportState
from repertory.platform.exchange.web.rights import (
    exportable,
    importable,
    may_export_something,
    may_import_something,
)
from repertory.platform.queue import after_commit
from repertory.platform.spreadsheets.writing import FileFormat

# More than that is written by the worker.
AT_ONCE_ROWS = 5_000
RECENT = 8
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


@page(allow=may_export_something, methods=("GET", "POST"))
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The rows that the list of the same address shows, `format` apart: at once where they are few, else the page from
    which the work is ordered."""
    found = exportable(request.actor, kind)
    filters = joined(request.GET)
    file_format = _format(request.POST.get("format") or filters.get("format", FileFormat.XLSX))
    filters.pop("format", None)
    if request.method == "POST":
        return _order(request, found, file_format, filters)
    rows = found.count_rows(request.actor, filters)
    waits = needs_approval(request.actor, found, rows=rows, day=time.today())
    if rows <= AT_ONCE_ROWS and not waits:
        return _at_once(request, found, file_format, filters)
    return _ordering(request, found, file_format, rows)


def _ordering(request: HttpRequest, kind: Kind, file_format: FileFormat, rows: int, problem: str = "") -> HttpResponse:
    context = {
        "kind": kind,
        "rows": rows,
        "formats": FileFormat.choices,
        "chosen": file_format,
        "runs": own_exports(actor=request.actor)[:RECENT],
        "waits": needs_approval(request.actor, kind, rows=rows, day=time.today()),
        "reason": request.POST.get("reason", ""),
        "problem": problem,
    }
    return render(request, "exchange/export.html", context, status=422 if problem else 200)


def _order(request: HttpRequest, kind: Kind, file_format: FileFormat, filters: dict[str, str]) -> HttpResponse:
    given = {"file_format": file_format, "filters": filters, "reason": request.POST.get("reason", "")}
    try:
        data = read_input(OrderExport, given)
        run, new = order_export(actor=request.actor, at=time.now(), kind=kind, data=data)
    except (InvalidInput, RuleViolation) as error:
        # What it was to be for stays in its box; a wrong address is a page of its own.
        if "reason" not in request.POST:
            raise
        return _ordering(request, kind, file_format, kind.count_rows(request.actor, filters), str(error))
    if new and run.status == ExportState.QUEUED:
        after_commit(make_export, export_id=run.pk)
    return redirect("exchange:export_run", run.pk)


def _at_once(request: HttpRequest, kind: Kind, file_format: FileFormat, filters: dict[str, str]) -> HttpResponse:
    at = time.now()
    name = file_name(kind, file_format, at)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        export_rows(
            actor=request.actor,
            at=at,
            kind=kind,
            path=path,
            file_format=file_format,
            filters=filters,
            file_name=name,
        )
        return as_download(path.open("rb"), name)


def _format(wanted: str) -> FileFormat:
    if wanted not in FileFormat.values:
        raise InvalidInput(_("没有这种文件格式。"), field="format")
    return FileFormat(wanted)


@page(allow=may_import_something)
def template(request: HttpRequest, kind: str) -> HttpResponse:
    found = importable(request.actor, kind)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_kind_template(actor=request.actor, kind=found, path=path)
        return as_download(path.open("rb"), _("%(label)s导入模板.xlsx") % {"label": found.label})


def as_download(content: IO[bytes] | File, name: str) -> FileResponse:
    """The file under a name, saved and never shown inside our pages. It may be removed as soon as this returns."""
    kind = CSV if name.endswith(".csv") else XLSX
    return FileResponse(content, as_attachment=True, filename=name, content_type=kind)
