"""The plans of a month: propose, hand in, decide, compare with what was done."""

from datetime import date
from typing import Any

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.errors import NotFound, RuleViolation
from repertory.core.inputs import read_input
from repertory.core.time import month_of
from repertory.core.web.pages import page
from repertory.core.web.responses import to_page
from repertory.visits import access, actions
from repertory.visits.choices import PlanState
from repertory.visits.inputs import ProposePlan
from repertory.visits.models import VisitPlan
from repertory.visits.queries.due import month_of_person
from repertory.visits.web.columns import plan_tag, status_tag, when
from repertory.visits.web.forms import DecidePlanForm, SubmitPlanForm
from repertory.visits.web.responses import part

MOST = 200


@page(allow=access.may_see)
def plan_list(request: HttpRequest) -> HttpResponse:
    """Own plans and those of the people one leads, what waits for a decision first."""
    rows = access.visible_plans(request.actor).select_related("user", "decided_by")
    waiting = rows.filter(state=PlanState.SUBMITTED).exclude(user_id=request.actor.user_id)
    today = time.today()
    following = month_of(today).end
    context = {
        "waiting": [_row(plan) for plan in waiting.order_by("month", "submitted_at", "pk")[:MOST]],
        "plans": [_row(plan) for plan in rows.order_by("-month", "user__name", "pk")[:MOST]],
        "months": [month_of(today).start, following],
        "may_record": access.may_record(request.actor),
    }
    return render(request, "visits/plans.html", context)


def _row(plan: VisitPlan) -> dict[str, Any]:
    return {"plan": plan, "state": plan_tag(plan.state)}


@page(allow=access.may_see)
def plan_page(request: HttpRequest, plan_id: int) -> HttpResponse:
    plan = _visible(request, plan_id)
    visits = list(plan.visits.select_related("customer").order_by("day", "planned_start", "pk"))
    by_day: dict[date, list[Any]] = {}
    for visit in visits:
        by_day.setdefault(visit.day, []).append(
            {"visit": visit, "status": status_tag(visit), "when": when(visit, time.today())}
        )
    own = access.may_plan_for(request.actor, plan.user)
    context = {
        "plan": plan,
        "state": plan_tag(plan.state),
        "days": [{"day": day, "visits": rows} for day, rows in by_day.items()],
        "count": len(visits),
        "figures": month_of_person(person=plan.user, month=plan.month),
        "may_submit": own and plan.state in (PlanState.DRAFT, PlanState.RETURNED),
        "may_decide": plan.state == PlanState.SUBMITTED and access.may_decide_plan(request.actor, plan),
    }
    return render(request, "visits/plan.html", context)


@page(allow=access.may_record, methods=("POST",))
def propose(request: HttpRequest) -> HttpResponse:
    """Lay a month from the frequencies."""
    data = read_input(
        ProposePlan, {"month": request.POST.get("month", ""), "username": request.POST.get("username", "")}
    )
    try:
        plan = actions.propose_plan(actor=request.actor, at=time.now(), data=data)
    except RuleViolation as error:
        told.error(request, str(error.message))
        return redirect("visits:plans")
    if not plan.visits.exists():
        told.warning(request, _("没有要排的拜访：请先设好拜访频率和客户等级。"))
    return redirect("visits:plan_page", plan.pk)


@page(allow=access.may_record, methods=("GET", "POST"))
def submit(request: HttpRequest, plan_id: int) -> HttpResponse:
    _visible(request, plan_id)
    form = SubmitPlanForm(request.POST or None)
    return _dialog(request, form, actions.submit_plan, plan_id, _("提交计划"))


@page(allow=access.may_lead, methods=("GET", "POST"))
def decide(request: HttpRequest, plan_id: int) -> HttpResponse:
    _visible(request, plan_id)
    return _dialog(request, DecidePlanForm(request.POST or None), actions.decide_plan, plan_id, _("审批计划"))


def _dialog(request: HttpRequest, form: Any, act: Any, plan_id: int, title: str) -> HttpResponse:
    if request.method == "POST" and form.carry_out(
        lambda data: act(actor=request.actor, at=time.now(), plan_id=plan_id, data=data)
    ):
        return to_page(request, reverse("visits:plan_page", args=(plan_id,)))
    return part(request, "visits/_dialog.html", {"form": form, "title": title}, status=422 if form.errors else 200)


def _visible(request: HttpRequest, plan_id: int) -> VisitPlan:
    plan = access.visible_plans(request.actor).select_related("user", "decided_by").filter(pk=plan_id).first()
    if plan is None:
        raise NotFound()
    return plan
