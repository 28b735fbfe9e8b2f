"""Photos taken at a visit, kept as files of the visit; from the desk and from the phone the same way."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput, RuleViolation
from repertory.core.pictures import PNG, is_picture, without_metadata
from repertory.platform.actions.attachments import attach
from repertory.platform.models import Attachment
from repertory.platform.queries import attachments_of
from repertory.platform.unit import action
from repertory.visits import access
from repertory.visits.actions.writing import VISIT
from repertory.visits.models import Visit

MOST_PHOTOS = 20


@action
def attach_photo(*, actor: Actor, at: datetime, visit_id: int, content: File) -> Attachment:
    """A photo of a visit of one's own, without what the camera wrote into it."""
    visit = access.lock_own(actor, visit_id)
    return keep_photo(actor, at, visit, content)


def keep_photos(actor: Actor, at: datetime, visit: Visit, photos: Sequence[File]) -> None:
    for content in photos:
        keep_photo(actor, at, visit, content)


def keep_photo(actor: Actor, at: datetime, visit: Visit, content: File) -> Attachment:
    content.seek(0)  # a retried action reads it again
    picture = content.read()
    if not is_picture(picture):
        raise InvalidInput(_("照片只收 PNG 或 JPG。"), field="photos")
    if len(attachments_of(object_type=VISIT, object_id=visit.pk)) >= MOST_PHOTOS:
        message = _("一次拜访最多 %(most)s 张照片。") % {"most": MOST_PHOTOS}
        raise RuleViolation(message, code="too_many_photos", field="photos")
    file = ContentFile(without_metadata(picture))
    name = f"{PurePath(content.name or '').stem or _('照片')}{'.png' if picture.startswith(PNG) else '.jpg'}"
    return attach(
        actor=actor, at=at, object_type=VISIT, object_id=visit.pk, label=str(visit.customer), name=name, content=file
    )
