"""The public form that a customer fills in, the link to it, and the review of what came."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.errors import RepertoryError
from repertory.core.web.pages import page, public
from repertory.core.web.responses import to_page
from repertory.customers import access, fields
from repertory.customers.actions.facts import (
    ASKED,
    decide_fact,
    invite_to_fill_in,
    open_invitation,
    receive_form,
    revoke_invitation,
)
from repertory.customers.inputs import DecideFact
from repertory.customers.models import Customer
from repertory.customers.queries.card import card_of, invitations_of
from repertory.customers.queries.work import fact_of, facts_of, waiting_facts
from repertory.customers.web.forms import InviteForm, archive_field
from repertory.customers.web.public_form import PublicForm
from repertory.customers.web.responses import part
from repertory.customers.web.sections import is_person, stored

MOST = 200
ONLY_PERSONS = frozenset({"title", "department", "research_field", "favourite_conferences", "contact_preference"})
ONLY_ORGANISATIONS = frozenset(
    {"website", "uscc", "founded_on", "legal_form", "industry", "headcount", "service_area", "opening_hours"}
)


def asked_of(customer: Customer) -> tuple[str, ...]:
    left_out = ONLY_ORGANISATIONS if is_person(customer) else ONLY_PERSONS
    return tuple(name for name in ASKED if name not in left_out)


@page(allow=access.may_create, methods=("GET", "POST"))
def invite(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Make a link; it is shown once, to be copied."""
    customer = access.get_visible(request.actor, customer_id)
    form, link = InviteForm(request.POST or None), ""
    if request.method == "POST" and form.carry_out(
        lambda data: invite_to_fill_in(actor=request.actor, at=time.now(), customer_id=customer_id, data=data)
    ):
        link = request.build_absolute_uri(reverse("customers:public_form", args=(form.result,)))
    context = {"form": form, "customer": customer, "link": link, "invitations": invitations_of(customer)}
    return part(request, "customers/_invite.html", context | {"now": time.now()}, status=422 if form.errors else 200)


@page(allow=access.may_create, methods=("POST",))
def revoke(request: HttpRequest, customer_id: int, invitation_id: int) -> HttpResponse:
    access.get_visible(request.actor, customer_id)
    revoke_invitation(actor=request.actor, at=time.now(), invitation_id=invitation_id)
    return to_page(request, reverse("customers:card", args=(customer_id,)))


@public(methods=("GET", "POST"))
def public_form(request: HttpRequest, token: str) -> HttpResponse:
    """What the customer sees: only what it may say of itself, and nothing that we know already."""
    invitation = open_invitation(token, at=time.now())
    form = PublicForm(request.POST or None, names=asked_of(invitation.customer), field=archive_field)
    if request.method == "POST" and form.is_valid():
        try:
            receive_form(actor=request.actor, at=time.now(), token=token, values=form.cleaned_data)
        except RepertoryError as error:
            form.tell(error)
        else:
            return render(request, "customers/public_done.html")
    context = {"form": form, "customer": invitation.customer, "expires_at": invitation.expires_at}
    return render(request, "customers/public_form.html", context, status=422 if form.errors else 200)


@page(allow=access.may_see)
def facts(request: HttpRequest) -> HttpResponse:
    """Customers with facts that wait for a look."""
    rows = list(waiting_facts(actor=request.actor)[:MOST])
    empty = {
        "title": _("没有待确认的信息"),
        "text": _("客户通过链接填写的内容和第三方调查的结果会先放在这里，逐项确认后才进入档案。"),
        "icon": "forms",
    }
    return render(request, "customers/facts.html", {"rows": rows, "empty": empty})


@page(allow=access.may_see)
def review(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Each proposed field beside what is in the archive."""
    customer = card_of(actor=request.actor, customer_id=customer_id)
    rows = [{"fact": fact, **_compared(customer, fact)} for fact in facts_of(customer)]
    context = {"customer": customer, "rows": rows, "may_edit": access.may_create(request.actor)}
    return render(request, "customers/review.html", context)


def _compared(customer: Customer, fact: Any) -> dict[str, Any]:
    labels = dict(fields.model_field(fact.field).choices or ())
    present = stored(customer, fact.field)
    shown = "" if present is None else str(present)
    return {
        "label": fields.label(fact.field),
        "present": labels.get(shown, shown),
        "proposed": labels.get(fact.value, fact.value),
    }


@page(allow=access.may_create, methods=("POST",))
def decide(request: HttpRequest, fact_id: int) -> HttpResponse:
    fact = fact_of(actor=request.actor, fact_id=fact_id)
    accept = request.POST.get("accept") == "1"
    decide_fact(actor=request.actor, at=time.now(), fact_id=fact_id, data=DecideFact(accept=accept))
    return redirect("customers:review", fact.customer_id)
