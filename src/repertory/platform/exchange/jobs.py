"""Runs of the wizard and large exports, in the background."""

import logging
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from repertory.core.actor import Actor, Door, system_actor
from repertory.core.errors import Conflict, NotAllowed, RepertoryError
from repertory.core.time import now
from repertory.platform.queue import huey
from repertory.platform.spreadsheets.writing import FileFormat

from . import outgoing, uploads
from .actions import (
    begin_export,
    begin_run,
    complete_export,
    fail_export,
    finish_run,
    forget_old_exports,
    forget_old_runs,
    give_up_broken_exports,
    give_up_broken_runs,
)
from .actions.runs import LONGEST
from .commands import import_file
from .exporting import export_rows
from .kinds import kind_named
from .queries import is_wanted
from .results import ImportResult
from .tables import ExportRun, ImportRun, RunState

log = logging.getLogger(__name__)


@huey.task()
def perform(run_id: int, dry_run: bool) -> None:
    """Check a run, or import it. A second call for the same run does nothing."""
    run = ImportRun.objects.select_related("user").get(pk=run_id)
    actor = Actor(user=run.user, door=Door.IMPORT)
    with translation.override(run.user.language):
        try:
            begin_run(actor=actor, at=now(), run_id=run_id)
        except Conflict:
            return
        status, result, problem = _outcome(actor, run, dry_run=dry_run)
        finish_run(actor=actor, at=now(), run_id=run_id, status=status, result=result, problem=problem)
    if status is RunState.DONE:
        uploads.forget(run.stored_as)


def _outcome(actor: Actor, run: ImportRun, *, dry_run: bool) -> tuple[RunState, dict, str]:
    if not run.user.is_active:
        return RunState.FAILED, {}, _("账号已停用。")
    try:
        with uploads.local_path(run.stored_as) as path:
            result = _import(actor, run, path, dry_run=dry_run)
    except RepertoryError as error:
        return RunState.FAILED, {}, str(error)
    except Exception:
        log.exception("import run %s failed", run.pk)
        return RunState.FAILED, {}, _("程序出错，数据没有写入。请把时间和文件名告诉管理员。")
    if not result.succeeded:
        return RunState.REFUSED, result.as_dict(), ""
    return RunState.CHECKED if dry_run else RunState.DONE, result.as_dict(), ""


def _import(actor: Actor, run: ImportRun, path: Path, *, dry_run: bool) -> ImportResult:
    options = run.options
    return import_file(
        actor=actor,
        at=now(),
        kind_name=run.kind,
        path=path,
        columns=options.get("columns"),
        fixed=options.get("fixed"),
        key=options.get("key", ""),
        sheet=options.get("sheet") or None,
        dry_run=dry_run,
        file_name=run.file_name,
        progress=lambda phase, done, total: uploads.note_progress(run.stored_as, phase, done, total),
    )


class _NotWanted(Exception):
    """The owner cancelled it meanwhile."""


@huey.task()
def make_export(export_id: int) -> None:
    """Write the file of a large export. A second call for the same one does nothing."""
    run = ExportRun.objects.select_related("user").get(pk=export_id)
    # Made afresh: what counts is what the person may see now, not when it was ordered.
    actor = Actor(user=run.user, door=Door.JOB)
    with translation.override(run.user.language), suppress(Conflict):
        begin_export(actor=actor, at=now(), export_id=export_id)
        try:
            rows, size_bytes = _write_export(actor, run)
        except _NotWanted:
            return
        except RepertoryError as error:
            fail_export(actor=actor, at=now(), export_id=export_id, problem=str(error))
            return
        except Exception:
            log.exception("export run %s failed", export_id)
            problem = _("程序出错，没有生成文件。请把时间和文件名告诉管理员。")
            fail_export(actor=actor, at=now(), export_id=export_id, problem=problem)
            return
        try:
            complete_export(actor=actor, at=now(), export_id=export_id, rows=rows, size_bytes=size_bytes)
        except Conflict:
            outgoing.forget(run.stored_as)


def _write_export(actor: Actor, run: ExportRun) -> tuple[int, int]:
    """Rows and bytes. Nothing is kept where anything is wrong."""
    if not run.user.is_active:
        raise NotAllowed(_("账号已停用。"))

    def tell(rows: int) -> None:
        if not is_wanted(actor=actor, export_id=run.pk):
            raise _NotWanted
        uploads.note_progress(run.stored_as, "export", rows, run.rows_expected)

    with outgoing.draft() as path:
        rows = export_rows(
            actor=actor,
            at=now(),
            kind=kind_named(run.kind),
            path=path,
            file_format=FileFormat(run.file_format),
            filters=run.filters,
            file_name=run.file_name,
            progress=tell,
            # An order that needed it was not queued before.
            approved=True,
        )
        outgoing.keep(path, run.stored_as)
        return rows, path.stat().st_size


def tidy_up(*, running_for: timedelta = LONGEST) -> None:
    """Nightly and at the worker's start: broken runs are told, old files go. running_for: longest that one may take."""
    actor = system_actor(Door.JOB)
    give_up_broken_runs(actor=actor, at=now(), running_for=running_for)
    give_up_broken_exports(actor=actor, at=now(), running_for=running_for)
    forget_old_runs(actor=actor, at=now())
    forget_old_exports(actor=actor, at=now())
    outgoing.sweep(before=now() - running_for)
