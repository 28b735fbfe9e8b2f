"""Cases and adverse events follow when two customers become one, and go back when they are taken apart."""

from datetime import datetime

from repertory.core.actor import Actor
from repertory.customers.events import CustomersMerged, MergeUndone
from repertory.service.models import AdverseEvent, Case, MovedByMerge


def follow_merge(event: CustomersMerged, *, actor: Actor, at: datetime) -> None:
    """Reaction: what hung at the customer that is gone hangs at the one that was kept."""
    cases = list(Case.objects.filter(customer_id=event.gone_id).values_list("pk", flat=True))
    events = list(AdverseEvent.objects.filter(customer_id=event.gone_id).values_list("pk", flat=True))
    MovedByMerge.objects.bulk_create(
        [
            *(MovedByMerge(merge_id=event.merge_id, case_id=key) for key in cases),
            *(MovedByMerge(merge_id=event.merge_id, event_id=key) for key in events),
        ]
    )
    Case.objects.filter(pk__in=cases).update(customer_id=event.kept_id)
    AdverseEvent.objects.filter(pk__in=events).update(customer_id=event.kept_id)


def give_back(event: MergeUndone, *, actor: Actor, at: datetime) -> None:
    """Reaction: what the merge took along goes back, unless it has moved on since."""
    moved = MovedByMerge.objects.filter(merge_id=event.merge_id)
    for model, column in ((Case, "case_id"), (AdverseEvent, "event_id")):
        keys = moved.exclude(**{column: None}).values(column)
        model.objects.filter(pk__in=keys, customer_id=event.kept_id).update(customer_id=event.gone_id)
    moved.delete()
