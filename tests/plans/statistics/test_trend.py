import pytest

from repertory.plans.statistics.trend import Direction, Method, trend_of
from tests.factories.series import series


def test_a_rise_is_found_below_a_strong_season_with_its_slope_a_month():
    trend = trend_of(series(months=36, slope=4, season=300, noise=5))
    assert trend.direction is Direction.UP
    assert trend.test is Method.SEASONAL
    assert trend.p_value < 0.001
    assert trend.slope == pytest.approx(4, abs=0.3)


def test_a_fall_is_found():
    trend = trend_of(series(months=30, slope=-9, season=100, noise=5))
    assert trend.direction is Direction.DOWN
    assert trend.slope == pytest.approx(-9, abs=0.6)


def test_a_season_alone_is_no_trend():
    trend = trend_of(series(months=29, season=400))
    assert (trend.direction, trend.slope) == (Direction.FLAT, 0)
    assert trend.p_value == 1


def test_noise_alone_is_no_trend():
    assert trend_of(series(months=36, noise=100)).direction is Direction.FLAT


def test_the_p_value_of_a_short_rise_is_that_of_the_published_formula():
    # S = 15 for six rising values, variance 28.333: z = 14 / 5.3229 = 2.6302, two-sided 0.00853.
    trend = trend_of([1, 2, 3, 4, 5, 6])
    assert (trend.direction, trend.test) == (Direction.UP, Method.PLAIN)
    assert trend.p_value == pytest.approx(0.00853, abs=0.00001)
    assert trend.slope == 1


def test_equal_values_make_the_variance_smaller():
    # S = 12, variance (6*5*17 - 3*2*11)/18 = 24.667: z = 11 / 4.9666 = 2.2148, two-sided 0.02677.
    assert trend_of([1, 1, 1, 2, 3, 4]).p_value == pytest.approx(0.02677, abs=0.00001)


def test_a_constant_series_is_flat():
    assert trend_of([5.0] * 30).direction is Direction.FLAT


def test_nothing_is_said_about_five_months():
    trend = trend_of([1, 2, 3, 4, 5])
    assert (trend.direction, trend.test, trend.months) == (Direction.UNKNOWN, Method.NONE, 5)
