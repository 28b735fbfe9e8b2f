"""The plan of a month: proposed from frequencies, submitted, decided on by a superior."""

from collections import defaultdict
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import NotAllowed, NotFound, RuleViolation
from repertory.core.states import move
from repertory.core.time import Days, day_of, month_of
from repertory.customers.models import Coverage, Customer
from repertory.organisation.access import require
from repertory.organisation.models import User
from repertory.platform.audit_lines import Line
from repertory.platform.changes import Changes
from repertory.platform.rules import value_on
from repertory.platform.unit import action, emit, record, record_many
from repertory.platform.workdays import working_days
from repertory.visits import access, cycle
from repertory.visits.actions import writing
from repertory.visits.choices import PLAN_TRANSITIONS, PlanState, Purpose, Status
from repertory.visits.events import PlanDecided, PlanSubmitted
from repertory.visits.inputs import DecidePlan, ProposePlan, SubmitPlan
from repertory.visits.models import Visit, VisitingHours, VisitPlan
from repertory.visits.places import places_of
from repertory.visits.queries.due import Target, seen_days, targets_of
from repertory.visits.rules import CYCLE

PLAN = "visit_plan"


@action
def propose_plan(*, actor: Actor, at: datetime, data: ProposePlan) -> VisitPlan:
    """Lay a month's visits on its working days from tomorrow on. What was planned or done already stays and counts; what
    an earlier proposal laid and nobody has touched is laid anew."""
    require(access.may_record(actor))
    person = access.person_for(actor, data.username)
    month = month_of(data.month)
    if month.end <= day_of(at):
        raise RuleViolation(_("这个月已经过去了。"), code="month_past", field="month")
    plan = _editable_plan(person, month, at)
    untouched = Visit.objects.filter(plan=plan, status=Status.PLANNED, version=1, day__gt=day_of(at))
    given_up = _give_up(untouched)
    targets = targets_of(person=person, month=month)
    result = cycle.propose(_dues(person, month, targets), _frame(month, at))
    visits = _lay(actor, at, person, plan, result)
    plan.shortfalls = _named(result.shortfalls, targets)
    plan.version += 1
    plan.save()
    writing.next_contacts(actor, at, {*given_up, *(visit.customer_id for visit in visits)})
    _note("plan_proposed", plan, {"visits": [None, len(visits)]})
    return plan


@action
def submit_plan(*, actor: Actor, at: datetime, plan_id: int, data: SubmitPlan) -> VisitPlan:
    """Ask the superior to approve one's plan of a month."""
    plan = _locked(actor, plan_id)
    if not access.may_plan_for(actor, plan.user):
        raise NotAllowed(_("只能提交自己的计划。"))
    if not plan.visits.exclude(status=Status.CANCELLED).exists():
        raise RuleViolation(_("计划里还没有拜访，请先生成或添加。"), code="plan_empty")
    _move(plan, PlanState.SUBMITTED, submitted_at=at, note=data.note, decision_note="")
    _note("plan_submitted", plan, {"state": [None, "submitted"]})
    emit(PlanSubmitted(plan.pk))
    return plan


@action
def decide_plan(*, actor: Actor, at: datetime, plan_id: int, data: DecidePlan) -> VisitPlan:
    """A superior approves the plan, or sends it back with the reason. Nobody decides on one's own."""
    plan = _locked(actor, plan_id)
    if not access.may_decide_plan(actor, plan):
        raise NotAllowed(_("计划要由上级审批，不能批自己的。"), code="own_request")
    if plan.state != PlanState.SUBMITTED:
        raise RuleViolation(_("这份计划不在等待审批。"), code="plan_not_submitted")
    if not data.approve and not data.note:
        raise RuleViolation(_("退回时请写明原因。"), field="note")
    state = PlanState.APPROVED if data.approve else PlanState.RETURNED
    _move(plan, state, decided_at=at, decided_by_id=actor.user_id, decision_note=data.note)
    _note("plan_decided", plan, {"state": ["submitted", str(state)]}, reason=data.note)
    emit(PlanDecided(plan.pk, data.approve))
    return plan


