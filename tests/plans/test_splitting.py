"""Parts add up to the whole whatever is fixed."""

import random

import pytest

from repertory.plans.splitting import Reason, Unsplittable, divided

CASES = 100_000


def a_case(dice: random.Random) -> tuple[int, list[int], dict[int, int]]:
    """A total, weights and some fixed parts that leave something for at least one free part."""
    count = dice.randint(1, 8)
    total = dice.choice((0, 1, dice.randint(0, 50), dice.randint(0, 10**12)))
    weights = [dice.choice((0, 1, dice.randint(0, 9), dice.randint(0, 10**9))) for _each in range(count)]
    left, fixed = total, {}
    for index in dice.sample(range(count), dice.randint(0, count - 1)):
        fixed[index] = dice.randint(0, left)
        left -= fixed[index]
    return total, weights, fixed


def test_a_hundred_thousand_random_splits_add_up_without_a_negative_part():
    dice = random.Random(20260301)
    for _each in range(CASES):
        total, weights, fixed = a_case(dice)
        parts = divided(total, weights, fixed)
        assert sum(parts) == total
        assert min(parts) >= 0
        assert len(parts) == len(weights)
        assert all(parts[index] == part for index, part in fixed.items())


def test_fixing_one_part_moves_each_other_by_no_more_than_its_share_of_the_difference():
    dice = random.Random(7)
    for _each in range(10_000):
        total, weights, fixed = a_case(dice)
        before = divided(total, weights, fixed)
        free = [index for index in range(len(weights)) if index not in fixed]
        chosen = dice.choice(free)
        others = [index for index in free if index != chosen]
        held = sum(before[index] for index in others)
        if not held:
            continue
        typed = dice.randint(0, before[chosen] + held)
        after = divided(total, before, {**fixed, chosen: typed})
        for index in others:
            share = (before[chosen] - typed) * before[index] / held
            assert abs(after[index] - before[index] - share) <= 1 + abs(share) * 1e-9


def test_fixing_a_part_at_what_it_is_changes_nothing():
    dice = random.Random(11)
    for _each in range(10_000):
        total, weights, fixed = a_case(dice)
        parts = divided(total, weights, fixed)
        chosen = dice.randrange(len(parts))
        others = [part for index, part in enumerate(parts) if index != chosen and index not in fixed]
        if any(others):
            assert divided(total, parts, {**fixed, chosen: parts[chosen]}) == parts


def test_the_odd_box_goes_to_the_largest_remainder():
    assert divided(10, [1, 1, 1]) == [4, 3, 3]
    assert divided(10, [5, 3, 1]) == [6, 3, 1]
    assert divided(10, [0, 0, 0], {1: 4}) == [3, 4, 3]


def test_fixed_parts_beyond_the_total_are_refused_with_both_sums():
    with pytest.raises(Unsplittable) as refused:
        divided(100, [1, 1, 1], {0: 70, 2: 31})
    assert (refused.value.reason, refused.value.total, refused.value.fixed) == (Reason.EXCEEDED, 100, 101)


@pytest.mark.parametrize(("weights", "fixed"), [([], {}), ([1, 1], {0: 40, 1: 50})])
def test_a_rest_that_nobody_can_take_is_refused(weights, fixed):
    with pytest.raises(Unsplittable) as refused:
        divided(100, weights, fixed)
    assert refused.value.reason == Reason.NOTHING_FREE
