"""The list of what a person is reminded of, and the bell that counts it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core.time import now, today
from repertory.core.web.forms import InputForm, day, figure
from repertory.core.web.pages import everyone, page
from repertory.platform.reminders import queries
from repertory.platform.reminders.actions import finish_reminder, snooze_reminder
from repertory.platform.reminders.inputs import SnoozeReminder

LIST = "reminders/_list.html"


class SnoozeForm(InputForm):
    input_class = SnoozeReminder
    days = figure(gettext_lazy("天数"), step="1")
    until = day(gettext_lazy("提醒日期"))


@page(allow=everyone)
def inbox(request: HttpRequest) -> HttpResponse:
    return render(request, "reminders/inbox.html", _shown(request))


@page(allow=everyone)
def bell(request: HttpRequest) -> HttpResponse:
    """Asked for by every page once it is there, so that no page waits for it."""
    count = queries.due_count(actor=request.actor, at=now())
    return render(request, "reminders/_bell.html", {"count": count})


@page(allow=everyone, methods=("POST",))
def finish(request: HttpRequest, reminder_id: int) -> HttpResponse:
    finish_reminder(actor=request.actor, at=now(), reminder_id=reminder_id)
    return _answer(request)


@page(allow=everyone, methods=("POST",))
def snooze(request: HttpRequest, reminder_id: int) -> HttpResponse:
    queries.own_reminder(actor=request.actor, reminder_id=reminder_id)
    form = SnoozeForm(request.POST)

    def act(data: SnoozeReminder) -> Any:
        return snooze_reminder(actor=request.actor, at=now(), reminder_id=reminder_id, data=data)

    if form.carry_out(act):
        return _answer(request)
    problem = next(text for texts in form.errors.values() for text in texts)
    return render(request, "reminders/inbox.html", _shown(request) | {"problem": problem}, status=422)


def _answer(request: HttpRequest) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return redirect("reminders:inbox")
    response = render(request, LIST, _shown(request))
    response.headers["HX-Trigger"] = "reminders:changed"
    return response


def _shown(request: HttpRequest) -> dict[str, Any]:
    found = queries.open_reminders(actor=request.actor, at=now())
    titles = {queries.OVERDUE: _("逾期"), queries.TODAY: _("今天"), queries.LATER: _("以后")}
    groups = [
        {"key": key, "title": title, "rows": [shown for shown in found if shown.group == key]}
        for key, title in titles.items()
    ]
    empty = {
        "title": _("没有要提醒的事"),
        "text": _("要拜访的客户、到期的证照和资料、待处理的个案，到时候都会列在这里。"),
        "icon": "bell",
    }
    return {"groups": [group for group in groups if group["rows"]], "empty": empty, "today": today()}
