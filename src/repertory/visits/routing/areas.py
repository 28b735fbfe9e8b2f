"""Places grouped into areas that lie together: k-means, begun at places far from each other, the same for the same input."""

from collections.abc import Sequence
from math import cos, radians

from repertory.visits.routing.problem import Stop

ROUNDS = 50


def group(stops: Sequence[Stop], count: int) -> list[list[Stop]]:
    """At most `count` areas, the largest first, none empty."""
    if not stops:
        return []
    scale = cos(radians(sum(stop.y for stop in stops) / len(stops)))
    flat = [(stop.x * scale, stop.y) for stop in stops]
    centres = _far_apart(flat, min(count, len(set(flat))))
    belongs: list[int] = []
    for _round in range(ROUNDS):
        nearest = [min(range(len(centres)), key=lambda area: _apart(place, centres[area])) for place in flat]
        if nearest == belongs:
            break
        belongs = nearest
        members = [[flat[at] for at, area in enumerate(belongs) if area == one] for one in range(len(centres))]
        centres = [_middle(own) if own else centres[area] for area, own in enumerate(members)]
    areas: list[list[Stop]] = [[] for _centre in centres]
    for stop, area in zip(stops, belongs, strict=True):
        areas[area].append(stop)
    return sorted((area for area in areas if area), key=lambda area: (-len(area), area[0].key))


def _far_apart(places: Sequence[tuple[float, float]], count: int) -> list[tuple[float, float]]:
    chosen = [_middle(places)]
    while len(chosen) <= count:
        chosen.append(max(places, key=lambda place: min(_apart(place, centre) for centre in chosen)))
    return chosen[1:]


def _middle(places: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return sum(place[0] for place in places) / len(places), sum(place[1] for place in places) / len(places)


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2
