"""What will come: the way that was best at foretelling the months that are known, with how wrong it was."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean

from repertory.plans.statistics.methods import METHODS, Method
from repertory.plans.statistics.series import SEASON, Series, scale_of

FEWEST = 6
"""Months below which nothing is foretold."""
MOST_MONTHS = 24
ORIGINS = 12
CONFIDENCE = 0.8
PREFERRED = "combined"
# Another way than the preferred one must be so much better in the back-test: a small lead is chance.
LEAD = 0.7


@dataclass(frozen=True)
class Errors:
    """How wrong a way was, over all origins and horizons of the back-test.

    mase: mean absolute error over the mean yearly step, below 1 is better than guessing last year's month. mape: mean
    of error over actual in percent, None where a month was zero.
    """

    mase: float | None
    mape: float | None


@dataclass(frozen=True)
class Backtest:
    """Each of `origins` months was taken as the last known one, and up to `horizon` months after it foretold."""

    origins: int
    horizon: int
    chosen: Errors
    naive: Errors


@dataclass(frozen=True)
class Forecast:
    """months ahead with an interval that holds the actual in CONFIDENCE of all cases; total of all of them likewise."""

    method: str
    values: list[float]
    low: list[float]
    high: list[float]
    total: float
    total_low: float
    total_high: float
    backtest: Backtest


@dataclass(frozen=True)
class Trial:
    """What a way foretold from one origin, and what came."""

    foretold: list[float]
    actual: list[float]

    @property
    def misses(self) -> list[float]:
        return [actual - foretold for foretold, actual in zip(self.foretold, self.actual, strict=True)]


def forecast(values: Series, months: int) -> Forecast | None:
    """The next `months` (1 to MOST_MONTHS) of a monthly series; None where the past is shorter than FEWEST months."""
    if len(values) < FEWEST:
        return None
    months = min(max(months, 1), MOST_MONTHS)
    trials = {name: _trials(method, values, months) for name, method in METHODS.items()}
    name = _best(trials)
    ahead = METHODS[name](values, months)
    spread = _spread([trial.misses for trial in trials[name]])
    widths = _widening([spread(step, step + 1) for step in range(months)])
    total, width = sum(ahead), max(spread(0, months), widths[-1])
    backtest = Backtest(
        origins=len(trials[name]),
        horizon=max((len(trial.actual) for trial in trials[name]), default=0),
        chosen=errors_of(trials[name], values),
        naive=errors_of(trials["seasonal_naive"], values),
    )
    return Forecast(
        method=name,
        values=ahead,
        low=[value - width for value, width in zip(ahead, widths, strict=True)],
        high=[value + width for value, width in zip(ahead, widths, strict=True)],
        total=total,
        total_low=total - width,
        total_high=total + width,
        backtest=backtest,
    )


def errors_of(trials: Sequence[Trial], values: Series) -> Errors:
    """Of a whole back-test; `values` gives the yearly step that errors are measured by."""
    misses = [abs(miss) for trial in trials for miss in trial.misses]
    actuals = [actual for trial in trials for actual in trial.actual]
    scale = scale_of(values)
    if not misses:
        return Errors(None, None)
    shares = [miss / abs(actual) for miss, actual in zip(misses, actuals, strict=True) if actual]
    return Errors(
        mase=fmean(misses) / scale if scale else None,
        mape=100 * fmean(shares) if len(shares) == len(misses) else None,
    )


def _trials(method: Method, values: Series, months: int) -> list[Trial]:
    """From each of the last ORIGINS months that leave enough past: what the way would have said."""
    least = 2 * SEASON if len(values) > 2 * SEASON + 2 else max(FEWEST - 2, len(values) // 2)
    first = max(least, len(values) - max(ORIGINS, months))
    return [
        Trial(method(values[:origin], len(ahead)), ahead)
        for origin in range(first, len(values))
        if (ahead := list(values[origin : origin + months]))
    ]


def _best(trials: dict[str, list[Trial]]) -> str:
    """The preferred way, unless another was clearly better."""
    wrong = {name: sum(abs(miss) for trial in found for miss in trial.misses) for name, found in trials.items()}
    best = min(wrong, key=lambda name: (wrong[name], name))
    return best if wrong[best] < LEAD * wrong[PREFERRED] else PREFERRED


def _spread(misses: Sequence[Sequence[float]]) -> Callable[[int, int], float]:
    """Gives half the width of the interval of the sum of the months from one up to, without, another."""
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    every = [miss for found in misses for miss in found]
    single = sqrt(fmean([miss**2 for miss in every])) if every else 0.0

    def width(start: int, end: int) -> float:
        sums = [sum(found[start:end]) for found in misses if len(found) >= end]
        if len(sums) >= 4:
            return z * sqrt(fmean([one**2 for one in sums]))
        return z * single * sqrt(end - start)

    return width


def _widening(widths: Sequence[float]) -> list[float]:
    """What lies further ahead is never better known."""
    found: list[float] = []
    for width in widths:
        found.append(max(width, found[-1] if found else 0.0))
    return found