def _editable_plan(person: User, month: Days, at: datetime) -> VisitPlan:
    """The person's plan of the month, locked; made where there is none."""
    VisitPlan.objects.get_or_create(user=person, month=month.start, defaults={"created_at": at})
    plan = VisitPlan.objects.select_for_update().get(user=person, month=month.start)
    if plan.state not in (PlanState.DRAFT, PlanState.RETURNED):
        raise RuleViolation(_("已提交或已批准的计划不能重新生成，可以在日历上逐条调整。"), code="plan_closed")
    return plan


def _give_up(visits: QuerySet[Visit]) -> set[int]:
    """Take away what was proposed; returns the customers."""
    rows = list(visits.values_list("pk", "customer_id", "customer__name", "day"))
    record_many([Line("visit_dropped", writing.VISIT, row[0], row[2], {"day": [str(row[3]), ""]}) for row in rows])
    visits.delete()
    return {row[1] for row in rows}


def _dues(person: User, month: Days, targets: list[Target]) -> list[cycle.Due]:
    wanted = [target for target in targets if target.times]
    keys = [target.customer.pk for target in wanted]
    hours: dict[int, dict[int, list[cycle.Window]]] = defaultdict(lambda: defaultdict(list))
    for row in VisitingHours.objects.filter(customer__in=keys):
        hours[row.customer_id][row.weekday].append((_minutes(row.opens), _minutes(row.closes)))
    places = places_of([target.customer for target in wanted])
    seen = seen_days(person=person, days=month)
    return [
        cycle.Due(
            target.customer.pk,
            target.times,
            places.get(target.customer.pk),
            hours.get(target.customer.pk, {}),
            tuple(seen.get(target.customer.pk, ())),
        )
        for target in wanted
    ]


def _frame(month: Days, at: datetime) -> cycle.Frame:
    rule = value_on(CYCLE, month.start)
    first = max(month.start, date.fromordinal(day_of(at).toordinal() + 1))
    return cycle.Frame(
        days=tuple(working_days(first, month.end)),
        most_a_day=int(rule["most_a_day"]),
        minutes=int(rule["minutes"]),
        opens=int(rule["starts_hour"]) * 60,
        closes=int(rule["ends_hour"]) * 60,
        kilometres_per_hour=float(rule["kilometres_per_hour"]),
    )


def _lay(actor: Actor, at: datetime, person: User, plan: VisitPlan, result: cycle.Cycle) -> list[Visit]:
    keys = {call.customer_id for call in result.calls}
    covered = Coverage.objects.filter(customer__in=keys, current=True).order_by("pk")
    territories = dict(covered.values_list("customer_id", "territory_id"))
    visits = [
        Visit(
            customer_id=call.customer_id,
            user=person,
            territory_id=territories.get(call.customer_id),
            purpose=Purpose.DETAIL,
            day=call.day,
            planned_on=call.day,
            planned_start=time(call.starts // 60, call.starts % 60),
            plan=plan,
            door=actor.door,
            created_at=at,
            updated_at=at,
        )
        for call in result.calls
    ]
    Visit.objects.bulk_create(visits)
    names = dict(Customer.objects.filter(pk__in=keys).values_list("pk", "name"))
    record_many(
        [
            Line("visit_planned", writing.VISIT, visit.pk, names[visit.customer_id], {"day": ["", str(visit.day)]})
            for visit in visits
        ]
    )
    return visits


def _named(shortfalls: tuple[cycle.Shortfall, ...], targets: list[Target]) -> list[dict[str, Any]]:
    names = {target.customer.pk: target.customer.name for target in targets}
    return [
        {"customer_id": row.customer_id, "name": names[row.customer_id], "missing": row.missing, "reason": row.reason}
        for row in shortfalls
    ]


def _locked(actor: Actor, plan_id: int) -> VisitPlan:
    if not access.visible_plans(actor).filter(pk=plan_id).exists():
        raise NotFound()
    return VisitPlan.objects.select_for_update(of=("self",)).select_related("user").get(pk=plan_id)


def _move(plan: VisitPlan, state: PlanState, **changes: Any) -> None:
    move(VisitPlan, plan.pk, plan.state, state, PLAN_TRANSITIONS, field="state", version=plan.version + 1, **changes)
    plan.refresh_from_db()


def _note(verb: str, plan: VisitPlan, changes: Changes, *, reason: str = "") -> None:
    record(Line(verb, PLAN, plan.pk, label=f"{plan.user.name} {plan.month:%Y-%m}", changes=changes, reason=reason))


def _minutes(value: time) -> int:
    return value.hour * 60 + value.minute
