"""The calendar: weeks and months of one person, or a team with a row for each."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.errors import InvalidInput
from repertory.core.time import COMPANY_ZONE, Days, read_day, week_of
from repertory.core.web.pages import page
from repertory.platform.workdays import calendar_days
from repertory.visits import access
from repertory.visits.choices import Status
from repertory.visits.models import Visit
from repertory.visits.queries.visits import calendar, team_of

LONGEST = 70
MINUTES = 20


@page(allow=access.may_see)
def calendar_page(request: HttpRequest) -> HttpResponse:
    """?team=1: a row for each person one leads."""
    people = team_of(actor=request.actor, on=time.today())
    context = {
        "team": bool(request.GET.get("team")) and bool(people),
        "may_see_team": bool(people),
        "people": [
            {"id": person.pk, "title": person.name, "extendedProps": {"username": person.username}} for person in people
        ],
        "may_record": access.may_record(request.actor),
        "today": time.today(),
    }
    return render(request, "visits/calendar.html", context)


@page(allow=access.may_see)
def calendar_data(request: HttpRequest) -> HttpResponse:
    """{"events", "days"} of ?start= up to ?end=, for the calendar of the page."""
    days = _days(request)
    team = team_of(actor=request.actor, on=time.today()) if request.GET.get("team") else None
    visits = calendar(actor=request.actor, days=days, people=team)
    leading = access.may_lead(request.actor)
    body = {
        "events": [_event(visit, request.actor.user_id, leading=leading) for visit in visits],
        "days": [
            {"day": day.day, "working": day.working, "name": day.name}
            for day in calendar_days(days.start, days.end)
            if day.name or not day.working
        ],
    }
    return JsonResponse(body)


def _days(request: HttpRequest) -> Days:
    """The days asked for, this week where none are."""
    if "start" not in request.GET:
        return week_of(time.today())
    try:
        start = read_day(request.GET.get("start", "")[:10])
        end = read_day(request.GET.get("end", "")[:10])
    except ValueError:
        raise InvalidInput(_("日期请写成 2026-03-31 这样。"), field="start") from None
    if not start < end or (end - start).days > LONGEST:
        raise InvalidInput(_("最多看 %(days)s 天。") % {"days": LONGEST}, field="end")
    return Days(start, end)


def _event(visit: Visit, own_id: Any, *, leading: bool) -> dict[str, Any]:
    start, end = _span(visit)
    movable = visit.status == Status.PLANNED and (visit.user_id == own_id or leading)
    return {
        "id": visit.pk,
        "resourceIds": [visit.user_id],
        "title": visit.customer.name,
        "start": start,
        "end": end,
        "allDay": visit.planned_start is None and visit.starts_at is None,
        "editable": movable,
        "durationEditable": False,
        "classNames": [f"visit-{visit.status}"],
        "extendedProps": {"version": visit.version, "purpose": visit.get_purpose_display(), "aim": visit.aim},
    }


def _span(visit: Visit) -> tuple[str, str]:
    """Local wall time: the calendar shows the company's day, wherever the browser is."""
    length = timedelta(minutes=visit.planned_minutes or MINUTES)
    if visit.starts_at is not None:
        start = visit.starts_at.astimezone(COMPANY_ZONE)
        end = visit.ends_at.astimezone(COMPANY_ZONE) if visit.ends_at else start + length
        return f"{start:%Y-%m-%dT%H:%M:%S}", f"{max(end, start + length):%Y-%m-%dT%H:%M:%S}"
    if visit.planned_start is not None:
        planned = datetime.combine(visit.day, visit.planned_start)
        return planned.isoformat(), (planned + length).isoformat()
    return visit.day.isoformat(), visit.day.isoformat()
