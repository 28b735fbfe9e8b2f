"""Working days and working time: the official calendar with its adjusted days (调休), our own overrides, the hours of a day.

The official days come from the package `holidays`, which follows the yearly notice of the State Council (国务院办公厅关于
部分节假日安排的通知); it was compared with the notices of 2024, 2025 and 2026 day by day in tests/platform/test_workdays.py.
A year's notice appears in the November before: until then `year_is_published` is False, weekends are free, the fixed
holidays are known, and adjusted days come from the override table.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core.errors import RuleViolation
from repertory.core.time import COMPANY_ZONE, Days, day_of, start_of, year_of
from repertory.platform.models import WorkdayOverride
from repertory.platform.rules import Part, PartKind, Rule, value_on

SATURDAY = 5
ONE_DAY = timedelta(days=1)
LOOKED_UP_AT_ONCE = timedelta(days=60)
# A due time further away than this is a mistake in the rule, not a promise.
LONGEST = timedelta(days=3_700)

WORKING_HOURS = Rule(
    key="platform.working_hours",
    label=gettext_lazy("工作时间"),
    text=gettext_lazy("服务个案等按工作时间计算的期限用它：一天从几点到几点、午休几点到几点。9.5 表示 9:30。"),
    basis=gettext_lazy("系统默认，由公司自行规定"),
    default={"start": 9, "end": 18, "lunch_start": 12, "lunch_end": 13},
    parts=(
        Part("start", gettext_lazy("上班（点）"), PartKind.AMOUNT),
        Part("end", gettext_lazy("下班（点）"), PartKind.AMOUNT),
        Part("lunch_start", gettext_lazy("午休开始（点）"), PartKind.AMOUNT),
        Part("lunch_end", gettext_lazy("午休结束（点）"), PartKind.AMOUNT),
    ),
)
RULES = (WORKING_HOURS,)


@dataclass(frozen=True)
class OfficialYear:
    """free: days off and why, in Chinese. adjusted: weekend days on which everybody works."""

    free: dict[date, str]
    adjusted: frozenset[date]


@dataclass(frozen=True)
class CalendarDay:
    """One day as the calendar shows it. official: without our override. name: 春节, 调休上班, "" for an ordinary day."""

    day: date
    working: bool
    official: bool
    name: str
    override: WorkdayOverride | None = None


@functools.lru_cache(maxsize=64)
def official_year(year: int) -> OfficialYear:
    """What the State Council's notice of a year says, as far as the package knows it."""
    from holidays.countries.china import China  # slow import

    days = China(years=year, language="zh_CN")
    free = {day: name for day, name in days.items() if day.year == year}
    return OfficialYear(free, frozenset(day for day in days.weekend_workdays if day.year == year))


def is_working_day(day: date) -> bool:
    """Whether the company works on a day: the override, else the official calendar."""
    return day in _working(Days(day, day + ONE_DAY))


def working_days(start: date, end: date) -> list[date]:
    """The working days from `start` up to, but without, `end`, in order; one query."""
    return list(_working(Days(start, end)))


def year_is_published(year: int) -> bool:
    """Whether the official adjusted days of a year are known: to the package, or entered as overrides (a weekend day worked)."""
    if official_year(year).adjusted:
        return True
    days = year_of(date(year, 1, 1))
    entered = WorkdayOverride.objects.filter(day__gte=days.start, day__lt=days.end, working=True)
    return any(row.day.weekday() >= SATURDAY for row in entered)


def calendar_days(start: date, end: date) -> list[CalendarDay]:
    """Every day from `start` up to, but without, `end`, with what is special about it; one query."""
    overrides = _overrides(Days(start, end))
    return [_calendar_day(day, overrides.get(day)) for day in _each(Days(start, end))]


def add_working_time(start: datetime, hours: Decimal | int) -> datetime:
    """The instant at which `hours` of working time have passed since `start`, in the company's zone.

    Outside working time the clock stands still. The hours of a day are those of the rule on the day of `start`. Raises
    RuleViolation where the rule leaves no working time at all.
    """
    spans = _spans(value_on(WORKING_HOURS, day_of(start)))
    left = timedelta(seconds=float(Decimal(hours) * 3600))
    for day in _working_from(day_of(start)):
        for opening, closing in spans:
            begin = max(start_of(day) + opening, start.astimezone(COMPANY_ZONE))
            end = start_of(day) + closing
            if begin <= end and left <= end - begin and (left or begin < end):
                return begin + left
            left -= max(end - begin, timedelta(0))
    raise RuleViolation(_("期限太长，算不出到期时间。请检查工作时间和时限的规则。"), code="no_working_time")


def _working_from(first: date) -> Iterator[date]:
    """The working days from a day on, a few weeks looked up at a time."""
    last = first + LONGEST
    while first < last:
        yield from working_days(first, first + LOOKED_UP_AT_ONCE)
        first += LOOKED_UP_AT_ONCE


def _working(days: Days) -> Iterator[date]:
    overrides = _overrides(days)
    for day in _each(days):
        if overrides[day].working if day in overrides else _officially_working(day):
            yield day


def _each(days: Days) -> Iterator[date]:
    return (days.start + timedelta(days=count) for count in range((days.end - days.start).days))


def _overrides(days: Days) -> dict[date, WorkdayOverride]:
    return {row.day: row for row in WorkdayOverride.objects.filter(day__gte=days.start, day__lt=days.end)}


def _officially_working(day: date) -> bool:
    year = official_year(day.year)
    return day in year.adjusted or (day.weekday() < SATURDAY and day not in year.free)


def _calendar_day(day: date, override: WorkdayOverride | None) -> CalendarDay:
    year = official_year(day.year)
    official = _officially_working(day)
    name = _("调休上班") if day in year.adjusted else year.free.get(day, "")
    if override is None:
        return CalendarDay(day, official, official, name)
    said = override.note or (_("公司安排上班") if override.working else _("公司安排休息"))
    return CalendarDay(day, override.working, official, said, override)


def _spans(value: Any) -> list[tuple[timedelta, timedelta]]:
    """The stretches of work in a day, as time since midnight; the lunch break lies between two of them."""
    try:
        start, end, lunch_start, lunch_end = (
            _since_midnight(value[name]) for name in ("start", "end", "lunch_start", "lunch_end")
        )
    except (KeyError, TypeError, InvalidOperation, OverflowError, ValueError):
        raise _bad_hours() from None
    if (
        not timedelta(0) <= start <= lunch_start <= lunch_end <= end <= ONE_DAY
        or start + (lunch_end - lunch_start) >= end
    ):
        raise _bad_hours()
    return [span for span in ((start, lunch_start), (lunch_end, end)) if span[0] < span[1]]


def _since_midnight(hour: Any) -> timedelta:
    return timedelta(seconds=float(Decimal(str(hour)) * 3600))


def _bad_hours() -> RuleViolation:
    message = _("“工作时间”这条规则填得不对：要从上班、午休开始、午休结束到下班依次往后。请管理员在“设置—规则”里改正。")
    return RuleViolation(message, code="working_hours")
