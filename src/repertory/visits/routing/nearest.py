"""The fallback: always to the nearest stop that can still be reached. Labelled as what it is, wherever it is shown."""

from repertory.visits.routing.problem import Plan, Problem, Tour, distances, timed


def nearest_neighbour(problem: Problem) -> Plan:
    """Fill one tour after the other."""
    matrix = distances(problem)
    left = list(range(len(problem.stops)))
    tours: list[Tour] = []
    while left and len(tours) < problem.tours:
        order = _one_tour(problem, left, matrix)
        if not order:
            break
        tour = timed(problem, order, matrix)
        if tour is not None:
            tours.append(tour)
        left = [number for number in left if number not in order]
    return Plan("nearest", tuple(tours), tuple(problem.stops[number].key for number in left))


def _one_tour(problem: Problem, left: list[int], matrix: list[list[int]]) -> list[int]:
    order: list[int] = []
    load, here = 0, 0
    while True:
        reachable = [
            number
            for number in left
            if number not in order
            and (not problem.capacity or load + problem.stops[number].load <= problem.capacity)
            and timed(problem, [*order, number], matrix) is not None
        ]
        if not reachable:
            return order
        chosen = min(reachable, key=lambda number: (matrix[here][number + 1], problem.stops[number].key))
        order.append(chosen)
        load, here = load + problem.stops[chosen].load, chosen + 1
