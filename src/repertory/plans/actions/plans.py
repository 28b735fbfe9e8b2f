"""A year's plan: drawn up, submitted, decided on, and made anew with a reason."""

from datetime import datetime
from decimal import Decimal

from django.db import connection
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, InvalidInput, RuleViolation
from repertory.core.exact import to_units
from repertory.core.money import shares
from repertory.core.periods import Period
from repertory.core.states import move
from repertory.organisation.access import require
from repertory.organisation.models import Territory
from repertory.plans import access
from repertory.plans.actions import writing
from repertory.plans.actions.figures import steps_of
from repertory.plans.actions.rows import Cell
from repertory.plans.actions.sheet import FIGURE_COLUMNS, Sheet
from repertory.plans.choices import OPEN_STATES, PLAN_TRANSITIONS, Level, Measure, PlanState
from repertory.plans.inputs import CreatePlan, ReviseFigures, Seasons, SubmitTargetPlan
from repertory.plans.models import CustomerFigure, TargetFigure, TargetPlan
from repertory.plans.nodes import Nodes
from repertory.platform.approvals.actions import request_approval, withdraw_of
from repertory.platform.approvals.queries import last_of
from repertory.platform.bulk import insert_ready, reserve_keys, roomy_cache
from repertory.platform.models import ApprovalRequest
from repertory.platform.models.approvals import RequestState
from repertory.platform.unit import action
from repertory.products.access import visible_products
from repertory.sales.queries.totals import Total, totals

HUNDRED = Decimal(100)
KIND = writing.PLAN


@action
def create_plan(*, actor: Actor, at: datetime, data: CreatePlan) -> TargetPlan:
    """Draw up the first version of a year: the company's figure of each product, laid on the months."""
    writing.require_planner(actor)
    if TargetPlan.objects.filter(year=data.year, measure=data.measure).exists():
        message = _("%(year)s 年的这种指标已经有了。要调整，请打开它新建一版。") % {"year": data.year}
        raise Conflict(message, code="plan_exists", field="year")
    plan = _open_plan(actor, at, data)
    past = totals(actor=actor, period=Period((plan.year - 1) * 100 + 1, 12), by=("product_id", "month"))
    figures = _figures(actor, plan, data, past)
    if not figures:
        message = _("去年没有销售可以推算，请直接填写各产品的年度指标。")
        raise RuleViolation(message, code="no_history", field="growth_percent")
    for level, percent in ((Level.BASE, Decimal(0)), (Level.STRETCH, data.stretch_percent)):
        if percent is not None:
            raised = {key: _raised(value, percent) for key, value in figures.items()}
            _lay_on_months(plan, level, raised, data, past)
    writing.note("target_plan_created", plan, {"products": [None, len(figures)]}, reason=data.reason)
    return plan


def _open_plan(actor: Actor, at: datetime, data: CreatePlan) -> TargetPlan:
    return TargetPlan.objects.create(
        year=data.year,
        measure=data.measure,
        number=1,
        step=data.step,
        reason=data.reason,
        author_id=actor.user_id,
        created_at=at,
        updated_at=at,
    )


def _figures(actor: Actor, plan: TargetPlan, data: CreatePlan, past: list[Total]) -> dict[int, int]:
    """Product → steps of the year: typed, or what the past and the growth make of it."""
    known = set(visible_products(actor).values_list("pk", flat=True))
    figures: dict[int, int] = {}
    if data.growth_percent is not None:
        sold: dict[int, Decimal] = {}
        for total in past:
            sold[total.key[0]] = sold.get(total.key[0], Decimal(0)) + _counted(plan, total)
        whole = {key: int(max(value, Decimal(0)) / plan.step) for key, value in sold.items() if key in known}
        figures = {key: _raised(value, data.growth_percent) for key, value in whole.items() if value}
    for number, item in enumerate(data.figures):
        if item.product_id not in known:
            message = _("没有找到这个产品，请重新选择。")
            raise InvalidInput(message, code="unknown_product", field=f"figures.{number}.product_id")
        figures[item.product_id] = steps_of(plan, item.value)
    return figures


