"""Accounts: open, revise, switch off, passwords, preferences."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, InvalidInput, NotFound, RuleViolation, Stale
from repertory.core.time import day_of
from repertory.organisation import access, firewall
from repertory.organisation.events import PersonSwitchedOff
from repertory.organisation.inputs import CreatePerson, Preferences, RevisePerson, SetPassword
from repertory.organisation.models import ApiToken, User
from repertory.platform.audit_chain import Line
from repertory.platform.unit import action, emit, record

PERSON = "person"
NULLABLE = frozenset({"filing_expires_on"})


def note(verb: str, person: User, changes: dict[str, Any] | None = None) -> None:
    record(Line(verb, PERSON, person.pk, label=f"{person.name} ({person.username})", changes=changes or {}))


@action
def create_person(*, actor: Actor, at: datetime, data: CreatePerson) -> User:
    """Open an account."""
    access.require(access.may_administer(actor) and access.may_write(actor))
    facts = data.model_dump(exclude={"password"})
    person = User(created_at=at, **facts)
    _set_password(person, data.password)
    try:
        person.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("账号“%(name)s”已存在。") % {"name": data.username}, field="username") from None
    note("created", person, {"username": ["", person.username], "name": ["", person.name]})
    return person


@action
def revise_person(*, actor: Actor, at: datetime, person_id: int, data: RevisePerson) -> User:
    """Change what is given. Switching an account off ends its sessions and keys at once."""
    access.require(access.may_administer(actor) and access.may_write(actor))
    person = _lock(person_id)
    if data.version is not None and data.version != person.version:
        raise Stale()
    changes: dict[str, Any] = {}
    for name in data.model_fields_set - {"version"}:
        value = getattr(data, name)
        if value is None and name not in NULLABLE:
            raise InvalidInput(_("这一项不能清空。"), field=name)
        if getattr(person, name) != value:
            changes[name] = [_plain(getattr(person, name)), _plain(value)]
            setattr(person, name, value)
    if not changes:
        return person
    firewall.check_roles(person, day_of(at))
    if changes.get("is_active", [None, None])[1] is False:
        if person.pk == actor.user_id:
            raise RuleViolation(_("不能停用自己的账号。"), field="is_active")
        end_all_sessions(person)
        ApiToken.objects.filter(user=person, revoked_at=None).update(revoked_at=at)
        emit(PersonSwitchedOff(person.pk))
    person.version += 1
    person.save()
    note("revised", person, changes)
    return person


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@action
def set_password(*, actor: Actor, at: datetime, person_id: int, data: SetPassword) -> User:
    """An administrator gives somebody a new password; all sessions of the person end."""
    access.require(access.may_administer(actor) and access.may_write(actor))
    person = _lock(person_id)
    _set_password(person, data.password)
    person.must_change_password = data.must_change_password
    person.version += 1
    person.save()
    end_all_sessions(person)
    note("password_set", person)
    return person


@action
def choose_preferences(*, actor: Actor, at: datetime, data: Preferences) -> User:
    """One's own language and looks."""
    person = _lock(actor.user_id or 0)
    for name in ("language", "theme"):
        if getattr(data, name) is not None:
            setattr(person, name, getattr(data, name))
    person.save(update_fields=["language", "theme"])
    return person


def end_all_sessions(person: User) -> None:
    """Sign the person out everywhere."""
    keys = list(person.usersession_set.values_list("session_key", flat=True))  # type: ignore[attr-defined]
    Session.objects.filter(session_key__in=keys).delete()
    person.usersession_set.all().delete()  # type: ignore[attr-defined]


def _lock(person_id: int) -> User:
    person = User.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise NotFound()
    return person


def _set_password(person: User, password: str | None) -> None:
    if password is None:
        person.set_unusable_password()
        return
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise InvalidInput(" ".join(error.messages), code="weak_password", field="password") from None
    person.set_password(password)
