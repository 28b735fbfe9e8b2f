"""Planned visits: made, moved, changed, cancelled, taken up again."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import RuleViolation, Stale
from repertory.core.states import move
from repertory.core.time import day_of
from repertory.customers.access import in_scope
from repertory.customers.models import Customer
from repertory.organisation.access import require, scope_of
from repertory.organisation.models import User
from repertory.platform.changes import Changes, apply
from repertory.platform.unit import action, emit
from repertory.visits import access
from repertory.visits.actions import writing
from repertory.visits.choices import STATUS_TRANSITIONS, Purpose, Status
from repertory.visits.events import VisitCancelled, VisitPlanned
from repertory.visits.inputs import CancelVisit, MoveVisit, NextVisit, PlanVisit, RevisePlanned
from repertory.visits.models import Companion, Visit

FARTHEST_DAYS = 400


@action
def plan_visit(*, actor: Actor, at: datetime, data: PlanVisit) -> Visit:
    """Plan to see a customer on a day, oneself or, as a superior, for somebody else."""
    require(access.may_record(actor))
    user = access.person_for(actor, data.username)
    customer, *others = writing.lock_customers(actor, data.customer_id, data.companions)
    _check_day(data.on, at)
    _check_covered(actor, user, customer)
    visit = Visit.objects.create(
        customer=customer,
        user=user,
        territory=writing.territory_of(actor, customer.pk),
        mode=str(data.mode),
        purpose=str(data.purpose),
        day=data.on,
        planned_on=data.on,
        planned_start=data.starts,
        planned_minutes=data.minutes,
        aim=data.aim,
        prepare=data.prepare,
        door=actor.door,
        created_at=at,
        updated_at=at,
    )
    Companion.objects.bulk_create(Companion(visit=visit, customer=other) for other in others)
    writing.next_contacts(actor, at, [customer.pk, *(other.pk for other in others)])
    writing.note("visit_planned", visit, {"day": ["", str(visit.day)], "aim": ["", visit.aim]})
    emit(VisitPlanned(visit.pk))
    return visit


def plan_next(actor: Actor, at: datetime, visit: Visit, wanted: NextVisit) -> Visit:
    """The next visit that was agreed on becomes a planned one; one a visit."""
    _check_day(wanted.on, at, field="next_visit.on")
    following = Visit.objects.create(
        customer=visit.customer,
        user=visit.user,
        territory_id=visit.territory_id,
        purpose=str(Purpose.FOLLOW_UP),
        day=wanted.on,
        planned_on=wanted.on,
        planned_start=wanted.starts,
        aim=wanted.aim,
        prepare=wanted.prepare,
        follows=visit,
        door=actor.door,
        created_at=at,
        updated_at=at,
    )
    writing.next_contacts(actor, at, [visit.customer_id])
    writing.note("visit_planned", following, {"day": ["", str(following.day)], "aim": ["", following.aim]})
    return following


@action
def move_visit(*, actor: Actor, at: datetime, visit_id: int, data: MoveVisit) -> Visit:
    """Put a planned visit on another day or hour, or, as a superior, into another person's calendar."""
    visit = _locked_planned(actor, visit_id, data.version)
    if data.on != visit.day:
        _check_day(data.on, at)
    values = {"day": data.on, "planned_on": data.on, "planned_start": data.starts}
    changes = apply(visit, values)
    if data.username and data.username != visit.user.username:
        user = access.person_for(actor, data.username)
        _check_covered(actor, user, visit.customer)
        changes["user"] = [visit.user.username, user.username]
        visit.user = user
        visit.plan = None
    return _save_planned(actor, at, visit, changes, "visit_moved")


@action
def revise_planned(*, actor: Actor, at: datetime, visit_id: int, data: RevisePlanned) -> Visit:
    visit = _locked_planned(actor, visit_id, data.version)
    names = {"minutes": "planned_minutes"}
    given = data.model_fields_set - {"version"}
    values = {names.get(name, name): getattr(data, name) for name in given}
    changes = apply(visit, values)
    return _save_planned(actor, at, visit, changes, "visit_revised")


@action
def cancel_visit(*, actor: Actor, at: datetime, visit_id: int, data: CancelVisit) -> Visit:
    """A planned visit will not take place; it stays in the calendar with its reason."""
    visit = access.lock_own(actor, visit_id)
    if data.version not in (None, visit.version):
        raise Stale()
    _step(visit, Status.CANCELLED, at, cancel_reason=data.reason)
    writing.next_contacts(actor, at, writing.customers_of(visit))
    writing.note("visit_cancelled", visit, {"status": ["planned", "cancelled"]}, reason=data.reason)
    emit(VisitCancelled(visit.pk))
    return visit


@action
def take_up_visit(*, actor: Actor, at: datetime, visit_id: int) -> Visit:
    """A visit that was called off is planned again, on the same day."""
    visit = access.lock_own(actor, visit_id)
    _check_day(visit.day, at)
    _step(visit, Status.PLANNED, at, cancel_reason="")
    writing.next_contacts(actor, at, writing.customers_of(visit))
    writing.note("visit_taken_up", visit, {"status": ["cancelled", "planned"]})
    return visit


def _step(visit: Visit, status: Status, at: datetime, *, cancel_reason: str) -> None:
    move(
        Visit,
        visit.pk,
        visit.status,
        status,
        STATUS_TRANSITIONS,
        cancel_reason=cancel_reason,
        updated_at=at,
        version=visit.version + 1,
    )
    visit.refresh_from_db()


def _locked_planned(actor: Actor, visit_id: int, version: int | None) -> Visit:
    visit = access.lock_own(actor, visit_id)
    if visit.status != Status.PLANNED:
        raise RuleViolation(_("只有计划中的拜访可以改。"), code="visit_not_planned")
    if version is not None and version != visit.version:
        raise Stale()
    return visit


def _save_planned(actor: Actor, at: datetime, visit: Visit, changes: Changes, verb: str) -> Visit:
    if changes:
        visit.updated_at = at
        visit.version += 1
        visit.save()
        if "day" in changes:
            writing.next_contacts(actor, at, writing.customers_of(visit))
        writing.note(verb, visit, changes)
    return visit


def _check_day(day: date, at: datetime, field: str = "on") -> None:
    today = day_of(at)
    if day < today:
        raise RuleViolation(_("不能计划在过去的日子。"), code="in_past", field=field)
    if (day - today).days > FARTHEST_DAYS:
        raise RuleViolation(_("最多计划到 %(days)s 天以后。") % {"days": FARTHEST_DAYS}, code="too_far", field=field)


def _check_covered(actor: Actor, user: User, customer: Customer) -> None:
    """A superior plans for somebody only what that person may see."""
    if user.pk == actor.user_id:
        return
    scope = scope_of(Actor(user=user, door=actor.door))
    if not in_scope(Customer.objects.filter(pk=customer.pk), scope).exists():
        raise RuleViolation(
            _("%(person)s 不负责这位客户。") % {"person": user.name}, code="not_covered", field="username"
        )


@action
def turn_next_contacts(*, actor: Actor, at: datetime) -> int:
    """At the turn of the day: customers whose planned day has passed get the next one; returns how many."""
    passed = list(Customer.objects.filter(next_contact_on__lt=day_of(at)).values_list("pk", flat=True))
    for start in range(0, len(passed), 1_000):
        writing.next_contacts(actor, at, passed[start : start + 1_000])
    return len(passed)
