"""Numbers, amounts and dates as people of the trade write them."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.lunar import Calendar, YearlyDate

TEN_THOUSAND = 10_000
HUNDRED_MILLION = 100_000_000
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def number(value: int | float | Decimal | None, places: int | None = None) -> str:
    """12345.5 → 12,345.5; None → empty. `places` fixes the digits after the point."""
    if value is None or value == "":
        return ""
    if places is not None:
        value = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{value:,}"


def short_number(value: Any) -> str:
    """For headings and charts: 12,345 → 1.2万, 250,000,000 → 2.5亿, 152,806,591 → 1.53亿; in English 12.3K, 250M."""
    if value is None or value == "":
        return ""
    for size, unit in _units():
        if abs(value) >= size:
            return f"{_few_places(value, size)}{unit}"
    return number(value)


def percent(part: float | Decimal | None) -> str:
    """0.8342 → 83%; None → —, because nothing was asked for."""
    return "—" if part is None or part == "" else f"{Decimal(part * 100).quantize(Decimal(1), ROUND_HALF_UP)}%"


def money(value: Decimal | int | None) -> str:
    """Yuan with two places: 1234 → ¥1,234.00."""
    if value is None or value == "":
        return ""
    sign = "-" if value < 0 else ""
    return f"{sign}¥{number(abs(Decimal(value)), 2)}"


def human_date(day: date | datetime | None, today: date) -> str:
    """今天, 昨天, 明天, 周三 (in the week around today), 11月5日 (this year), 2025年11月5日; in English 5 Nov, 5 Nov 2025."""
    if day is None or day == "":
        return ""
    if isinstance(day, datetime):
        day = time.day_of(day)
    distance = (day - today).days
    if -2 <= distance <= 2:
        return _near()[distance + 2]
    if day in time.week_of(today):
        return weekdays()[day.weekday()]
    return month_and_day(day.month, day.day, None if day.year == today.year else day.year)


def month_and_day(month: int, day: int, year: int | None = None) -> str:
    """11月5日, with a year 2025年11月5日; in English 5 Nov, 5 Nov 2025."""
    if _is_chinese():
        return f"{year or ''}{'年' if year else ''}{month}月{day}日"
    return f"{day} {_MONTHS[month - 1]}{f' {year}' if year else ''}"


def month_word(month: int) -> str:
    """11月; in English Nov."""
    return f"{month}月" if _is_chinese() else _MONTHS[month - 1]


def yearly_date(yearly: YearlyDate) -> str:
    """6月1日, 农历闰六月初一; in English 1 Jun, lunar leap month 6, day 1."""
    if yearly.calendar == Calendar.SOLAR:
        return month_and_day(yearly.month, yearly.day)
    if _is_chinese():
        return yearly.text
    return f"lunar {'leap ' if yearly.leap else ''}month {yearly.month}, day {yearly.day}"


def human_time(at: datetime | None, today: date) -> str:
    """The day as people say it and the company's clock: 今天 14:05."""
    if at is None or at == "":
        return ""
    return f"{human_date(at, today)} {at.astimezone(time.COMPANY_ZONE):%H:%M}"


def _is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def _units() -> tuple[tuple[int, str], ...]:
    if _is_chinese():
        return ((HUNDRED_MILLION, "亿"), (TEN_THOUSAND, "万"))
    return ((1_000_000_000, "B"), (1_000_000, "M"), (TEN_THOUSAND, "K"))


def _few_places(value: int | float | Decimal, size: int) -> str:
    """One place; two of 亿, of which one place is ten million."""
    divisor = 1_000 if size == TEN_THOUSAND and not _is_chinese() else size
    text = number(Decimal(value) / divisor, 2 if size == HUNDRED_MILLION else 1)
    return text.rstrip("0").rstrip(".")


def _near() -> tuple[str, ...]:
    return (_("前天"), _("昨天"), _("今天"), _("明天"), _("后天"))


def weekdays() -> tuple[str, ...]:
    """Monday first."""
    return (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
