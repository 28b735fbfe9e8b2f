"""Days and ranges in the company's time zone. Time is an argument everywhere; only doors ask for the clock.

Every range is half open: [start, end).
"""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils import timezone

COMPANY_ZONE = ZoneInfo("Asia/Shanghai")
YEARS = range(1000, 3000)
"""Those that both databases and every sum of days can bear."""


class Days(NamedTuple):
    """Days from `start` up to, but without, `end`."""

    start: date
    end: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day < self.end

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """The same range as instants of the company's time zone, half open."""
        return start_of(self.start), start_of(self.end)


def now() -> datetime:
    """The clock, aware. For doors only (page, API, command, job): actions and queries get the time from them."""
    return timezone.now()


def read_day(text: str) -> date:
    """The day written as 2026-03-31. ValueError for what is none, or lies outside of YEARS."""
    day = date.fromisoformat(text)
    if day.year not in YEARS:
        raise ValueError(text)
    return day


def day_of(at: datetime) -> date:
    """The company's day at an instant; 2026-01-01 00:30 in Shanghai is still 31 December in UTC."""
    return at.astimezone(COMPANY_ZONE).date()


def today() -> date:
    """The company's day by the clock. For doors only."""
    return day_of(now())


def start_of(day: date) -> datetime:
    """Midnight at the beginning of a day."""
    return datetime.combine(day, time.min, tzinfo=COMPANY_ZONE)


def month_of(day: date) -> Days:
    """The calendar month around a day."""
    return _months(date(day.year, day.month, 1), 1)


def quarter_of(day: date) -> Days:
    """The calendar quarter around a day."""
    return _months(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3)


def year_of(day: date) -> Days:
    """The calendar year around a day."""
    return _months(date(day.year, 1, 1), 12)


def week_of(day: date) -> Days:
    """Monday to Sunday around a day."""
    monday = day - timedelta(days=day.weekday())
    return Days(monday, monday + timedelta(days=7))


def _months(first: date, count: int) -> Days:
    years, month = divmod(first.month - 1 + count, 12)
    return Days(first, date(first.year + years, month + 1, 1))
