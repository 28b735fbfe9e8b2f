"""The archive's lists: people at institutions, influence, dates, key people, departments."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import Model
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, InvalidInput, NotFound
from repertory.core.lunar import Calendar, YearlyDate, next_occurrence
from repertory.core.time import day_of
from repertory.customers import access
from repertory.customers.actions import writing
from repertory.customers.choices import PERSON_KINDS, ConsentChannel, DateKind
from repertory.customers.consent import has_consent
from repertory.customers.inputs import Affiliate, LinkInfluence, NoteDate, RecordDepartment, RecordKeyPerson
from repertory.customers.models import (
    Affiliation,
    Consent,
    Department,
    ImportantDate,
    Influence,
    KeyPerson,
)
from repertory.platform.changes import plain
from repertory.platform.unit import action

PARTS: dict[str, tuple[type[Model], str]] = {
    "affiliation": (Affiliation, "person_id"),
    "influence": (Influence, "source_id"),
    "date": (ImportantDate, "customer_id"),
    "key_person": (KeyPerson, "customer_id"),
    "department": (Department, "customer_id"),
}


@action
def affiliate(*, actor: Actor, at: datetime, data: Affiliate) -> Affiliation:
    """A person works at an institution in a role of the decision chain."""
    person = access.lock_editable(actor, data.person)
    institution = access.get_visible(actor, data.institution)
    if person.kind not in PERSON_KINDS or institution.kind in PERSON_KINDS:
        raise InvalidInput(_("请选一位个人和一家机构。"), field="institution")
    row = _insert(Affiliation(person=person, institution=institution, **_values(data, "person", "institution")))
    if person.institution_id is None:
        person.institution = institution
        person.department = person.department or data.department
        writing.save_revision(person, at)
    writing.note("affiliated", person, {"institution": ["", institution.name], "role": ["", str(data.role)]})
    return row


@action
def link_influence(*, actor: Actor, at: datetime, data: LinkInfluence) -> Influence:
    """One person's word counts with another."""
    source = access.lock_editable(actor, data.source)
    target = access.get_visible(actor, data.target)
    if source.pk == target.pk or {source.kind, target.kind} - PERSON_KINDS:
        raise InvalidInput(_("影响关系要选两位不同的个人。"), field="target")
    row = _insert(Influence(source=source, target=target, **_values(data, "source", "target")))
    writing.note("influence_linked", source, {"target": ["", target.name]})
    return row


@action
def note_date(*, actor: Actor, at: datetime, customer_id: int, data: NoteDate) -> ImportantDate:
    """Remember a day; a person's birthday only with consent to keep it."""
    customer = access.lock_editable(actor, customer_id)
    if data.kind == DateKind.BIRTHDAY and customer.kind in PERSON_KINDS:
        consents = Consent.objects.filter(customer=customer)
        if not has_consent(consents, channel=ConsentChannel.ARCHIVE, on=day_of(at)):
            raise InvalidInput(
                _("生日属于私人信息，请先登记本人同意“档案保存”。"), field="kind", code="consent_missing"
            )
    following = next_day(data, day_of(at))
    row = ImportantDate.objects.create(customer=customer, next_on=following, **_values(data))
    hidden = writing.MASK if data.kind == DateKind.BIRTHDAY else f"{data.month}-{data.day}"
    writing.note("date_noted", customer, {"date": ["", hidden], "kind": ["", str(data.kind)]})
    return row


def next_day(data: Any, today: date) -> date | None:
    """When it comes next; None for a single day that is past."""
    if data.year is not None and data.calendar == Calendar.SOLAR:
        try:
            single = date(data.year, data.month, data.day)
        except ValueError:
            raise InvalidInput(_("没有这一天，请核对年月日。"), field="day") from None
        if data.kind != DateKind.BIRTHDAY:
            return single if single >= today else None
    yearly = YearlyDate(calendar=data.calendar, month=data.month, day=data.day, leap=data.leap_month)
    return next_occurrence(yearly, on_or_after=today)


@action
def record_key_person(*, actor: Actor, at: datetime, customer_id: int, data: RecordKeyPerson) -> KeyPerson:
    """Owner, manager or legal representative of an organisation."""
    customer = access.lock_editable(actor, customer_id)
    row = KeyPerson.objects.create(customer=customer, **_values(data))
    writing.note("key_person_recorded", customer, {"name": ["", data.name], "role": ["", str(data.role)]})
    return row


@action
def record_department(*, actor: Actor, at: datetime, customer_id: int, data: RecordDepartment) -> Department:
    """A department of a hospital."""
    customer = access.lock_editable(actor, customer_id)
    row = _insert(Department(customer=customer, **_values(data)))
    writing.note("department_recorded", customer, {"name": ["", data.name]})
    return row


@action
def delete_part(*, actor: Actor, at: datetime, part: str, row_id: int) -> None:
    """Take one row out of the card's lists (a PARTS name); the trail keeps what it was."""
    model, owner = PARTS[part]
    row: Any = model._default_manager.filter(pk=row_id).first()
    if row is None:
        raise NotFound()
    customer = access.lock_editable(actor, getattr(row, owner))
    old = {
        field.name: [plain(getattr(row, field.attname)), None]
        for field in model._meta.concrete_fields
        if not field.primary_key and not (part == "date" and row.kind == DateKind.BIRTHDAY)
    }
    row.delete()
    writing.note(f"{part}_deleted", customer, old)


def _values(data: Any, *but: str) -> dict[str, Any]:
    return {name: value for name, value in data.model_dump().items() if name not in but}


def _insert(row: Any) -> Any:
    try:
        row.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("这一条已经登记过了。")) from None
    return row


def turn_dates(*, today: date) -> int:
    """Bring next_on of days that are past to their next occurrence; returns how many. Run inside an action."""
    past = list(ImportantDate.objects.filter(next_on__lt=today))
    for row in past:
        row.next_on = next_day(row, today)
    ImportantDate.objects.bulk_update(past, ["next_on"], batch_size=500)
    return len(past)
