"""The steps of an import by the wizard: upload, mapping, check, import."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict
from repertory.core.states import may_move, move
from repertory.platform.exchange import uploads
from repertory.platform.exchange.inputs import ConfigureRun
from repertory.platform.exchange.kinds import Kind
from repertory.platform.exchange.queries import own_run
from repertory.platform.exchange.tables import RUN_TRANSITIONS, ImportRun, RunState
from repertory.platform.unit import action

KEPT_DAYS = 14
# Longest that a run may take before it counts as broken off.
LONGEST = timedelta(hours=2)
MOST_SHOWN = 2_000


@action
def start_run(*, actor: Actor, at: datetime, kind: Kind, file_name: str, stored_as: str, size_bytes: int) -> ImportRun:
    """An uploaded file has been looked at and can be read; nothing of it is imported yet."""
    kind.may_import(actor)
    return ImportRun.objects.create(
        kind=kind.name,
        file_name=file_name.replace("\x00", "")[-200:],
        stored_as=stored_as,
        size_bytes=size_bytes,
        user_id=actor.user_id,
        at=at,
    )


@action
def configure_run(*, actor: Actor, at: datetime, run_id: int, data: ConfigureRun) -> ImportRun:
    """Which column is which field; what was found before does not count any more."""
    run = own_run(actor=actor, run_id=run_id)
    if not may_move(RUN_TRANSITIONS, run.status, RunState.QUEUED):
        raise Conflict(_("这个文件正在处理，或者已经导入了。"))
    run.options, run.result, run.problem = data.model_dump(), {}, ""
    run.save(update_fields=["options", "result", "problem"])
    return run


@action
def queue_run(*, actor: Actor, at: datetime, run_id: int) -> ImportRun:
    """Line up for the check or the import. Conflict where it is lined up, running or done already."""
    run = own_run(actor=actor, run_id=run_id)
    move(ImportRun, run.pk, run.status, RunState.QUEUED, RUN_TRANSITIONS, queued_at=at, problem="")
    return run


@action
def begin_run(*, actor: Actor, at: datetime, run_id: int) -> None:
    """A worker takes it. Conflict where another one has."""
    move(ImportRun, run_id, RunState.QUEUED, RunState.RUNNING, RUN_TRANSITIONS)


@action
def finish_run(
    *, actor: Actor, at: datetime, run_id: int, status: RunState, result: Mapping[str, Any], problem: str = ""
) -> None:
    """What came of it. Lists are kept as far as a person reads them."""
    shown = {name: value[:MOST_SHOWN] if isinstance(value, list) else value for name, value in result.items()}
    counted = {f"{name}_count": len(value) for name, value in result.items() if isinstance(value, list)}
    changes: dict[str, Any] = {"result": {**shown, **counted}, "problem": problem[:500], "finished_at": at}
    move(ImportRun, run_id, RunState.RUNNING, status, RUN_TRANSITIONS, **changes)


@action
def give_up_broken_runs(*, actor: Actor, at: datetime, running_for: timedelta = LONGEST) -> int:
    """Runs whose worker died are told as such; how many. Nothing of them was written. running_for: longest that one may
    take."""
    queued = Q(status=RunState.QUEUED, queued_at__lt=at - LONGEST)
    running = Q(status=RunState.RUNNING, queued_at__lte=at - running_for)
    problem = _("处理时程序中断了，数据没有写入。请重新开始。")
    return ImportRun.objects.filter(queued | running).update(status=RunState.FAILED, problem=problem, finished_at=at)


@action
def forget_old_runs(*, actor: Actor, at: datetime) -> int:
    """Uploaded files and results leave the house after two weeks; how many."""
    old = list(ImportRun.objects.filter(at__lt=at - timedelta(days=KEPT_DAYS)))
    for run in old:
        uploads.forget(run.stored_as)
        run.delete()
    return len(old)
