"""Tours and areas: windows kept, everything named once, the fallback labelled. M-CUS-12."""

from hypothesis import given, settings
from hypothesis import strategies as st

from repertory.visits.routing import Problem, Stop, plan_tours, solving
from repertory.visits.routing.areas import group
from repertory.visits.routing.nearest import nearest_neighbour
from repertory.visits.routing.problem import distances, timed

PLACES = st.tuples(st.floats(118.6, 119.0), st.floats(31.9, 32.2))
WINDOWS = st.sampled_from([(0, 24 * 60), (8 * 60, 9 * 60), (9 * 60, 12 * 60), (14 * 60, 17 * 60), (7 * 60, 8 * 60)])


@st.composite
def problems(draw):
    """Up to nine stops round a town, some with hours; one to three tours, some with a capacity."""
    places = draw(st.lists(PLACES, min_size=1, max_size=9))
    stops = []
    for key, (x, y) in enumerate(places, start=1):
        opens, closes = draw(WINDOWS)
        minutes, load = draw(st.integers(0, 60)), draw(st.integers(0, 5))
        stops.append(Stop(key, x, y, opens=opens, closes=closes, minutes=minutes, load=load))
    return Problem((118.8, 32.05), stops, tours=draw(st.integers(1, 3)), capacity=draw(st.sampled_from([0, 8])))


def keeps_its_word(problem, plan):
    """Each stop once or named as left out; every visit within its hours; no tour over its load; distances right."""
    stops = {stop.key: stop for stop in problem.stops}
    served = [key for tour in plan.tours for key in tour.keys]
    assert sorted([*served, *plan.unserved]) == sorted(stops)
    assert len(plan.tours) <= problem.tours
    matrix = distances(problem)
    for tour in plan.tours:
        assert timed(problem, [problem.stops.index(stops[key]) for key in tour.keys], matrix) == tour
        for key, arrival in zip(tour.keys, tour.arrivals, strict=True):
            assert stops[key].opens <= arrival
            assert arrival + stops[key].minutes <= min(stops[key].closes, problem.closes)
        assert not problem.capacity or sum(stops[key].load for key in tour.keys) <= problem.capacity


@settings(max_examples=60, deadline=None)
@given(problems())
def test_always_to_the_nearest_keeps_hours_and_loads(problem):
    plan = nearest_neighbour(problem)
    assert plan.method == "nearest"
    keeps_its_word(problem, plan)


@settings(max_examples=12, deadline=None)
@given(problems())
def test_the_solver_keeps_hours_and_loads_and_serves_no_fewer(problem):
    plan = plan_tours(problem, seconds=0.02)
    keeps_its_word(problem, plan)


def test_without_the_solver_the_plan_is_labelled(monkeypatch):
    monkeypatch.setattr(solving, "has_solver", lambda: False)
    assert plan_tours(Problem((0, 0), [Stop(1, 1, 0)], planar=True)).method == "nearest"
    assert plan_tours(Problem((0, 0), [])).method == "nearest"


@settings(max_examples=60, deadline=None)
@given(st.lists(PLACES, max_size=25), st.integers(1, 6))
def test_areas_hold_every_place_once_and_the_same_input_gives_the_same(places, count):
    stops = [Stop(key, x, y) for key, (x, y) in enumerate(places)]
    areas = group(stops, count)
    assert sorted(stop.key for area in areas for stop in area) == list(range(len(places)))
    assert len(areas) <= count
    assert all(areas)
    assert [len(area) for area in areas] == sorted((len(area) for area in areas), reverse=True)
    assert group(stops, count) == areas


def test_places_that_lie_together_are_one_area():
    west = [Stop(key, 118.60 + key / 1000, 32.0) for key in range(4)]
    east = [Stop(10 + key, 118.95 + key / 1000, 32.1) for key in range(3)]
    assert group([*east, *west], 2) == [west, east]
