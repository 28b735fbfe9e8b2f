from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from repertory.core import formats
from repertory.core.lunar import Calendar, YearlyDate

TODAY = date(2026, 11, 5)  # a Thursday


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, ""), ("", ""), (0, "0"), (1234567, "1,234,567"), (Decimal("-1234.50"), "-1,234.50")],
)
def test_numbers_have_thousands_separators(value, shown):
    assert formats.number(value) == shown


def test_places_round_half_away_from_zero():
    assert formats.number(Decimal("2.345"), 2) == "2.35"
    assert formats.number(Decimal("-2.345"), 2) == "-2.35"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (9999, "9,999"),
        (10_000, "1万"),
        (12_345, "1.2万"),
        (250_000_000, "2.5亿"),
        (-30_000, "-3万"),
        (152_806_591, "1.53亿"),
        (3_000_000_000, "30亿"),
        (10_000_000, "1,000万"),
    ],
)
def test_large_numbers_are_short_in_chinese(value, shown):
    assert formats.short_number(value) == shown


def test_large_numbers_are_short_in_english():
    with translation.override("en"):
        assert formats.short_number(12_345) == "12.3K"
        assert formats.short_number(250_000_000) == "250M"


@pytest.mark.parametrize(
    ("value", "shown"), [(None, ""), (Decimal("1234"), "¥1,234.00"), (Decimal("-0.5"), "-¥0.50"), (0, "¥0.00")]
)
def test_money_has_two_places(value, shown):
    assert formats.money(value) == shown


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (None, ""),
        (date(2026, 11, 5), "今天"),
        (date(2026, 11, 4), "昨天"),
        (date(2026, 11, 3), "前天"),
        (date(2026, 11, 6), "明天"),
        (date(2026, 11, 7), "后天"),
        (date(2026, 11, 2), "周一"),
        (date(2026, 11, 8), "周日"),
        (date(2026, 11, 9), "11月9日"),
        (date(2026, 1, 31), "1月31日"),
        (date(2025, 11, 5), "2025年11月5日"),
    ],
)
def test_dates_are_said_as_people_say_them(day, shown):
    assert formats.human_date(day, TODAY) == shown


def test_an_instant_is_shown_on_the_companys_day_and_clock():
    late_in_utc = datetime(2026, 11, 4, 17, 30, tzinfo=UTC)
    assert formats.human_time(late_in_utc, TODAY) == "今天 01:30"


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2026, 11, 5), "today"),
        (date(2026, 11, 25), "25 Nov"),
        (date(2026, 1, 3), "3 Jan"),
        (date(2025, 11, 5), "5 Nov 2025"),
    ],
)
def test_dates_in_english_name_the_month(day, shown):
    with translation.override("en"):
        assert formats.human_date(day, TODAY).casefold() == shown.casefold()


@pytest.mark.parametrize(
    ("yearly", "chinese", "english"),
    [
        (YearlyDate(Calendar.SOLAR, 6, 1), "6月1日", "1 Jun"),
        (YearlyDate(Calendar.LUNAR, 8, 15), "农历八月十五", "lunar month 8, day 15"),
        (YearlyDate(Calendar.LUNAR, 6, 1, leap=True), "农历闰六月初一", "lunar leap month 6, day 1"),
    ],
)
def test_a_date_of_every_year_is_said_in_the_language_of_the_page(yearly, chinese, english):
    assert formats.yearly_date(yearly) == chinese
    with translation.override("en"):
        assert formats.yearly_date(yearly) == english


def test_a_month_and_a_day_may_have_a_year():
    assert (formats.month_and_day(3, 2), formats.month_and_day(3, 2, 1980)) == ("3月2日", "1980年3月2日")
    with translation.override("en"):
        assert (formats.month_and_day(3, 2), formats.month_and_day(3, 2, 1980)) == ("2 Mar", "2 Mar 1980")
