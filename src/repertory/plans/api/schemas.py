"""What the API shows of plans, targets and tasks."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Schema

from repertory.plans.choices import TaskState
from repertory.plans.models import CustomerFigure, TargetFigure, TargetPlan, TargetReply, Task, TaskStep
from repertory.plans.queries.plans import Difference
from repertory.platform.changes import plain


class TargetPlanOut(Schema):
    """Amounts as texts of decimals, people as accounts. step: figures are multiples of it."""

    id: int
    year: int
    measure: str
    number: int
    state: str
    step: Decimal
    reason: str
    based_on: int | None
    author: str | None
    created_at: datetime
    submitted_at: datetime | None
    decided_by: str | None
    decided_at: datetime | None
    decision: str
    version: int


class Plans(Schema):
    items: list[TargetPlanOut]
    count: int


class FigureOut(Schema):
    """product, territory and customer as codes. parts: what it is broken down into."""

    id: int
    plan: int
    year: int
    measure: str
    level: str
    month: int
    product: str
    territory: str
    customer: str | None
    value: Decimal
    fixed: bool
    parts: str


class TargetFigures(Schema):
    items: list[FigureOut]
    count: int
    next: str | None


class TargetDifferenceOut(Schema):
    territory: str
    product: str
    before: Decimal
    after: Decimal
    change: Decimal


class Differences(Schema):
    items: list[TargetDifferenceOut]
    count: int


class ReplyOut(Schema):
    id: int
    plan: int
    level: str
    territory: str
    product: str
    period: str
    before: Decimal
    proposed: Decimal
    reason: str
    by: str | None
    at: datetime
    state: str
    answer: str
    decided_by: str | None
    decided_at: datetime | None


class Replies(Schema):
    items: list[ReplyOut]
    count: int


class TaskOut(Schema):
    """The period is [starts_on, ends_on). late: open after its day."""

    id: int
    owner: str
    kind: str
    starts_on: date
    ends_on: date
    due_on: date
    text: str
    goal: Decimal | None
    reached: Decimal
    unit: str
    state: str
    late: bool
    set_by: str | None
    created_at: datetime
    done_at: datetime | None
    checked_by: str | None
    checked_at: datetime | None
    version: int


class Tasks(Schema):
    items: list[TaskOut]
    count: int
    next: str | None


class TaskStepOut(Schema):
    kind: str
    at: datetime
    user: str | None
    text: str
    reached: Decimal | None


class TaskWithSteps(TaskOut):
    steps: list[TaskStepOut]


def plan(row: TargetPlan) -> dict[str, Any]:
    names = ("year", "measure", "number", "state", "reason", "created_at", "submitted_at", "decided_at", "decision")
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in (*names, "version")},
        "step": plain(row.step),
        "based_on": row.based_on_id,
        "author": _account(row.author),
        "decided_by": _account(row.decided_by),
    }


def figure(row: TargetFigure) -> dict[str, Any]:
    return _placed(row) | {"id": row.pk, "customer": None, "value": plain(row.value), "fixed": row.fixed}


def customer_figure(row: CustomerFigure) -> dict[str, Any]:
    own = {"id": row.pk, "customer": row.customer.code, "value": plain(row.value), "fixed": row.fixed}
    return _placed(row.figure) | own | {"parts": ""}


def _placed(row: TargetFigure) -> dict[str, Any]:
    return {
        "plan": row.plan_id,
        "year": row.plan.year,
        "measure": row.plan.measure,
        "level": row.level,
        "month": row.month,
        "product": row.product.code,
        "territory": row.territory.code,
        "parts": row.parts,
    }


def difference(one: Difference) -> dict[str, Any]:
    sums = {name: plain(getattr(one, name)) for name in ("before", "after", "change")}
    return {"territory": one.territory.code, "product": one.product.code, **sums}


def reply(row: TargetReply) -> dict[str, Any]:
    return {
        "id": row.pk,
        "plan": row.plan_id,
        **{name: getattr(row, name) for name in ("level", "period", "reason", "at", "state", "answer", "decided_at")},
        "territory": row.territory.code,
        "product": row.product.code,
        "before": plain(row.before),
        "proposed": plain(row.proposed),
        "by": _account(row.by),
        "decided_by": _account(row.decided_by),
    }


def task(row: Task, *, on: date) -> dict[str, Any]:
    names = ("kind", "starts_on", "ends_on", "due_on", "text", "unit", "state", "created_at", "done_at", "checked_at")
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in (*names, "version")},
        "owner": row.owner.username,
        "goal": plain(row.goal),
        "reached": plain(row.reached),
        "late": row.state == TaskState.OPEN and row.due_on < on,
        "set_by": _account(row.set_by),
        "checked_by": _account(row.checked_by),
    }


def step(row: TaskStep) -> dict[str, Any]:
    facts = {"kind": row.kind, "at": row.at, "text": row.text, "reached": plain(row.reached)}
    return {**facts, "user": _account(row.user)}


def _account(person: Any) -> str | None:
    return person.username if person is not None else None
