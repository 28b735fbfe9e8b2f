"""The shared steps of every write in plans: locks, dates, audit lines."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput, RuleViolation
from repertory.core.periods import Period, first_day
from repertory.organisation.access import require
from repertory.plans import access
from repertory.plans.choices import PlanState
from repertory.plans.models import TargetPlan, Task
from repertory.platform.audit_lines import Line
from repertory.platform.changes import Changes
from repertory.platform.unit import record

PLAN = "target_plan"
TASK = "task"
MONTHS = 12


def lock_draft(actor: Actor, plan_id: int, *, allowed: bool) -> TargetPlan:
    """The version that is being worked on, locked. RuleViolation for one that is not."""
    plan = access.lock_plan(actor, plan_id, allowed=allowed)
    if plan.state != PlanState.DRAFT:
        message = _("这一版现在是“%(state)s”，不能修改。要调整现行指标，请先新建一版并写明原因。")
        raise RuleViolation(message % {"state": plan.get_state_display()}, code="not_a_draft", field="state")
    return plan


def months_of(plan: TargetPlan, period: Period) -> list[int]:
    """The months that a period names. InvalidInput for some outside of the plan's year."""
    if period.first // 100 != plan.year or period.last // 100 != plan.year:
        message = _("期间 %(period)s 不在 %(year)s 年内。") % {"period": period.name, "year": plan.year}
        raise InvalidInput(message, code="other_year", field="period")
    return period.months


def year_of(plan: TargetPlan) -> Period:
    return Period(plan.year * 100 + 1, MONTHS)


def first_day_of(plan: TargetPlan) -> date:
    return first_day(plan.year * 100 + 1)


def touched(plan: TargetPlan, *, at: datetime) -> None:
    plan.updated_at = at
    plan.version += 1
    plan.save(update_fields=["updated_at", "version"])


def note(verb: str, plan: TargetPlan, changes: Changes | None = None, *, reason: str = "") -> None:
    record(Line(verb, PLAN, plan.pk, label=str(plan), changes=changes or {}, reason=reason[:300]))


def note_task(verb: str, task: Task, changes: Changes | None = None, *, reason: str = "") -> None:
    record(Line(verb, TASK, task.pk, label=str(task), changes=changes or {}, reason=reason[:300]))


def require_planner(actor: Actor) -> None:
    require(access.may_plan(actor), _("只有公司层面的负责人、内勤和管理员可以编制公司指标。"))
