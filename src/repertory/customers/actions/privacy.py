"""Consent, and what follows from it: revealing a private field, withdrawing, erasing a person."""

from datetime import datetime

from django.utils.translation import gettext as _

from repertory.core import crypto
from repertory.core.actor import Actor
from repertory.core.errors import Conflict, NotAllowed, NotFound, RuleViolation
from repertory.core.time import day_of
from repertory.customers import access
from repertory.customers.actions import writing
from repertory.customers.choices import PERSON_KINDS, DateKind
from repertory.customers.consent import may_keep
from repertory.customers.events import PersonErased
from repertory.customers.fields import PRIVATE
from repertory.customers.inputs import Erase, GiveConsent, Reveal
from repertory.customers.models import Consent, Customer, Erasure, ImportantDate, Profile, ProposedFact
from repertory.organisation.access import require
from repertory.platform.actions.attachments import erase_files
from repertory.platform.models import Attachment
from repertory.platform.unit import action, emit

# Emptied when a person asks to be forgotten; the institution, the visits and the trade stay, without the person.
PERSONAL = ("phone", "email", "address", "title", "alias", "potential_evidence")
PERSONAL_PROFILE = (
    "gender",
    "education",
    "character",
    "ability",
    "interests",
    "research_field",
    "favourite_conferences",
    "communication_style",
    "contact_preference",
    "private_phone_index",
)


@action
def give_consent(*, actor: Actor, at: datetime, customer_id: int, data: GiveConsent) -> Consent:
    """Write down that a person agreed: to what, by which channel, when, how, with what evidence."""
    customer = access.lock_editable(actor, customer_id)
    if data.given_on > day_of(at):
        raise RuleViolation(_("同意日期不能晚于今天。"), field="given_on")
    consent = Consent.objects.create(customer=customer, recorded_by_id=actor.user_id, **data.model_dump())
    writing.note("consent_given", customer, {"purpose": ["", str(data.purpose)], "channel": ["", str(data.channel)]})
    return consent


@action
def withdraw_consent(*, actor: Actor, at: datetime, consent_id: int) -> Consent:
    """The person changed their mind: private fields that no other consent covers are emptied at once."""
    consent = Consent.objects.filter(pk=consent_id).first()
    if consent is None:
        raise NotFound()
    customer = access.lock_editable(actor, consent.customer_id)
    if consent.withdrawn_on is not None:
        raise Conflict(_("这项同意已经撤回过了。"))
    consent.withdrawn_on = day_of(at)
    consent.save(update_fields=["withdrawn_on"])
    writing.note("consent_withdrawn", customer, {"channel": [consent.channel, ""]})
    left = list(Consent.objects.filter(customer=customer))
    profile = Profile.objects.filter(customer=customer).first()
    uncovered = [name for name in PRIVATE if not may_keep(name, left, on=day_of(at))]
    changes, profile = writing.apply(customer, profile, dict.fromkeys(uncovered, "") if profile else {})
    if "birthday" in uncovered:
        ImportantDate.objects.filter(customer=customer, kind=DateKind.BIRTHDAY).delete()
    if changes and profile is not None:
        profile.save()
        writing.save_revision(customer, at)
        writing.note("private_emptied", customer, changes)
    return consent


@action
def reveal_private(*, actor: Actor, at: datetime, customer_id: int, data: Reveal) -> str:
    """The private value in clear, against a reason that stays in the audit trail."""
    customer = access.get_visible(actor, customer_id)
    if not access.may_read_private(actor, customer_id):
        raise NotAllowed(_("您的岗位不能查看私人信息。"))
    profile = Profile.objects.filter(customer=customer).first()
    sealed = getattr(profile, data.field, None)
    writing.note("revealed", customer, {"field": [None, data.field]}, reason=data.reason)
    return crypto.decrypt_text(sealed, purpose=data.field) if sealed else ""


@action
def log_opening(*, actor: Actor, at: datetime, customer: Customer) -> None:
    """Who opened which archive: one that was just read within the person's scope."""
    writing.note("opened", customer)


@action
def erase_person(*, actor: Actor, at: datetime, customer_id: int, data: Erase) -> Erasure:
    """A person asked to be forgotten: personal data goes for good, the anonymous row keeps history together."""
    require(access.may_lead(actor))
    customer = access.lock_editable(actor, customer_id, only=access.LEADERS)
    if customer.kind not in PERSON_KINDS:
        raise RuleViolation(_("只有个人可以要求删除个人信息。"))
    profile = Profile.objects.filter(customer=customer).first()
    writing.set_name(customer, _("已删除个人信息"))
    for name in PERSONAL:
        setattr(customer, name, "")
    customer.longitude = customer.latitude = None
    customer.custom = {}
    if profile is not None:
        for name in PERSONAL_PROFILE:
            setattr(profile, name, "")
        for name in PRIVATE:
            setattr(profile, name, None)
        profile.save()
    for related in (customer.important_dates, customer.influences, customer.influenced_by):
        related.all().delete()
    ProposedFact.objects.filter(customer=customer).delete()
    Consent.objects.filter(customer=customer, withdrawn_on=None).update(withdrawn_on=day_of(at), evidence="")
    writing.score_completeness(customer, profile)
    writing.save_revision(customer, at)
    writing.reindex(customer)
    merged = Customer.objects.filter(merged_into=customer).values_list("pk", flat=True)
    keys = (customer.pk, *merged)
    own = Attachment.objects.filter(object_type=writing.CUSTOMER, object_id__in=keys)
    erase_files(actor=actor, at=at, files=own)
    writing.note("erased", customer, reason=data.reason)
    emit(PersonErased(keys))
    return Erasure.objects.create(customer=customer, at=at, reason=data.reason, user_id=actor.user_id)


def masked(profile: Profile | None, name: str) -> str:
    """What a page shows instead of a private value: whether there is one."""
    return writing.MASK if profile is not None and getattr(profile, name) else ""
