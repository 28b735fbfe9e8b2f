"""Plans: the list, drawing one up, the tree-grid of a plan, its steps as dialogs, replies and differences."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as T

from repertory.core import formats, time
from repertory.core.errors import NotFound
from repertory.core.web.pages import page
from repertory.core.web.responses import to_page
from repertory.core.web.tables import tag
from repertory.plans import access, actions
from repertory.plans.choices import Level, PlanState
from repertory.plans.inputs import SetFigures
from repertory.plans.models import TargetPlan
from repertory.plans.queries import figures, plans
from repertory.plans.web import forms, grids
from repertory.plans.web.responses import part
from repertory.plans.web.shown import figure
from repertory.platform.approvals.queries import last_of
from repertory.products.access import visible_products

UNPROCESSABLE = 422
MOST = 50
TONES = {PlanState.DRAFT: "note", PlanState.SUBMITTED: "warn", PlanState.APPROVED: "good", PlanState.REPLACED: ""}


def state_tag(plan: TargetPlan) -> Any:
    return tag(PlanState(plan.state).label, TONES[PlanState(plan.state)])


@page(allow=access.may_see)
def plan_list(request: HttpRequest) -> HttpResponse:
    found = plans.list_plans(actor=request.actor)
    sums = plans.totals_of(actor=request.actor, plans=found)
    rows = [
        {
            "plan": plan,
            "state": state_tag(plan),
            "base": figure(sums.get((plan.pk, Level.BASE))),
            "stretch": figure(sums.get((plan.pk, Level.STRETCH))),
        }
        for plan in found
    ]
    may_plan = access.may_plan(request.actor)
    empty = {
        "title": _("这里放公司的年度指标"),
        "text": _("按产品定全年指标，分到各月、各级区域和客户；审批后生效，调整时新建一版。"),
        "icon": "target",
        "url": reverse("plans:create") if may_plan else "",
        "action": _("编制指标"),
    }
    frame = {"rows": rows, "may_plan": may_plan, "may_export": access.may_export(request.actor), "empty": empty}
    return render(request, "plans/plans.html", frame | {"may_import": access.may_work(request.actor)})


@page(allow=access.may_plan, methods=("GET", "POST"))
def create(request: HttpRequest) -> HttpResponse:
    rows = visible_products(request.actor).filter(stage="on_sale").order_by("sort_key", "pk")
    products = [(str(row.pk), str(row)) for row in rows]
    initial = {"year": time.today().year + (time.today().month > 9), "measure": "amount", "step": "1"}
    form = forms.CreatePlanForm(request.POST or None, products=products, initial=initial)
    if request.method == "POST" and form.carry_out(
        lambda data: actions.create_plan(actor=request.actor, at=time.now(), data=data)
    ):
        messages.success(request, _("已建立第 1 版，请逐级分解后提交审批。"))
        return redirect("plans:plan", form.result.pk)
    frame = {"form": form, "title": _("编制指标"), "back": reverse("plans:list"), "parent": _("计划与指标")}
    return render(request, "core/form_page.html", frame, status=UNPROCESSABLE if form.errors else 200)


@page(allow=access.may_see)
def plan_page(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The tree-grid: nodes × months or quarters, of one product or all; of one node its customers."""
    actor = request.actor
    plan = plans.plan_of(actor=actor, plan_id=plan_id)
    view = grids.view_of(request, plan)
    approval = last_of(kind="target_plan", object_id=plan.pk) if plan.state == PlanState.SUBMITTED else None
    draft = plan.state == PlanState.DRAFT
    frame = {
        "plan": plan,
        "state": state_tag(plan),
        "view": view,
        "approval": approval,
        "replies": [
            {"row": row, "before": figure(row.before), "proposed": figure(row.proposed)}
            for row in plans.replies_of(actor=actor, plan=plan)[:MOST]
        ],
        "answerable": draft and access.may_work(actor),
        "changes": [
            {"one": one, "before": figure(one.before), "after": figure(one.after), "change": figure(one.change)}
            for one in plans.differences(actor=actor, plan=plan, level=view.level)[:MOST]
        ],
        "may_break_down": draft and access.may_work(actor),
        "may_submit": draft and access.may_plan(actor),
        "may_take_back": plan.state == PlanState.SUBMITTED and access.may_plan(actor),
        "may_revise": plan.state == PlanState.APPROVED and access.may_plan(actor),
        "may_export": access.may_export(actor),
        "may_import": draft and access.may_work(actor),
    }
    return render(request, "plans/plan.html", frame)


@page(allow=access.may_work, methods=("GET", "POST"))
def break_down(request: HttpRequest, plan_id: int) -> HttpResponse:
    plan = plans.plan_of(actor=request.actor, plan_id=plan_id)
    node = access.get_node(request.actor, request.GET.get("node") or request.POST.get("territory", ""))
    products = [(str(key), name) for key, name in figures.products_of(plan, actor=request.actor)]
    initial = {
        "territory": node.code,
        "level": request.GET.get("level") or Level.BASE,
        "product": request.GET.get("product", ""),
    }
    form = forms.BreakDownForm(request.POST or None, products=products, initial=initial)
    if request.method == "POST" and form.carry_out(
        lambda data: actions.break_down(actor=request.actor, at=time.now(), plan_id=plan_id, data=data)
    ):
        messages.success(request, _("已分解，写入 %(n)s 项指标。") % {"n": formats.number(form.result)})
        return to_page(request, _back(request, plan))
    return _dialog(request, form, _("分解指标"), node.name)


