"""Reads of the mechanisms that all domains share."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.platform.models import Attachment, AuditEntry, CustomField, PolicySetting, SavedView
from repertory.platform.unit import once


def custom_fields(object_type: str) -> list[CustomField]:
    """The fields in use, in their order."""
    return list(CustomField.objects.filter(object_type=object_type, archived_at=None))


def policy_value(key: str, *, on: date, default: Any) -> Any:
    """The value of a rule on a day: the latest dated row, else the default that its owner states."""
    dated = once(("policy", key), lambda: _dated_values(key))
    return next((value for starts_on, value in dated if starts_on <= on), default)


def _dated_values(key: str) -> list[tuple[date, Any]]:
    return list(PolicySetting.objects.filter(key=key).order_by("-starts_on").values_list("starts_on", "value"))


def saved_views(*, actor: Actor, page: str) -> list[SavedView]:
    """One's own views of a list and those that others share; each is seen through one's own scope."""
    return list(SavedView.objects.filter(Q(user_id=actor.user_id) | Q(shared=True), page=page).order_by("name", "pk"))


def history_of(*, object_type: str, object_id: int, limit: int, without: Collection[str] = ()) -> list[AuditEntry]:
    """What happened to one object, newest first, but for the verbs in `without`. The caller has made sure that the reader
    may see the object."""
    rows = AuditEntry.objects.filter(object_type=object_type, object_id=object_id).select_related("batch__user")
    rows = rows.exclude(verb__in=without)
    return list(rows.order_by("-batch_id", "position")[:limit])


def attachments_of(*, object_type: str, object_id: int) -> list[Attachment]:
    """Files of one object, newest first. The caller has made sure that the reader may see the object."""
    rows = Attachment.objects.filter(object_type=object_type, object_id=object_id, removed_at=None)
    return list(rows.select_related("user"))


def attachment_of(*, object_type: str, object_id: int, attachment_id: int) -> Attachment:
    """One file, asked for by way of its object; NotFound for a file of another object."""
    rows = Attachment.objects.filter(object_type=object_type, object_id=object_id, removed_at=None)
    found = rows.filter(pk=attachment_id).first()
    if found is None:
        raise NotFound()
    return found
