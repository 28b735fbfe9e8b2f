"""The few figures of one's own month that stand on the phone."""

from datetime import date
from typing import Any

from django.db.models import Count, Q

from repertory.core.actor import Actor
from repertory.core.time import month_of
from repertory.customers.choices import Tier
from repertory.organisation.access import scope_of
from repertory.sync.queries.shelves import MOST_CUSTOMERS, held_customers
from repertory.visits.access import visible_visits
from repertory.visits.choices import Mode, Status


def results_of(actor: Actor, today: date) -> dict[str, Any]:
    """{"month", "done", "planned", "unplanned", "customers", "field", "tiers": [{"tier", "customers", "reached"}]}."""
    month = month_of(today)
    own = visible_visits(actor).filter(user_id=actor.user_id, day__gte=month.start, day__lt=month.end)
    done = Q(status=Status.DONE)
    figures = own.order_by().aggregate(
        done=Count("pk", filter=done),
        planned=Count("pk", filter=Q(planned_on__isnull=False) & ~Q(status=Status.CANCELLED)),
        kept=Count("pk", filter=done & Q(planned_on__isnull=False)),
        field=Count("pk", filter=done & Q(mode=Mode.FIELD)),
        late=Count("pk", filter=done & Q(late=True)),
        customers=Count("customer_id", filter=done, distinct=True),
    )
    reached = set(own.filter(done).values_list("customer_id", flat=True))
    return {"month": month.start, **figures, "tiers": _tiers(actor, reached)}


def _tiers(actor: Actor, reached: set[int]) -> list[dict[str, Any]]:
    """How many of each tier were seen this month."""
    scope = scope_of(actor)
    if scope.whole or scope.size > MOST_CUSTOMERS:
        return []
    found: dict[str, dict[str, Any]] = {
        tier: {"tier": tier, "customers": 0, "reached": 0} for tier in [*Tier.values, ""]
    }
    for key, tier in held_customers(actor).order_by().values_list("pk", "tier"):
        found[tier]["customers"] += 1
        found[tier]["reached"] += key in reached
    return [row for row in found.values() if row["customers"]]
