"""What happens at the door: signed in, refused, own password, second step, sessions."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput, NotAllowed, NotFound
from repertory.organisation import access
from repertory.organisation.actions.people import PERSON, note
from repertory.organisation.inputs import ChangeOwnPassword
from repertory.organisation.models import User
from repertory.platform.audit_chain import Line
from repertory.platform.unit import action, record


@action
def record_sign_in(*, actor: Actor, at: datetime, way: str) -> None:
    """Somebody came in. way: "password" or the name of the company's sign-in service."""
    note("signed_in", _person(actor), {"way": ["", way]})


@action
def record_refused_sign_in(*, actor: Actor, at: datetime, username: str) -> None:
    """A wrong password. The typed name is kept only if it is an account: people type passwords into that box."""
    person = User.objects.filter(username__iexact=username).first()
    if person is not None:
        note("sign_in_refused", person)
    else:
        record(Line("sign_in_refused", PERSON, 0, label=_("没有这个账号")))


@action
def record_security_change(*, actor: Actor, at: datetime, what: str) -> None:
    """The second step was switched on or off, recovery codes were made. what: a short machine word."""
    note("security_changed", _person(actor), {"what": ["", what]})


@action
def change_own_password(*, actor: Actor, at: datetime, data: ChangeOwnPassword) -> User:
    """A new password of one's own; whoever calls has checked the old one. All other sessions end."""
    person = User.objects.select_for_update().get(pk=actor.user_id)
    if data.password == data.old_password:
        raise InvalidInput(_("新密码要和旧密码不一样。"), code="same_password", field="password")
    try:
        validate_password(data.password, person)
    except ValidationError as error:
        raise InvalidInput(" ".join(error.messages), code="weak_password", field="password") from None
    person.set_password(data.password)
    person.must_change_password = False
    person.version += 1
    person.save()
    note("password_changed", person)
    return person


@action
def end_session(*, actor: Actor, at: datetime, session_id: int) -> None:
    """Sign out one browser of one's own, or as an administrator of anybody."""
    rows = UserSession.objects.select_related("user")
    if not access.may_administer(actor):
        rows = rows.filter(user_id=actor.user_id)
    row = rows.filter(pk=session_id).first()
    if row is None:
        raise NotFound()
    _end([row])
    note("session_ended", row.user)


@action
def end_other_sessions(*, actor: Actor, at: datetime, keep: str) -> int:
    """Sign out all browsers of one's own but the one with the session key `keep`; how many there were."""
    rows = list(UserSession.objects.filter(user_id=actor.user_id).exclude(session_key=keep))
    if rows:
        _end(rows)
        note("sessions_ended", _person(actor))
    return len(rows)


def _person(actor: Actor) -> User:
    """The signed-in person; the system itself has no account."""
    if actor.user is None:
        raise NotAllowed(_("请先登录。"))
    return actor.user


def _end(rows: list[UserSession]) -> None:
    Session.objects.filter(session_key__in=[row.session_key for row in rows]).delete()
    UserSession.objects.filter(pk__in=[row.pk for row in rows]).delete()
