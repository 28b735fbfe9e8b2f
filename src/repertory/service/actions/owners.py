"""Whose case it is: chosen when it is opened, given to somebody else, or following the customer to its new rep (M-ORG-4)."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from repertory.core.actor import Actor, Door
from repertory.core.errors import InvalidInput, NotAllowed
from repertory.core.time import day_of
from repertory.customers.access import in_scope
from repertory.customers.events import CustomersReassigned
from repertory.customers.models import Customer
from repertory.customers.queries.carers import carers_of
from repertory.organisation.access import has_role, may_write, require, scope_of
from repertory.organisation.choices import Role
from repertory.organisation.models import User
from repertory.platform.unit import action, emit
from repertory.service import access
from repertory.service.actions import writing
from repertory.service.choices import UNFINISHED, StepKind
from repertory.service.events import CasesHandedOver
from repertory.service.inputs import AssignCase
from repertory.service.models import Case


def owner_for(actor: Actor, customer: Customer, wanted: str | None, *, at: datetime) -> int | None:
    """Who owns a new case: whom the input names, else the rep who opens it, else the customer's rep, else who opens it."""
    if wanted:
        return _person(customer, wanted).pk
    if actor.user_id is not None and has_role(actor, Role.REP):
        return actor.user_id
    return carers_of(customer_ids=[customer.pk], on=day_of(at)).get(customer.pk, actor.user_id)


def _person(customer: Customer, username: str) -> User:
    """Somebody who may work on cases of this customer."""
    person = User.objects.filter(username=username, is_active=True).first()
    if person is None:
        message = _("没有账号“%(name)s”，或者已停用。") % {"name": username}
        raise InvalidInput(message, code="unknown_person", field="owner")
    if not _works_on(person, customer):
        message = _("“%(name)s”不负责这位客户，不能接手，请选别人。") % {"name": person.name}
        raise InvalidInput(message, code="out_of_scope", field="owner")
    return person


def _works_on(person: User, customer: Customer) -> bool:
    them = Actor(user=person, door=Door.JOB)
    return may_write(them) and in_scope(Customer.objects.filter(pk=customer.pk), scope_of(them)).exists()


@action
def assign_case(*, actor: Actor, at: datetime, case_id: int, data: AssignCase) -> Case:
    """Give a case to somebody who sees its customer: by its owner, or by a superior."""
    case = access.lock_case(actor, case_id)
    if not access.may_give_away(actor, case):
        raise NotAllowed(_("只有负责人本人和上级可以把个案交给别人。"))
    person = _person(Customer.objects.get(pk=case.customer_id), data.owner)
    if person.pk != case.owner_id:
        _give(case, person.pk, actor=actor, at=at, text=data.reason)
    return case


@action
def hand_over_cases(*, actor: Actor, at: datetime, customer_ids: Collection[int] | None = None) -> int:
    """Unfinished cases whose owner no longer looks after the customer go to whoever does now; returns how many. Of these
    customers, or of all in the actor's sight."""
    require(access.may_assign(actor))
    cases = access.visible_cases(actor)
    return _hand_over(cases if customer_ids is None else cases.filter(customer_id__in=customer_ids), actor, at)


def follow_reassignment(event: CustomersReassigned, *, actor: Actor, at: datetime) -> None:
    """Reaction: open cases go with the customers. What begins on a later day follows with that day's nightly sweep."""
    if event.on <= day_of(at):
        _hand_over(Case.objects.filter(customer_id__in=event.customer_ids), actor, at)


def _hand_over(cases: QuerySet[Case], actor: Actor, at: datetime) -> int:
    unfinished = Case.objects.select_for_update(of=("self",)).filter(pk__in=cases.values("pk"), state__in=UNFINISHED)
    lost = _lost(list(unfinished.order_by("pk")))
    new = carers_of(customer_ids={case.customer_id for case in lost}, on=day_of(at))
    moved = []
    for case in lost:
        owner = new.get(case.customer_id)
        if owner != case.owner_id:
            _give(case, owner, actor=actor, at=at, text=_("客户换了负责人，个案随之移交。"))
            moved.append(case.pk)
    if moved:
        emit(CasesHandedOver(tuple(moved)))
    return len(moved)


def _lost(cases: list[Case]) -> list[Case]:
    """Those without an owner, and those whose owner left or does not see the customer any more."""
    by_owner: dict[int | None, list[Case]] = {}
    for case in cases:
        by_owner.setdefault(case.owner_id, []).append(case)
    people = User.objects.in_bulk([key for key in by_owner if key is not None])
    lost = by_owner.pop(None, [])
    for owner_id, own in by_owner.items():
        kept = _kept(people[owner_id], {case.customer_id for case in own})  # type: ignore[index]
        lost += [case for case in own if case.customer_id not in kept]
    return sorted(lost, key=lambda case: case.pk)


def _kept(person: User, customer_ids: set[int]) -> set[int]:
    """Which of the customers the person still works on."""
    them = Actor(user=person, door=Door.JOB)
    if not person.is_active or not may_write(them):
        return set()
    return set(in_scope(Customer.objects.filter(pk__in=customer_ids), scope_of(them)).values_list("pk", flat=True))


def _give(case: Case, owner_id: int | None, *, actor: Actor, at: datetime, text: str) -> None:
    names = dict(
        User.objects.filter(pk__in=[key for key in (case.owner_id, owner_id) if key]).values_list("pk", "name")
    )
    old, new = names.get(case.owner_id or 0, ""), names.get(owner_id or 0, "")
    case.owner_id = owner_id
    case.updated_at = at
    case.version += 1
    case.save(update_fields=["owner", "updated_at", "version"])
    said = _("%(old)s → %(new)s") % {"old": old or _("无人"), "new": new or _("无人")}
    writing.step(case, StepKind.ASSIGNED, actor=actor, at=at, text=f"{said} {text}".strip())
    writing.note("case_assigned", case, {"owner": [old, new]}, reason=text)
