"""待对应: names in files that nobody has explained yet, with what they might mean."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import formats, time
from repertory.core.errors import NotFound, RepertoryError
from repertory.core.inputs import read_input
from repertory.core.web.pages import page
from repertory.core.web.responses import to_page
from repertory.products.access import visible_products
from repertory.sales import access, actions
from repertory.sales.choices import NameKind
from repertory.sales.inputs import LearnCustomer, LearnProduct
from repertory.sales.queries import files
from repertory.sales.web import forms
from repertory.sales.web.columns import figure
from repertory.sales.web.responses import part


@page(allow=access.may_see_files)
def name_list(request: HttpRequest, kind: str = NameKind.CUSTOMER) -> HttpResponse:
    """The names that wait, the most money first; one click takes a suggestion."""
    if kind not in NameKind.values:
        raise NotFound()
    counts = files.waiting_counts(actor=request.actor)
    tabs = [
        {
            "name": one.label,
            "url": reverse("sales:names", args=(one.value,)),
            "count": counts[one],
            "current": one == kind,
        }
        for one in NameKind
    ]
    rows = files.waiting_names(actor=request.actor, kind=kind)
    frame = {
        "kind": kind,
        "tabs": tabs,
        "rows": [
            {"name": row, "quantity": figure(row.quantity), "amount": formats.number(row.amount, 2)} for row in rows
        ],
        "waiting": counts["rows"],
        "may_keep": access.may_keep(request.actor),
    }
    return render(request, "sales/names.html", frame)


@page(allow=access.may_keep, methods=("POST",))
def accept(request: HttpRequest, kind: str) -> HttpResponse:
    """A suggestion was right: text means key, in everybody's files."""
    shapes: dict[str, Any] = {
        NameKind.CUSTOMER: (LearnCustomer, actions.learn_customer),
        NameKind.PRODUCT: (LearnProduct, actions.learn_product),
    }
    if kind not in shapes:
        raise NotFound()
    shape, act = shapes[kind]
    given = {"text": request.POST.get("text", ""), kind: request.POST.get("key", "")}
    try:
        entered = act(actor=request.actor, at=time.now(), data=read_input(shape, given))
    except RepertoryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _told(entered))
    return redirect("sales:names", kind)


def _told(entered: int) -> str:
    return _("已记住，%(count)s 行已入账。") % {"count": formats.number(entered)}


@page(allow=access.may_keep, methods=("GET", "POST"))
def learn(request: HttpRequest, kind: str) -> HttpResponse:
    """A dialog: ?text=…&seller=KEY."""
    acts: dict[str, Any] = {
        NameKind.CUSTOMER: actions.learn_customer,
        NameKind.PRODUCT: actions.learn_product,
        NameKind.UNIT: actions.learn_unit,
    }
    if kind not in acts:
        raise NotFound()
    form = _form(request, kind)
    if request.method == "POST" and form.carry_out(
        lambda data: acts[kind](actor=request.actor, at=time.now(), data=data)
    ):
        messages.success(request, _told(form.result))
        return to_page(request, reverse("sales:names", args=(kind,)))
    context = {"form": form, "title": _("这个名称是谁"), "subject": form.words, "query": request.GET.urlencode()}
    return part(request, "core/dialog.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, kind: str) -> forms.LearnForm:
    given: dict[str, Any] = {"words": request.GET.get("text", ""), "seller": request.GET.get("seller", "")}
    if kind == NameKind.CUSTOMER:
        return forms.LearnCustomerForm(request.POST or None, **given)
    shape = forms.LearnProductForm if kind == NameKind.PRODUCT else forms.LearnUnitForm
    return shape(request.POST or None, products=product_options(request), **given)


def product_options(request: HttpRequest) -> forms.Options:
    return [(str(row.pk), str(row)) for row in visible_products(request.actor).order_by("sort_key", "pk")]
