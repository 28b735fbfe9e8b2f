"""The pages of large exports: how far one is, its file, and all of one's own."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.errors import NotFound
from repertory.core.web.pages import page
from repertory.platform.approvals.queries import last_of
from repertory.platform.exchange import outgoing, uploads
from repertory.platform.exchange.actions import cancel_export
from repertory.platform.exchange.actions.exports import KEPT_DAYS, UNDER_WAY
from repertory.platform.exchange.queries import own_export, own_exports
from repertory.platform.exchange.tables import ExportRun, ExportState
from repertory.platform.exchange.web.exporting import as_download
from repertory.platform.exchange.web.rights import exportable, may_export_something

SHOWN = 50


@page(allow=may_export_something)
def index(request: HttpRequest) -> HttpResponse:
    """What the person ordered and has not been cleared away yet."""
    runs = own_exports(actor=request.actor)[:SHOWN]
    return render(request, "exchange/exports.html", {"runs": runs, "kept_days": KEPT_DAYS})


@page(allow=may_export_something)
def show(request: HttpRequest, export_id: int) -> HttpResponse:
    run = own_export(actor=request.actor, export_id=export_id)
    context = {
        "run": run,
        "kind": exportable(request.actor, run.kind),
        "job": _job(run),
        "approval": last_of(kind="export", object_id=run.pk) if run.status == ExportState.AWAITING else None,
        "kept_until": run.at + timedelta(days=KEPT_DAYS),
    }
    return render(request, "exchange/export_run.html", context)


@page(allow=may_export_something)
def progress(request: HttpRequest, export_id: int) -> HttpResponse:
    """The bar, asked for again and again; when the run has ended, the whole page once more."""
    run = own_export(actor=request.actor, export_id=export_id)
    if run.status not in UNDER_WAY:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "core/_progress.html", {"job": _job(run)})


@page(allow=may_export_something)
def download(request: HttpRequest, export_id: int) -> HttpResponse:
    """The file, for who ordered it and still may export such things."""
    run = own_export(actor=request.actor, export_id=export_id)
    exportable(request.actor, run.kind)
    if run.status != ExportState.DONE:
        raise NotFound()
    return as_download(outgoing.opened(run.stored_as), run.file_name)


@page(allow=may_export_something, methods=("POST",))
def cancel(request: HttpRequest, export_id: int) -> HttpResponse:
    cancel_export(actor=request.actor, at=time.now(), export_id=export_id)
    return redirect("exchange:export_run", export_id)


def _job(run: ExportRun) -> dict[str, Any]:
    _phase, done, total = uploads.progress_of(run.stored_as)
    note = _("正在排队") if run.status == ExportState.QUEUED else _("正在写入文件")
    return {
        "pk": run.pk,
        "running": run.status in UNDER_WAY and run.status != ExportState.AWAITING,
        "url": reverse("exchange:export_progress", args=(run.pk,)),
        "label": run.file_name,
        "done": done,
        "total": max(total, done, run.rows_expected),
        "note": note + _("。可以离开这一页，稍后再来看。"),
    }
