"""The steps of a large export: ordered, written by a worker, fetched by its owner, cleared away."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, InvalidInput
from repertory.core.states import move
from repertory.core.time import day_of
from repertory.platform.exchange import outgoing
from repertory.platform.exchange.actions.runs import LONGEST
from repertory.platform.exchange.inputs import OrderExport
from repertory.platform.exchange.kinds import Kind
from repertory.platform.exchange.queries import own_export, own_exports
from repertory.platform.exchange.tables import EXPORT_TRANSITIONS, ExportRun, ExportState
from repertory.platform.spreadsheets.writing import ENDINGS, XLSX_MAX_ROWS, FileFormat
from repertory.platform.unit import action

KEPT_DAYS = 7
MOST_UNDER_WAY = 3
UNDER_WAY = (ExportState.QUEUED, ExportState.RUNNING)


@action
def order_export(*, actor: Actor, at: datetime, kind: Kind, data: OrderExport) -> tuple[ExportRun, bool]:
    """The run, and whether it is new: the same rows ordered twice, by a double click perhaps, are written once.

    Raises NotAllowed, InvalidInput for filters that there are not, Conflict where too many are under way.
    """
    kind.may_export(actor)
    under_way = list(own_exports(actor=actor).filter(status__in=UNDER_WAY))
    wanted = (kind.name, data.file_format, data.filters)
    for run in under_way:
        if (run.kind, run.file_format, run.filters) == wanted:
            return run, False
    if len(under_way) >= MOST_UNDER_WAY:
        raise Conflict(_("您已经有 %(count)s 个导出在处理，请等一个完成，或者取消一个。") % {"count": MOST_UNDER_WAY})
    rows = kind.count_rows(actor, data.filters)
    if data.file_format is FileFormat.XLSX and rows + 2 > XLSX_MAX_ROWS:
        message = _("超过了 Excel 的 1,048,576 行上限，请导出为 .csv。")
        raise InvalidInput(message, code="too_many_rows", field="file_format")
    run = ExportRun.objects.create(
        kind=kind.name,
        filters=data.filters,
        file_format=data.file_format,
        file_name=file_name(kind, data.file_format, at),
        stored_as=outgoing.new_name(),
        rows_expected=rows,
        user_id=actor.user_id,
        at=at,
    )
    return run, True


def file_name(kind: Kind, file_format: FileFormat, at: datetime) -> str:
    """For example 客户-2026-11-05.xlsx."""
    return f"{kind.label}-{day_of(at)}{ENDINGS[file_format]}"


@action
def begin_export(*, actor: Actor, at: datetime, export_id: int) -> None:
    """A worker takes it. Conflict where another one has, or where it was cancelled."""
    move(ExportRun, export_id, ExportState.QUEUED, ExportState.RUNNING, EXPORT_TRANSITIONS)


@action
def complete_export(*, actor: Actor, at: datetime, export_id: int, rows: int, size_bytes: int) -> None:
    """The file lies there. Conflict where it was cancelled or given up meanwhile."""
    changes: dict[str, Any] = {"row_count": rows, "size_bytes": size_bytes, "finished_at": at}
    move(ExportRun, export_id, ExportState.RUNNING, ExportState.DONE, EXPORT_TRANSITIONS, **changes)


@action
def fail_export(*, actor: Actor, at: datetime, export_id: int, problem: str) -> None:
    """There will be no file. Conflict where it was cancelled or given up meanwhile."""
    changes: dict[str, Any] = {"problem": problem[:500], "finished_at": at}
    move(ExportRun, export_id, ExportState.RUNNING, ExportState.FAILED, EXPORT_TRANSITIONS, **changes)


@action
def cancel_export(*, actor: Actor, at: datetime, export_id: int) -> ExportRun:
    """The worker stops at the next rows. Conflict where it has ended already."""
    run = own_export(actor=actor, export_id=export_id)
    if run.status not in UNDER_WAY:
        raise Conflict(_("这个导出已经结束了。"))
    move(ExportRun, run.pk, run.status, ExportState.CANCELLED, EXPORT_TRANSITIONS, finished_at=at)
    return run


@action
def give_up_broken_exports(*, actor: Actor, at: datetime, running_for: timedelta = LONGEST) -> int:
    """Exports whose worker died are told as such; how many. running_for: longest that one may take."""
    lost = Q(status=ExportState.QUEUED, at__lt=at - LONGEST) | Q(status=ExportState.RUNNING, at__lte=at - running_for)
    problem = _("导出时程序中断了，没有生成文件。请重新导出。")
    return ExportRun.objects.filter(lost).update(status=ExportState.FAILED, problem=problem, finished_at=at)


@action
def forget_old_exports(*, actor: Actor, at: datetime) -> int:
    """Files leave the house after a week, and the runs with them; how many."""
    old = list(ExportRun.objects.filter(at__lt=at - timedelta(days=KEPT_DAYS)).exclude(status__in=UNDER_WAY))
    for run in old:
        outgoing.forget(run.stored_as)
        run.delete()
    return len(old)
