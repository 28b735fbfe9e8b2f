from itertools import pairwise
from random import Random
from statistics import fmean

import pytest

from repertory.plans.statistics.forecast import MOST_MONTHS, Trial, errors_of, forecast
from repertory.plans.statistics.methods import METHODS, seasonal_naive
from repertory.plans.statistics.series import SEASON, season_of
from tests.factories.series import series


def test_a_series_of_trend_and_season_goes_on_as_it_did():
    known, coming = series(months=60, slope=3, season=200)[:48], series(months=60, slope=3, season=200)[48:]
    found = forecast(known, 12)
    assert found.values == pytest.approx(coming, rel=0.03)


@pytest.mark.parametrize("slope", [0, 8, -8])
def test_noise_around_a_level_or_trend_is_foretold_better_than_by_last_years_month(slope):
    whole = series(months=60, slope=slope, season=150, noise=60)
    known, coming = whole[:48], whole[48:]
    missed = fmean(abs(a - b) for a, b in zip(forecast(known, 12).values, coming, strict=True))
    naive = fmean(abs(a - b) for a, b in zip(seasonal_naive(known, 12), coming, strict=True))
    assert missed < naive


def test_the_back_test_stands_beside_that_of_the_seasonal_naive():
    backtest = forecast(series(months=48, slope=8, season=150, noise=60), 6).backtest
    assert (backtest.origins, backtest.horizon) == (12, 6)
    assert backtest.chosen.mase < backtest.naive.mase
    assert backtest.chosen.mape < backtest.naive.mape


def test_the_interval_holds_most_of_what_comes():
    inside = total = 0
    for start in range(0, 30, 3):
        whole = [1000 + 100 * (at % 12 < 4) + Random(start * 1000 + at).gauss(0, 50) for at in range(60)]
        found = forecast(whole[:48], 12)
        inside += sum(
            low <= actual <= high for low, actual, high in zip(found.low, whole[48:], found.high, strict=True)
        )
        total += 12
    assert 0.7 <= inside / total <= 0.95


def test_what_lies_further_ahead_is_never_better_known():
    found = forecast(series(months=40, noise=80), 9)
    widths = [high - low for low, high in zip(found.low, found.high, strict=True)]
    assert all(later >= earlier - 1e-6 for earlier, later in pairwise(widths))


def test_the_total_is_the_sum_of_the_months_inside_its_own_interval():
    found = forecast(series(months=40, season=80, noise=20), 5)
    assert found.total == pytest.approx(sum(found.values))
    assert found.total_low < found.total < found.total_high


def test_a_year_and_a_half_is_carried_on_without_a_season():
    found = forecast(series(months=18, level=500, noise=10), 3)
    assert found.values == pytest.approx([500] * 3, rel=0.05)


def test_nothing_is_foretold_from_five_months():
    assert forecast([1, 2, 3, 4, 5], 3) is None


def test_a_series_of_zeros_is_foretold_as_zeros_without_an_error_that_has_no_measure():
    found = forecast([0.0] * 30, 3)
    assert found.values == [0, 0, 0]
    assert (found.backtest.chosen.mase, found.backtest.chosen.mape) == (None, None)


@pytest.mark.parametrize("months", [0, 1, MOST_MONTHS, MOST_MONTHS + 1])
def test_one_month_at_least_and_two_years_at_most(months):
    assert len(forecast(series(months=36, noise=9), months).values) == min(max(months, 1), MOST_MONTHS)


@pytest.mark.parametrize("length", [6, 7, 12, 13, 23, 24, 25, 27, 40])
def test_every_way_carries_on_a_past_of_any_length(length):
    past = series(months=length, slope=2, noise=9)
    assert all(len(method(past, 14)) == 14 for method in METHODS.values())
    assert forecast(past, 14) is not None


def test_the_seasonal_naive_repeats_last_year():
    past = [float(value) for value in range(24)]
    assert seasonal_naive(past, 14) == [*past[12:], 12.0, 13.0]


def test_the_season_adds_up_to_nothing_and_finds_the_high_months():
    season = season_of([100 + 60 * (at % SEASON == 3) for at in range(48)])
    assert sum(season) == pytest.approx(0)
    assert max(range(SEASON), key=season.__getitem__) == 3


def test_errors_are_measured_by_the_mean_yearly_step_and_by_the_actual():
    values = [100.0] * 12 + [110.0] * 12
    errors = errors_of([Trial([100, 100], [110, 105])], values)
    assert errors.mase == pytest.approx(0.75)
    assert errors.mape == pytest.approx(100 * (10 / 110 + 5 / 105) / 2)
