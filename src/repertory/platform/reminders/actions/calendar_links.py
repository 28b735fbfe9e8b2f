"""The secret address of a person's calendar."""

import hashlib
import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, NotAllowed, NotFound
from repertory.platform.audit_lines import Line
from repertory.platform.models import CalendarLink
from repertory.platform.unit import action, record

TOKEN_BYTES = 32


@action
def issue_calendar_link(*, actor: Actor, at: datetime) -> str:
    """A new secret address of one's own calendar, told this once; the one before stops working."""
    if actor.user_id is None or actor.token_scopes is not None:
        raise NotAllowed(_("日历订阅要本人在网页上开通。"))
    CalendarLink.objects.filter(person_id=actor.user_id, revoked_at=None).update(revoked_at=at)
    secret = secrets.token_urlsafe(TOKEN_BYTES)
    try:
        with transaction.atomic():
            link = CalendarLink.objects.create(person_id=actor.user_id, digest=digest_of(secret), created_at=at)
    except IntegrityError:
        raise Conflict(_("刚刚已经开通过了，请刷新后再试。")) from None
    _note("calendar_link_issued", link, actor)
    return secret


@action
def revoke_calendar_link(*, actor: Actor, at: datetime) -> None:
    """The address answers no longer."""
    link = CalendarLink.objects.select_for_update().filter(person_id=actor.user_id, revoked_at=None).first()
    if link is None:
        raise NotFound()
    link.revoked_at = at
    link.save(update_fields=["revoked_at"])
    _note("calendar_link_revoked", link, actor)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _note(verb: str, link: CalendarLink, actor: Actor) -> None:
    record(Line(verb, "calendar_link", link.pk, label=actor.label))
