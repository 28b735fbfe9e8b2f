"""Parts always add up to the whole."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repertory.core.money import round_to, split


def test_a_hundred_in_three_gives_the_odd_cent_to_the_first():
    assert split(D("100.00"), [1, 1, 1]) == [D("33.34"), D("33.33"), D("33.33")]


def test_p55_a_discount_of_ten_on_three_times_a_hundred_has_the_right_sign():
    """P55, ERPNext #58042: the discount was stored as 3.32 instead of 3.34."""
    assert split(D("-10.00"), [100, 100, 100]) == [D("-3.34"), D("-3.33"), D("-3.33")]


def test_no_weight_at_all_means_equal_parts():
    assert split(D("3"), [0, 0, 0], unit=D(1)) == [1, 1, 1]


def test_a_part_without_weight_gets_nothing():
    assert split(D("0.05"), [1, 0, 2]) == [D("0.02"), D("0.00"), D("0.03")]


@pytest.mark.parametrize(("total", "weights"), [("1", []), ("1", [1, -1]), ("0.001", [1])])
def test_an_impossible_split_is_refused(total, weights):
    with pytest.raises(ValueError):
        split(D(total), weights)


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**9), min_size=1, max_size=30))
def test_parts_add_up_and_lie_within_a_cent_of_their_share(cents, weights):
    total = D(cents) / 100
    parts = split(total, weights)
    assert sum(parts) == total
    if any(weights):
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part - total * weight / sum(weights)) < D("0.010001")


def test_half_a_cent_is_rounded_away_from_zero():
    assert round_to(D("0.125")) == D("0.13")
    assert round_to(D("-0.125")) == D("-0.13")
    assert round_to(D("1234"), D(100)) == D("1200")


def test_weights_with_decimals_and_of_any_size_share_exactly():
    assert split(D("1.00"), [D("0.1"), D("0.30")]) == [D("0.25"), D("0.75")]
    assert split(D("3"), [D("1E+30"), D("2E+30")], unit=D(1)) == [1, 2]
    assert split(D("5"), [D("0.0"), D("2.5")], unit=D(1)) == [0, 5]
