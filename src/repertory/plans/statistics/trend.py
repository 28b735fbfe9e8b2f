"""Whether a monthly series goes up or down, by a test that asks for no distribution: the seasonal Mann–Kendall test."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import sqrt
from statistics import NormalDist, median

from repertory.plans.statistics.series import SEASON, Series

SIGNIFICANCE = 0.05
FEWEST = 6
"""Months below which nothing is said."""


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    FLAT = "flat"
    UNKNOWN = "unknown"


class Method(StrEnum):
    SEASONAL = "seasonal_mann_kendall"
    PLAIN = "mann_kendall"
    NONE = "none"


@dataclass(frozen=True)
class Trend:
    """p_value: how often chance alone shows at least such a trend. slope: change a month, the median of all pairs (Sen)."""

    direction: Direction
    p_value: float
    slope: float
    test: Method
    months: int


def trend_of(values: Series) -> Trend:
    """Up or down where the p-value lies below SIGNIFICANCE, else flat; unknown with fewer than FEWEST months.

    From two full years on, each month is compared with the same month of other years only, so that a season is no trend
    (Hirsch, Slack, Smith 1982); below, every month with every other (Mann 1945, Kendall 1975).
    """
    if len(values) < FEWEST:
        return Trend(Direction.UNKNOWN, 1.0, 0.0, Method.NONE, len(values))
    seasonal = len(values) >= 2 * SEASON
    apart = SEASON if seasonal else 1
    groups = [values[start::apart] for start in range(apart)]
    p_value = _p_value(sum(_score(group) for group in groups), sum(_variance(group) for group in groups))
    slope = _slope(groups) / apart
    direction = Direction.FLAT
    if p_value < SIGNIFICANCE and slope:
        direction = Direction.UP if slope > 0 else Direction.DOWN
    return Trend(direction, p_value, slope, Method.SEASONAL if seasonal else Method.PLAIN, len(values))


def _score(values: Series) -> int:
    """Pairs that rise minus pairs that fall."""
    return sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2))


def _variance(values: Series) -> float:
    """Of the score where only chance is at work; equal values make it smaller."""
    count = len(values)
    ties = sum(times * (times - 1) * (2 * times + 5) for times in Counter(values).values())
    return (count * (count - 1) * (2 * count + 5) - ties) / 18


def _p_value(score: int, variance: float) -> float:
    """Two-sided, with the correction for whole numbers."""
    if variance <= 0 or score == 0:
        return 1.0
    distance = (abs(score) - 1) / sqrt(variance)
    return 2 * (1 - NormalDist().cdf(distance))


def _slope(groups: Sequence[Series]) -> float:
    """The median change from one value of a group to the next."""
    steps = [
        (group[second] - group[first]) / (second - first)
        for group in groups
        for first, second in combinations(range(len(group)), 2)
    ]
    return median(steps) if steps else 0.0
