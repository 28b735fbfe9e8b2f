"""How often whom, and when a customer can be seen."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, NotFound, RuleViolation
from repertory.core.time import day_of
from repertory.customers import access as customers
from repertory.customers.choices import PERSON_KINDS
from repertory.customers.models import Customer
from repertory.organisation.access import require
from repertory.platform.audit_lines import Line
from repertory.platform.changes import apply
from repertory.platform.unit import action, record
from repertory.visits import access
from repertory.visits.inputs import RecordInstitutionConsent, SetFrequency, SetHours, SetInstitutionTerms
from repertory.visits.models import CallFrequency, InstitutionConsent, InstitutionTerms, VisitingHours

FREQUENCY = "call_frequency"


@action
def set_frequency(*, actor: Actor, at: datetime, data: SetFrequency) -> CallFrequency:
    """From a day on, whom to see how often; a rule of the same day is replaced."""
    require(access.may_set_frequencies(actor))
    key: dict[str, Any] = {
        "kind": str(data.kind),
        "tier": str(data.tier),
        "role": str(data.role),
        "starts_on": data.starts_on,
    }
    old = CallFrequency.objects.select_for_update().filter(**key).first()
    row, _created = CallFrequency.objects.update_or_create(
        **key, defaults={"per_month": data.per_month, "note": data.note}
    )
    before = None if old is None else str(old.per_month)
    _note("frequency_set", row, before, str(data.per_month))
    return row


@action
def drop_frequency(*, actor: Actor, at: datetime, frequency_id: int) -> None:
    """Take away a rule that has not begun; what held once stays for the months in which it held."""
    require(access.may_set_frequencies(actor))
    row = CallFrequency.objects.select_for_update().filter(pk=frequency_id).first()
    if row is None:
        raise NotFound()
    if row.starts_on <= day_of(at):
        raise RuleViolation(_("已经生效的频率不能删除，请从新的一天起另设一条。"), code="frequency_begun")
    _note("frequency_dropped", row, str(row.per_month), None)
    row.delete()


@action
def set_hours(*, actor: Actor, at: datetime, customer_id: int, data: SetHours) -> VisitingHours:
    """When a customer can be seen on a weekday; stretches of one day do not overlap."""
    customer = customers.lock_editable(actor, customer_id)
    same_day = VisitingHours.objects.filter(customer=customer, weekday=data.weekday)
    if same_day.filter(opens__lt=data.closes, closes__gt=data.opens).exists():
        raise Conflict(_("这段时间和已有的时间重叠，请先删除旧的。"), code="hours_overlap", field="opens")
    row = VisitingHours.objects.create(customer=customer, **data.model_dump())
    hours = f"{data.weekday + 1} {data.opens:%H:%M}-{data.closes:%H:%M}"
    record(Line("hours_set", "customer", customer.pk, label=customer.name, changes={"visiting_hours": ["", hours]}))
    return row


@action
def drop_hours(*, actor: Actor, at: datetime, hours_id: int) -> int:
    """Take hours away; returns the customer."""
    row = access.visible_hours(actor).filter(pk=hours_id).first()
    if row is None:
        raise NotFound()
    customer = customers.lock_editable(actor, row.customer_id)
    hours = f"{row.weekday + 1} {row.opens:%H:%M}-{row.closes:%H:%M}"
    record(Line("hours_dropped", "customer", customer.pk, label=customer.name, changes={"visiting_hours": [hours, ""]}))
    row.delete()
    return customer.pk


@action
def set_institution_terms(
    *, actor: Actor, at: datetime, customer_id: int, data: SetInstitutionTerms
) -> InstitutionTerms:
    """What an institution demands: an appointment, and academic visits agreed to beforehand (M-LAW-1)."""
    institution = _lock_institution(actor, customer_id)
    terms, _created = InstitutionTerms.objects.get_or_create(institution=institution)
    changes = apply(terms, data.model_dump())
    if changes:
        terms.save()
        record(Line("visit_terms_set", "customer", institution.pk, label=institution.name, changes=changes))
    return terms


@action
def record_institution_consent(
    *, actor: Actor, at: datetime, customer_id: int, data: RecordInstitutionConsent
) -> InstitutionConsent:
    """Keep the institution's consent with its evidence."""
    institution = _lock_institution(actor, customer_id)
    consent = InstitutionConsent.objects.create(
        institution=institution, recorded_by_id=actor.user_id, **data.model_dump()
    )
    ends = {"ends_on": ["", str(data.ends_on)]} if data.ends_on else {}
    changes = {"reference": ["", data.reference], "starts_on": ["", str(data.starts_on)], **ends}
    record(Line("visit_consent_recorded", "customer", institution.pk, label=institution.name, changes=changes))
    return consent


def _lock_institution(actor: Actor, customer_id: int) -> Customer:
    institution = customers.lock_editable(actor, customer_id)
    if institution.kind in PERSON_KINDS:
        raise RuleViolation(_("来访规定登记在医院等机构的档案里，不在个人的档案里。"), code="not_an_institution")
    return institution


def _note(verb: str, row: CallFrequency, old: str | None, new: str | None) -> None:
    parts = (row.get_kind_display(), row.tier, row.get_role_display())
    label = " · ".join(str(part) for part in parts if part) or _("所有客户")
    record(Line(verb, FREQUENCY, row.pk, label=label, changes={"per_month": [old, new]}))
