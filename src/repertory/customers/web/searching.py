"""The search box at the top: by name, pinyin, initials, phone or code, inside one's own scope."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from repertory.core import time
from repertory.core.web.pages import page
from repertory.customers import access
from repertory.customers.queries import ListQuery, list_customers
from repertory.customers.queries.shown import attach_shown
from repertory.customers.web.columns import place

FOUND = 8
SHOWN = ("institution", "city_code", "county_code")


@page(allow=access.may_see)
def search(request: HttpRequest) -> HttpResponse:
    """Suggestions while one types; Enter goes to the list."""
    text = request.GET.get("q", "").strip()
    everything = f"{reverse('customers:list')}?{urlencode({'q': text})}"
    if not request.headers.get("HX-Request"):
        return redirect(everything)
    if not text:
        return HttpResponse("")
    found = list_customers(actor=request.actor, query=ListQuery(text=text, limit=FOUND), shown=SHOWN)
    attach_shown(items=found.items, keys=SHOWN, on=time.today())
    rows = [
        {"customer": row, "place": row.institution or place(row.county_code or row.city_code)} for row in found.items
    ]
    context = {"rows": rows, "found": found, "everything": everything}
    return render(request, "customers/_search.html", context)
