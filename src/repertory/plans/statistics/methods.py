"""Ways to carry a monthly series on. Each takes the past and the number of months, and gives as many numbers."""

from collections.abc import Callable, Iterator
from itertools import product
from statistics import fmean, median

from repertory.plans.statistics.series import SEASON, Series, season_of, without_season

Method = Callable[[Series, int], list[float]]

_LEVELS = (0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9)
_TRENDS = (0.0, 0.05, 0.15, 0.3)
_DAMPING = (0.8, 0.9, 0.97)
_THETA_LEVELS = (0.1, 0.2, 0.35, 0.5, 0.7, 0.9)


def seasonal_naive(past: Series, months: int) -> list[float]:
    """What every other way has to beat: the same month of the last year; the last month where there is no year."""
    if len(past) < SEASON:
        return [past[-1]] * months
    return [past[len(past) - SEASON + ahead % SEASON] for ahead in range(months)]


def smoothed(past: Series, months: int) -> list[float]:
    """A level that follows the past, and the season."""
    season, plain = _parts(past)
    _error, level = min(_levels(plain))
    return _with_season([level] * months, season, len(past))


def damped(past: Series, months: int) -> list[float]:
    """Holt and Winters: a level and a trend that fades out, and the season."""
    season, plain = _parts(past)
    best = min(_trended(plain, *choice) for choice in product(_LEVELS, _TRENDS, _DAMPING))
    _error, level, trend, damping = best
    ahead, reach = [], 0.0
    for step in range(1, months + 1):
        reach += damping**step
        ahead.append(level + reach * trend)
    return _with_season(ahead, season, len(past))


def theta(past: Series, months: int) -> list[float]:
    """Assimakopoulos and Nikolopoulos: half of the straight line's slope added to the smoothed level, and the season."""
    season, plain = _parts(past)
    _error, level = min(_levels(plain, _THETA_LEVELS))
    slope = _line_slope(plain) / 2
    return _with_season([level + slope * step for step in range(1, months + 1)], season, len(past))


def yearly_level(past: Series, months: int) -> list[float]:
    """The mean of the last year, and the season: for series in which a month says little."""
    season, plain = _parts(past)
    return _with_season([fmean(plain[-SEASON:])] * months, season, len(past))


def combined(past: Series, months: int) -> list[float]:
    """The middle of all of them: seldom the best, hardly ever bad."""
    found = [method(past, months) for method in (smoothed, damped, theta, yearly_level)]
    return [median(values) for values in zip(*found, strict=True)]


METHODS: dict[str, Method] = {
    "combined": combined,
    "smoothed": smoothed,
    "damped": damped,
    "theta": theta,
    "yearly_level": yearly_level,
    "seasonal_naive": seasonal_naive,
}


def _parts(past: Series) -> tuple[list[float], list[float]]:
    season = season_of(past)
    return season, without_season(past, season)


def _with_season(ahead: Series, season: Series, start: int) -> list[float]:
    return [value + season[(start + step) % SEASON] for step, value in enumerate(ahead)]


def _levels(plain: Series, weights: tuple[float, ...] = _LEVELS) -> Iterator[tuple[float, float]]:
    """For each weight of the latest value: the squared error one month ahead, and the last level."""
    for weight in weights:
        level, error = fmean(plain[:SEASON]), 0.0
        for value in plain:
            error += (value - level) ** 2
            level += weight * (value - level)
        yield error, level


def _trended(plain: Series, weight: float, trend_weight: float, damping: float) -> tuple[float, float, float, float]:
    """The squared error one month ahead, the last level and trend, and the damping."""
    level, trend, error = fmean(plain[:SEASON]), 0.0, 0.0
    for value in plain:
        expected = level + damping * trend
        error += (value - expected) ** 2
        before = level
        level = expected + weight * (value - expected)
        trend = damping * trend + trend_weight * (level - before - damping * trend)
    return error, level, trend, damping


def _line_slope(plain: Series) -> float:
    """Of the straight line through all values, a month."""
    middle, mean = (len(plain) - 1) / 2, fmean(plain)
    below = sum((at - middle) ** 2 for at in range(len(plain)))
    return sum((at - middle) * (value - mean) for at, value in enumerate(plain)) / below if below else 0.0
