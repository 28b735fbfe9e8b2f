"""Suggestions for pickers and dependent drop-downs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from repertory.core import regions
from repertory.core.web.pages import page
from repertory.customers import access
from repertory.customers.choices import PERSON_KINDS, Kind
from repertory.customers.queries import ListQuery, known_columns, list_customers
from repertory.organisation.access import visible_territories

SUGGESTED = 10


def _pick(request: HttpRequest, kinds: list[str]) -> HttpResponse:
    query = ListQuery(text=request.GET.get("q", ""), filters={"kind": kinds}, limit=SUGGESTED)
    found = list_customers(actor=request.actor, query=query, known=known_columns(custom=False), shown=("department",))
    options = [{"value": row.pk, "text": row.name, "note": row.department or row.code} for row in found.items]
    return render(request, "customers/_options.html", {"options": options})


@page(allow=access.may_see)
def pick_organisation(request: HttpRequest) -> HttpResponse:
    return _pick(request, [kind for kind in Kind.values if kind not in PERSON_KINDS])


@page(allow=access.may_see)
def pick_customer(request: HttpRequest) -> HttpResponse:
    return _pick(request, list(Kind.values))


@page(allow=access.may_see)
def pick_person(request: HttpRequest) -> HttpResponse:
    return _pick(request, list(PERSON_KINDS))


@page(allow=access.may_see)
def pick_territory(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    nodes = visible_territories(request.actor).filter(closed_on=None)
    found = (nodes.filter(name__icontains=text) | nodes.filter(code__icontains=text)).order_by("path")[:SUGGESTED]
    options = [{"value": node.code, "text": node.name, "note": node.code} for node in found]
    return render(request, "customers/_options.html", {"options": options})


@page(allow=access.may_see)
def region_options(request: HttpRequest) -> HttpResponse:
    """Options of the next level: cities of a province, or counties of a city."""
    level = request.GET.get("level", "")
    if level == "city_code":
        options = regions.cities(request.GET.get("province_code", ""))
    else:
        options = regions.counties(request.GET.get("city_code", ""))
    return render(request, "customers/_region_options.html", {"options": options, "level": level})
