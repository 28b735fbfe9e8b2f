"""Dates that come back every year, by the solar or the lunar calendar: birthdays, anniversaries, festivals."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from lunar_python import LunarMonth, Solar

from repertory.core.errors import InvalidInput

_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
_DIGITS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_SOLAR_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Calendar(TextChoices):
    SOLAR = "solar", _("公历")
    LUNAR = "lunar", _("农历")


@dataclass(frozen=True)
class YearlyDate:
    """A month and a day of every year. leap: the leap month of that number, for lunar dates only.

    A leap month that a year lacks is kept in the ordinary month of the same number. The 30th of a month that has 29 days,
    and 29 February in a common year, are kept on the last day of the month.
    """

    calendar: Calendar
    month: int
    day: int
    leap: bool = False

    def __post_init__(self) -> None:
        lunar = self.calendar == Calendar.LUNAR
        if not 1 <= self.month <= 12:
            raise InvalidInput(_("月份应在 1 到 12 之间。"), code="month", field="month")
        if not 1 <= self.day <= (30 if lunar else _SOLAR_DAYS[self.month - 1]):
            raise InvalidInput(_("这个月没有这一天。"), code="day", field="day")
        if self.leap and not lunar:
            raise InvalidInput(_("只有农历才有闰月。"), code="leap", field="leap")

    @property
    def text(self) -> str:
        """How it is said in Chinese: 6月1日, 农历闰六月初一."""
        if self.calendar == Calendar.SOLAR:
            return f"{self.month}月{self.day}日"
        return f"农历{'闰' if self.leap else ''}{_MONTHS[self.month - 1]}月{_day_name(self.day)}"

    def in_year(self, year: int) -> date:
        """The day in a solar or lunar year; a lunar year ends in the January or February of the next solar one."""
        if self.calendar == Calendar.SOLAR:
            if self.month == 2 and self.day == 29 and not _is_leap_year(year):
                return date(year, 2, 28)
            return date(year, self.month, self.day)
        first, days = _lunar_month(year, self.month, self.leap)
        return first + timedelta(days=min(self.day, days) - 1)


def next_occurrence(yearly: YearlyDate, *, on_or_after: date) -> date:
    """The first day from `on_or_after` on at which the date comes back."""
    year = on_or_after.year - 1
    while (day := yearly.in_year(year)) < on_or_after:
        year += 1
    return day


def occurrences(yearly: YearlyDate, *, start: date, end: date) -> Iterator[date]:
    """All its days in the half-open range [start, end), in order."""
    day = next_occurrence(yearly, on_or_after=start)
    while day < end:
        yield day
        day = next_occurrence(yearly, on_or_after=day + timedelta(days=1))


def lunar_of(day: date) -> YearlyDate:
    """The lunar month and day of a solar day."""
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return YearlyDate(Calendar.LUNAR, abs(lunar.getMonth()), lunar.getDay(), leap=lunar.getMonth() < 0)


@lru_cache(maxsize=2048)
def _lunar_month(year: int, month: int, leap: bool) -> tuple[date, int]:
    """First solar day and number of days of a lunar month; the ordinary month where the year has no such leap month."""
    found = (LunarMonth.fromYm(year, -month) if leap else None) or LunarMonth.fromYm(year, month)
    first = Solar.fromJulianDay(found.getFirstJulianDay())
    return date(first.getYear(), first.getMonth(), first.getDay()), found.getDayCount()


def _day_name(day: int) -> str:
    if day == 20:
        return "二十"
    if day == 30:
        return "三十"
    return ("初", "十", "廿")[(day - 1) // 10] + _DIGITS[(day - 1) % 10]


def _is_leap_year(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
