"""Facts from outside wait for a person: the public form and survey files."""

from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _
from pydantic import ValidationError

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, NotFound, RuleViolation
from repertory.core.inputs import as_invalid_input
from repertory.customers import access
from repertory.customers.actions import writing
from repertory.customers.actions.customer import revise_customer
from repertory.customers.choices import FactState, Source
from repertory.customers.fields import model_field
from repertory.customers.inputs import DecideFact, InviteToFillIn, ReviseCustomer
from repertory.customers.models import Customer, FillInInvitation, ProposedFact
from repertory.platform.changes import plain
from repertory.platform.unit import action

SALT = "customers.fill_in"
# What a customer may say of itself. Classes, codes and what we think of it are ours.
ASKED = (
    "phone",
    "email",
    "address",
    "website",
    "opening_hours",
    "title",
    "department",
    "uscc",
    "founded_on",
    "legal_form",
    "industry",
    "headcount",
    "service_area",
    "research_field",
    "favourite_conferences",
    "contact_preference",
)


@action
def invite_to_fill_in(*, actor: Actor, at: datetime, customer_id: int, data: InviteToFillIn) -> str:
    """A signed token for the public form: expires, works once, can be revoked."""
    customer = access.lock_editable(actor, customer_id)
    invitation = FillInInvitation.objects.create(
        customer=customer,
        created_at=at,
        created_by_id=actor.user_id,
        expires_at=at + timedelta(days=data.valid_days),
    )
    writing.note("invited_to_fill_in", customer, {"valid_days": [None, data.valid_days]})
    return signing.dumps(invitation.pk, salt=SALT)


@action
def revoke_invitation(*, actor: Actor, at: datetime, invitation_id: int) -> None:
    """The link stops working."""
    invitation = FillInInvitation.objects.filter(pk=invitation_id).first()
    if invitation is None:
        raise NotFound()
    customer = access.lock_editable(actor, invitation.customer_id)
    FillInInvitation.objects.filter(pk=invitation_id, revoked_at=None).update(revoked_at=at)
    writing.note("invitation_revoked", customer)


def open_invitation(token: str, *, at: datetime, lock: bool = False) -> FillInInvitation:
    """The invitation behind a token; NotFound when it is forged, expired, used or revoked: always the same answer."""
    try:
        key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise _gone() from None
    rows = FillInInvitation.objects.select_for_update(of=("self",)) if lock else FillInInvitation.objects
    invitation = rows.select_related("customer").filter(pk=key, used_at=None, revoked_at=None).first()
    if invitation is None or invitation.expires_at <= at or invitation.customer.removed_at is not None:
        raise _gone()
    return invitation


def _gone() -> NotFound:
    return NotFound(_("这个链接无效或已过期，请联系发给您链接的人。"))


@action
def receive_form(*, actor: Actor, at: datetime, token: str, values: dict[str, str]) -> int:
    """Keep what a customer filled in, field by field, for review; returns how many fields."""
    invitation = open_invitation(token, at=at, lock=True)
    count = _propose(invitation.customer, _said(values), Source.FORM, _("客户填写的表单"), at)
    invitation.used_at = at
    invitation.save(update_fields=["used_at"])
    writing.note("form_received", invitation.customer, {"fields": [None, count]})
    return count


@action
def receive_survey(*, actor: Actor, at: datetime, customer_id: int, values: dict[str, str], source_note: str) -> int:
    """Keep what a third party says of a customer, for review; returns how many fields are new."""
    customer = access.lock_editable(actor, customer_id)
    count = _propose(customer, _said(values), Source.SURVEY, source_note[:200], at)
    if count:
        writing.note("survey_received", customer, {"fields": [None, count]})
    return count


@action
def decide_fact(*, actor: Actor, at: datetime, fact_id: int, data: DecideFact) -> ProposedFact:
    """Confirm one field, which writes it into the archive, or decline it."""
    fact = ProposedFact.objects.select_for_update().filter(pk=fact_id).first()
    if fact is None:
        raise NotFound()
    access.lock_editable(actor, fact.customer_id)
    if fact.state != FactState.WAITING:
        raise Conflict(_("这一项已经处理过了。"))
    if data.accept:
        revise_customer(actor=actor, at=at, customer_id=fact.customer_id, data=_as_revision({fact.field: fact.value}))
    fact.state = FactState.CONFIRMED if data.accept else FactState.DECLINED
    fact.decided_at, fact.decided_by_id = at, actor.user_id
    fact.save()
    return fact


def _said(values: dict[str, str]) -> dict[str, str]:
    """Only fields that are asked for, only those filled in, each in the right form: InvalidInput tells which is not."""
    unknown = set(values) - set(ASKED)
    if unknown:
        raise RuleViolation(_("表单里有不能填写的字段。"), field=min(unknown))
    said = {name: value.strip() for name, value in values.items() if value.strip()}
    _as_revision(said)
    return said


def _as_revision(values: dict[str, Any]) -> ReviseCustomer:
    try:
        return ReviseCustomer.model_validate(values)
    except ValidationError as error:
        raise as_invalid_input(error) from None


def _propose(customer: Customer, said: dict[str, str], source: Source, source_note: str, at: datetime) -> int:
    profile = getattr(customer, "profile", None)
    waits = set(
        ProposedFact.objects.filter(customer=customer, state=FactState.WAITING, source=source).values_list(
            "field", "value"
        )
    )
    facts = []
    for name, value in said.items():
        if (name, value) in waits:
            continue
        attribute = model_field(name).attname  # type: ignore[attr-defined]
        holder = customer if hasattr(customer, attribute) else profile
        if holder is None or str(plain(getattr(holder, attribute)) or "") != value:
            facts.append(
                ProposedFact(
                    customer=customer,
                    field=name,
                    value=value,
                    source=source,
                    source_note=source_note,
                    received_at=at,
                )
            )
    ProposedFact.objects.bulk_create(facts)
    return len(facts)