@page(allow=access.may_work, methods=("GET", "POST"))
def edit_figure(request: HttpRequest, plan_id: int) -> HttpResponse:
    """A figure in place: of a node, or of a customer in it; of a month, a quarter or the year."""
    plan = plans.plan_of(actor=request.actor, plan_id=plan_id)
    place, value, fixed, name = grids.place_of(request, plan)
    initial = {"value": grids.typed(value), "seen": grids.typed(value), "fixed": True}
    form = forms.FigureForm(request.POST or None, place=place, initial=initial)
    if request.method == "POST" and form.carry_out(
        lambda data: actions.set_figures(
            actor=request.actor, at=time.now(), plan_id=plan_id, data=SetFigures(figures=[data])
        )
    ):
        return to_page(request, _back(request, plan))
    note = grids.room_of(request, plan, place, fixed)
    return _dialog(request, form, _("填写指标"), name, note)


@page(allow=access.may_work, methods=("GET", "POST"))
def propose(request: HttpRequest, plan_id: int) -> HttpResponse:
    plan = plans.plan_of(actor=request.actor, plan_id=plan_id)
    place, value, _fixed, name = grids.place_of(request, plan)
    place = {key: place[key] for key in ("level", "period", "product_id", "territory")}
    form = forms.ProposeForm(request.POST or None, place=place)
    if request.method == "POST" and form.carry_out(
        lambda data: actions.propose_figure(actor=request.actor, at=time.now(), plan_id=plan_id, data=data)
    ):
        messages.success(request, _("反馈已提交，等上级答复。"))
        return to_page(request, _back(request, plan))
    note = _("现在的指标是 %(value)s。") % {"value": figure(value)}
    return _dialog(request, form, _("反馈指标"), name, note)


@page(allow=access.may_work, methods=("GET", "POST"))
def answer(request: HttpRequest, reply_id: int) -> HttpResponse:
    reply = access.visible_replies(request.actor).select_related("plan", "territory", "product").filter(pk=reply_id)
    found = reply.first()
    if found is None:
        raise NotFound()
    form = forms.AnswerForm(request.POST or None)
    if request.method == "POST" and form.carry_out(
        lambda data: actions.answer_reply(actor=request.actor, at=time.now(), reply_id=reply_id, data=data)
    ):
        return to_page(request, reverse("plans:plan", args=(found.plan_id,)))
    return _dialog(request, form, _("答复反馈"), f"{found.territory.name} {found.product} {found.period}")


STEPS: dict[str, tuple[Any, Any, Any]] = {
    "submission": (forms.SubmitForm, actions.submit_plan, T("提交审批")),
    "revision": (forms.ReviseForm, actions.revise_plan, T("新建一版")),
}


@page(allow=access.may_plan, methods=("GET", "POST"))
def plan_step(request: HttpRequest, plan_id: int, name: str) -> HttpResponse:
    """Submit a draft, or open the next version of the approved one."""
    plan = plans.plan_of(actor=request.actor, plan_id=plan_id)
    if name not in STEPS:
        raise NotFound()
    kind, act, title = STEPS[name]
    form = kind(request.POST or None)
    if request.method == "POST" and form.carry_out(
        lambda data: act(actor=request.actor, at=time.now(), plan_id=plan_id, data=data)
    ):
        return to_page(request, reverse("plans:plan", args=(form.result.pk,)))
    return _dialog(request, form, title, str(plan))


@page(allow=access.may_plan, methods=("POST",))
def take_back(request: HttpRequest, plan_id: int) -> HttpResponse:
    actions.take_back_plan(actor=request.actor, at=time.now(), plan_id=plan_id)
    return redirect("plans:plan", plan_id)


@page(allow=access.may_plan, methods=("POST",))
def discard(request: HttpRequest, plan_id: int) -> HttpResponse:
    actions.discard_plan(actor=request.actor, at=time.now(), plan_id=plan_id)
    messages.success(request, _("草稿已作废。"))
    return redirect("plans:list")


def _dialog(request: HttpRequest, form: Any, title: Any, subject: str, note: str = "") -> HttpResponse:
    context = {"form": form, "title": title, "subject": subject, "note": note}
    return part(request, "core/dialog.html", context, status=UNPROCESSABLE if form.errors else 200)


def _back(request: HttpRequest, plan: TargetPlan) -> str:
    """The grid as it was looked at."""
    kept = {key: request.GET[key] for key in ("level", "product", "unit") if request.GET.get(key)}
    if request.GET.get("customer"):
        kept["node"] = request.GET.get("node", "")
    query = "&".join(f"{key}={value}" for key, value in kept.items())
    return f"{reverse('plans:plan', args=(plan.pk,))}?{query}"
