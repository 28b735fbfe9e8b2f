"""What visits keep of a person who asked to be forgotten (M-LAW-3)."""

from datetime import datetime

from repertory.core.actor import Actor
from repertory.customers.events import PersonErased
from repertory.platform.actions.attachments import erase_files
from repertory.platform.models import Attachment
from repertory.platform.models.outbox import DeliveryState
from repertory.visits.actions.writing import VISIT
from repertory.visits.models import Visit, VisitEmail


def forget_letters_and_photos(event: PersonErased, *, actor: Actor, at: datetime) -> None:
    """Reaction: address and words of e-mails go, and the photos; that there was a visit stays. What still waits to be sent
    is not sent."""
    visits = Visit.objects.filter(customer__in=event.customer_ids)
    letters = VisitEmail.objects.filter(visit__in=visits)
    letters.filter(state=DeliveryState.WAITING).update(state=DeliveryState.SKIPPED)
    visits.filter(pk__in=letters.values("visit_id")).update(subject="")
    letters.update(address="", subject="", body="")
    keys = list(visits.values_list("pk", flat=True))
    erase_files(actor=actor, at=at, files=Attachment.objects.filter(object_type=VISIT, object_id__in=keys))
