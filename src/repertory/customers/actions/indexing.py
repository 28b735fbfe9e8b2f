"""The search index takes up what was opened in bulk."""

from datetime import datetime

from django.db import connection

from repertory.core.actor import Actor
from repertory.customers.models import Customer, SearchWaiting
from repertory.customers.search import INDEX, document_of
from repertory.platform.unit import action

SLICE = 5_000
INDEXED = ("id", "name", "kind", "alias", "code", "phone", "uscc")


@action
def index_waiting(*, actor: Actor, at: datetime) -> int:
    """Index the next slice of the waiting customers; how many they were, 0 when none waits any more."""
    keys = list(SearchWaiting.objects.order_by("pk").values_list("pk", flat=True)[:SLICE])
    if not keys:
        return 0
    waiting = SearchWaiting.objects.filter(pk__lte=keys[-1])
    customers = Customer.objects.filter(removed_at=None, pk__in=waiting.values("pk")).only(*INDEXED)
    INDEX.put(connection, [(customer.pk, document_of(customer)) for customer in customers])
    waiting.delete()
    return len(keys)
