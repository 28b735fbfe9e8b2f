"""Adverse events: received, completed, handed over to pharmacovigilance, closed; never deleted (M-SER-2, M-LAW-5)."""

import json
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from repertory.core import crypto
from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput, NotAllowed, RuleViolation, Stale
from repertory.core.states import move
from repertory.core.time import day_of
from repertory.customers.access import get_visible
from repertory.organisation.access import require
from repertory.platform.changes import Changes
from repertory.platform.unit import action, emit
from repertory.service import access, persons
from repertory.service.actions import writing
from repertory.service.choices import EVENT_TRANSITIONS, EventState, EventStepKind
from repertory.service.events import AdverseEventCorrected, AdverseEventHandedOver, AdverseEventReceived
from repertory.service.inputs import (
    CloseEvent,
    CorrectAdverseEvent,
    EventFacts,
    FollowUp,
    HandOverEvent,
    ReportAdverseEvent,
    RevealEvent,
)
from repertory.service.models import AdverseEvent, AdverseEventRevision
from repertory.service.rules import clock_of, event_due


@action
def report_adverse_event(*, actor: Actor, at: datetime, data: ReportAdverseEvent) -> AdverseEvent:
    """Take in what was heard of an adverse event, complete or not; the legal clock runs from the first awareness of anybody
    in the company."""
    require(access.may_report_events(actor))
    customer = get_visible(actor, data.customer_id)
    event = AdverseEvent(
        customer=customer,
        case_id=_case_of(actor, data),
        visit_id=data.visit_id,
        aware_at=data.aware_at or at,
        reported_by_id=actor.user_id,
        received_at=at,
    )
    fields = _write_facts(actor, event, data, at)
    event.number = writing.next_number("adverse", at, "ADR")
    event.save(force_insert=True)
    _keep_revision(event, fields, actor=actor, at=at, reason="")
    writing.event_step(event, EventStepKind.RECEIVED, actor=actor, at=at)
    said = {"customer": customer.name, "clock": str(event.clock), "due_at": event.due_at.isoformat()}
    writing.note_event("event_received", event, {name: ["", value] for name, value in said.items()})
    emit(AdverseEventReceived(event.pk, event.due_at))
    return event


@action
def correct_adverse_event(*, actor: Actor, at: datetime, event_id: int, data: CorrectAdverseEvent) -> AdverseEvent:
    """Complete or correct a report: a new revision with its reason; the ones before stay. The clock follows what is known
    now."""
    event = access.lock_event(actor, event_id, allowed=access.may_report_events(actor))
    if data.version is not None and data.version != event.version:
        raise Stale()
    due_before = event.due_at
    if data.aware_at is not None:
        event.aware_at = data.aware_at
    before = persons.facts_of(AdverseEvent.objects.get(pk=event.pk))
    _write_facts(actor, event, data, at)
    after = persons.facts_of(event)
    fields = [name for name in after if after[name] != before[name]]
    if not fields:
        return event
    event.version += 1
    event.save()
    _keep_revision(event, fields, actor=actor, at=at, reason=data.reason)
    writing.event_step(event, EventStepKind.CORRECTED, actor=actor, at=at, text=data.reason)
    writing.note_event("event_corrected", event, _told(fields, before, after), reason=data.reason)
    if event.due_at != due_before:
        emit(AdverseEventCorrected(event.pk, event.due_at))
    return event


@action
def follow_up_event(*, actor: Actor, at: datetime, event_id: int, data: FollowUp) -> AdverseEvent:
    """Write down that what is missing, or how it went on, was asked for."""
    event = access.lock_event(actor, event_id, allowed=access.may_report_events(actor))
    writing.event_step(event, EventStepKind.FOLLOWED_UP, actor=actor, at=at, text=data.text)
    writing.note_event("event_followed_up", event)
    return event


@action
def hand_over_event(*, actor: Actor, at: datetime, event_id: int, data: HandOverEvent) -> AdverseEvent:
    """The pharmacovigilance department has it, with its receipt; from then on the legal report is theirs."""
    event = access.lock_event(actor, event_id, allowed=access.may_chase_events(actor))
    moment = data.on or at
    if not event.aware_at <= moment <= at:
        raise RuleViolation(_("移交时间不能早于首次获知，也不能晚于现在。"), field="on")
    return _advance(
        event,
        EventState.HANDED_OVER,
        EventStepKind.HANDED_OVER,
        "event_handed_over",
        actor=actor,
        at=at,
        text=data.note,
        handed_over_at=moment,
        handed_over_to=data.to,
        receipt_number=data.receipt_number,
    )


