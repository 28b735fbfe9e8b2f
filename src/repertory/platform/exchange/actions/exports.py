"""The steps of a large export: ordered, written by a worker, fetched by its owner, cleared away."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, InvalidInput, NotAllowed
from repertory.core.states import move
from repertory.core.time import day_of
from repertory.platform.approvals.actions import request_approval, withdraw_of
from repertory.platform.approvals.queries import last_of
from repertory.platform.exchange import outgoing
from repertory.platform.exchange.actions.runs import LONGEST
from repertory.platform.exchange.inputs import OrderExport
from repertory.platform.exchange.kinds import Kind
from repertory.platform.exchange.queries import own_export, own_exports
from repertory.platform.exchange.rules import needs_approval
from repertory.platform.exchange.tables import EXPORT_TRANSITIONS, ExportRun, ExportState
from repertory.platform.models.approvals import RequestState
from repertory.platform.spreadsheets.writing import ENDINGS, XLSX_MAX_ROWS, FileFormat
from repertory.platform.unit import action

KEPT_DAYS = 7
MOST_UNDER_WAY = 3
KIND = "export"
UNDER_WAY = (ExportState.AWAITING, ExportState.QUEUED, ExportState.RUNNING)


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
    waits = needs_approval(actor, kind, rows=rows, day=day_of(at))
    run = ExportRun.objects.create(
        status=ExportState.AWAITING if waits else ExportState.QUEUED,
        kind=kind.name,
        filters=data.filters,
        file_format=data.file_format,
        file_name=file_name(kind, data.file_format, at),
        stored_as=outgoing.new_name(),
        rows_expected=rows,
        user_id=actor.user_id,
        at=at,
    )
    if waits:
        _ask(actor, at, run, data)
    return run, True


def _ask(actor: Actor, at: datetime, run: ExportRun, data: OrderExport) -> None:
    """What an approver must know: how many rows, which ones, and what for."""
    if not data.reason:
        raise InvalidInput(_("请写明导出的用途，审批人要看。"), code="reason_missing", field="reason")
    chosen = _("、").join(f"{name}={value}" for name, value in sorted(run.filters.items()) if value)
    request_approval(
        actor=actor,
        at=at,
        kind=KIND,
        object_id=run.pk,
        title=_("%(name)s（%(rows)s 行）") % {"name": run.file_name, "rows": run.rows_expected},
        reason=f"{data.reason}\n{_('条件：%(chosen)s') % {'chosen': chosen}}" if chosen else data.reason,
    )


@action
def release_export(*, actor: Actor, at: datetime, export_id: int) -> None:
    """Its request was approved: it is queued, and its time begins anew. Only an approved request leads here."""
    _require(export_id, RequestState.APPROVED)
    move(ExportRun, export_id, ExportState.AWAITING, ExportState.QUEUED, EXPORT_TRANSITIONS, at=at)


@action
def refuse_export(*, actor: Actor, at: datetime, export_id: int, problem: str) -> None:
    """Its request was refused or withdrawn: there will be no file."""
    _require(export_id, RequestState.REJECTED, RequestState.WITHDRAWN)
    changes: dict[str, Any] = {"problem": problem[:500], "finished_at": at}
    move(ExportRun, export_id, ExportState.AWAITING, ExportState.FAILED, EXPORT_TRANSITIONS, **changes)


def _require(export_id: int, *states: RequestState) -> None:
    request = last_of(kind=KIND, object_id=export_id)
    if request is None or request.state not in states:
        raise NotAllowed(_("这个导出还没有审批结果。"))


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
    if run.status == ExportState.AWAITING:
        withdraw_of(actor=actor, at=at, kind=KIND, object_id=run.pk, reason=_("已取消"))
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
