"""Whom a person is to see in a month, and what was seen: the ground of plans, coverage and the next steps."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from repertory.core.actor import Actor
from repertory.core.time import Days, month_of
from repertory.customers.access import in_scope
from repertory.customers.models import Customer
from repertory.organisation.access import roles, scope_of
from repertory.organisation.models import User
from repertory.visits.access import FIELD
from repertory.visits.choices import Status
from repertory.visits.models import Visit
from repertory.visits.queries.frequencies import frequencies_on, times_in

# A person's own customers are hundreds; who has more leads others and plans no calls of a month.
MOST_CUSTOMERS = 3_000


@dataclass(frozen=True)
class Target:
    """A customer that a person is to see so many times in a month."""

    customer: Customer
    times: int


def targets_of(*, person: User, month: Days) -> list[Target]:
    """The person's customers with what the frequencies ask for, those of the highest tier first."""
    them = Actor(user=person, door="job")  # type: ignore[arg-type]
    scope = scope_of(them, only=FIELD)
    role = next(iter(sorted(roles(them) & FIELD)), "")
    table = frequencies_on(month.start)
    rows = Customer.objects.filter(removed_at=None).only(
        "name",
        "kind",
        "tier",
        "department",
        "institution_id",
        "longitude",
        "latitude",
        "last_contact_on",
        "next_contact_on",
    )
    found: list[Target] = []
    for customer in in_scope(rows, scope).order_by("tier", "sort_key", "pk")[:MOST_CUSTOMERS]:
        asked = table.per_month(kind=customer.kind, tier=customer.tier, role=role)
        if asked:
            found.append(Target(customer, times_in(month.start, asked, customer.pk)))
    return found


def seen_days(*, person: User, days: Days) -> dict[int, list[date]]:
    """customer id → days in the range on which the person saw it, or has planned to."""
    rows = Visit.objects.filter(user=person, day__gte=days.start, day__lt=days.end)
    found: dict[int, list[date]] = defaultdict(list)
    for customer_id, day in (
        rows.exclude(status=Status.CANCELLED).order_by("day", "pk").values_list("customer_id", "day")
    ):
        found[customer_id].append(day)
    return found


@dataclass(frozen=True)
class Done:
    """A person's month. due: customers that were to be seen; reached: of those, seen at least once; met: seen as often as
    asked; asked, kept: visits; unplanned: done without a plan."""

    due: int = 0
    reached: int = 0
    met: int = 0
    asked: int = 0
    kept: int = 0
    done: int = 0
    planned: int = 0
    planned_done: int = 0
    unplanned: int = 0
    late: int = 0
    customers: int = 0

    @property
    def coverage(self) -> float | None:
        """Part of the due customers that were seen."""
        return self.reached / self.due if self.due else None

    @property
    def frequency(self) -> float | None:
        """Part of the asked visits that took place; visits beyond what was asked do not make up for others."""
        return self.kept / self.asked if self.asked else None

    @property
    def execution(self) -> float | None:
        """Part of the planned visits that took place."""
        return self.planned_done / self.planned if self.planned else None


def month_of_person(*, person: User, month: date, until: date | None = None) -> Done:
    """What a person did in a month against what was asked. until: count what was planned before this day only."""
    days = month_of(month)
    rows = Visit.objects.filter(user=person, day__gte=days.start, day__lt=days.end)
    counts = dict(rows.filter(status=Status.DONE).order_by().values_list("customer").annotate(times=Count("pk")))
    targets = targets_of(person=person, month=days)
    asked = {target.customer.pk: target.times for target in targets if target.times}
    before = Q(planned_on__lt=until) if until else Q()
    figures = rows.aggregate(
        done=Count("pk", filter=Q(status=Status.DONE)),
        planned=Count("pk", filter=Q(planned_on__isnull=False) & before),
        planned_done=Count("pk", filter=Q(planned_on__isnull=False, status=Status.DONE) & before),
        unplanned=Count("pk", filter=Q(planned_on=None, status=Status.DONE)),
        late=Count("pk", filter=Q(late=True, status=Status.DONE)),
    )
    return Done(
        due=len(asked),
        reached=sum(key in counts for key in asked),
        met=sum(counts.get(key, 0) >= times for key, times in asked.items()),
        asked=sum(asked.values()),
        kept=sum(min(counts.get(key, 0), times) for key, times in asked.items()),
        customers=len(counts),
        **figures,
    )
