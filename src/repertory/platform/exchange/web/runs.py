"""The page of one run: how far it is, what was found, the step that comes next."""

import tempfile
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core.errors import Conflict, NotFound
from repertory.core.web.pages import page
from repertory.platform.exchange import uploads
from repertory.platform.exchange.engine import known_names
from repertory.platform.exchange.queries import own_run
from repertory.platform.exchange.tables import ImportRun, RunState
from repertory.platform.exchange.web.exporting import as_download
from repertory.platform.exchange.web.importing import line_up
from repertory.platform.exchange.web.rights import importable, may_import_something
from repertory.platform.spreadsheets.corrections import CellError, write_corrections
from repertory.platform.spreadsheets.reader import open_table

SHOWN = 200
UNDER_WAY = (RunState.QUEUED, RunState.RUNNING)


@page(allow=may_import_something)
def show(request: HttpRequest, run_id: int) -> HttpResponse:
    run = own_run(actor=request.actor, run_id=run_id)
    if run.status == RunState.UPLOADED:
        return redirect("exchange:mapping", run.pk)
    context = {"run": run, "kind": importable(request.actor, run.kind), "job": _job(run), **_findings(run)}
    return render(request, "exchange/run.html", context)


@page(allow=may_import_something)
def progress(request: HttpRequest, run_id: int) -> HttpResponse:
    """The bar, asked for again and again; when the run has ended, the whole page once more."""
    run = own_run(actor=request.actor, run_id=run_id)
    if run.status not in UNDER_WAY:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "core/_progress.html", {"job": _job(run)})


@page(allow=may_import_something, methods=("POST",))
def complete(request: HttpRequest, run_id: int) -> HttpResponse:
    """Checked without errors: import."""
    run = own_run(actor=request.actor, run_id=run_id)
    importable(request.actor, run.kind)
    if run.status != RunState.CHECKED:
        raise Conflict(_("这个文件还没有检查通过，或者已经导入了。"))
    return line_up(request, run, dry_run=False)


@page(allow=may_import_something)
def corrections(request: HttpRequest, run_id: int) -> HttpResponse:
    """The person's own rows with what is wrong beside them."""
    run = own_run(actor=request.actor, run_id=run_id)
    kind = importable(request.actor, run.kind)
    if run.status != RunState.REFUSED:
        raise NotFound()
    errors = [CellError(one["row"], one["column"], one["message"]) for one in run.result["errors"]]
    known = known_names(kind.columns(request.actor))
    with tempfile.TemporaryDirectory() as folder, uploads.local_path(run.stored_as) as path:
        target = Path(folder) / "corrections.xlsx"
        with open_table(path, sheet=run.options.get("sheet") or None) as table:
            write_corrections(target, table=table, known=known, errors=errors)
        return as_download(target.open("rb"), _("%(name)s-待改正.xlsx") % {"name": Path(run.file_name).stem[:80]})


def _job(run: ImportRun) -> dict[str, Any]:
    phase, done, total = uploads.progress_of(run.stored_as)
    notes = {"": _("正在排队"), "check": _("正在检查每一行，还没有写入"), "write": _("检查通过，正在写入")}
    return {
        "pk": run.pk,
        "running": run.status in UNDER_WAY,
        "url": reverse("exchange:progress", args=(run.pk,)),
        "label": run.file_name,
        "done": done,
        "total": max(total, done),
        "note": notes.get(phase, "") + _("。可以离开这一页，稍后再来看。"),
    }


def _findings(run: ImportRun) -> dict[str, Any]:
    result = run.result
    return {
        name: {"shown": result.get(name, [])[:SHOWN], "count": result.get(f"{name}_count", 0)}
        for name in ("errors", "warnings", "duplicates")
    }
