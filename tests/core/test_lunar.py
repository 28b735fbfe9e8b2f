"""Yearly dates of both calendars."""

from datetime import date

import pytest

from repertory.core.errors import InvalidInput
from repertory.core.lunar import Calendar, YearlyDate, lunar_of, next_occurrence, occurrences

SPRING_FESTIVAL = YearlyDate(Calendar.LUNAR, 1, 1)
LEAP_SIX = YearlyDate(Calendar.LUNAR, 6, 1, leap=True)
NEW_YEARS_EVE = YearlyDate(Calendar.LUNAR, 12, 30)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 1, 1), date(2026, 2, 17)),
        (date(2026, 2, 17), date(2026, 2, 17)),
        (date(2026, 2, 18), date(2027, 2, 6)),
    ],
)
def test_the_spring_festival_comes_back_on_or_after_a_day(day, expected):
    assert next_occurrence(SPRING_FESTIVAL, on_or_after=day) == expected


def test_a_leap_month_is_used_where_the_year_has_it():
    assert LEAP_SIX.in_year(2025) == date(2025, 7, 25)
    assert YearlyDate(Calendar.LUNAR, 6, 1).in_year(2025) == date(2025, 6, 25)


def test_a_leap_month_that_is_missing_is_kept_in_the_ordinary_one():
    assert LEAP_SIX.in_year(2026) == YearlyDate(Calendar.LUNAR, 6, 1).in_year(2026) == date(2026, 7, 14)


def test_the_thirtieth_of_a_short_month_is_kept_on_its_last_day():
    assert NEW_YEARS_EVE.in_year(2025) == date(2026, 2, 16)
    assert NEW_YEARS_EVE.in_year(2023) == date(2024, 2, 9)


def test_the_end_of_a_lunar_year_is_found_in_january():
    assert next_occurrence(YearlyDate(Calendar.LUNAR, 12, 8), on_or_after=date(2026, 1, 1)) == date(2026, 1, 26)


def test_the_29th_of_february_is_kept_on_the_28th():
    birthday = YearlyDate(Calendar.SOLAR, 2, 29)
    assert next_occurrence(birthday, on_or_after=date(2026, 1, 1)) == date(2026, 2, 28)
    assert next_occurrence(birthday, on_or_after=date(2028, 1, 1)) == date(2028, 2, 29)


def test_a_range_leaves_out_its_end():
    day = YearlyDate(Calendar.SOLAR, 12, 31)
    assert list(occurrences(day, start=date(2025, 12, 31), end=date(2026, 12, 31))) == [date(2025, 12, 31)]
    assert list(occurrences(day, start=date(2025, 12, 31), end=date(2027, 1, 1))) == [
        date(2025, 12, 31),
        date(2026, 12, 31),
    ]


def test_a_solar_day_has_a_lunar_name():
    assert lunar_of(date(2025, 7, 25)) == LEAP_SIX
    assert LEAP_SIX.text == "农历闰六月初一"
    assert NEW_YEARS_EVE.text == "农历腊月三十"
    assert YearlyDate(Calendar.LUNAR, 1, 20).text == "农历正月二十"
    assert YearlyDate(Calendar.LUNAR, 1, 21).text == "农历正月廿一"
    assert YearlyDate(Calendar.SOLAR, 6, 1).text == "6月1日"


@pytest.mark.parametrize(
    ("calendar", "month", "day", "leap", "field"),
    [
        (Calendar.LUNAR, 13, 1, False, "month"),
        (Calendar.LUNAR, 1, 31, False, "day"),
        (Calendar.SOLAR, 2, 30, False, "day"),
        (Calendar.SOLAR, 6, 1, True, "leap"),
    ],
)
def test_a_date_that_can_not_be_is_refused(calendar, month, day, leap, field):
    with pytest.raises(InvalidInput) as caught:
        YearlyDate(calendar, month, day, leap)
    assert caught.value.field == field
