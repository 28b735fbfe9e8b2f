"""Joint visits: what the superior saw, how each skill was, what the two agreed on, and what became of it."""

from datetime import datetime

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, NotAllowed, NotFound, RuleViolation
from repertory.core.time import day_of
from repertory.organisation.access import require
from repertory.platform.audit_lines import Line
from repertory.platform.unit import action, emit, record
from repertory.visits import access
from repertory.visits.choices import AgreedState, Status
from repertory.visits.events import CoachingRecorded
from repertory.visits.inputs import RecordCoaching, ReplyCoaching, Reviewed
from repertory.visits.models import AgreedAction, Coaching, SkillRating, Visit

COACHING = "coaching"


@action
def record_coaching(*, actor: Actor, at: datetime, data: RecordCoaching) -> Coaching:
    """Write down a joint visit with somebody whom one leads, and look again at what was agreed before."""
    require(access.may_lead(actor))
    person = access.led_people(actor).filter(username=data.username).first()
    if person is None:
        raise NotFound(field="username")
    if data.on > day_of(at):
        raise RuleViolation(_("不能记将来的协访。"), code="in_future", field="on")
    coaching = Coaching.objects.create(
        visit=_joined(actor, data, person.pk),
        user=person,
        coach_id=actor.user_id,
        on=data.on,
        observed=data.observed,
        strengths=data.strengths,
        improvements=data.improvements,
        at=at,
    )
    SkillRating.objects.bulk_create(
        SkillRating(coaching=coaching, skill=str(rating.skill), score=rating.score) for rating in data.ratings
    )
    AgreedAction.objects.bulk_create(
        AgreedAction(coaching=coaching, text=agreed.text, due_on=agreed.due_on) for agreed in data.agreed
    )
    for reviewed in data.reviewed:
        _review(coaching, reviewed)
    scores = {f"skill_{rating.skill}": [None, rating.score] for rating in data.ratings}
    record(Line("coaching_recorded", COACHING, coaching.pk, label=f"{person.name} {data.on}", changes=scores))
    emit(CoachingRecorded(coaching.pk))
    return coaching


@action
def reply_coaching(*, actor: Actor, at: datetime, coaching_id: int, data: ReplyCoaching) -> Coaching:
    """Who was coached reads it and answers, once."""
    coaching = _own(actor, coaching_id)
    if coaching.reply:
        raise Conflict(_("您已经回复过了。"), code="replied")
    coaching.reply = data.reply
    coaching.read_at = coaching.read_at or at
    coaching.save(update_fields=["reply", "read_at"])
    record(Line("coaching_replied", COACHING, coaching.pk, label=str(coaching.on), changes={"reply": ["", data.reply]}))
    return coaching


@action
def read_coaching(*, actor: Actor, at: datetime, coaching_id: int) -> Coaching:
    """The first time that the coached person opens it is kept."""
    coaching = access.visible_coachings(actor).filter(pk=coaching_id).select_related("user", "coach").first()
    if coaching is None:
        raise NotFound()
    if coaching.user_id == actor.user_id and coaching.read_at is None:
        coaching.read_at = at
        coaching.save(update_fields=["read_at"])
        record(Line("coaching_read", COACHING, coaching.pk, label=str(coaching.on)))
    return coaching


def _joined(actor: Actor, data: RecordCoaching, person_id: int) -> Visit | None:
    if data.visit_id is None:
        return None
    visit = access.visible_visits(actor).filter(pk=data.visit_id, user=person_id, status=Status.DONE).first()
    if visit is None:
        raise NotFound(field="visit_id")
    if visit.day != data.on:
        raise RuleViolation(_("协访日期和这次拜访的日期不一致。"), field="on")
    return visit


def _review(coaching: Coaching, reviewed: Reviewed) -> None:
    """An action agreed on at an earlier coaching of the same person gets its result; what is done is done."""
    earlier = AgreedAction.objects.filter(coaching__user=coaching.user_id, coaching__pk__lt=coaching.pk)
    row = earlier.select_for_update(of=("self",)).filter(pk=reviewed.action_id).first()
    if row is None:
        raise NotFound(field="reviewed")
    if row.state == AgreedState.DONE:
        raise Conflict(_("这项行动已经做到了。"), code="agreed_done", field="reviewed")
    row.state = str(reviewed.state)
    row.reviewed_in = coaching
    row.save()


def _own(actor: Actor, coaching_id: int) -> Coaching:
    coaching = access.visible_coachings(actor).select_for_update(of=("self",)).filter(pk=coaching_id).first()
    if coaching is None:
        raise NotFound()
    if coaching.user_id != actor.user_id:
        raise NotAllowed(_("只有被辅导的人可以回复。"))
    return coaching
