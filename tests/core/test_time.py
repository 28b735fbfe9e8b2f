"""Days and ranges in the company's time zone."""

from datetime import UTC, date, datetime

from repertory.core.time import Days, day_of, month_of, quarter_of, start_of, week_of, year_of


def test_a_day_begins_at_midnight_in_shanghai_and_not_in_utc():
    assert day_of(datetime(2025, 12, 31, 15, 59, tzinfo=UTC)) == date(2025, 12, 31)
    assert day_of(datetime(2025, 12, 31, 16, 0, tzinfo=UTC)) == date(2026, 1, 1)
    assert start_of(date(2026, 1, 1)) == datetime(2025, 12, 31, 16, 0, tzinfo=UTC)


def test_a_month_holds_its_last_day_and_not_the_first_of_the_next():
    month = month_of(date(2026, 12, 15))
    assert month == Days(date(2026, 12, 1), date(2027, 1, 1))
    assert date(2026, 12, 31) in month
    assert date(2027, 1, 1) not in month
    assert month.instants == (start_of(date(2026, 12, 1)), start_of(date(2027, 1, 1)))


def test_quarters_years_and_weeks_are_half_open_too():
    assert quarter_of(date(2026, 11, 21)) == Days(date(2026, 10, 1), date(2027, 1, 1))
    assert quarter_of(date(2026, 6, 30)) == Days(date(2026, 4, 1), date(2026, 7, 1))
    assert year_of(date(2026, 2, 3)) == Days(date(2026, 1, 1), date(2027, 1, 1))
    assert week_of(date(2026, 11, 21)) == Days(date(2026, 11, 16), date(2026, 11, 23))
