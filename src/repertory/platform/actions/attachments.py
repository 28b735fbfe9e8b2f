"""Files at an object. Whether the person may is asked by the domain's action that calls these."""

from datetime import datetime
from functools import partial

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.platform.audit_chain import Line
from repertory.platform.models import Attachment
from repertory.platform.storing import store
from repertory.platform.unit import action, record


@action
def attach(
    *, actor: Actor, at: datetime, object_type: str, object_id: int, label: str, name: str, content: File
) -> Attachment:
    """Keep a file with an object; `label` names the object in the trail."""
    stored = store(name, content)
    attachment = Attachment.objects.create(
        object_type=object_type,
        object_id=object_id,
        name=stored.name,
        content_type=stored.content_type,
        size_bytes=stored.size_bytes,
        sha256=stored.sha256,
        stored_as=stored.stored_as,
        user_id=actor.user_id,
        at=at,
    )
    record(Line("attached", object_type, object_id, label=label, changes={"file": ["", stored.name]}))
    return attachment


@action
def detach(*, actor: Actor, at: datetime, object_type: str, object_id: int, label: str, attachment_id: int) -> None:
    """Take a file from an object's list; the bytes stay for the trail."""
    rows = Attachment.objects.filter(object_type=object_type, object_id=object_id, removed_at=None)
    attachment = rows.filter(pk=attachment_id).first()
    if attachment is None:
        raise NotFound()
    attachment.removed_at = at
    attachment.save(update_fields=["removed_at"])
    record(Line("detached", object_type, object_id, label=label, changes={"file": [attachment.name, ""]}))


@action
def erase_files(*, actor: Actor, at: datetime, files: QuerySet[Attachment]) -> int:
    """Take files away for good, rows and, once that is certain, their bytes; bytes that another file shares stay. For a
    person who asked to be forgotten. Returns how many."""
    stored = set(files.values_list("stored_as", flat=True))
    count, _rows = files.delete()
    transaction.on_commit(partial(_forget_bytes, stored))
    return count


def _forget_bytes(stored: set[str]) -> None:
    shared = set(Attachment.objects.filter(stored_as__in=stored).values_list("stored_as", flat=True))
    for path in sorted(stored - shared):
        default_storage.delete(path)
