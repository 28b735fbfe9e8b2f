"""Personal reports: compose and send one's own, read and comment those of the team."""

from datetime import date
from typing import Any

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.errors import NotFound
from repertory.core.time import read_day
from repertory.core.web.pages import page
from repertory.core.web.responses import to_page
from repertory.visits import access, actions
from repertory.visits.choices import ReportKind
from repertory.visits.models import PersonalReport
from repertory.visits.queries.composing import compose, days_of
from repertory.visits.queries.visits import team_of
from repertory.visits.web.forms import CommentForm, ReportForm
from repertory.visits.web.responses import part

MOST = 100


@page(allow=access.may_see)
def report_list(request: HttpRequest) -> HttpResponse:
    """What came in, what is not read yet, and who has not sent today's."""
    today = time.today()
    rows = access.visible_reports(request.actor).select_related("user").prefetch_related("readings", "comments")
    team = team_of(actor=request.actor, on=today)
    sent = set(
        PersonalReport.objects.filter(user__in=team, kind=ReportKind.DAILY, starts_on=today).values_list(
            "user", flat=True
        )
    )
    context = {
        "reports": [_row(report, request.actor.user_id) for report in rows.order_by("-sent_at", "-pk")[:MOST]],
        "missing": [person for person in team if person.pk not in sent],
        "team": team,
        "kinds": ReportKind.choices,
        "may_send": access.may_record(request.actor),
    }
    return render(request, "visits/reports.html", context)


def _row(report: PersonalReport, reader_id: Any) -> dict[str, Any]:
    own = [reading for reading in report.readings.all() if reading.user_id == reader_id]
    return {
        "report": report,
        "unread": any(reading.read_at is None for reading in own),
        "read": sum(reading.read_at is not None for reading in report.readings.all()),
        "readers": len(report.readings.all()),
        "comments": len(report.comments.all()),
    }


@page(allow=access.may_record, methods=("GET", "POST"))
def write(request: HttpRequest, kind: str) -> HttpResponse:
    """One's own report: the figures stand there, a word is added, it goes. ?on= another day."""
    chosen = ReportKind(kind) if kind in ReportKind.values else ReportKind.DAILY
    on = _day(request.POST.get("on") or request.GET.get("on", ""))
    person = access.person_for(request.actor, "")
    before = PersonalReport.objects.filter(user=person, kind=chosen, starts_on=days_of(chosen, on).start).first()
    urgent = chosen == ReportKind.URGENT
    typed = {"text": before.text, "tomorrow": before.tomorrow} if before and not urgent else {}
    form = ReportForm(request.POST or None, initial={"kind": chosen, "on": on, **typed})
    if request.method == "POST" and form.carry_out(
        lambda data: actions.send_report(actor=request.actor, at=time.now(), data=data)
    ):
        told.success(request, _("报告已发送。"))
        return redirect("visits:report", form.result.pk)
    figures = compose(actor=request.actor, person=person, kind=chosen, on=on)
    context = {
        "form": form,
        "kind": chosen,
        "on": on,
        "days": days_of(chosen, on),
        "figures": figures,
        "before": before,
    }
    return render(request, "visits/report_form.html", context, status=422 if form.errors else 200)


@page(allow=access.may_see)
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """A report; opening it is its receipt."""
    found = actions.read_report(actor=request.actor, at=time.now(), report_id=report_id)
    context = {
        "report": found,
        "figures": found.figures,
        "comments": found.comments.select_related("user"),
        "readings": found.readings.select_related("user"),
        "own": found.user_id == request.actor.user_id,
    }
    return render(request, "visits/report.html", context)


@page(allow=access.may_record, methods=("GET", "POST"))
def comment(request: HttpRequest, report_id: int) -> HttpResponse:
    if not access.visible_reports(request.actor).filter(pk=report_id).exists():
        raise NotFound()
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.carry_out(
        lambda data: actions.comment_report(actor=request.actor, at=time.now(), report_id=report_id, data=data)
    ):
        return to_page(request, reverse("visits:report", args=(report_id,)))
    return part(request, "visits/_dialog.html", {"form": form, "title": _("点评")}, status=422 if form.errors else 200)


def _day(value: str) -> date:
    try:
        return min(read_day(value), time.today()) if value else time.today()
    except ValueError:
        return time.today()
