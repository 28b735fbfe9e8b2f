"""The page of a visit, a customer's visits, and the dialogs that change a planned one."""

from collections.abc import Callable
from typing import Any

from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.errors import NotFound
from repertory.core.web.forms import InputForm
from repertory.core.web.pages import page
from repertory.core.web.responses import page_changed, to_page
from repertory.customers.access import get_visible, may_create
from repertory.customers.choices import PERSON_KINDS
from repertory.customers.models import Customer
from repertory.materials.queries.giving import handouts_of_visit, samples_of_visit
from repertory.platform.queries import attachments_of
from repertory.visits import access, actions
from repertory.visits.choices import Status
from repertory.visits.models import Visit
from repertory.visits.queries.terms import consents_of, hours_of, terms_of
from repertory.visits.queries.visits import history_of, team_of, visit_of
from repertory.visits.web.columns import attitude_tag, consent_tag, distance_tag, email_tag, status_tag, when
from repertory.visits.web.forms import (
    AmendForm,
    CancelForm,
    HoursForm,
    InstitutionConsentForm,
    MoveForm,
    PlanForm,
    TermsForm,
)
from repertory.visits.web.responses import part

AMENDED = ("subject", "focus", "questions", "consensus", "disagreement", "next_step", "adverse_event", "version")
TERMS = ("demands_appointment", "demands_consent", "note")


@page(allow=access.may_see)
def visit_page(request: HttpRequest, visit_id: int) -> HttpResponse:
    visit = visit_of(actor=request.actor, visit_id=visit_id)
    own = access.may_plan_for(request.actor, visit.user)
    context = {
        "visit": visit,
        "one": shown(visit),
        "photos": attachments_of(object_type="visit", object_id=visit.pk),
        "materials": handouts_of_visit(visit.pk),
        "samples": samples_of_visit(visit.pk),
        "email_state": email_tag(visit.email) if hasattr(visit, "email") else "",
        "coachings": access.visible_coachings(request.actor).filter(visit=visit).select_related("coach"),
        "may_change": own and visit.status == Status.PLANNED,
        "may_amend": own and visit.status == Status.DONE,
        "may_take_up": own and visit.status == Status.CANCELLED and visit.day >= time.today(),
        "may_coach": access.may_lead(request.actor) and visit.user_id != request.actor.user_id,
    }
    return render(request, "visits/page.html", context)


def shown(visit: Visit) -> dict[str, Any]:
    """What a template can't make of a visit by itself."""
    said: dict[int, list[str]] = {}
    for message in visit.messages.all():
        said.setdefault(message.message_version.message.product_id, []).append(message.message_version.title)
    return {
        "visit": visit,
        "status": status_tag(visit),
        "when": when(visit, time.today()),
        "distance": distance_tag(visit),
        "products": [
            {"talked": talked, "attitude": attitude_tag(talked.attitude), "said": said.get(talked.product_id, [])}
            for talked in visit.products.all()
        ],
    }


@page(allow=access.may_see)
def of_customer(request: HttpRequest, customer_id: int) -> HttpResponse:
    """A customer's visits, for the tab of its archive card."""
    customer = get_visible(request.actor, customer_id)
    visits = history_of(actor=request.actor, customer_id=customer_id)
    context = {
        "customer": customer,
        "visits": [shown(visit) for visit in visits],
        "hours": hours_of(actor=request.actor, customer_id=customer_id),
        **_terms(request, customer),
        "may_record": access.may_record(request.actor),
        "may_edit": may_create(request.actor),
        "tab_url": request.path,
    }
    return part(request, "visits/_of_customer.html", context)


