"""Panels of the home page: the rep's day, the superior's team."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from repertory.core import time
from repertory.core.time import Days
from repertory.core.web.pages import page
from repertory.visits import access
from repertory.visits.queries.steps import next_steps
from repertory.visits.queries.team import team_month
from repertory.visits.queries.visits import calendar
from repertory.visits.web.columns import status_tag, when

SHOWN_STEPS = 6


@page(allow=access.may_record)
def today(request: HttpRequest) -> HttpResponse:
    """One's own visits of the present day, in the order of the clock."""
    day = time.today()
    visits = calendar(actor=request.actor, days=Days(day, day.fromordinal(day.toordinal() + 1)))
    rows = [{"visit": visit, "status": status_tag(visit), "when": when(visit, day)} for visit in visits]
    return render(request, "visits/_panel_today.html", {"rows": rows})


@page(allow=access.may_record)
def steps(request: HttpRequest) -> HttpResponse:
    """The most pressing customers."""
    found = next_steps(actor=request.actor, on=time.today(), most=SHOWN_STEPS)
    return render(request, "visits/_panel_steps.html", {"steps": found})


@page(allow=access.may_lead)
def team(request: HttpRequest) -> HttpResponse:
    """The team's month, who covers least first."""
    day = time.today()
    rows = team_month(actor=request.actor, month=day, today=day)
    return render(request, "visits/_panel_team.html", {"rows": rows})
