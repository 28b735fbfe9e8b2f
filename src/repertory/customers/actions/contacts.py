"""When a customer was seen last and is to be seen next: known above, kept here for lists, tiers and reminders."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Q

from repertory.core.actor import Actor
from repertory.customers.models import Customer
from repertory.platform.bulk import update_rows
from repertory.platform.unit import action

CHUNK = 1_000


@action
def note_contact(*, actor: Actor, at: datetime, customer_ids: Collection[int], on: date) -> None:
    """The customers were seen on a day; an earlier day than the one known changes nothing. No revision of the archive."""
    earlier = Q(last_contact_on=None) | Q(last_contact_on__lt=on)
    Customer.objects.filter(earlier, pk__in=customer_ids).update(last_contact_on=on)


@action
def note_contacts(*, actor: Actor, at: datetime, days: dict[int, date]) -> None:
    """customer id → a day on which it was seen; for many at once, as note_contact."""
    keys = sorted(days)
    for start in range(0, len(keys), CHUNK):
        rows = Customer.objects.filter(pk__in=keys[start : start + CHUNK]).values_list("pk", "last_contact_on")
        later = [{"id": key, "last_contact_on": days[key]} for key, known in rows if known is None or known < days[key]]
        update_rows(Customer, later)


@action
def restate_contact(*, actor: Actor, at: datetime, days: dict[int, date | None]) -> None:
    """customer id → the last day on which it was seen, whatever stood there: after visits went from one to another."""
    for customer_id, day in sorted(days.items()):
        Customer.objects.filter(pk=customer_id).update(last_contact_on=day)


@action
def note_next_contact(*, actor: Actor, at: datetime, days: dict[int, date | None]) -> None:
    """customer id → the day on which it is to be seen next, None where nothing is planned."""
    by_day: dict[date | None, list[int]] = {}
    for customer_id, day in days.items():
        by_day.setdefault(day, []).append(customer_id)
    for day, keys in by_day.items():
        changed = Q(next_contact_on__isnull=False) if day is None else ~Q(next_contact_on=day) | Q(next_contact_on=None)
        Customer.objects.filter(changed, pk__in=sorted(keys)).update(next_contact_on=day)
