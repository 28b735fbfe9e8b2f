"""The shared steps of every write to a visit: who, whom, when, and the line in the trail."""

import functools
from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Min, Q, QuerySet

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.core.time import day_of
from repertory.customers import access as customers
from repertory.customers.actions.contacts import note_next_contact
from repertory.customers.models import Coverage, Customer
from repertory.organisation.access import Scope, scope_of
from repertory.organisation.models import Territory
from repertory.platform.audit_lines import Line
from repertory.platform.changes import Changes
from repertory.platform.unit import record
from repertory.visits import access
from repertory.visits.choices import Status
from repertory.visits.models import Companion, Visit

VISIT = "visit"


def lock_customers(actor: Actor, customer_id: int, others: Collection[int] = ()) -> list[Customer]:
    """The customer first, then the others, locked in one order for everybody. NotFound out of sight."""
    wanted = {customer_id, *others}
    scope = customers.edit_scope(actor, access.RECORDERS | access.IMPORTERS)
    found = {row.pk: row for row in _recordable(scope).filter(pk__in=wanted)}
    if customer_id not in found:
        raise NotFound(field="customer_id")
    if len(found) != len(wanted):
        raise NotFound(field="companions")
    return [found.pop(customer_id), *found.values()]


@functools.lru_cache(maxsize=500)
def _recordable(scope: Scope) -> QuerySet[Customer]:
    """Never read itself: building it takes longer than asking for one customer."""
    rows = Customer.objects.select_for_update(of=("self",)).filter(removed_at=None).order_by("pk")
    rows = rows.only("name", "kind", "department", "institution_id", "longitude", "latitude", "last_contact_on")
    return customers.in_scope(rows, scope)


def territory_of(actor: Actor, customer_id: int) -> Territory | None:
    """The territory that covers the customer, the person's own one first."""
    scope = scope_of(actor)
    rows = Coverage.objects.filter(customer_id=customer_id, current=True).order_by("pk")
    covering = [row.territory for row in rows.select_related("territory").only("territory__code", "territory__path")]
    return min(covering, key=lambda found: scope.whole or not scope.covers(found.path), default=None)


def next_contacts(actor: Actor, at: datetime, customer_ids: Iterable[int]) -> None:
    """Keep the day of the next visit at the customers' archives."""
    keys = set(customer_ids)
    open_ = Visit.objects.filter(status=Status.PLANNED, day__gte=day_of(at))
    own = dict(open_.filter(customer__in=keys).order_by().values_list("customer").annotate(first=Min("day")))
    joined = Companion.objects.filter(customer__in=keys, visit__in=open_).order_by().values_list("customer")
    for key, day in joined.annotate(first=Min("visit__day")):
        own[key] = min(day, own.get(key, day))
    note_next_contact(actor=actor, at=at, days={key: own.get(key) for key in keys})


def customers_of(visit: Visit) -> list[int]:
    return [visit.customer_id, *visit.companions.values_list("customer_id", flat=True)]


def note(verb: str, visit: Visit, changes: Changes | None = None, *, reason: str = "") -> None:
    """The line in the trail; the customer says which visit it was."""
    record(Line(verb, VISIT, visit.pk, label=str(visit.customer), changes=changes or {}, reason=reason))


def open_on(on: date) -> Q:
    """Planned visits that stand on a day."""
    return Q(status=Status.PLANNED, day=on)
