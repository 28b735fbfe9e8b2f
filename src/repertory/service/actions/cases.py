"""A case's way: opened, worked on, answered, told to the customer, perhaps opened again (M-SER-1)."""

from datetime import datetime
from typing import Any

from repertory.core.actor import Actor
from repertory.core.errors import Stale
from repertory.core.states import move
from repertory.customers.access import get_visible
from repertory.organisation.access import require
from repertory.platform.changes import apply
from repertory.platform.unit import action, emit
from repertory.service import access
from repertory.service.actions import writing
from repertory.service.actions.owners import owner_for
from repertory.service.choices import CASE_TRANSITIONS, CaseState, Channel, EscalationLevel, StepKind
from repertory.service.events import CaseAnswered, CaseOpened, CustomerTold
from repertory.service.inputs import (
    AnswerCase,
    NoteProgress,
    OpenCase,
    ReopenCase,
    ReviseCase,
    TakeCase,
    TellCustomer,
)
from repertory.service.models import Case
from repertory.service.rules import case_due, hours_of

REVISED = ("kind", "severity", "title", "text", "channel")


@action
def open_case(*, actor: Actor, at: datetime, data: OpenCase) -> Case:
    """Write down what a customer in sight asks or complains of; it is due in working time by its severity."""
    require(access.may_open(actor))
    customer = get_visible(actor, data.customer_id)
    product = writing.visible_product(actor, data.product_id)
    hours = hours_of(data.severity, opened_at=at)
    case = Case.objects.create(
        number=writing.next_number("case", at),
        kind=data.kind,
        severity=data.severity,
        customer=customer,
        product=product,
        visit_id=data.visit_id,
        title=data.title,
        text=data.text,
        channel=data.channel or (Channel.VISIT if data.visit_id else Channel.OTHER),
        owner_id=owner_for(actor, customer, data.owner, at=at),
        opened_by_id=actor.user_id,
        opened_at=at,
        clock_from=at,
        due_hours=hours,
        due_at=case_due(at, hours),
        updated_at=at,
    )
    writing.step(case, StepKind.OPENED, actor=actor, at=at, text=data.text, states=("", CaseState.OPEN))
    said = {"customer": customer.name, "kind": str(case.kind), "severity": str(case.severity), "title": case.title}
    writing.note("case_opened", case, {name: ["", value] for name, value in said.items()})
    emit(CaseOpened(case.pk, customer.pk, case.owner_id, case.due_at))
    return case


@action
def revise_case(*, actor: Actor, at: datetime, case_id: int, data: ReviseCase) -> Case:
    """Correct what was written down. Another severity moves the due time, counted from the same beginning."""
    case = access.lock_case(actor, case_id)
    if data.version is not None and data.version != case.version:
        raise Stale()
    values: dict[str, Any] = {name: getattr(data, name) for name in REVISED if name in data.model_fields_set}
    if "product_id" in data.model_fields_set:
        values["product"] = writing.visible_product(actor, data.product_id)
    changes = apply(case, values)
    if not changes:
        return case
    if "severity" in changes:
        case.due_hours = hours_of(case.severity, opened_at=case.clock_from)
        changes |= apply(case, {"due_at": case_due(case.clock_from, case.due_hours)})
    case.updated_at = at
    case.version += 1
    case.save()
    writing.step(case, StepKind.REVISED, actor=actor, at=at)
    writing.note("revised", case, changes)
    return case


@action
def take_case(*, actor: Actor, at: datetime, case_id: int, data: TakeCase) -> Case:
    """Somebody works on it now."""
    case = access.lock_case(actor, case_id)
    return _advance(case, CaseState.IN_PROGRESS, StepKind.TAKEN, "case_taken", actor=actor, at=at, text=data.text)


@action
def note_progress(*, actor: Actor, at: datetime, case_id: int, data: NoteProgress) -> Case:
    """Write down where it stands; the state stays as it is."""
    case = access.lock_case(actor, case_id)
    writing.step(case, StepKind.NOTED, actor=actor, at=at, text=data.text)
    writing.note("case_noted", case, reason=data.text)
    return case


@action
def answer_case(*, actor: Actor, at: datetime, case_id: int, data: AnswerCase) -> Case:
    """There is a result, and what it came from; the customer does not know it yet."""
    case = access.lock_case(actor, case_id)
    case = _advance(
        case,
        CaseState.ANSWERED,
        StepKind.ANSWERED,
        "case_answered",
        actor=actor,
        at=at,
        text=data.result,
        result=data.result,
        cause=data.cause,
        answered_at=at,
    )
    emit(CaseAnswered(case.pk, case.owner_id))
    return case


@action
def tell_customer(*, actor: Actor, at: datetime, case_id: int, data: TellCustomer) -> Case:
    """The customer was told; the case is closed."""
    case = access.lock_case(actor, case_id)
    case = _advance(
        case,
        CaseState.CLOSED,
        StepKind.TOLD,
        "case_told",
        actor=actor,
        at=at,
        text=data.text,
        told_at=at,
        told_how=data.how,
    )
    emit(CustomerTold(case.pk, case.customer_id))
    return case


@action
def reopen_case(*, actor: Actor, at: datetime, case_id: int, data: ReopenCase) -> Case:
    """The customer is not satisfied: the clock begins anew, with the hours of the day's rule."""
    case = access.lock_case(actor, case_id)
    hours = hours_of(case.severity, opened_at=at)
    return _advance(
        case,
        CaseState.REOPENED,
        StepKind.REOPENED,
        "case_reopened",
        actor=actor,
        at=at,
        text=data.reason,
        clock_from=at,
        due_hours=hours,
        due_at=case_due(at, hours),
        answered_at=None,
        told_at=None,
        told_how="",
        escalation=EscalationLevel.NONE,
        escalated_at=None,
    )


def _advance(
    case: Case, to: CaseState, kind: StepKind, verb: str, *, actor: Actor, at: datetime, text: str, **values: Any
) -> Case:
    old = case.state
    move(
        Case,
        case.pk,
        old,
        to,
        CASE_TRANSITIONS,
        field="state",
        version=case.version + 1,
        updated_at=at,
        **values,
    )
    writing.step(case, kind, actor=actor, at=at, text=text, states=(old, to))
    writing.note(verb, case, {"state": [str(old), str(to)]}, reason=text)
    case.refresh_from_db()
    return case
