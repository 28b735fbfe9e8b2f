"""The best order that a few seconds of search find, with PyVRP where it is installed (extra `analytics`)."""

from dataclasses import replace
from importlib.util import find_spec
from typing import Any

from repertory.visits.routing.nearest import nearest_neighbour
from repertory.visits.routing.problem import Plan, Problem, Stop, Tour, distances, seconds_on_the_way, timed

SEED = 20_260_104
# A stop that is left out costs more than any detour to it.
MISSED = 10_000_000


def has_solver() -> bool:
    return find_spec("pyvrp") is not None


def plan_tours(problem: Problem, *, seconds: float = 2.0) -> Plan:
    """Tours of least distance that keep hours, capacity and the length of the day. Without the solver: nearest neighbour."""
    possible = [stop for stop in problem.stops if _fits_the_day(stop, problem)]
    impossible = tuple(stop.key for stop in problem.stops if not _fits_the_day(stop, problem))
    if not possible:
        return Plan("pyvrp" if has_solver() else "nearest", (), impossible)
    rest = replace(problem, stops=possible)
    plan = _search(rest, seconds) if has_solver() else nearest_neighbour(rest)
    return replace(plan, unserved=(*plan.unserved, *impossible))


def _fits_the_day(stop: Stop, problem: Problem) -> bool:
    """Whether its hours leave room for one's stay at all, and a tour can carry its load."""
    begins, ends = max(stop.opens, problem.opens), min(stop.closes, problem.closes)
    return begins + stop.minutes <= ends and (not problem.capacity or stop.load <= problem.capacity)


def _search(problem: Problem, seconds: float) -> Plan:
    from pyvrp.stop import MaxRuntime  # optional dependency

    matrix = distances(problem)
    result = _model(problem, matrix).solve(MaxRuntime(seconds), seed=SEED, display=False, collect_stats=False)
    if not result.is_feasible():
        return nearest_neighbour(problem)
    found = [_tour(problem, route, matrix) for route in result.best.routes()]
    tours = [tour for tour in found if tour is not None]
    if len(tours) < len(found):
        return nearest_neighbour(problem)
    served = {key for tour in tours for key in tour.keys}
    missed = tuple(stop.key for stop in problem.stops if stop.key not in served)
    return Plan("pyvrp", tuple(tour for tour in tours if tour.keys), missed)


def _model(problem: Problem, matrix: list[list[int]]) -> Any:
    from pyvrp import Model  # optional dependency

    model = Model()
    places = [model.add_location(0, 0) for _place in matrix]
    depot = model.add_depot(places[0])
    model.add_vehicle_type(
        problem.tours,
        capacity=[problem.capacity] if problem.capacity else [],
        start_depot=depot,
        end_depot=depot,
        tw_early=problem.opens * 60,
    )
    for stop, place in zip(problem.stops, places[1:], strict=True):
        latest = min(stop.closes, problem.closes) - stop.minutes
        model.add_client(
            place,
            delivery=[stop.load] if problem.capacity else [],
            service_duration=stop.minutes * 60,
            tw_early=stop.opens * 60,
            tw_late=latest * 60,
            prize=MISSED,
            required=False,
        )
    for row, here in zip(matrix, places, strict=True):
        for distance, there in zip(row, places, strict=True):
            if here is not there:
                model.add_edge(here, there, distance=distance, duration=seconds_on_the_way(problem, distance))
    return model


def _tour(problem: Problem, route: Any, matrix: list[list[int]]) -> Tour | None:
    """None where our own clock, which rounds as the program shows it, does not get through."""
    return timed(problem, [visit.idx for visit in route if visit.is_client()], matrix)