def _terms(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """What the institution demands; of a person only, where it demands something."""
    found = terms_of(actor=request.actor, customer=customer, on=time.today())
    if customer.kind in PERSON_KINDS:
        asks = found.terms.demands_appointment or found.terms.demands_consent
        return {"around": found if asks and found.institution != customer else None}
    consents = consents_of(actor=request.actor, customer_id=customer.pk)
    return {"own_terms": found, "consents": [{"consent": row, "state": consent_tag(row)} for row in consents]}


def people_of(request: HttpRequest) -> list[tuple[str, str]]:
    return [(person.username, person.name) for person in team_of(actor=request.actor, on=time.today())]


@page(allow=access.may_record, methods=("GET", "POST"))
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a visit. ?customer=, ?on= and ?starts= fill the form."""
    initial: dict[str, Any] = {"on": request.GET.get("on") or time.today(), "starts": request.GET.get("starts", "")}
    initial["username"] = request.GET.get("username", "")
    form = PlanForm(request.POST or None, people=people_of(request), initial=initial)
    key = request.GET.get("customer", "")
    if key.isascii() and key.isdigit() and len(key) < 19:
        customer = get_visible(request.actor, int(key))
        form.initial["customer_id"] = customer.pk
        form.fields["customer_id"].widget.shown = customer.name
    if request.method == "POST" and form.carry_out(
        lambda data: actions.plan_visit(actor=request.actor, at=time.now(), data=data)
    ):
        return page_changed(request, reverse("visits:calendar"), _("已排入计划。"))
    return _dialog(request, form, _("计划拜访"))


@page(allow=access.may_record, methods=("GET", "POST"))
def move(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Another day or hour; the calendar's drag and drop posts here too."""
    visit = visit_of(actor=request.actor, visit_id=visit_id)
    initial = {"on": visit.day, "starts": visit.planned_start, "version": visit.version}
    form = MoveForm(request.POST or None, people=people_of(request), initial=initial)
    return _carried(request, visit, form, actions.move_visit, _("调整计划"))


@page(allow=access.may_record, methods=("GET", "POST"))
def cancel(request: HttpRequest, visit_id: int) -> HttpResponse:
    visit = visit_of(actor=request.actor, visit_id=visit_id)
    return _carried(request, visit, CancelForm(request.POST or None), actions.cancel_visit, _("取消计划"))


@page(allow=access.may_record, methods=("GET", "POST"))
def amend(request: HttpRequest, visit_id: int) -> HttpResponse:
    visit = visit_of(actor=request.actor, visit_id=visit_id)
    form = AmendForm(request.POST or None, **_given(visit), initial=model_to_dict(visit, fields=AMENDED))
    return _carried(request, visit, form, actions.amend_visit, _("修改记录"))


def _given(visit: Visit) -> dict[str, list[tuple[str, str]]]:
    """What stands as given at the visit and may be taken back: not what went out by e-mail."""
    if hasattr(visit, "email"):
        return {"handouts": [], "samples": []}
    copies = [(str(row.pk), f"{row.version} × {row.quantity}") for row in handouts_of_visit(visit.pk)]
    packs = [
        (str(row.pk), f"{row.lot.pack.product} {row.lot.lot_number} × {row.packs}")
        for row in samples_of_visit(visit.pk)
    ]
    return {"handouts": copies, "samples": packs}


@page(allow=access.may_record, methods=("POST",))
def take_up(request: HttpRequest, visit_id: int) -> HttpResponse:
    if not access.may_plan_for(request.actor, visit_of(actor=request.actor, visit_id=visit_id).user):
        raise NotFound()
    visit = actions.take_up_visit(actor=request.actor, at=time.now(), visit_id=visit_id)
    return to_page(request, reverse("visits:page", args=(visit.pk,)))


@page(allow=may_create, methods=("GET", "POST"))
def add_hours(request: HttpRequest, customer_id: int) -> HttpResponse:
    """When a customer can be seen."""
    get_visible(request.actor, customer_id)
    form = HoursForm(request.POST or None)
    if request.method == "POST" and form.carry_out(
        lambda data: actions.set_hours(actor=request.actor, at=time.now(), customer_id=customer_id, data=data)
    ):
        return page_changed(request, f"/customers/{customer_id}/?tab=visits", _("已保存。"))
    return _dialog(request, form, _("可拜访时间"))


@page(allow=may_create, methods=("POST",))
def drop_hours(request: HttpRequest, hours_id: int) -> HttpResponse:
    customer_id = actions.drop_hours(actor=request.actor, at=time.now(), hours_id=hours_id)
    return page_changed(request, f"/customers/{customer_id}/?tab=visits", _("已删除。"))


@page(allow=may_create, methods=("GET", "POST"))
def set_terms(request: HttpRequest, customer_id: int) -> HttpResponse:
    """What the institution demands of visitors."""
    customer = get_visible(request.actor, customer_id)
    present = terms_of(actor=request.actor, customer=customer, on=time.today()).terms
    form = TermsForm(request.POST or None, initial=model_to_dict(present, fields=TERMS))
    return _of_institution(request, customer, form, actions.set_institution_terms, _("来访规定"))


@page(allow=may_create, methods=("GET", "POST"))
def add_consent(request: HttpRequest, customer_id: int) -> HttpResponse:
    """That the institution agrees to visits."""
    customer = get_visible(request.actor, customer_id)
    form = InstitutionConsentForm(request.POST or None, initial={"starts_on": time.today()})
    return _of_institution(request, customer, form, actions.record_institution_consent, _("登记医院同意"))


def _of_institution(
    request: HttpRequest, customer: Customer, form: InputForm, act: Callable[..., Any], title: str
) -> HttpResponse:
    if request.method == "POST" and form.carry_out(
        lambda data: act(actor=request.actor, at=time.now(), customer_id=customer.pk, data=data)
    ):
        return page_changed(request, f"/customers/{customer.pk}/?tab=visits", _("已保存。"))
    return _dialog(request, form, title, customer.name)


def _carried(request: HttpRequest, visit: Visit, form: InputForm, act: Callable[..., Any], title: str) -> HttpResponse:
    if request.method == "POST" and form.carry_out(
        lambda data: act(actor=request.actor, at=time.now(), visit_id=visit.pk, data=data)
    ):
        if request.headers.get("X-Calendar"):
            return HttpResponse(status=204)
        return to_page(request, reverse("visits:page", args=(visit.pk,)))
    return _dialog(request, form, title, visit.customer.name)


def _dialog(request: HttpRequest, form: InputForm, title: str, beside: str = "") -> HttpResponse:
    context = {"form": form, "title": title, "beside": beside}
    return part(request, "visits/_dialog.html", context, status=422 if form.errors else 200)
