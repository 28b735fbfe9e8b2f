"""The first two steps of the wizard: upload a file, say which column is which."""

from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.errors import InvalidInput, RepertoryError
from repertory.core.inputs import read_input
from repertory.core.web.pages import page
from repertory.platform.exchange import uploads
from repertory.platform.exchange.actions import configure_run, queue_run, start_run
from repertory.platform.exchange.columns import Column
from repertory.platform.exchange.engine import known_names
from repertory.platform.exchange.inputs import ConfigureRun
from repertory.platform.exchange.jobs import perform
from repertory.platform.exchange.kinds import Kind
from repertory.platform.exchange.mapping import map_columns, shape_of
from repertory.platform.exchange.queries import own_run, own_runs, remembered_mapping
from repertory.platform.exchange.tables import ImportRun, RunState
from repertory.platform.exchange.web.rights import importable, may_import_something
from repertory.platform.queue import after_commit
from repertory.platform.spreadsheets.reader import Header, Table, open_table

RECENT = 8
SAMPLES = 3


@page(allow=may_import_something, methods=("GET", "POST"))
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Choose a file; what is wrong with it is told at once."""
    found = importable(request.actor, kind)
    problem = ""
    if request.method == "POST":
        try:
            return redirect("exchange:mapping", _kept(request, found).pk)
        except RepertoryError as error:
            problem = str(error)
    runs = own_runs(actor=request.actor).filter(kind=found.name)[:RECENT]
    context = {"kind": found, "problem": problem, "runs": runs}
    return render(request, "exchange/upload.html", context, status=422 if problem else 200)


def _kept(request: HttpRequest, kind: Kind) -> ImportRun:
    content = request.FILES.get("file")
    if content is None:
        raise InvalidInput(_("请先选择文件。"), field="file")
    stored_as = uploads.keep(content)
    try:
        with uploads.local_path(stored_as) as path, open_table(path) as table:
            table.header(known_names(kind.columns(request.actor)))
        return start_run(
            actor=request.actor,
            at=time.now(),
            kind=kind,
            file_name=content.name or "",
            stored_as=stored_as,
            size_bytes=content.size or 0,
        )
    except BaseException:
        uploads.forget(stored_as)
        raise


@page(allow=may_import_something, methods=("GET", "POST"))
def mapping(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show what was guessed or remembered, with samples; posted, it starts the check."""
    run = own_run(actor=request.actor, run_id=run_id)
    kind = importable(request.actor, run.kind)
    if run.status == RunState.DONE:
        return redirect("exchange:run", run.pk)
    sheet = request.POST.get("sheet") or request.GET.get("sheet") or run.options.get("sheet", "")
    with uploads.local_path(run.stored_as) as path, open_table(path, sheet=sheet or None) as table:
        columns = kind.columns(request.actor)
        header = table.header(known_names(columns))
        if request.method == "POST":
            return _start_check(request, run, header, sheet)
        context = _mapping_page(request, run, kind, columns, table, header)
    return render(request, "exchange/mapping.html", context | {"chosen_sheet": sheet})


def _start_check(request: HttpRequest, run: ImportRun, header: Header, sheet: str) -> HttpResponse:
    chosen = {name: request.POST.get(f"column.{index}", "") for index, name in enumerate(header.names)}
    fixed = {
        name.removeprefix("fixed."): value
        for name, value in request.POST.items()
        if name.startswith("fixed.") and value
    }
    given = {"columns": chosen, "fixed": fixed, "key": request.POST.get("key", ""), "sheet": sheet}
    data = read_input(ConfigureRun, given)
    configure_run(actor=request.actor, at=time.now(), run_id=run.pk, data=data)
    return line_up(request, run, dry_run=True)


def line_up(request: HttpRequest, run: ImportRun, *, dry_run: bool) -> HttpResponse:
    """Queue the run and go to its page."""
    queue_run(actor=request.actor, at=time.now(), run_id=run.pk)
    after_commit(perform, run_id=run.pk, dry_run=dry_run)
    return redirect("exchange:run", run.pk)


def _mapping_page(
    request: HttpRequest, run: ImportRun, kind: Kind, columns: Any, table: Table, header: Header
) -> dict[str, Any]:
    fields = [column for column in columns if column.imported]
    remembered = run.options.get("columns") or remembered_mapping(
        actor=request.actor, kind=kind.name, shape=shape_of(header)
    )
    guessed = map_columns(header, columns, remembered=remembered).by_name(header)
    samples = [cells for _number, cells in islice(table.body(header), SAMPLES)]
    rows = [
        {
            "index": index,
            "name": name,
            "field": guessed[name],
            "samples": [cells[index] for cells in samples if index < len(cells) and cells[index].strip()],
        }
        for index, name in enumerate(header.names)
    ]
    return {
        "run": run,
        "kind": kind,
        "rows": rows,
        "fields": fields,
        "header": header,
        "source": table.source,
        "fixable": _fixable(kind, fields, run.options.get("fixed", {})),
        "key_labels": _key_labels(kind, fields),
        "key": run.options.get("key", ""),
    }


def _fixable(kind: Kind, fields: list[Column], fixed: dict[str, str]) -> list[dict[str, Any]]:
    """What may be set for all rows alike."""
    return [
        {
            "column": column,
            "choices": [str(label) for _code, label in column.choices],
            "value": fixed.get(column.key, ""),
        }
        for column in fields
        if column.key in kind.often_fixed
    ]


def _key_labels(kind: Kind, fields: list[Column]) -> list[dict[str, str]]:
    labels = {column.key: str(column.label) for column in fields}
    return [{"value": "+".join(key), "label": " + ".join(labels.get(name, name) for name in key)} for key in kind.keys]
