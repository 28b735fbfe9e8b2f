"""Visits follow what happens to their customers: merged, taken apart, given to another territory (M-ORG-4)."""

from datetime import date, datetime

from django.db.models import Max

from repertory.core.actor import Actor
from repertory.core.time import day_of
from repertory.customers.actions.contacts import restate_contact
from repertory.customers.events import CustomersMerged, CustomersReassigned, MergeUndone
from repertory.customers.queries.carers import carers_of
from repertory.platform.audit_lines import Line
from repertory.platform.unit import record_many
from repertory.visits.actions import writing
from repertory.visits.choices import Status
from repertory.visits.models import Companion, MovedByMerge, Visit


def follow_merge(event: CustomersMerged, *, actor: Actor, at: datetime) -> None:
    """Reaction: the visits of the customer that is gone are those of the one that was kept."""
    visits = list(Visit.objects.filter(customer_id=event.gone_id).values_list("pk", flat=True))
    joined = list(_joined(event.gone_id, event.kept_id))
    MovedByMerge.objects.bulk_create(
        [
            *(MovedByMerge(merge_id=event.merge_id, visit_id=key) for key in visits),
            *(MovedByMerge(merge_id=event.merge_id, visit_id=key, companion=True) for key in joined),
        ],
        batch_size=5_000,
    )
    Visit.objects.filter(customer_id=event.gone_id).update(customer_id=event.kept_id)
    Companion.objects.filter(customer_id=event.gone_id, visit__in=joined).update(customer_id=event.kept_id)
    _keep_contacts(actor, at, [event.kept_id])


def give_back(event: MergeUndone, *, actor: Actor, at: datetime) -> None:
    """Reaction: what the merge took along goes back."""
    moved = MovedByMerge.objects.filter(merge_id=event.merge_id)
    own = moved.filter(companion=False).values("visit_id")
    Visit.objects.filter(pk__in=own, customer_id=event.kept_id).update(customer_id=event.gone_id)
    joined = moved.filter(companion=True).values("visit_id")
    Companion.objects.filter(visit__in=joined, customer_id=event.kept_id).update(customer_id=event.gone_id)
    moved.delete()
    _keep_contacts(actor, at, [event.kept_id, event.gone_id])


def follow_reassignment(event: CustomersReassigned, *, actor: Actor, at: datetime) -> None:
    """Reaction: planned visits go to who looks after the customers now; what was done stays with who did it."""
    if event.on > day_of(at):
        return
    coming = Visit.objects.filter(customer__in=event.customer_ids, status=Status.PLANNED, day__gte=day_of(at))
    leaving = list(
        coming.filter(territory_id=event.from_territory_id).select_related("customer", "user").order_by("pk")
    )
    new = carers_of(customer_ids={visit.customer_id for visit in leaving}, on=day_of(at))
    lines = []
    for visit in leaving:
        person = new.get(visit.customer_id)
        if person is None or person == visit.user_id:
            continue
        lines.append(
            Line(
                "visit_handed_over",
                writing.VISIT,
                visit.pk,
                visit.customer.name,
                {"user": [visit.user.username, person]},
            )
        )
        visit.user_id, visit.territory_id, visit.plan_id = person, event.to_territory_id, None
        visit.version += 1
        visit.updated_at = at
    Visit.objects.bulk_update(leaving, ["user", "territory", "plan", "version", "updated_at"], batch_size=500)
    record_many(lines)


def _joined(gone_id: int, kept_id: int) -> list[int]:
    """Visits in which the one that is gone took part, and the one that was kept did not."""
    there = Companion.objects.filter(customer_id=kept_id).values("visit_id")
    rows = Companion.objects.filter(customer_id=gone_id).exclude(visit__in=there)
    return list(rows.exclude(visit__customer_id=kept_id).values_list("visit_id", flat=True))


def _keep_contacts(actor: Actor, at: datetime, customer_ids: list[int]) -> None:
    done = Visit.objects.filter(status=Status.DONE)
    days: dict[int, date | None] = {}
    for customer_id in customer_ids:
        own = done.filter(customer_id=customer_id).aggregate(last=Max("day"))["last"]
        joined = done.filter(companions__customer_id=customer_id).aggregate(last=Max("day"))["last"]
        days[customer_id] = max((day for day in (own, joined) if day), default=None)
    restate_contact(actor=actor, at=at, days=days)
    writing.next_contacts(actor, at, customer_ids)
