"""This year's plan of the demo company: broken down, approved, made anew after a reason, approved again; and some tasks."""

from datetime import datetime, timedelta
from decimal import Decimal

from repertory.core.actor import Actor, Door, system_actor
from repertory.core.periods import read_period
from repertory.core.time import day_of, week_of
from repertory.organisation.access import visible_people
from repertory.organisation.models import Territory, User
from repertory.plans import actions
from repertory.plans.inputs import (
    BreakDown,
    CheckTask,
    CommentTask,
    CreatePlan,
    FinishTask,
    NoteTask,
    OpenTask,
    ProposeFigure,
    ReviseFigures,
    SetFigure,
    SetFigures,
    SubmitTargetPlan,
    YearFigure,
)
from repertory.plans.models import TargetPlan, Task
from repertory.platform.approvals.actions import approve_step
from repertory.platform.approvals.inputs import ApproveStep
from repertory.platform.approvals.queries import last_of
from repertory.products.models import Product
from repertory.sales.queries.totals import totals

SEASONS = [Decimal(weight) for weight in (8, 6, 9, 8, 8, 9, 8, 8, 9, 8, 9, 10)]
GROWTH = Decimal("1.12")
NEW_PRODUCT = Decimal(2_000_000)
FOUND_DAYS_AGO = 120
REVISED_DAYS_AGO = 40
TASKS = (
    ("week", "本周走访辖区内两家断货医院，确认补货日期", 2, "家", "checked"),
    ("week", "整理重点医院药事会时间表", None, "", "done"),
    ("month", "每家 A 类医院至少开一场科室会", 4, "场", "open"),
    ("month", "回访上月新开户药店", 6, "家", "lagging"),
    ("quarter", "完成辖区内分销协议续签", 3, "份", "open"),
)


def build_plans(*, at: datetime) -> None:
    """Drawn up by finance from typed figures, approved by the manager of the company; a draft of the next version waits."""
    finance, boss = _person("finance"), _person("manager")
    then = at - timedelta(days=FOUND_DAYS_AGO)
    plan = _draw_up(finance, then)
    _approve(finance, boss, then, plan.pk)
    later = at - timedelta(days=REVISED_DAYS_AGO)
    second = actions.revise_plan(
        actor=finance, at=later, plan_id=plan.pk, data=ReviseFigures(reason="集采扩围，下调部分产品下半年指标")
    )
    _lower(finance, later, second)
    _approve(finance, boss, later, second.pk)
    third = actions.revise_plan(
        actor=finance, at=at, plan_id=second.pk, data=ReviseFigures(reason="新医院准入，四季度上调")
    )
    _answer_back(at, third)
    _tasks(at)


def _person(username: str) -> Actor:
    return Actor(user=User.objects.get(username=username), door=Door.COMMAND)


def _products() -> list[Product]:
    return list(Product.objects.filter(stage="on_sale", removed_at=None).order_by("pk"))


def _draw_up(finance: Actor, at: datetime) -> TargetPlan:
    last_year = totals(actor=system_actor(), period=read_period(str(at.year - 1)), by=("product_id",))
    sold = {total.key[0]: total.amount for total in last_year}
    figures = [
        YearFigure(product_id=product.pk, value=round(sold.get(product.pk, NEW_PRODUCT) * GROWTH, -4))
        for product in _products()
    ]
    data = CreatePlan(
        year=at.year,
        figures=figures,
        stretch_percent=Decimal(12),
        seasons="weights",
        month_weights=SEASONS,
        reason="年度经营计划",
    )
    plan = actions.create_plan(actor=finance, at=at, data=data)
    root = Territory.objects.get(depth=1).code
    for level, depth in (("base", "customers"), ("stretch", "all_nodes")):
        down = BreakDown(territory=root, level=level, depth=depth, method="history")
        actions.break_down(actor=finance, at=at, plan_id=plan.pk, data=down)
    return plan


def _approve(finance: Actor, boss: Actor, at: datetime, plan_id: int) -> None:
    actions.submit_plan(actor=finance, at=at, plan_id=plan_id, data=SubmitTargetPlan())
    request = last_of(kind="target_plan", object_id=plan_id)
    approve_step(actor=boss, at=at, request_id=request.pk, data=ApproveStep(version=request.version))


def _lower(finance: Actor, at: datetime, plan: TargetPlan) -> None:
    """The second half of the year of two products, for the company; everybody below shares it."""
    root = Territory.objects.get(depth=1).code
    figures = [
        SetFigure(period=f"{plan.year}-{quarter}", product_id=product.pk, territory=root, value=value, fixed=False)
        for product in _products()[:2]
        for quarter, value in (("Q3", Decimal(5_200_000)), ("Q4", Decimal(5_000_000)))
    ]
    actions.set_figures(actor=finance, at=at, plan_id=plan.pk, data=SetFigures(figures=figures))


def _answer_back(at: datetime, plan: TargetPlan) -> None:
    """A supervisor finds the district's fourth quarter too high."""
    supervisor = _person("supervisor01")
    node = Territory.objects.filter(assignments__user=supervisor.user).order_by("pk").first()
    data = ProposeFigure(
        period=f"{plan.year}-Q4",
        product_id=_products()[0].pk,
        territory=node.code,
        value=Decimal(200_000),
        reason="两家重点医院明年一月才开药事会",
    )
    actions.propose_figure(actor=supervisor, at=at, plan_id=plan.pk, data=data)


def _tasks(at: datetime) -> None:
    supervisor = _person("supervisor01")
    people = visible_people(supervisor).filter(assignments__role="rep").order_by("username").distinct()[:3]
    for person in people:
        rep = Actor(user=person, door=Door.COMMAND)
        for kind, text, goal, unit, state in TASKS:
            _task(
                at,
                supervisor,
                rep,
                OpenTask(owner=person.username, kind=kind, on=_day(at, state), text=text, goal=goal, unit=unit),
                state,
            )


def _day(at: datetime, state: str):
    back = {"checked": 14, "lagging": 45}.get(state, 0)
    return week_of(day_of(at - timedelta(days=back))).start


def _task(at: datetime, supervisor: Actor, rep: Actor, data: OpenTask, state: str) -> None:
    """One task as far as it has come."""
    opened = at - timedelta(days=1)
    task: Task = actions.open_task(actor=supervisor, at=opened, data=data)
    if state == "checked":
        actions.finish_task(actor=rep, at=at, task_id=task.pk, data=FinishTask(text="两家都已补货", reached=data.goal))
        actions.check_task(actor=supervisor, at=at, task_id=task.pk, data=CheckTask(accept=True, text="很好"))
    elif state == "done":
        actions.finish_task(actor=rep, at=at, task_id=task.pk, data=FinishTask(text="已整理成表"))
    elif data.goal:
        actions.note_task(actor=rep, at=at, task_id=task.pk, data=NoteTask(text="进行中", reached=Decimal(1)))
        actions.comment_task(actor=supervisor, at=at, task_id=task.pk, data=CommentTask(text="注意进度"))
