"""What took place: a visit is recorded, a planned one completed, its minutes mended."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, RuleViolation, Stale
from repertory.core.related import keep_related
from repertory.core.time import day_of
from repertory.customers.actions.contacts import note_contact
from repertory.customers.models import Customer
from repertory.organisation.access import require
from repertory.organisation.models import User
from repertory.platform.changes import Changes, apply
from repertory.platform.unit import action, emit
from repertory.visits import access
from repertory.visits.actions import details, writing
from repertory.visits.actions.photos import keep_photos
from repertory.visits.actions.planning import plan_next
from repertory.visits.actions.texts import check_texts
from repertory.visits.choices import STATUS_TRANSITIONS, Status
from repertory.visits.events import VisitDone
from repertory.visits.inputs import AmendVisit, BringInVisit, CompleteVisit, Happened, RecordVisit, moment_of
from repertory.visits.models import Companion, Visit
from repertory.visits.permission import check_consent, check_permission
from repertory.visits.rules import EntryTerms, entry_terms

MINUTES = ("subject", "focus", "questions", "consensus", "disagreement", "next_step")
# A phone's clock may be a little ahead.
AHEAD_SECONDS = 600


@action
def record_visit(*, actor: Actor, at: datetime, data: RecordVisit, photos: Sequence[File] = ()) -> Visit:
    """Record a visit that nobody had planned. The same person sees a customer only once at the same minute."""
    require(access.may_record(actor))
    visit = _record(actor, at, access.person_for(actor, ""), data)
    keep_photos(actor, at, visit, photos)
    return visit


@action
def bring_in_visit(*, actor: Actor, at: datetime, data: BringInVisit) -> Visit:
    """Take over a visit of somebody whom one leads from a file, of any past day; it is marked late like any other."""
    require(access.may_import(actor))
    return _record(actor, at, access.person_for(actor, data.username), data, however_old=True)


@action
def complete_visit(
    *, actor: Actor, at: datetime, visit_id: int, data: CompleteVisit, photos: Sequence[File] = ()
) -> Visit:
    """Record what became of a planned visit; its day is the one on which it took place."""
    visit = access.lock_own(actor, visit_id)
    if data.version is not None and data.version != visit.version:
        raise Stale()
    if visit.status == Status.DONE:
        raise Conflict(_("这次拜访已经完成了。"), code="visit_done")
    if Status.DONE not in STATUS_TRANSITIONS[visit.status]:
        raise RuleViolation(_("这次拜访已取消，请另录一次。"), code="visit_cancelled")
    terms = entry_terms(at)
    visited_on = _day(data, at, terms)
    check_texts(data.texts, answer=data.adverse_event, confirmed=data.prescription_text_confirmed, on=visited_on)
    before = writing.customers_of(visit)
    visit.customer, *others = writing.lock_customers(actor, visit.customer_id, data.companions)
    for name, value in _facts(actor, at, data, visited_on, terms).items():
        setattr(visit, name, value)
    visit.status = Status.DONE
    visit.version += 1
    visit.save()
    visit.companions.all().delete()
    _finish(actor, at, visit, others, data, planned=True)
    keep_photos(actor, at, visit, photos)
    writing.next_contacts(actor, at, {*before, visit.customer_id, *(other.pk for other in others)})
    return visit


@action
def amend_visit(*, actor: Actor, at: datetime, visit_id: int, data: AmendVisit) -> Visit:
    """Mend the minutes of one's own visit while its day is still open, and take back what was not given; the trail keeps
    what stood there."""
    visit = access.lock_own(actor, visit_id)
    if visit.status != Status.DONE:
        raise RuleViolation(_("还没有完成的拜访没有记录可改。"), code="visit_not_done")
    if data.version is not None and data.version != visit.version:
        raise Stale()
    if visit.day < entry_terms(at).first_open_day:
        raise RuleViolation(_("这次拜访的日期已过录入期限，不能再改。"), code="period_closed")
    return _mend(visit, at, data, taken_back=details.take_back(actor, at, visit, data))


@action
def update_brought_in(*, actor: Actor, at: datetime, visit_id: int, data: AmendVisit) -> Visit:
    """Bring the minutes of a visit up to date from a file: of somebody whom one leads, of any past day."""
    require(access.may_import(actor))
    access.person_for(actor, access.get_visible(actor, visit_id).user.username)
    visit = Visit.objects.select_for_update(of=("self",)).select_related("customer", "user").get(pk=visit_id)
    return _mend(visit, at, data)


def _mend(visit: Visit, at: datetime, data: AmendVisit, *, taken_back: list[str] | None = None) -> Visit:
    """Write what is given and different; only what is new is asked about."""
    given = {name: getattr(data, name) for name in data.model_fields_set if name in MINUTES}
    values = {name: text for name, text in given.items() if text != getattr(visit, name)}
    answer = data.adverse_event or visit.adverse_event
    check_texts(values, answer=answer, confirmed=data.prescription_text_confirmed, on=visit.day)
    changes = apply(visit, values | {"adverse_event": str(answer)})
    if taken_back:
        changes["taken_back"] = ["", taken_back]
    if changes:
        visit.version += 1
        visit.updated_at = at
        visit.save()
        writing.note("visit_amended", visit, changes)
    return visit


def _record(actor: Actor, at: datetime, user: User, data: RecordVisit, *, however_old: bool = False) -> Visit:
    customer, *others = writing.lock_customers(actor, data.customer_id, data.companions)
    terms = entry_terms(at)
    visited_on = _past_day(data, at) if however_old else _day(data, at, terms)
    check_texts(data.texts, answer=data.adverse_event, confirmed=data.prescription_text_confirmed, on=visited_on)
    starts_at = moment_of(data.starts_at)
    same = Visit.objects.filter(customer=customer, day=visited_on, user=user, starts_at=starts_at)
    if same.exists():
        raise Conflict(_("这次拜访已经录过了：同一时间、同一客户。"), code="visit_exists", field="starts_at")
    visit = Visit(
        customer=customer,
        user=user,
        territory=writing.territory_of(actor, customer.pk),
        created_at=at,
        **_facts(actor, at, data, visited_on, terms),
    )
    visit.status = Status.DONE
    visit.save(force_insert=True)
    _finish(actor, at, visit, others, data, planned=False)
    return visit


def _past_day(data: Happened, at: datetime) -> date:
    """The day of the visit; RuleViolation where it lies in the future."""
    if (data.starts_at - at).total_seconds() > AHEAD_SECONDS:
        raise RuleViolation(_("拜访时间在将来，请检查手机的日期和时间。"), code="in_future", field="starts_at")
    return day_of(data.starts_at)


def _day(data: Happened, at: datetime, terms: EntryTerms) -> date:
    """The day of the visit: not in the future, not before the period that is still open."""
    visited_on = _past_day(data, at)
    if visited_on < terms.first_open_day:
        message = _("%(day)s 之前的拜访已过录入期限。") % {"day": terms.first_open_day}
        raise RuleViolation(message, code="period_closed", field="starts_at")
    return visited_on


def _facts(actor: Actor, at: datetime, data: Happened, visited_on: date, terms: EntryTerms) -> dict[str, Any]:
    late = terms.is_late(visited_on, at)
    return {
        **{name: getattr(data, name) for name in MINUTES},
        "mode": str(data.mode),
        "purpose": str(data.purpose),
        "day": visited_on,
        "starts_at": moment_of(data.starts_at),
        "ends_at": moment_of(data.ends_at) if data.ends_at else None,
        "late": late,
        "late_reason": data.late_reason if late else "",
        "adverse_event": str(data.adverse_event),
        "door": str(actor.door),
        "recorded_at": at,
        "updated_at": at,
    }


def _accompany(visit: Visit, others: list[Customer]) -> list[Companion]:
    return Companion.objects.bulk_create(Companion(visit=visit, customer=other) for other in others)


def _finish(actor: Actor, at: datetime, visit: Visit, others: list[Customer], data: Happened, *, planned: bool) -> None:
    """What hangs at the visit, the archives' last contact, the visit that follows, the trail, the event."""
    check_consent(visit.customer, visit.mode, visit.day)
    check_permission(visit.user, visit.customer, mode=visit.mode, on=visit.day)
    keep_related(visit, "companions", _accompany(visit, others))
    details.keep_products(actor, visit, data)
    details.keep_positions(visit, data)
    details.hand_over(actor, at, visit, data)
    seen = [visit.customer_id, *(other.pk for other in others)]
    note_contact(actor=actor, at=at, customer_ids=seen, on=visit.day)
    if data.next_visit is not None:
        plan_next(actor, at, visit, data.next_visit)
    changes: Changes = {"day": ["", str(visit.day)], "mode": ["", visit.mode]}
    if visit.late:
        changes["late"] = [False, True]
    writing.note("visit_completed" if planned else "visit_recorded", visit, changes, reason=visit.late_reason)
    emit(VisitDone(visit.pk, visit.customer_id, visit.user_id, visit.day))
