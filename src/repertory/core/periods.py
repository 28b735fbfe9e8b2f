"""Periods of the company's year as people name them: 2026, 2026-Q3, 2026-03; months as whole numbers, 202603."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from repertory.core.errors import InvalidInput
from repertory.core.time import YEARS, Days

_PERIOD = re.compile(r"(\d{4})(?:-?(?:Q([1-4])|(0[1-9]|1[0-2])))?", re.IGNORECASE)


@dataclass(frozen=True)
class Period:
    """Whole months: `count` of them from `first` (202601)."""

    first: int
    count: int

    @property
    def last(self) -> int:
        return shifted(self.first, self.count - 1)

    @property
    def months(self) -> list[int]:
        return [shifted(self.first, number) for number in range(self.count)]

    @property
    def days(self) -> Days:
        return Days(first_day(self.first), first_day(shifted(self.first, self.count)))

    @property
    def name(self) -> str:
        year, month = divmod(self.first, 100)
        if self.count == 12 and month == 1:
            return str(year)
        if self.count == 3 and month % 3 == 1:
            return f"{year}-Q{month // 3 + 1}"
        if self.count == 1:
            return f"{year}-{month:02d}"
        return f"{month_name(self.first)}–{month_name(self.last)}"

    def before(self) -> "Period":
        """The one of the same length just before."""
        return Period(shifted(self.first, -self.count), self.count)

    def year_before(self) -> "Period":
        return Period(shifted(self.first, -12), self.count)


def read_period(text: str, *, field: str = "period") -> Period:
    """2026, 2026-Q3 or 2026-03. Raises InvalidInput."""
    match = _PERIOD.fullmatch(text.strip())
    if match is None or int(match[1]) not in YEARS:
        message = _("期间“%(text)s”看不懂，请写成 2026、2026-Q3 或 2026-03。") % {"text": text[:20]}
        raise InvalidInput(message, code="period", field=field)
    year = int(match[1])
    if match[2]:
        return Period(year * 100 + int(match[2]) * 3 - 2, 3)
    if match[3]:
        return Period(year * 100 + int(match[3]), 1)
    return Period(year * 100 + 1, 12)


def month_number(day: date) -> int:
    """202603 for any day of March 2026."""
    return day.year * 100 + day.month


def first_day(month: int) -> date:
    return date(month // 100, month % 100, 1)


def last_day(month: int) -> date:
    return date.fromordinal(first_day(shifted(month, 1)).toordinal() - 1)


def shifted(month: int, by: int) -> int:
    """The month so many months later."""
    years, rest = divmod(month % 100 - 1 + by, 12)
    return (month // 100 + years) * 100 + rest + 1


def between(first: int, last: int) -> Period:
    """Both months and all between. Raises ValueError where the first comes later."""
    count = (last // 100 - first // 100) * 12 + last % 100 - first % 100 + 1
    if count < 1:
        raise ValueError(first, last)
    return Period(first, count)


def month_name(month: int) -> str:
    """2026-03"""
    return f"{month // 100}-{month % 100:02d}"
