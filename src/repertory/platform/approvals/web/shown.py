"""How requests look, and the list's columns and filters."""

from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core import formats, time
from repertory.core.web import tables
from repertory.core.web.filters import filter_inputs
from repertory.core.web.pages import everyone
from repertory.core.web.tables import tag
from repertory.platform.approvals import queries
from repertory.platform.approvals.kinds import kind_named
from repertory.platform.models import ApprovalRequest, ApprovalStep
from repertory.platform.models.approvals import RequestState, StepState
from repertory.platform.web.lists import ListPage

TONES = {
    RequestState.WAITING: "note",
    RequestState.APPROVED: "good",
    RequestState.REJECTED: "bad",
    RequestState.WITHDRAWN: "",
}
STEP_TONES = {
    StepState.WAITING: "note",
    StepState.APPROVED: "good",
    StepState.REJECTED: "bad",
    StepState.DROPPED: "",
}
SHOWN = ("title", "kind", "amount_cny", "asked_by", "asked_at", "state", "turn")


def state_tag(request: ApprovalRequest) -> SafeString:
    return tag(RequestState(request.state).label, TONES[RequestState(request.state)])


def step_tag(step: ApprovalStep, *, now: bool) -> SafeString:
    if step.state == StepState.WAITING and not now:
        return tag(_("还没轮到"))
    return tag(StepState(step.state).label, STEP_TONES[StepState(step.state)])


def amount(request: ApprovalRequest) -> str:
    return formats.money(request.amount_cny) if request.amount_cny is not None else ""


def columns(turns: dict[int, str]) -> list[tables.Column]:
    """turns: who is next, of the requests that wait."""
    today = time.today()
    return [
        tables.Column("title", _("标题"), lambda row: row.title, title=True, css="clip"),
        tables.Column("kind", _("事项"), lambda row: kind_named(row.kind).label),
        tables.Column("amount_cny", _("金额"), amount, css="num"),
        tables.Column("asked_by", _("提交人"), lambda row: row.asked_by.name if row.asked_by else _("系统")),
        tables.Column(
            "asked_at", _("提交"), lambda row: formats.human_time(row.asked_at, today), sort=True, css="nowrap"
        ),
        tables.Column("state", _("状态"), state_tag),
        tables.Column("turn", _("轮到谁"), lambda row: turns.get(row.pk, ""), css="clip"),
        tables.Column("ended_at", _("办结"), lambda row: formats.human_date(row.ended_at, today)),
    ]


def inputs(request: HttpRequest, column: Any) -> list[dict[str, Any]]:
    return filter_inputs(column, request.GET)


LIST = ListPage(
    page="approvals",
    url="approvals:list",
    allow=everyone,
    known=queries.request_columns,
    offered=lambda: columns({}),
    inputs=inputs,
    default=SHOWN,
    first="title",
    frame="approvals/part.html",
    hidden=frozenset({"asked_by"}),
    shared=gettext_lazy("所有人可用（各人只看到和自己有关的申请）"),
)
