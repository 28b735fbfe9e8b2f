"""Routes: the visits of a day in the order of the shortest tour, and customers grouped into areas (M-CUS-12)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from repertory.core.actor import Actor
from repertory.core.time import Days, month_of
from repertory.customers.models import Customer
from repertory.organisation.models import User
from repertory.platform.rules import value_on
from repertory.visits import access
from repertory.visits.choices import Mode, Status
from repertory.visits.models import Visit, VisitingHours
from repertory.visits.places import Place, places_of
from repertory.visits.queries.due import targets_of
from repertory.visits.routing import Plan, Problem, Stop, Tour, plan_tours
from repertory.visits.routing.areas import group
from repertory.visits.routing.nearest import nearest_neighbour
from repertory.visits.routing.problem import distances, timed
from repertory.visits.rules import CYCLE

MOST_STOPS = 60
# How long to search: a day of ten stops is settled in a moment.
SECONDS, SECONDS_A_STOP = 1.5, 0.04
SECONDS_AN_AREA = 0.6


@dataclass(frozen=True)
class DayRoute:
    """visits: by key. nowhere: planned visits whose customers have no place. given: the order that stands or was asked for,
    None where it breaks the hours."""

    visits: dict[int, Visit]
    problem: Problem
    best: Plan
    given: Tour | None
    nowhere: list[Visit]


def day_route(*, actor: Actor, person: User, on: date, order: Sequence[int] = ()) -> DayRoute:
    """The planned visits on site of a person's day, and the tour that takes the least way. order: keys of visits by hand."""
    rows = _on_site(actor, person.pk).filter(day=on)
    visits = list(rows[:MOST_STOPS])
    places = places_of([visit.customer for visit in visits])
    problem = _problem(on, visits, places)
    stops = problem.stops
    numbers = {stop.key: number for number, stop in enumerate(stops)}
    wanted = [numbers[key] for key in order if key in numbers] or list(range(len(stops)))
    wanted += [number for number in range(len(stops)) if number not in wanted]
    return DayRoute(
        {visit.pk: visit for visit in visits},
        problem,
        plan_tours(problem, seconds=min(SECONDS, SECONDS_A_STOP * len(stops))),
        timed(problem, wanted, distances(problem)),
        [visit for visit in visits if visit.customer_id not in places],
    )


def route_places(*, actor: Actor, days: Days) -> dict[int, int]:
    """{visit: its place, from 1, on the way of its day}: one's own planned visits on site, each day always to the nearest
    next one. It takes no search, so that it can be asked for along with the calendar; `day_route` finds the shortest."""
    if actor.user_id is None:
        return {}
    rows = _on_site(actor, actor.user_id).filter(day__gte=days.start, day__lt=days.end)
    by_day: dict[date, list[Visit]] = defaultdict(list)
    for visit in rows:
        by_day[visit.day].append(visit)
    places = places_of([visit.customer for visits in by_day.values() for visit in visits])
    found: dict[int, int] = {}
    for on, visits in by_day.items():
        plan = nearest_neighbour(_problem(on, visits[:MOST_STOPS], places))
        keys = [key for tour in plan.tours for key in tour.keys]
        found |= {key: number for number, key in enumerate(keys, start=1)}
    return found


def _on_site(actor: Actor, user_id: int) -> QuerySet[Visit]:
    rows = access.visible_visits(actor).filter(user_id=user_id, status=Status.PLANNED, mode=Mode.FIELD)
    return rows.select_related("customer").order_by("planned_start", "pk")


def _problem(on: date, visits: Sequence[Visit], places: Mapping[int, Place]) -> Problem:
    """The tour of a day, from the middle of its stops, in the hours of the rule 周期计划."""
    hours = _hours(on, [visit.customer_id for visit in visits])
    rule = value_on(CYCLE, on)
    stops = [
        _stop(
            visit.pk, places[visit.customer_id], hours.get(visit.customer_id), visit.planned_minutes or rule["minutes"]
        )
        for visit in visits
        if visit.customer_id in places
    ]
    return Problem(
        start=_middle(stops),
        stops=stops,
        opens=int(rule["starts_hour"]) * 60,
        closes=int(rule["ends_hour"]) * 60,
        speed=float(rule["kilometres_per_hour"]),
    )


@dataclass(frozen=True)
class Area:
    """Customers that lie together, in the order of the shortest tour. metres: of the tour."""

    customers: list[Customer]
    places: list[tuple[float, float]]
    metres: int
    method: str


def areas_of(*, person: User, on: date, count: int) -> tuple[list[Area], list[Customer]]:
    """A person's customers to be seen in a month, grouped; and those without a place."""
    customers = {target.customer.pk: target.customer for target in targets_of(person=person, month=month_of(on))}
    places = places_of(list(customers.values()))
    stops = [Stop(key, *places[key]) for key in customers if key in places]
    areas = []
    for members in group(stops, count):
        plan = plan_tours(Problem(_middle(members), members, opens=0, closes=24 * 60), seconds=SECONDS_AN_AREA)
        keys = [key for tour in plan.tours for key in tour.keys]
        areas.append(Area([customers[key] for key in keys], [places[key] for key in keys], plan.distance, plan.method))
    return areas, [customer for key, customer in customers.items() if key not in places]


def _hours(on: date, customer_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """The first stretch of a customer's day, in minutes since midnight."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in VisitingHours.objects.filter(customer__in=customer_ids, weekday=on.weekday()):
        found[row.customer_id].append(
            (row.opens.hour * 60 + row.opens.minute, row.closes.hour * 60 + row.closes.minute)
        )
    return {key: min(stretches) for key, stretches in found.items()}


def _stop(key: int, place: tuple[float, float], hours: tuple[int, int] | None, minutes: int) -> Stop:
    opens, closes = hours or (0, 24 * 60)
    return Stop(key, *place, opens=opens, closes=closes, minutes=int(minutes))


def _middle(stops: Sequence[Stop]) -> tuple[float, float]:
    if not stops:
        return 0.0, 0.0
    return sum(stop.x for stop in stops) / len(stops), sum(stop.y for stop in stops) / len(stops)
