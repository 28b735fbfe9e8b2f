"""What a list shows beside the customer's own row, fetched once for the page: profile, institution, who looks after it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, prefetch_related_objects

from repertory.customers import fields
from repertory.customers.models import Coverage, Customer, Profile
from repertory.organisation.choices import Role
from repertory.organisation.models import Assignment

LINKS = ("institution", "parent")


@dataclass(frozen=True)
class Carer:
    """A territory that covers a customer, and the rep who holds it ("" while it is vacant)."""

    territory_id: int
    code: str
    territory: str
    person: str


def attach_shown(*, items: Sequence[Customer], keys: Collection[str], on: date) -> dict[int, list[Carer]]:
    """Fetch what the columns `keys` need for these visible customers; returns who looks after each, if that is a column."""
    wanted: list[Prefetch] = [Prefetch(name, Customer.objects.only("name")) for name in LINKS if name in keys]
    of_profile = [key for key in keys if fields.is_profile(key)]
    if of_profile:
        wanted.append(Prefetch("profile", Profile.objects.only(*of_profile)))
    prefetch_related_objects(list(items), *wanted)
    return carers_of([item.pk for item in items], on=on) if "territory" in keys else {}


def carers_of(customer_ids: Sequence[int], *, on: date) -> dict[int, list[Carer]]:
    """{customer: territories that cover it now, with their reps}."""
    rows = list(
        Coverage.objects.filter(customer_id__in=customer_ids, current=True)
        .order_by("territory__path")
        .values_list("customer_id", "territory_id", "territory__code", "territory__name")
    )
    people = _reps_of({row[1] for row in rows}, on)
    carers: dict[int, list[Carer]] = {}
    for customer_id, territory_id, code, name in rows:
        carers.setdefault(customer_id, []).append(Carer(territory_id, code, name, people.get(territory_id, "")))
    return carers


def _reps_of(territory_ids: Collection[int], on: date) -> dict[int, str]:
    held = Assignment.objects.filter(territory_id__in=territory_ids, role=Role.REP, starts_on__lte=on)
    # The latest comes last and stays in the dictionary.
    rows = (
        held.filter(Q(ends_on=None) | Q(ends_on__gt=on))
        .order_by("starts_on", "pk")
        .values_list("territory_id", "user__name")
    )
    return dict(rows)
