"""E-mails from approved templates: written down as a visit and a contact, sent by the outbox, once."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, NotAllowed, NotFound, RuleViolation
from repertory.core.time import day_of
from repertory.customers.access import get_visible
from repertory.materials.access import reported_versions
from repertory.materials.choices import MaterialKind
from repertory.materials.models import MaterialVersion
from repertory.organisation.access import require
from repertory.platform.actions import outbox
from repertory.platform.unit import action, emit
from repertory.visits import access
from repertory.visits.actions import writing
from repertory.visits.actions.recording import record_visit
from repertory.visits.choices import EventAnswer, Mode
from repertory.visits.emailing import Letter, check_email, letter_of
from repertory.visits.events import EmailQueued
from repertory.visits.inputs import Handed, RecordVisit, SendEmail
from repertory.visits.models import Visit, VisitEmail

LONGEST_SUBJECT = 200


@action
def send_email(*, actor: Actor, at: datetime, data: SendEmail) -> Visit:
    """Write to a customer from a template that may be used today, with consent for the channel. It is a visit by e-mail and
    a copy of the template given; the letter goes out after the commit."""
    require(access.may_record(actor))
    customer = get_visible(actor, data.customer_id)
    if VisitEmail.objects.filter(uid=data.uid).exists():
        raise _sent_already()
    person = access.person_for(actor, "")
    check_email(customer, on=day_of(at))
    template = _template(actor, data.version_id)
    letter = letter_of(person, customer, template)
    visit = record_visit(actor=actor, at=at, data=_as_visit(data, letter, at))
    _queue(visit, template, letter, data, at)
    writing.note("visit_email_queued", visit, {"template": ["", str(template)]})
    emit(EmailQueued(visit.pk))
    return visit


@action
def claim_emails(*, actor: Actor, at: datetime) -> list[VisitEmail]:
    """Take the letters that are to go out now, each by one worker only."""
    _system_only(actor)
    rows = VisitEmail.objects.select_related("visit__customer", "visit__user", "template__file")
    return outbox.claim(rows, at=at)


@action
def settle_emails(*, actor: Actor, at: datetime, rows: Collection[VisitEmail], state: str, problem: str = "") -> None:
    """Write down how a sending went."""
    _system_only(actor)
    outbox.settle(VisitEmail.objects.all(), rows, at=at, state=state, problem=problem)


def _template(actor: Actor, version_id: int) -> MaterialVersion:
    """Whether it may be used today is asked when it is given."""
    rows = reported_versions(actor).select_related("material").filter(pk=version_id)
    template = rows.first()
    if template is None:
        raise NotFound(field="version_id")
    if template.material.kind != MaterialKind.EMAIL:
        raise RuleViolation(_("这份资料不是邮件模板，请另选。"), code="not_an_email", field="version_id")
    return template


def _as_visit(data: SendEmail, letter: Letter, at: datetime) -> RecordVisit:
    """The words were approved, so nobody is asked about them."""
    return RecordVisit(
        customer_id=data.customer_id,
        mode=Mode.EMAIL,
        purpose=data.purpose,
        subject=letter.subject[:LONGEST_SUBJECT],
        starts_at=at,
        materials=[Handed(version_id=data.version_id)],
        adverse_event=EventAnswer.NONE,
        prescription_text_confirmed=True,
    )


def _queue(visit: Visit, template: MaterialVersion, letter: Letter, data: SendEmail, at: datetime) -> None:
    row = VisitEmail(visit=visit, uid=data.uid, template=template, send_at=at)
    row.address, row.subject, row.body = letter.address, letter.subject, letter.body
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise _sent_already() from None


def _sent_already() -> Conflict:
    return Conflict(_("这封邮件已经发过了。"), code="email_sent_already")


def _system_only(actor: Actor) -> None:
    if not actor.is_system:
        raise NotAllowed(_("邮件由系统自己发送。"))
