"""The year's calendar of working days; an administrator decides otherwise for a day."""

from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import formats
from repertory.core.errors import NotFound
from repertory.core.time import now, read_day, today, year_of
from repertory.core.web.pages import everyone, page
from repertory.organisation import access
from repertory.organisation.actions import set_workday
from repertory.organisation.inputs import SetWorkday
from repertory.organisation.web.answers import form_page
from repertory.organisation.web.forms import WorkdayForm
from repertory.platform.workdays import SATURDAY, CalendarDay, calendar_days, year_is_published

YEARS = range(2000, 2100)


@page(allow=everyone)
def calendar(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in YEARS else today().year
    days = calendar_days(*year_of(date(year, 1, 1)))
    months = [_month(list(month)) for _number, month in groupby(days, key=lambda day: day.day.month)]
    frame = {
        "year": year,
        "earlier": year - 1 if year - 1 in YEARS else None,
        "later": year + 1 if year + 1 in YEARS else None,
        "months": months,
        "weekdays": [_("一"), _("二"), _("三"), _("四"), _("五"), _("六"), _("日")],
        "total": sum(day.working for day in days),
        "published": year_is_published(year),
        "may_administer": access.may_administer(request.actor),
        "today": today(),
    }
    return render(request, "organisation/workdays.html", frame)


def _month(days: list[CalendarDay]) -> dict[str, Any]:
    """blanks: what stands before the first day in its week, which begins on Monday."""
    return {
        "first": days[0].day,
        "blanks": range(days[0].day.weekday()),
        "days": [_shown(day) for day in days],
        "working": sum(day.working for day in days),
    }


def _shown(row: CalendarDay) -> dict[str, Any]:
    """css: how it looks. mark: the one word beneath the figure, 班 or 休 where it is not as its weekday says."""
    weekend = row.day.weekday() >= SATURDAY
    special = row.working == weekend or (row.name and not row.working)
    css = ("adjusted" if weekend else "") if row.working else ("holiday" if row.name else "free")
    mark = (_("班") if row.working else _("休")) if special else ""
    return {"day": row.day, "name": row.name, "css": f"{css} override" if row.override else css, "mark": mark}


@page(allow=access.may_administer, methods=("GET", "POST"))
def edit_workday(request: HttpRequest, day: str) -> HttpResponse:
    try:
        (found,) = calendar_days(*_one(day))
    except ValueError:
        raise NotFound() from None
    row = found.override
    initial = {"working": str(row.working).lower() if row else "", "note": row.note if row else ""}
    back = f"{reverse('organisation:workdays')}?year={found.day.year}"
    official = _("上班") if found.official else _("休息")
    return form_page(
        request,
        WorkdayForm(request.POST or None, day=found.day, initial=initial),
        title=_("%(day)s 是否上班") % {"day": formats.month_and_day(found.day.month, found.day.day, found.day.year)},
        act=lambda data: _set(request, data),
        done=lambda _row: back,
        back=back,
        said=_("工作日历已更新。"),
        note=_("按国家规定，这一天%(official)s。改动只影响以后的计划和期限，已经算好的期限不变。")
        % {"official": official},
    )


def _one(day: str) -> tuple[date, date]:
    first = read_day(day)
    if first.year not in YEARS:
        raise ValueError(day)
    return first, date.fromordinal(first.toordinal() + 1)


def _set(request: HttpRequest, data: SetWorkday) -> Any:
    return set_workday(actor=request.actor, at=now(), data=data)
