"""Opening an archive, with likely duplicates shown before it is saved."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from repertory.core import time
from repertory.core.errors import Conflict
from repertory.core.web.pages import page
from repertory.customers import access
from repertory.customers.actions import writing
from repertory.customers.actions.customer import create_customer
from repertory.customers.actions.duplicates import probable_duplicates
from repertory.customers.choices import PERSON_KINDS, Kind
from repertory.customers.inputs import CreateCustomer
from repertory.customers.models import Customer
from repertory.customers.web.forms import CreateForm
from repertory.customers.web.reasons import alike_in_words
from repertory.platform.queries import custom_fields

OF_ALL = ("phone", "province_code", "city_code", "county_code", "address", "source", "first_contact_on")
OF_PERSON = ("institution", "department", "title", "potential", "adoption")
OF_ORGANISATION = ("alias", "grade", "uscc", "parent", "email")


def _form(request: HttpRequest) -> CreateForm:
    kind = request.POST.get("kind") or request.GET.get("kind") or Kind.HOSPITAL
    own = OF_PERSON if kind in PERSON_KINDS else OF_ORGANISATION
    required = tuple(item for item in custom_fields("customer") if item.required)
    return CreateForm(request.POST or None, names=(*own, *OF_ALL), definitions=required, values={"kind": kind})


@page(allow=access.may_create, methods=("GET", "POST"))
def create(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    duplicates: list[Any] = []

    def act(data: CreateCustomer) -> Customer:
        try:
            return create_customer(actor=request.actor, at=time.now(), data=data)
        except Conflict as error:
            duplicates.extend(error.details.get("duplicates", ()))
            raise

    if request.method == "POST" and form.carry_out(act):
        return redirect("customers:card", form.result.pk)
    context = {"form": form, "duplicates": duplicates, "person": form["kind"].value() in PERSON_KINDS}
    return render(request, "customers/create.html", context, status=422 if form.errors else 200)


@page(allow=access.may_create)
def similar(request: HttpRequest) -> HttpResponse:
    """Customers that the one being typed may be, while it is typed."""
    name, kind = request.GET.get("name", "").strip(), request.GET.get("kind", "")
    rows = similar_customers(request, name=name, kind=kind) if name and kind in Kind.values else []
    return render(request, "customers/_similar.html", {"rows": rows})


def similar_customers(request: HttpRequest, *, name: str, kind: str) -> list[dict[str, Any]]:
    """Those that the person may see, likeliest first."""
    typed = Customer(kind=kind, phone=request.GET.get("phone", ""), uscc=request.GET.get("uscc", "").strip())
    writing.set_name(typed, name[:200])
    pairs = probable_duplicates(typed)
    keys = [row.pk for row, _match in pairs]
    shown = set(access.visible_customers(request.actor).filter(pk__in=keys).values_list("pk", flat=True))
    return [
        {"customer": row, "score": match.score, "reasons": alike_in_words(match.reasons)}
        for row, match in pairs
        if row.pk in shown
    ]
