"""The team of a superior in numbers, what to do next, and how often whom."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.time import month_of, read_day
from repertory.core.web.pages import page
from repertory.core.web.responses import to_page
from repertory.visits import access, actions
from repertory.visits.queries.due import month_of_person
from repertory.visits.queries.frequencies import list_frequencies
from repertory.visits.queries.steps import next_steps
from repertory.visits.queries.team import team_month
from repertory.visits.web.forms import FrequencyForm
from repertory.visits.web.responses import part


@page(allow=access.may_see)
def team_page(request: HttpRequest) -> HttpResponse:
    """?month=YYYY-MM: each person's coverage, frequency, plan and reality."""
    month = _month(request.GET.get("month", ""))
    days = month_of(month)
    context = {
        "rows": team_month(actor=request.actor, month=month, today=time.today()),
        "own": month_of_person(person=request.actor.user, month=month) if access.may_record(request.actor) else None,
        "month": days.start,
        "before": month_of(date.fromordinal(days.start.toordinal() - 1)).start,
        "after": days.end,
        "is_present": time.today() in days,
    }
    return render(request, "visits/team.html", context)


@page(allow=access.may_record)
def next_page(request: HttpRequest) -> HttpResponse:
    """Whom to see next, and why."""
    steps = next_steps(actor=request.actor, on=time.today())
    return render(request, "visits/next.html", {"steps": steps})


@page(allow=access.may_see)
def frequencies(request: HttpRequest) -> HttpResponse:
    today = time.today()
    rows: list[dict[str, Any]] = [
        {"rule": rule, "begun": rule.starts_on <= today} for rule in list_frequencies(actor=request.actor)
    ]
    context = {"rows": rows, "may_set": access.may_set_frequencies(request.actor)}
    return render(request, "visits/frequencies.html", context)


@page(allow=access.may_set_frequencies, methods=("GET", "POST"))
def set_frequency(request: HttpRequest) -> HttpResponse:
    form = FrequencyForm(request.POST or None, initial={"starts_on": month_of(time.today()).end})
    if request.method == "POST" and form.carry_out(
        lambda data: actions.set_frequency(actor=request.actor, at=time.now(), data=data)
    ):
        return to_page(request, "/visits/frequencies/")
    return part(
        request, "visits/_dialog.html", {"form": form, "title": _("拜访频率")}, status=422 if form.errors else 200
    )


@page(allow=access.may_set_frequencies, methods=("POST",))
def drop_frequency(request: HttpRequest, frequency_id: int) -> HttpResponse:
    actions.drop_frequency(actor=request.actor, at=time.now(), frequency_id=frequency_id)
    return to_page(request, "/visits/frequencies/")


def _month(value: str) -> date:
    try:
        return read_day(f"{value}-01") if value else month_of(time.today()).start
    except ValueError:
        return month_of(time.today()).start
