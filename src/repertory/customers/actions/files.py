"""Files at an archive: licence scans, consent evidence."""

from datetime import datetime

from django.core.files.base import File

from repertory.core.actor import Actor
from repertory.customers import access
from repertory.customers.actions import writing
from repertory.platform.actions.attachments import attach, detach
from repertory.platform.models import Attachment
from repertory.platform.unit import action


@action
def attach_file(*, actor: Actor, at: datetime, customer_id: int, name: str, content: File) -> Attachment:
    """Keep a file with the customer."""
    customer = access.lock_editable(actor, customer_id)
    where = {"object_type": writing.CUSTOMER, "object_id": customer.pk, "label": customer.name}
    return attach(actor=actor, at=at, name=name, content=content, **where)


@action
def remove_file(*, actor: Actor, at: datetime, customer_id: int, attachment_id: int) -> None:
    """Take a file from the customer's list."""
    customer = access.lock_editable(actor, customer_id)
    where = {"object_type": writing.CUSTOMER, "object_id": customer.pk, "label": customer.name}
    detach(actor=actor, at=at, attachment_id=attachment_id, **where)