def _raised(steps: int, percent: Decimal) -> int:
    return int((steps * (HUNDRED + percent) / HUNDRED).to_integral_value())


def _counted(plan: TargetPlan, total: Total) -> Decimal:
    return total.quantity if plan.measure == Measure.QUANTITY else total.amount


def _lay_on_months(plan: TargetPlan, level: str, figures: dict[int, int], data: CreatePlan, past: list[Total]) -> None:
    root = Territory.objects.get(depth=1)
    sheet = Sheet(plan, level, Nodes())
    node = sheet.nodes.by_key[root.pk]
    months = writing.year_of(plan).months
    for product_id, steps in figures.items():
        for month, value in zip(months, shares(steps, _seasons(plan, product_id, data, past)), strict=True):
            sheet.open_row(node, Cell(month, product_id)).value = value
    sheet.save()


def _seasons(plan: TargetPlan, product_id: int, data: CreatePlan, past: list[Total]) -> list[int]:
    if data.seasons == Seasons.WEIGHTS:
        return [to_units(weight) for weight in data.month_weights]
    sold = [0] * 12
    if data.seasons == Seasons.HISTORY:
        for total in past:
            if total.key[0] == product_id:
                sold[total.key[1] % 100 - 1] = max(0, to_units(_counted(plan, total)))
    return sold


@action
def revise_plan(*, actor: Actor, at: datetime, plan_id: int, data: ReviseFigures) -> TargetPlan:
    """Open the next version of an approved plan with the same figures, and say why; the approved one holds meanwhile."""
    old = access.lock_plan(actor, plan_id, allowed=access.may_plan(actor))
    if old.state != PlanState.APPROVED:
        raise RuleViolation(_("只有现行的一版可以调整。"), code="not_approved", field="state")
    same = TargetPlan.objects.filter(year=old.year, measure=old.measure)
    if same.filter(state__in=OPEN_STATES).exists():
        raise Conflict(_("已经有一版正在编制或审批，请先处理完那一版。"), code="version_open")
    fresh = TargetPlan.objects.create(
        year=old.year,
        measure=old.measure,
        number=max(same.values_list("number", flat=True)) + 1,
        step=old.step,
        reason=data.reason,
        based_on=old,
        author_id=actor.user_id,
        created_at=at,
        updated_at=at,
    )
    _copy_figures(old, fresh)
    writing.note("target_plan_revised", fresh, {"based_on": [None, old.number]}, reason=data.reason)
    return fresh


def _copy_figures(old: TargetPlan, fresh: TargetPlan) -> None:
    names = ("pk", "level", "month", "product_id", "territory_id", "parent_id", "parts", "value", "fixed")
    rows = list(TargetFigure.objects.filter(plan=old).order_by("pk").values_list(*names))
    keys = dict(zip((row[0] for row in rows), reserve_keys(TargetFigure, len(rows)), strict=True))
    lines = [
        (keys[pk], fresh.pk, *rest, keys.get(above), parts, to_units(value), fixed)
        for pk, *rest, above, parts, value, fixed in rows
    ]
    with roomy_cache():
        insert_ready(TargetFigure, FIGURE_COLUMNS, lines)
        with connection.cursor() as cursor:
            cursor.execute(_COPY_CUSTOMERS, [fresh.pk, old.pk])


_COPY_CUSTOMERS = """
INSERT INTO plans_customerfigure (figure_id, customer_id, value, fixed)
SELECT new.id, part.customer_id, part.value, part.fixed
FROM plans_targetfigure old
JOIN plans_targetfigure new ON new.plan_id = %s AND new.level = old.level AND new.territory_id = old.territory_id
    AND new.product_id = old.product_id AND new.month = old.month
JOIN plans_customerfigure part ON part.figure_id = old.id
WHERE old.plan_id = %s
ORDER BY new.id, part.customer_id
"""


