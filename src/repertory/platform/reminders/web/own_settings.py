"""How a person wants to be told, rule by rule."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from repertory.core.errors import RepertoryError
from repertory.core.inputs import read_input
from repertory.core.time import now, today
from repertory.core.web.pages import everyone, page
from repertory.platform.models.reminders import Channel
from repertory.platform.reminders import queries
from repertory.platform.reminders.actions import choose_channels
from repertory.platform.reminders.inputs import ChooseChannels
from repertory.platform.rules import value_on


@page(allow=everyone, methods=("GET", "POST"))
def show(request: HttpRequest) -> HttpResponse:
    problem, status = "", 200
    if request.method == "POST":
        try:
            choose_channels(actor=request.actor, at=now(), data=read_input(ChooseChannels, _given(request)))
        except RepertoryError as error:
            problem, status = str(error), error.status
        else:
            messages.success(request, _("已保存。"))
            return redirect("reminders:settings")
    rows = [
        {"choice": choice, "on": value_on(choice.source.rule, today())["on"]}
        for choice in queries.channel_choices(actor=request.actor)
    ]
    frame = {"rows": rows, "options": _options(request), "problem": problem, "mail": _mail_address(request)}
    return render(request, "reminders/settings.html", frame, status=status)


def _given(request: HttpRequest) -> dict[str, Any]:
    """Of each rule "program", "email" or "robot:KEY"; only what the page offers is read."""
    found = []
    for choice in queries.channel_choices(actor=request.actor):
        key = choice.source.rule.key
        channel, _colon, robot = request.POST.get(key, choice.value).partition(":")
        if request.POST.get(key, choice.value) != choice.value:
            found.append({"rule": key, "channel": channel, "robot_id": robot or None})
    return {"choices": found}


def _options(request: HttpRequest) -> list[tuple[str, Any]]:
    options: list[tuple[str, Any]] = [(Channel.PROGRAM.value, Channel.PROGRAM.label)]
    if _mail_address(request):
        options.append((Channel.EMAIL.value, Channel.EMAIL.label))
    robots = queries.usable_robots()
    return options + [
        (f"{Channel.ROBOT.value}:{robot.pk}", _("同时发到“%(name)s”") % {"name": robot.name}) for robot in robots
    ]


def _mail_address(request: HttpRequest) -> str:
    return request.user.email if settings.EMAIL_HOST else ""  # type: ignore[union-attr]
