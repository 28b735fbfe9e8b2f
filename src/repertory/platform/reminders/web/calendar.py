"""The person's calendar: the link to subscribe to, and the file behind it."""

import hashlib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from repertory.core.actor import Actor, Door
from repertory.core.errors import NotFound
from repertory.core.time import now, today
from repertory.core.web.pages import everyone, page, public
from repertory.platform.reminders import calendar, queries
from repertory.platform.reminders.actions import issue_calendar_link, revoke_calendar_link
from repertory.platform.reminders.actions.calendar_links import digest_of

LONGEST_TOKEN = 100


@page(allow=everyone)
def own_link(request: HttpRequest) -> HttpResponse:
    return render(request, "reminders/calendar.html", {"link": queries.calendar_link(actor=request.actor)})


@page(allow=everyone, methods=("POST",))
def renew(request: HttpRequest) -> HttpResponse:
    """Answers with the address itself: this is the only time that it can be seen."""
    secret = issue_calendar_link(actor=request.actor, at=now())
    address = request.build_absolute_uri(reverse("reminders:feed", args=[secret]))
    return render(request, "reminders/calendar_issued.html", {"address": address})


@page(allow=everyone, methods=("POST",))
def revoke(request: HttpRequest) -> HttpResponse:
    revoke_calendar_link(actor=request.actor, at=now())
    messages.success(request, _("日历订阅已停用，原来的地址不能再用。"))
    return redirect("reminders:calendar")


@public()
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The file, for whoever has the address: only read, only of a person who still works here."""
    person = queries.person_behind(digest_of(token)) if len(token) <= LONGEST_TOKEN else None
    if person is None:
        raise NotFound()
    actor = Actor(user=person, door=Door.PUBLIC, token_scopes=frozenset({"read"}))
    with translation.override(person.language):
        from repertory.platform.reminders.icalendar_file import written  # slow import

        body = written(person.name, calendar.entries_of(actor, today=today()))
    mark = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match", "") == mark:
        return HttpResponse(status=304, headers={"ETag": mark})
    headers = {"ETag": mark, "Content-Disposition": 'inline; filename="repertory.ics"', "X-Robots-Tag": "noindex"}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
