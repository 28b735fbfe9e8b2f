"""A case's page, its steps as dialogs, opening one, and the cases of a customer as a part of its page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as T

from repertory.core import formats, time
from repertory.core.errors import NotFound
from repertory.core.states import may_move
from repertory.core.web.forms import InputForm
from repertory.core.web.pages import page
from repertory.core.web.responses import part as page_part
from repertory.core.web.responses import to_page
from repertory.customers.access import visible_customers
from repertory.service import access, actions
from repertory.service.choices import CASE_TRANSITIONS, CaseState
from repertory.service.models import Case
from repertory.service.queries import adverse as event_queries
from repertory.service.queries import cases as queries
from repertory.service.queries.owners import possible_owners
from repertory.service.queries.references import customer_named, product_options
from repertory.service.web import forms, shown
from repertory.service.web.responses import part

MOST_OF_CUSTOMER = 50
UNPROCESSABLE = 422


@dataclass(frozen=True)
class Step:
    """A form in a dialog and the action behind it. to: the state it leads to, "" where the case stays; then it is there
    while the case is unfinished, or always."""

    title: str | Promise
    form: Callable[[HttpRequest, Case], InputForm]
    act: Callable[..., Any]
    to: str = ""
    allow: Callable[[Any, Case], bool] = lambda actor, case: True


def _revise_form(request: HttpRequest, case: Case) -> InputForm:
    initial = {
        name: getattr(case, name) for name in ("kind", "severity", "product_id", "channel", "title", "text", "version")
    }
    options = product_options(actor=request.actor)
    if case.product is not None and str(case.product_id) not in dict(options):
        options.append((str(case.product_id), str(case.product)))
    return forms.ReviseCaseForm(request.POST or None, products=options, initial=initial)


def _assign_form(request: HttpRequest, case: Case) -> InputForm:
    people = possible_owners(customer_id=case.customer_id, on=time.today())
    return forms.AssignForm(request.POST or None, people=people)


STEPS: dict[str, Step] = {
    "handling": Step(
        T("开始处理"),
        lambda request, case: forms.TakeForm(request.POST or None),
        actions.take_case,
        CaseState.IN_PROGRESS,
    ),
    "note": Step(T("记录进展"), lambda request, case: forms.NoteForm(request.POST or None), actions.note_progress),
    "answer": Step(
        T("填写处理结果"),
        lambda request, case: forms.AnswerForm(request.POST or None),
        actions.answer_case,
        CaseState.ANSWERED,
    ),
    "telling": Step(
        T("告知客户"),
        lambda request, case: forms.TellForm(request.POST or None),
        actions.tell_customer,
        CaseState.CLOSED,
    ),
    "reopening": Step(
        T("重新打开"),
        lambda request, case: forms.ReopenForm(request.POST or None),
        actions.reopen_case,
        CaseState.REOPENED,
    ),
    "assignment": Step(T("交给别人"), _assign_form, actions.assign_case, allow=access.may_give_away),
    "edit": Step(T("修改个案"), _revise_form, actions.revise_case),
}


@page(allow=access.may_see)
def case_page(request: HttpRequest, case_id: int) -> HttpResponse:
    case, at = queries.case_of(actor=request.actor, case_id=case_id), time.now()
    actor = request.actor
    frame = {
        "case": case,
        "tags": [shown.state_tag(case), shown.severity_tag(case), shown.escalation_tag(case)],
        "due": shown.due_words(case, at),
        "entries": shown.timeline(queries.steps_of(case)),
        "may": {name: _possible(request, case, step) for name, step in STEPS.items()},
        "customer_seen": visible_customers(actor).filter(pk=case.customer_id).exists(),
        "events": event_queries.events_of_customer(actor=actor, customer_id=case.customer_id, limit=5),
        "may_report": access.may_report_events(actor),
    }
    return render(request, "service/case.html", frame)


def _possible(request: HttpRequest, case: Case, step: Step) -> bool:
    if not access.may_open(request.actor) or not step.allow(request.actor, case):
        return False
    return not step.to or may_move(CASE_TRANSITIONS, case.state, step.to)


@page(allow=access.may_open, methods=("GET", "POST"))
def case_step(request: HttpRequest, case_id: int, name: str) -> HttpResponse:
    """Show one of STEPS for a case, and carry it out."""
    case = queries.case_of(actor=request.actor, case_id=case_id)
    if name not in STEPS:
        raise NotFound()
    step = STEPS[name]
    form = step.form(request, case)
    if request.method == "POST" and form.carry_out(
        lambda data: step.act(actor=request.actor, at=time.now(), case_id=case_id, data=data)
    ):
        return to_page(request, _landing(request, case_id))
    context = {"form": form, "title": step.title, "subject": case}
    return part(request, "core/dialog.html", context, status=UNPROCESSABLE if form.errors else 200)


def _landing(request: HttpRequest, case_id: int) -> str:
    """The page of the case; the list where the case went out of sight by being given away."""
    if access.visible_cases(request.actor).filter(pk=case_id).exists():
        return reverse("service:case", args=(case_id,))
    return reverse("service:cases")


@page(allow=access.may_open, methods=("GET", "POST"))
def open_case(request: HttpRequest) -> HttpResponse:
    customer = customer_named(actor=request.actor, key=request.GET.get("customer", ""))
    form = forms.OpenCaseForm(
        request.POST or None,
        products=product_options(actor=request.actor),
        customer=customer,
        initial={"visit_id": request.GET.get("visit", ""), "kind": request.GET.get("kind", "")},
    )
    if request.method == "POST" and form.carry_out(
        lambda data: actions.open_case(actor=request.actor, at=time.now(), data=data)
    ):
        case = form.result
        due = formats.human_time(case.due_at, time.today())
        messages.success(request, _("已登记个案 %(number)s，%(due)s 到期。") % {"number": case.number, "due": due})
        return redirect("service:case", case.pk)
    frame = {"form": form, "title": _("登记个案"), "back": reverse("service:cases"), "parent": _("服务")}
    return render(request, "core/form_page.html", frame, status=UNPROCESSABLE if form.errors else 200)


@page(allow=access.may_see)
def of_customer(request: HttpRequest, customer_id: int) -> HttpResponse:
    """The newest cases and adverse events of a customer in sight."""
    customer = customer_named(actor=request.actor, key=str(customer_id))
    at, actor = time.now(), request.actor
    found = queries.cases_of_customer(actor=actor, customer_id=customer_id, limit=MOST_OF_CUSTOMER)
    context = {
        "customer": customer,
        "cases": [{"case": case, "state": shown.state_tag(case), "due": shown.due_words(case, at)} for case in found],
        "events": [
            {"event": event, "clock": shown.clock_tag(event), "left": shown.time_left(event, at)}
            for event in event_queries.events_of_customer(actor=actor, customer_id=customer_id, limit=MOST_OF_CUSTOMER)
        ],
        "may_open": access.may_open(actor),
        "may_report": access.may_report_events(actor),
    }
    return page_part(request, "service/_of_customer.html", context, frame="service/customer.html")
