"""Whom to tour in which order: stops with places and hours, tours that begin and end at one place."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import hypot

from repertory.core.geo import metres_between

# Streets are longer than the flight of the crow.
DETOUR = 1.3


@dataclass(frozen=True)
class Stop:
    """x, y: degrees of longitude and latitude (WGS-84), or plane units. opens, closes: minutes since midnight, half open.
    minutes: how long one stays. load: what a tour must carry for it, where tours have a capacity."""

    key: int
    x: float
    y: float
    opens: int = 0
    closes: int = 24 * 60
    minutes: int = 0
    load: int = 0


@dataclass(frozen=True)
class Problem:
    """start: where every tour begins and ends. planar: distances are straight lines in units of the coordinates, rounded as
    the public test instances do; otherwise metres on the ground. tours: how many at most. speed: kilometres an hour."""

    start: tuple[float, float]
    stops: Sequence[Stop]
    tours: int = 1
    capacity: int = 0
    opens: int = 8 * 60
    closes: int = 18 * 60
    speed: float = 25.0
    planar: bool = False


@dataclass(frozen=True)
class Tour:
    """keys in order; arrivals: minutes since midnight, one each; distance: with the way back."""

    keys: tuple[int, ...]
    arrivals: tuple[int, ...]
    distance: int


@dataclass(frozen=True)
class Plan:
    """method: "pyvrp" or "nearest". unserved: stops that fit into no tour."""

    method: str
    tours: tuple[Tour, ...]
    unserved: tuple[int, ...] = field(default=())

    @property
    def distance(self) -> int:
        return sum(tour.distance for tour in self.tours)


def distances(problem: Problem) -> list[list[int]]:
    """Between all places, the start first; metres, or plane units."""
    places = [problem.start, *((stop.x, stop.y) for stop in problem.stops)]
    if problem.planar:
        return [[round(hypot(a[0] - b[0], a[1] - b[1])) for b in places] for a in places]
    return [[round(metres_between(a, b) * DETOUR) for b in places] for a in places]


def seconds_on_the_way(problem: Problem, distance: int) -> int:
    """How long a distance takes; none on a plane without roads."""
    return 0 if problem.planar else round(distance / (problem.speed * 1000) * 3600)


def timed(problem: Problem, order: Sequence[int], matrix: Sequence[Sequence[int]]) -> Tour | None:
    """The tour over stops (numbers in problem.stops) with its arrivals; None where a stop can't be reached in its hours or
    the day is too short."""
    clock, here, distance = problem.opens * 60, 0, 0
    arrivals: list[int] = []
    for number in order:
        stop, leg = problem.stops[number], matrix[here][number + 1]
        clock = max(clock + seconds_on_the_way(problem, leg), stop.opens * 60)
        if clock + stop.minutes * 60 > min(stop.closes, problem.closes) * 60:
            return None
        arrivals.append(clock // 60)
        clock, here, distance = clock + stop.minutes * 60, number + 1, distance + leg
    distance += matrix[here][0] if order else 0
    return Tour(tuple(problem.stops[number].key for number in order), tuple(arrivals), distance)
