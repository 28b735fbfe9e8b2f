"""Deputies, everybody's own, and the routes, which administrators set."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import formats, time
from repertory.core.web.pages import everyone, page
from repertory.core.web.tables import Column, Table, tag
from repertory.platform.approvals import access, actions, chain, queries
from repertory.platform.approvals.kinds import ApprovalKind, RouteStep, all_kinds, directory, kind_named
from repertory.platform.approvals.web import forms
from repertory.platform.models import Deputy

UNPROCESSABLE = 422
FORM = "core/form_page.html"
MOST = 200


@page(allow=everyone)
def deputy_list(request: HttpRequest) -> HttpResponse:
    today = time.today()
    rows = list(queries.deputies(actor=request.actor)[:MOST])
    frame = {
        "rows": [{"row": row, "state": _state(row, today), "may_end": _may_end(request, row, today)} for row in rows],
        "may_name": access.may_write(request.actor),
    }
    return render(request, "approvals/deputies.html", frame)


def _state(row: Deputy, today: Any) -> Any:
    if row.ends_on <= today or row.ends_on == row.starts_on:
        return tag(_("已结束"))
    return tag(_("代理中"), "good") if row.starts_on <= today else tag(_("还没开始"), "note")


def _may_end(request: HttpRequest, row: Deputy, today: Any) -> bool:
    own = row.person_id == request.actor.user_id and access.may_write(request.actor)
    return row.ends_on > today and (own or access.may_set_routes(request.actor))


@page(allow=access.may_write, methods=("GET", "POST"))
def new_deputy(request: HttpRequest) -> HttpResponse:
    today = time.today()
    form = forms.DeputyForm(
        request.POST or None,
        people=directory().people(request.actor),
        for_others=access.may_set_routes(request.actor),
        initial={"starts_on": today, "ends_on": today + timedelta(days=7)},
    )
    if request.method == "POST" and form.carry_out(
        lambda data: actions.name_deputy(actor=request.actor, at=time.now(), data=data)
    ):
        messages.success(request, _("代理人已指定，从开始那天起可以代为审批。"))
        return redirect("approvals:deputies")
    frame = {
        "form": form,
        "title": _("指定代理人"),
        "back": reverse("approvals:deputies"),
        "parent": _("审批代理"),
        "note": _("代理人以本人的名义审批，页面和审计日志里都写明是谁代办的。代理人自己提交的申请，不能代审。"),
    }
    return render(request, FORM, frame, status=UNPROCESSABLE if form.errors else 200)


@page(allow=access.may_write, methods=("POST",))
def end_deputy(request: HttpRequest, deputy_id: int) -> HttpResponse:
    actions.end_deputy(actor=request.actor, at=time.now(), deputy_id=deputy_id)
    messages.success(request, _("代理已结束。"))
    return redirect("approvals:deputies")


@page(allow=access.may_see_routes)
def route_list(request: HttpRequest) -> HttpResponse:
    """Each kind's route of today, and what was and will be set."""
    today, history = time.today(), list(queries.routes(actor=request.actor))
    kinds = [
        {
            "kind": kind,
            "table": _table(kind, chain.route_on(kind, today)),
            "history": [
                {"day": row.starts_on, "source": row.source, "count": len(row.steps)}
                for row in history
                if row.kind == kind.key
            ],
            "url": reverse("approvals:edit_route", args=[kind.key]),
        }
        for kind in all_kinds()
    ]
    return render(request, "approvals/routes.html", {"kinds": kinds, "may_set": access.may_set_routes(request.actor)})


def _table(kind: ApprovalKind, steps: tuple[RouteStep, ...]) -> Table:
    levels = dict(directory().levels)
    columns = [
        Column("role", _("岗位"), lambda step: directory().role_label(step.role), title=True),
        Column("level", _("哪一级"), lambda step: levels.get(step.level, step.level)),
        Column(
            "from", _("金额从（元）"), lambda step: formats.money(step.from_cny) if step.from_cny else "", css="num"
        ),
    ]
    return Table(columns, steps, str(kind.label))


@page(allow=access.may_set_routes, methods=("GET", "POST"))
def edit_route(request: HttpRequest, kind: str) -> HttpResponse:
    found = kind_named(kind)
    initial: dict[str, Any] = {"starts_on": time.today()}
    for number, step in enumerate(chain.route_on(found, time.today())):
        initial |= {f"role{number}": step.role, f"level{number}": step.level, f"from{number}": step.from_cny or ""}
    form = forms.RouteForm(
        request.POST or None, kind=kind, roles=directory().roles, levels=directory().levels, initial=initial
    )
    if request.method == "POST" and form.carry_out(
        lambda data: actions.set_route(actor=request.actor, at=time.now(), data=data)
    ):
        messages.success(request, _("审批路线已记下，从生效日起提交的申请按它走；正在审批的不变。"))
        return redirect("approvals:routes")
    frame = {
        "form": form,
        "title": _("审批路线：%(name)s") % {"name": found.label},
        "back": reverse("approvals:routes"),
        "parent": _("审批路线"),
        "note": _("按顺序审批，没选岗位的一步不算。某一步除提交人外没有人，就由上一级同岗位的人审批。"),
    }
    return render(request, "approvals/route.html", frame, status=UNPROCESSABLE if form.errors else 200)
