"""The working days over the API: what differs from Monday to Friday, and the company's own decisions."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from repertory.core.inputs import read_input
from repertory.core.time import now, year_of
from repertory.organisation import actions
from repertory.organisation.inputs import SetWorkday, WorkdayFacts
from repertory.platform.api.writing import write
from repertory.platform.workdays import SATURDAY, CalendarDay, calendar_days, year_is_published

router = Router(tags=["settings"])


class YearQuery(Schema):
    year: Annotated[int, Field(ge=2000, lt=2100)]


class WorkdayOut(Schema):
    day: date
    working: bool
    official: bool
    name: str
    overridden: bool


class Workdays(Schema):
    """items: the days that are not as their weekday says. published: whether the year's adjusted days are known."""

    year: int
    published: bool
    items: list[WorkdayOut]


def _shown(row: CalendarDay) -> dict[str, Any]:
    shown = {name: getattr(row, name) for name in ("day", "working", "official", "name")}
    return {**shown, "overridden": row.override is not None}


@router.get("/workdays", response={200: Workdays})
def list_workdays(request: HttpRequest, query: Query[YearQuery]) -> dict[str, Any]:
    """The special days of a year: holidays on weekdays, weekend days worked, own decisions."""
    days = calendar_days(*year_of(date(query.year, 1, 1)))
    special = [day for day in days if day.override or day.working != (day.day.weekday() < SATURDAY)]
    return {"year": query.year, "published": year_is_published(query.year), "items": [_shown(day) for day in special]}


@router.put("/workdays/{day}", response={200: WorkdayOut})
def set_workday(request: HttpRequest, day: date, data: WorkdayFacts) -> HttpResponse:
    """Decide for a day; without `working` it follows the official calendar again."""

    def work() -> CalendarDay:
        wanted = read_input(SetWorkday, {**data.model_dump(), "day": day})
        actions.set_workday(actor=request.actor, at=now(), data=wanted)
        (shown,) = calendar_days(day, date.fromordinal(day.toordinal() + 1))
        return shown

    return write(request, work, show=_shown)