@action
def close_event(*, actor: Actor, at: datetime, event_id: int, data: CloseEvent) -> AdverseEvent:
    """Nothing more is to come. What is missing must have been chased: a report that lacks an element says why in `note`."""
    event = access.lock_event(actor, event_id, allowed=access.may_chase_events(actor))
    number = data.receipt_number or event.receipt_number
    if not number:
        raise RuleViolation(_("关闭前请填写药物警戒部门的回执编号。"), field="receipt_number")
    return _advance(
        event,
        EventState.CLOSED,
        EventStepKind.CLOSED,
        "event_closed",
        actor=actor,
        at=at,
        text=data.note,
        closed_at=at,
        receipt_number=number,
    )


@action
def reveal_persons(*, actor: Actor, at: datetime, event_id: int, data: RevealEvent) -> dict[str, str]:
    """Patient and reporter in clear, against a reason that stays in the audit trail."""
    event = access.get_event(actor, event_id)
    if not access.may_read_person(actor, event):
        raise NotAllowed(_("您的岗位不能查看患者和报告人信息。"))
    writing.note_event("revealed", event, reason=data.reason)
    return {name: persons.opened(event, name) for name in persons.PERSONAL}


def _case_of(actor: Actor, data: ReportAdverseEvent) -> int | None:
    if data.case_id is None:
        return None
    found = access.visible_cases(actor).filter(pk=data.case_id, customer_id=data.customer_id)
    if not found.exists():
        raise InvalidInput(_("没有找到这位客户的这个个案。"), code="unknown_case", field="case_id")
    return data.case_id


def _write_facts(actor: Actor, event: AdverseEvent, data: EventFacts, at: datetime) -> list[str]:
    """Set what the input carries and what follows from it; which facts it carried."""
    given = [name for name in EventFacts.model_fields if name in data.model_fields_set]
    for name in given:
        value = getattr(data, name)
        if name in persons.PERSONAL:
            if value != persons.MASK:  # the mask comes back when a report that was read is sent whole
                setattr(event, name, persons.sealed(name, value))
        elif name == "product_id":
            event.product = writing.visible_product(actor, value)
        else:
            setattr(event, name, [str(one) for one in dict.fromkeys(value)] if name == "seriousness" else value)
    if event.aware_at > at:
        raise RuleViolation(_("首次获知时间不能晚于现在。"), field="aware_at")
    if event.onset_on is not None and event.onset_on > day_of(at):
        raise RuleViolation(_("发生日期不能晚于今天。"), field="onset_on")
    event.missing = persons.missing_elements(persons.facts_of(event))
    event.clock = clock_of(seriousness=event.seriousness, expectedness=event.expectedness, outcome=event.outcome)
    event.due_at = event_due(event.aware_at, event.clock)
    event.updated_at = at
    return given


def _keep_revision(event: AdverseEvent, fields: list[str], *, actor: Actor, at: datetime, reason: str) -> None:
    last = AdverseEventRevision.objects.filter(event=event).aggregate(last=Max("number"))["last"] or 0
    content = json.dumps(persons.facts_of(event), ensure_ascii=False, sort_keys=True)
    AdverseEventRevision.objects.create(
        event=event,
        number=last + 1,
        at=at,
        user_id=actor.user_id,
        reason=reason,
        fields=fields,
        content=crypto.encrypt_text(content, purpose=persons.CONTENT),
    )


def _told(fields: list[str], before: dict[str, Any], after: dict[str, Any]) -> Changes:
    """Changes for the audit trail; of persons only that they changed."""

    def shown(name: str, value: Any) -> Any:
        return (persons.MASK if value else "") if name in persons.PERSONAL else value

    return {name: [shown(name, before[name]), shown(name, after[name])] for name in fields}


def _advance(
    event: AdverseEvent,
    to: EventState,
    kind: EventStepKind,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    text: str,
    **values: Any,
) -> AdverseEvent:
    old = event.state
    move(
        AdverseEvent,
        event.pk,
        old,
        to,
        EVENT_TRANSITIONS,
        field="state",
        version=event.version + 1,
        updated_at=at,
        **values,
    )
    writing.event_step(event, kind, actor=actor, at=at, text=text)
    writing.note_event(verb, event, {"state": [str(old), str(to)]}, reason=text)
    if to == EventState.HANDED_OVER:
        emit(AdverseEventHandedOver(event.pk))
    event.refresh_from_db()
    return event
