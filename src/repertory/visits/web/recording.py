"""Recording a visit on a page: what is offered, what was typed."""

from datetime import datetime
from typing import Any

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.web.pages import page
from repertory.customers.access import get_visible
from repertory.customers.models import Customer
from repertory.materials.queries.giving import usable_versions as usable_materials
from repertory.materials.queries.holdings import own_samples
from repertory.products.models import MessageVersion, Product
from repertory.products.queries.product import usable_versions
from repertory.visits import access, actions
from repertory.visits.choices import Attitude, Status
from repertory.visits.models import Visit
from repertory.visits.queries.offers import promoted_products
from repertory.visits.queries.visits import last_done, visit_of
from repertory.visits.web.forms import CompleteForm, HappenedForm

BEFORE_HERE = ("mode", "purpose")


@page(allow=access.may_record, methods=("GET", "POST"))
def record(request: HttpRequest) -> HttpResponse:
    """A visit that nobody had planned. ?customer= chooses whom."""
    customer = _customer(request)
    last = last_done(actor=request.actor, customer_id=customer.pk) if customer else None
    form = HappenedForm(request.POST or None, details=typed_details(request.POST), initial=_initial(customer, last))
    photos = request.FILES.getlist("photos")
    if customer:
        form.fields["customer_id"].widget.shown = customer.name
    if request.method == "POST" and form.carry_out(
        lambda data: actions.record_visit(actor=request.actor, at=time.now(), data=data, photos=photos)
    ):
        return _recorded(request, form.result)
    return _page(request, form, customer, last, title=_("记录拜访"))


@page(allow=access.may_record, methods=("GET", "POST"))
def complete(request: HttpRequest, visit_id: int) -> HttpResponse:
    """What became of a planned visit."""
    visit = visit_of(actor=request.actor, visit_id=visit_id)
    if visit.status != Status.PLANNED:
        return redirect("visits:page", visit.pk)
    last = last_done(actor=request.actor, customer_id=visit.customer_id)
    initial = _initial(visit.customer, last) | {
        "on": min(visit.day, time.today()),
        "starts": visit.planned_start,
        "mode": visit.mode,
        "purpose": visit.purpose,
        "version": visit.version,
    }
    photos = request.FILES.getlist("photos")
    form = CompleteForm(request.POST or None, details=typed_details(request.POST), initial=initial)
    if request.method == "POST" and form.carry_out(
        lambda data: actions.complete_visit(
            actor=request.actor, at=time.now(), visit_id=visit_id, data=data, photos=photos
        )
    ):
        return _recorded(request, form.result)
    return _page(request, form, visit.customer, last, title=_("完成拜访"), visit=visit)


def typed_details(posted: QueryDict) -> dict[str, Any]:
    """Products with wordings and attitude, materials and samples, from the names of the ticked boxes."""
    products = [
        {
            "product_id": key,
            "attitude": posted.get(f"attitude-{key}", ""),
            "message_version_ids": posted.getlist(f"message-{key}"),
        }
        for key in posted.getlist("product")
    ]
    materials = [
        {"version_id": key, "quantity": posted.get(f"copies-{key}") or 1} for key in posted.getlist("material")
    ]
    samples = [{"lot_id": key, "quantity": posted.get(f"packs-{key}") or 1} for key in posted.getlist("sample")]
    return {"products": products, "materials": materials, "samples": samples}


def _customer(request: HttpRequest) -> Customer | None:
    key = request.POST.get("customer_id") or request.GET.get("customer", "")
    return get_visible(request.actor, int(key)) if key.isascii() and key.isdigit() and len(key) < 19 else None


def _initial(customer: Customer | None, last: Visit | None) -> dict[str, Any]:
    """The last visit's way and purpose, the present moment."""
    local: datetime = time.now().astimezone(time.COMPANY_ZONE)
    before = {name: getattr(last, name) for name in BEFORE_HERE} if last else {}
    chosen = {"customer_id": customer.pk} if customer else {}
    return {"on": local.date(), "starts": f"{local:%H:%M}", **before, **chosen}


def _recorded(request: HttpRequest, visit: Visit) -> HttpResponse:
    told.success(request, _("拜访已记录。"))
    return redirect("visits:page", visit.pk)


def _page(
    request: HttpRequest,
    form: HappenedForm,
    customer: Customer | None,
    last: Visit | None,
    *,
    title: str,
    visit: Visit | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "customer": customer,
        "visit": visit,
        "last": last,
        "offers": _offers(request, customer, last),
        "attitudes": Attitude.choices,
        "lost_photos": bool(form.errors) and bool(request.FILES),
        "back": reverse("visits:list"),
    }
    return render(request, "visits/record.html", context, status=422 if form.errors else 200)


def _offers(request: HttpRequest, customer: Customer | None, last: Visit | None) -> dict[str, Any]:
    """What may be said and given today to this customer; ticked what was typed, else what the last visit spoke of."""
    today, posted = time.today(), request.POST
    kind, department = (customer.kind, customer.department) if customer else ("", "")
    wordings: dict[int, list[MessageVersion]] = {}
    for version in usable_versions(actor=request.actor, on=today, kind=kind, department=department):
        wordings.setdefault(version.message.product_id, []).append(version)
    before = {talked.product_id: talked.attitude for talked in last.products.all()} if last else {}
    ticked = set(posted.getlist("product")) if posted else {str(key) for key in before}
    return {
        "products": [
            _offered(product, wordings.get(product.pk, []), posted, str(product.pk) in ticked, before)
            for product in promoted_products(actor=request.actor, on=today, first=list(before))
        ],
        "materials": [
            {
                "version": row,
                "ticked": str(row.pk) in posted.getlist("material"),
                "copies": posted.get(f"copies-{row.pk}", "1"),
            }
            for row in usable_materials(actor=request.actor, on=today, kind=kind)
        ],
        "samples": [
            {
                "lot": row.balance.lot,
                "left": row.balance.quantity,
                "ticked": str(row.balance.lot_id) in posted.getlist("sample"),
                "packs": posted.get(f"packs-{row.balance.lot_id}", "1"),
            }
            for row in own_samples(actor=request.actor, on=today)
            if not row.expired
        ],
    }


def _offered(
    product: Product, versions: list[MessageVersion], posted: QueryDict, ticked: bool, before: dict[int, str]
) -> dict[str, Any]:
    said = posted.getlist(f"message-{product.pk}")
    return {
        "product": product,
        "ticked": ticked,
        "attitude": posted.get(f"attitude-{product.pk}", before.get(product.pk, "")),
        "messages": [{"version": version, "ticked": str(version.pk) in said} for version in versions],
    }
