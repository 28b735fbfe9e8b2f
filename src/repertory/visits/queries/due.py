"""Whom a person is to see in a month, and what was seen: the ground of plans, coverage and the next steps."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from repertory.core.actor import Actor
from repertory.core.time import Days, month_of
from repertory.customers.access import in_scope
from repertory.customers.models import Coverage, Customer
from repertory.organisation.access import roles, scope_of
from repertory.organisation.choices import Role
from repertory.organisation.models import User
from repertory.organisation.queries.chain import assignments_on
from repertory.visits.access import FIELD
from repertory.visits.choices import Status
from repertory.visits.models import Visit
from repertory.visits.queries.frequencies import frequencies_on, times_in

# A person's own customers are hundreds; who has more leads others and plans no calls of a month.
MOST_CUSTOMERS = 3_000
MEASURES = ("done", "planned", "planned_done", "unplanned", "late")


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
    targets = targets_of(person=person, month=days)
    asked = {target.customer.pk: target.times for target in targets if target.times}
    counts, figures = _done_by([person.pk], days, until)
    return _compared(asked, counts.get(person.pk, {}), figures.get(person.pk, {}))


def months_of_reps(*, people: Collection[User], month: date, on: date, until: date | None = None) -> dict[int, Done]:
    """person → the same, for a whole team with a few queries. Asked is what the posts as a rep ask for: who leads others has
    no calls of a month. on: the day whose posts count."""
    days = month_of(month)
    keys = [person.pk for person in people]
    counts, figures = _done_by(keys, days, until)
    asked = _asked_of_reps(keys, days, on)
    return {key: _compared(asked.get(key, {}), counts.get(key, {}), figures.get(key, {})) for key in keys}


def _asked_of_reps(keys: Collection[int], days: Days, on: date) -> dict[int, dict[int, int]]:
    """person → customer → visits asked for in the month."""
    table = frequencies_on(days.start)
    holders: dict[int, list[int]] = defaultdict(list)
    posts = assignments_on(on).filter(user__in=keys, role=Role.REP)
    for user_id, territory_id in posts.values_list("user_id", "territory_id"):
        holders[territory_id].append(user_id)
    covered = Coverage.objects.filter(current=True, territory__in=holders, customer__removed_at=None)
    asked: dict[int, dict[int, int]] = defaultdict(dict)
    for territory_id, key, kind, tier in covered.values_list(
        "territory_id", "customer_id", "customer__kind", "customer__tier"
    ):
        per_month = table.per_month(kind=kind, tier=tier, role=Role.REP)
        times = times_in(days.start, per_month, key) if per_month else 0
        if times:
            for user_id in holders[territory_id]:
                asked[user_id][key] = times
    return asked


def _done_by(
    keys: Collection[int], days: Days, until: date | None
) -> tuple[dict[int, dict[int, int]], dict[int, dict[str, int]]]:
    """person → customer → visits done; and person → sums."""
    rows = Visit.objects.filter(user__in=keys, day__gte=days.start, day__lt=days.end).order_by()
    counts: dict[int, dict[int, int]] = defaultdict(dict)
    done = rows.filter(status=Status.DONE).values_list("user", "customer")
    for user_id, customer_id, times in done.annotate(times=Count("pk")):
        counts[user_id][customer_id] = times
    before = Q(planned_on__lt=until) if until else Q()
    sums = rows.values_list("user").annotate(
        done=Count("pk", filter=Q(status=Status.DONE)),
        planned=Count("pk", filter=Q(planned_on__isnull=False) & before),
        planned_done=Count("pk", filter=Q(planned_on__isnull=False, status=Status.DONE) & before),
        unplanned=Count("pk", filter=Q(planned_on=None, status=Status.DONE)),
        entered_late=Count("pk", filter=Q(late=True, status=Status.DONE)),
    )
    figures = {row[0]: dict(zip(MEASURES, row[1:], strict=True)) for row in sums}
    return counts, figures


def _compared(asked: dict[int, int], counts: dict[int, int], figures: dict[str, int]) -> Done:
    return Done(
        due=len(asked),
        reached=sum(key in counts for key in asked),
        met=sum(counts.get(key, 0) >= times for key, times in asked.items()),
        asked=sum(asked.values()),
        kept=sum(min(counts.get(key, 0), times) for key, times in asked.items()),
        customers=len(counts),
        **figures,
    )
