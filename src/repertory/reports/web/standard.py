"""Standard reports: the list, each as a page and as a file, on schedule, and what was issued."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core import time
from repertory.core.periods import month_name, month_number, shifted
from repertory.core.web.forms import InputForm, choice
from repertory.core.web.pages import page
from repertory.core.web.responses import part, to_page
from repertory.organisation.queries.territories import open_territories
from repertory.plans.queries.asking import node_named, period_named
from repertory.platform.queries import attachments_of
from repertory.platform.web.files import file_answer
from repertory.reports import access
from repertory.reports.actions import end_schedule, schedule_report
from repertory.reports.actions.issuing import ISSUED
from repertory.reports.choices import Audience, Format, ReportName, Rhythm
from repertory.reports.inputs import ScheduleReport
from repertory.reports.standard.making import REPORTS, make
from repertory.reports.standard.orders import Order
from repertory.reports.web import showing
from repertory.reports.web.files import answer_file

SHOWN_ISSUED = 30


@page(allow=access.may_analyse)
def report_list(request: HttpRequest) -> HttpResponse:
    context = {
        "reports": [
            {"name": one.name.label, "question": one.question, "url": reverse("reports:report", args=[one.name.value])}
            for one in REPORTS.values()
        ],
        "schedules": access.own_schedules(request.actor).filter(ended_at=None).select_related("node"),
        "issued": access.own_issued(request.actor)[:SHOWN_ISSUED],
        "may_schedule": access.may_schedule(request.actor),
    }
    return render(request, "reports/list.html", context)


def _order(request: HttpRequest) -> Order:
    period = period_named(request.GET.get("period", ""), time.today())
    node = node_named(actor=request.actor, code=request.GET.get("node", ""))
    return Order(request.actor, time.now(), period, node)


@page(allow=access.may_analyse)
def report_page(request: HttpRequest, name: str) -> HttpResponse:
    """?period=&node="""
    order = _order(request)
    document = make(name, order)
    context = {
        "document": document,
        "sections": showing.sections(document),
        "name": name,
        "query": request.GET.urlencode(),
        "periods": _periods(order),
        "nodes": open_territories(actor=request.actor),
        "period": order.period.name,
        "node": request.GET.get("node", ""),
        "may_take_out": access.may_take_out(request.actor),
    }
    return render(request, "reports/report.html", context)


def _periods(order: Order) -> list[str]:
    """The last months, quarters and years."""
    month = month_number(order.today)
    year = month // 100
    quarters = [f"{one}-Q{number}" for one in (year, year - 1) for number in (4, 3, 2, 1)]
    months = [month_name(shifted(month, -at)) for at in range(18)]
    known = [str(year), str(year - 1), str(year - 2), *quarters, *months]
    return known if order.period.name in known else [order.period.name, *known]


@page(allow=access.may_take_out)
def report_file(request: HttpRequest, name: str, file_format: str) -> HttpResponse:
    return answer_file(request, make(name, _order(request)), file_format, request.GET.dict())


class ScheduleForm(InputForm):
    input_class = ScheduleReport
    report = choice(gettext_lazy("报表"), ReportName.choices, blank=None, required=True)
    rhythm = choice(gettext_lazy("频率"), Rhythm.choices, blank=None, required=True)
    audience = choice(gettext_lazy("发给谁"), Audience.choices, blank=None, required=True)
    node = choice(gettext_lazy("区域"), (), blank=gettext_lazy("各人看得到的全部"))
    file_format = choice(gettext_lazy("格式"), Format.choices, blank=None, required=True)

    def __init__(self, data: object = None, *, actor: Any) -> None:
        super().__init__(data)
        offered = [(code, label) for code, label in Audience.choices if access.may_schedule(actor, code)]
        self.fields["audience"].widget.choices = offered
        nodes = [("", self.fields["node"].widget.choices[0][1]), *open_territories(actor=actor)]
        self.fields["node"].widget.choices = nodes


@page(allow=access.may_schedule, methods=("GET", "POST"))
def schedule(request: HttpRequest) -> HttpResponse:
    form = ScheduleForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.carry_out(
        lambda data: schedule_report(actor=request.actor, at=time.now(), data=data)
    ):
        messages.success(request, _("定期报表已设好，下一次夜间生成后会提醒收报表的人。"))
        return to_page(request, reverse("reports:list"))
    context = {"form": form, "title": _("定期生成报表"), "action": reverse("reports:schedule")}
    return part(request, "reports/_save.html", context, frame="reports/part.html", status=422 if form.errors else 200)


@page(allow=access.may_schedule, methods=("POST",))
def end(request: HttpRequest, schedule_id: int) -> HttpResponse:
    end_schedule(actor=request.actor, at=time.now(), schedule_id=schedule_id)
    messages.success(request, _("已停止，发过的报表还在。"))
    return redirect("reports:list")


@page(allow=access.may_analyse)
def issued(request: HttpRequest, issued_id: int) -> HttpResponse:
    """The file as it was issued."""
    found = access.get_issued(request.actor, issued_id)
    return file_answer(attachments_of(object_type=ISSUED, object_id=found.pk)[0])
