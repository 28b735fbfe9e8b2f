"""What materials keep of a person who asked to be forgotten (M-LAW-3)."""

from datetime import datetime

from repertory.core.actor import Actor
from repertory.customers.events import PersonErased
from repertory.materials.actions.giving import SIGNATURE
from repertory.materials.models import SampleMove
from repertory.platform.actions.attachments import erase_files
from repertory.platform.models import Attachment


def forget_signatures(event: PersonErased, *, actor: Actor, at: datetime) -> None:
    """Reaction: the pictures of the signatures go; that samples were given, and by whom, stays in the ledger."""
    files = Attachment.objects.filter(object_type=SIGNATURE, object_id__in=event.customer_ids)
    SampleMove.objects.filter(signature__in=files).update(signature=None)
    erase_files(actor=actor, at=at, files=files)