@action
def discard_plan(*, actor: Actor, at: datetime, plan_id: int) -> None:
    """Throw away a version that never was in force."""
    writing.require_planner(actor)
    plan = writing.lock_draft(actor, plan_id, allowed=True)
    writing.note("target_plan_discarded", plan)
    CustomerFigure.objects.filter(figure__plan=plan).delete()
    TargetFigure.objects.filter(plan=plan).update(parent=None)
    TargetFigure.objects.filter(plan=plan).delete()
    plan.delete()


@action
def submit_plan(*, actor: Actor, at: datetime, plan_id: int, data: SubmitTargetPlan) -> TargetPlan:
    """Ask for approval of the version, which whoever drew it up does not give; nothing of it changes from now on."""
    plan = writing.lock_draft(actor, plan_id, allowed=access.may_plan(actor))
    if not TargetFigure.objects.filter(plan=plan).exists():
        raise RuleViolation(_("这一版还没有指标。"), code="empty", field="state")
    _advance(plan, PlanState.SUBMITTED, at=at, submitted_by_id=actor.user_id, submitted_at=at)
    request_approval(
        actor=actor,
        at=at,
        kind=KIND,
        object_id=plan.pk,
        title=str(plan),
        node=Territory.objects.get(depth=1).pk,
        reason=data.note or plan.reason,
        authors=[plan.author_id] if plan.author_id is not None else [],
    )
    writing.note("target_plan_submitted", plan, reason=data.note)
    return plan


@action
def put_plan_in_force(*, actor: Actor, at: datetime, plan_id: int) -> TargetPlan:
    """What its approval brings about: the version before makes way. Only an approved request leads here."""
    request = last_of(kind=KIND, object_id=plan_id)
    require(request is not None and request.state == RequestState.APPROVED)
    plan = TargetPlan.objects.select_for_update().get(pk=plan_id)
    before = TargetPlan.objects.select_for_update().filter(
        year=plan.year, measure=plan.measure, state=PlanState.APPROVED
    )
    for old in before.order_by("pk"):
        _advance(old, PlanState.REPLACED, at=at)
    _advance(plan, PlanState.APPROVED, at=at, decided_by_id=actor.user_id, decided_at=at)
    writing.note("target_plan_approved", plan)
    return plan


@action
def return_plan(*, actor: Actor, at: datetime, plan_id: int, reason: str) -> TargetPlan:
    """Its approval was refused or withdrawn: a draft again. Only an ended request leads here."""
    request = last_of(kind=KIND, object_id=plan_id)
    require(request is not None and request.state in (RequestState.REJECTED, RequestState.WITHDRAWN))
    plan = TargetPlan.objects.select_for_update().get(pk=plan_id)
    _advance(plan, PlanState.DRAFT, at=at, decision=reason[:300])
    writing.note("target_plan_returned", plan, reason=reason)
    return plan


@action
def take_back_plan(*, actor: Actor, at: datetime, plan_id: int) -> TargetPlan:
    """Work again on a version that nobody has decided on yet."""
    plan = access.lock_plan(actor, plan_id, allowed=access.may_plan(actor))
    withdraw_of(actor=actor, at=at, kind=KIND, object_id=plan.pk, reason=_("退回修改"))
    _advance(plan, PlanState.DRAFT, at=at)
    writing.note("target_plan_returned", plan)
    return plan


def approved(request: ApprovalRequest, *, actor: Actor, at: datetime) -> None:
    """Reaction to an approval."""
    put_plan_in_force(actor=actor, at=at, plan_id=request.object_id)


def refused(request: ApprovalRequest, *, actor: Actor, at: datetime) -> None:
    """Reaction to a refusal or a withdrawal."""
    steps = request.steps.exclude(comment="").order_by("-position")
    reason = request.ended_why or steps.values_list("comment", flat=True).first() or ""
    return_plan(actor=actor, at=at, plan_id=request.object_id, reason=reason)


def _advance(plan: TargetPlan, to: PlanState, *, at: datetime, **values: object) -> None:
    move(
        TargetPlan,
        plan.pk,
        plan.state,
        to,
        PLAN_TRANSITIONS,
        field="state",
        version=plan.version + 1,
        updated_at=at,
        **values,
    )
    plan.refresh_from_db()
