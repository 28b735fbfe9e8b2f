"""A monthly series without its season, and what an error of a forecast is measured by."""

from collections.abc import Sequence
from statistics import fmean, median

SEASON = 12
"""Months after which a season comes again."""

Series = Sequence[float]


def season_of(values: Series) -> list[float]:
    """How much each month of the year lies above or below the level, as SEASON numbers with a sum of zero; the first belongs
    to the first month of the series. Flat where there are not two full years.

    Each month is compared with the mean of the year around it; the more years there are, the more that is believed.
    """
    if len(values) < 2 * SEASON:
        return [0.0] * SEASON
    around = _mean_of_the_year_around(values)
    above: list[list[float]] = [[] for _month in range(SEASON)]
    for at, mean in around.items():
        above[at % SEASON].append(values[at] - mean)
    typical = [fmean(found) if len(found) < 3 else (fmean(found) + median(found)) / 2 for found in above]
    return [believed * _belief(above) for believed in (one - fmean(typical) for one in typical)]


def _mean_of_the_year_around(values: Series) -> dict[int, float]:
    """Half a month at both ends, so that the year is centred on the month."""
    half = SEASON // 2
    return {
        at: (values[at - half] / 2 + sum(values[at - half + 1 : at + half]) + values[at + half] / 2) / SEASON
        for at in range(half, len(values) - half)
    }


def _belief(above: Sequence[Sequence[float]]) -> float:
    """From 0 to 1: which part of the difference between months is season and not chance."""
    counts = [len(found) for found in above]
    if min(counts) < 2:
        return 0.5
    means = [fmean(found) for found in above]
    inside = sum((one - mean) ** 2 for found, mean in zip(above, means, strict=True) for one in found)
    noise = inside / (sum(counts) - SEASON) / fmean(counts)
    between = sum(mean**2 for mean in means) / (SEASON - 1)
    return max(0.0, 1 - noise / between) if between else 0.0


def without_season(values: Series, season: Series) -> list[float]:
    return [value - season[at % SEASON] for at, value in enumerate(values)]


def scale_of(values: Series) -> float:
    """What a mean absolute error is divided by (MASE): how far, on average, a month lay from the same month a year before."""
    apart = SEASON if len(values) > SEASON else 1
    steps = [abs(now - before) for before, now in zip(values, values[apart:], strict=False)]
    return fmean(steps) if steps else 0.0
