"""The month laid on its days: hard rules always kept, little travel. M-VIS-2."""

import random
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from repertory.visits.cycle import Due, Frame, first_come, propose

MARCH = tuple(day for day in (date(2026, 3, 1) + timedelta(days=n) for n in range(31)) if day.weekday() < 5)
PLACES = st.tuples(st.floats(118.4, 119.0), st.floats(31.8, 32.3))
WINDOW = st.tuples(st.integers(8, 11), st.integers(1, 4)).map(lambda pair: (pair[0] * 60, (pair[0] + pair[1]) * 60))
HOURS = st.dictionaries(st.integers(0, 6), st.lists(WINDOW, min_size=1, max_size=2), max_size=3)
DUES = st.lists(
    st.tuples(st.integers(0, 6), st.none() | PLACES, HOURS, st.sets(st.sampled_from(MARCH), max_size=2)), max_size=40
).map(
    lambda rows: [
        Due(number, times, place, hours, tuple(sorted(seen))) for number, (times, place, hours, seen) in enumerate(rows)
    ]
)


def city(seed, customers=120):
    """Customers of a rep: fifteen hospitals in a city, a third of the doctors with hours of their own."""
    chance = random.Random(seed)
    hospitals = [(118.78 + chance.gauss(0, 0.12), 32.05 + chance.gauss(0, 0.1)) for _hospital in range(15)]
    dues = []
    for number in range(customers):
        place = chance.choice(hospitals)
        days = chance.sample(range(5), chance.randint(2, 3)) if chance.random() < 0.33 else []
        hours = {weekday: [(480, 690), (840, 1020)] for weekday in days}
        dues.append(Due(number, chance.choice([1, 1, 2, 4]), place, hours))
    return dues


def check(dues, frame):
    cycle = propose(dues, frame)
    by_customer = {due.customer_id: due for due in dues}
    days = {}
    for call in cycle.calls:
        assert call.day in frame.days
        days.setdefault(call.day, []).append(call)
        windows = by_customer[call.customer_id].hours
        if windows:
            assert any(
                opens <= call.starts and call.starts + frame.minutes <= closes
                for opens, closes in windows.get(call.day.weekday(), ())
            )
    for calls in days.values():
        assert len(calls) <= frame.most_a_day
        assert len({call.customer_id for call in calls}) == len(calls)
        starts = [call.starts for call in calls]
        assert all(later - earlier >= frame.minutes for earlier, later in zip(starts, starts[1:], strict=False))
        assert starts[0] >= frame.opens and starts[-1] + frame.minutes <= frame.closes
    missing = {row.customer_id: row.missing for row in cycle.shortfalls}
    for due in dues:
        laid = [call.day for call in cycle.calls if call.customer_id == due.customer_id]
        assert len(laid) + missing.get(due.customer_id, 0) == max(0, due.times - len(due.seen))
        assert not set(laid) & set(due.seen)
    return cycle


@given(DUES)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_every_hard_rule_is_kept_and_every_visit_laid_or_named(dues):
    check(dues, Frame(MARCH, most_a_day=8))


def test_visits_of_one_customer_lie_apart():
    cycle = propose([Due(1, 4, (118.7, 32.0))], Frame(MARCH))
    numbers = [MARCH.index(call.day) for call in cycle.calls]
    assert len(numbers) == 4
    assert min(later - earlier for earlier, later in zip(numbers, numbers[1:], strict=False)) >= 2


def test_a_city_month_travels_at_least_fifteen_per_cent_less_than_down_the_list():
    for seed in range(3):
        dues = city(seed)
        cycle = check(dues, Frame(MARCH))
        assert not cycle.shortfalls
        assert cycle.kilometres <= 0.85 * first_come(dues, Frame(MARCH))


def test_a_customer_seen_on_days_that_do_not_exist_is_named_with_the_reason():
    cycle = propose([Due(7, 1, None, {6: [(480, 600)]})], Frame(MARCH))
    assert [(row.customer_id, row.missing, row.reason) for row in cycle.shortfalls] == [(7, 1, "no_day")]


def test_more_than_fits_is_named_as_full():
    frame = Frame(MARCH[:1], most_a_day=3)
    cycle = propose([Due(number, 1) for number in range(5)], frame)
    assert len(cycle.calls) == 3
    assert [row.reason for row in cycle.shortfalls] == ["full", "full"]


def test_the_same_customers_give_the_same_plan():
    assert propose(city(1, 40), Frame(MARCH)) == propose(city(1, 40), Frame(MARCH))


def test_a_month_without_working_days_left_lays_nothing():
    assert [row.missing for row in propose([Due(1, 2)], Frame(())).shortfalls] == [2]
