"""The list of requests, one request with its chain, and the decisions as dialogs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as T

from repertory.core import time
from repertory.core.errors import NotFound
from repertory.core.web import addresses, responses, tables
from repertory.core.web.addresses import (
    TEXT,
    Chip,
    filters_of,
    hidden_pairs,
    list_query,
    shown_columns,
    words_of,
)
from repertory.core.web.forms import InputForm
from repertory.core.web.pages import everyone, page
from repertory.core.web.responses import to_page
from repertory.core.web.tables import Table
from repertory.platform.approvals import access, actions, queries
from repertory.platform.approvals.kinds import directory, kind_named
from repertory.platform.approvals.web import forms, shown
from repertory.platform.models import ApprovalRequest
from repertory.platform.models.approvals import RequestState

UNPROCESSABLE = 422
part = partial(responses.part, frame="approvals/part.html")


@page(allow=everyone)
def request_list(request: HttpRequest) -> HttpResponse:
    address, day = request.GET, time.today()
    query = list_query(address, sort="-asked_at")
    found = queries.list_requests(actor=request.actor, query=query, day=day)
    columns = shown.columns(queries.posts_in_turn(found.items))
    table = Table(
        columns=tables.chosen(columns, shown_columns(address, shown.SHOWN), shown.LIST.first),
        rows=found.items,
        caption=_("审批"),
        url=lambda row: reverse("approvals:page", args=(row.pk,)),
        sort=query.sort,
    )
    frame = {
        "table": table,
        "dialogs": shown.LIST.dialogs,
        "views": [*_views(request, day), *shown.LIST.saved(request)],
        "pager": {"count": found.count, "cursor": query.cursor, "next": found.next},
        "kept": hidden_pairs(address, but=(TEXT,)),
        "chips": _chips(request),
        "may_see_routes": access.may_see_routes(request.actor),
        "empty": _nothing(request),
    }
    return render(request, "approvals/list.html", frame)


def _views(request: HttpRequest, day: Any) -> list[dict[str, Any]]:
    turns = len(queries.turns_of(actor=request.actor, day=day))
    views = ((_("待我审批"), "turn=1", turns), (_("我提交的"), "mine=1", None), (_("全部"), "", None))
    present = request.GET.urlencode()
    return [
        {"name": name, "url": f"?{query}", "current": present == query, "count": count} for name, query, count in views
    ]


def _chips(request: HttpRequest) -> list[Chip]:
    known = queries.request_columns()
    own = {"turn": _("待我审批"), "mine": _("我提交的")}
    labels = known | {name: type(known["title"])(name, label, "bool", name) for name, label in own.items()}

    def words(key: str, values: list[str]) -> str:
        return words_of(labels.get(key), values, {})

    return addresses.chips(request.GET, filters_of(request.GET), labels, words)


def _nothing(request: HttpRequest) -> dict[str, Any]:
    if request.GET.get("turn"):
        return {"title": _("没有等您审批的申请"), "text": _("轮到您时，这里和提醒里都会列出来。"), "icon": "checks"}
    if request.GET:
        return {
            "title": _("没有符合条件的记录"),
            "text": _("换一个条件，或清除全部条件再看。"),
            "icon": "filter",
            "url": "?",
            "action": _("清除条件"),
        }
    text = _("价格表、目标、大额导出这样的申请，按公司定的路线一步一步审批，您提交的和要您审批的都列在这里。")
    return {"title": _("还没有和您有关的申请"), "text": text, "icon": "checks"}


@page(allow=everyone)
def request_page(request: HttpRequest, request_id: int) -> HttpResponse:
    found = queries.request_of(actor=request.actor, request_id=request_id)
    day = time.today()
    links = queries.links_of(found, day=day)
    frame = {
        "found": found,
        "kind": kind_named(found.kind),
        "state": shown.state_tag(found),
        "amount": shown.amount(found),
        "node": directory().names([found.node_id]).get(found.node_id, ""),
        "thing_url": queries.thing_url(actor=request.actor, request=found),
        "links": [{"link": link, "state": shown.step_tag(link.step, now=link.now)} for link in links],
        "principal": queries.principal_name(actor=request.actor, request=found, day=day),
        "may": {name: step.allow(request.actor, found) for name, step in STEPS.items()},
        "stuck": any(link.now and not link.who for link in links),
    }
    return render(request, "approvals/page.html", frame)


def _may_decide(actor: Any, found: ApprovalRequest) -> bool:
    waiting = found.state == RequestState.WAITING
    return waiting and queries.may_decide(actor=actor, request=found, day=time.today())


def _may_withdraw(actor: Any, found: ApprovalRequest) -> bool:
    return found.state == RequestState.WAITING and access.may_withdraw(actor, found)


@dataclass(frozen=True)
class Step:
    """A form in a dialog and the action behind it."""

    title: str | Promise
    form: type[InputForm]
    act: Callable[..., Any]
    allow: Callable[[Any, ApprovalRequest], bool]


STEPS: dict[str, Step] = {
    "approval": Step(T("同意"), forms.ApproveForm, actions.approve_step, _may_decide),
    "rejection": Step(T("驳回"), forms.RejectForm, actions.reject_request, _may_decide),
    "withdrawal": Step(T("撤回申请"), forms.WithdrawForm, actions.withdraw_request, _may_withdraw),
}


@page(allow=access.may_write, methods=("GET", "POST"))
def request_step(request: HttpRequest, request_id: int, name: str) -> HttpResponse:
    """Show one of STEPS for a request, and carry it out."""
    found = queries.request_of(actor=request.actor, request_id=request_id)
    if name not in STEPS:
        raise NotFound()
    step = STEPS[name]
    form = step.form(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.carry_out(
        lambda data: step.act(actor=request.actor, at=time.now(), request_id=request_id, data=data)
    ):
        return to_page(request, reverse("approvals:page", args=(request_id,)))
    context = {"form": form, "title": step.title, "subject": found}
    return part(request, "core/dialog.html", context, status=UNPROCESSABLE if form.errors else 200)
