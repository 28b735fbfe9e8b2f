"""Runs of the wizard, in the background."""

import logging
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from repertory.core.actor import Actor, Door, system_actor
from repertory.core.errors import Conflict, RepertoryError
from repertory.core.time import now
from repertory.platform.queue import huey

from . import uploads
from .actions import begin_run, finish_run, forget_old_runs, give_up_broken_runs
from .commands import import_file
from .results import ImportResult
from .tables import ImportRun, RunState

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
        progress=lambda phase, done, total: uploads.note_progress(run.stored_as, phase, done, total),
    )


def tidy_up() -> None:
    """Nightly and at the worker's start: broken runs are told, old files go."""
    actor = system_actor(Door.JOB)
    give_up_broken_runs(actor=actor, at=now())
    forget_old_runs(actor=actor, at=now())
