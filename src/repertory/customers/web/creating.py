"""Opening an archive, with likely duplicates shown before it is saved."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from repertory.core import time
from repertory.core.errors import Conflict, InvalidInput
from repertory.core.inputs import read_input
from repertory.core.web.pages import page
from repertory.customers import access
from repertory.customers.actions.customer import create_customer
from repertory.customers.choices import PERSON_KINDS, Kind
from repertory.customers.inputs import CreateCustomer
from repertory.customers.models import Customer
from repertory.customers.queries.duplicates import similar_customers
from repertory.customers.web.forms import CreateForm
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
