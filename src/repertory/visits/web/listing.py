"""The list of visits."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core import time
from repertory.core.listing import Column, ListQuery
from repertory.core.web import addresses
from repertory.core.web.addresses import (
    Chip,
    hidden_pairs,
    list_query,
    shown_columns,
    words_of,
)
from repertory.core.web.filters import filter_inputs
from repertory.core.web.pages import page
from repertory.core.web.picker import Picker
from repertory.core.web.tables import Table
from repertory.materials.queries.references import product_options
from repertory.organisation.access import visible_territories
from repertory.platform.web.lists import ListPage
from repertory.visits import access
from repertory.visits.choices import Attitude, Mode, Purpose, Status
from repertory.visits.queries.listing import FIRST_SORT, known_columns, list_visits
from repertory.visits.queries.visits import team_of
from repertory.visits.web.columns import DEFAULT, FIRST, table_columns

QUICK = ("status", "mode", "purpose", "user")


def options_of(request: HttpRequest, key: str) -> list[tuple[str, Any]]:
    """What a condition on a column may name, where the column itself does not say so."""
    if key == "user":
        own = request.actor.user
        people = [(person.username, person.name) for person in team_of(actor=request.actor, on=time.today())]
        return [(own.username, own.name), *people]
    if key == "product":
        return product_options(actor=request.actor)
    if key == "territory":
        return list(visible_territories(request.actor).order_by("path").values_list("code", "name"))
    return list(Attitude.choices) if key == "attitude" else []


def inputs(request: HttpRequest, column: Column) -> list[dict[str, Any]]:
    """What the filter dialog asks for a column."""
    if column.key != "territory":
        return filter_inputs(column, request.GET, options=options_of(request, column.key))
    value = request.GET.get(column.key, "")
    box = Picker(reverse("customers:pick_territory"))
    box.shown = dict(options_of(request, "territory")).get(value, "")
    shown = box.render(column.key, value if box.shown else "", {"id": "filter-1"})
    return filter_inputs(column, request.GET, box=shown)


LIST = ListPage(
    page="visits",
    url="visits:list",
    allow=access.may_see,
    known=known_columns,
    inputs=inputs,
    default=DEFAULT,
    first=FIRST,
    frame="visits/part.html",
    hidden=frozenset({"customer_id"}),
    shared=gettext_lazy("所有人可用（各人只看到自己范围内的拜访）"),
)


@page(allow=access.may_see)
def visit_list(request: HttpRequest) -> HttpResponse:
    """Opened without an address of its own: what was done, the newest first."""
    if not request.GET:
        return redirect(f"{request.path}?status=done")
    query, known = list_query(request.GET, sort=FIRST_SORT), known_columns()
    found = list_visits(actor=request.actor, query=query, known=known)
    table = Table(
        columns=table_columns(known, shown_columns(request.GET, DEFAULT), today=time.today()),
        rows=found.items,
        caption=_("拜访"),
        url=lambda row: f"/visits/{row.pk}/",
        name=lambda row: f"{row.day} {row.customer.name}",
        sort=query.sort,
    )
    people = {person.username: person.name for person in team_of(actor=request.actor, on=time.today())}
    context = {
        "table": table,
        "pager": {"count": found.count, "cursor": query.cursor, "next": found.next},
        "chips": chips(request, query, known),
        "quick": [_quick(name, request.GET.get(name, ""), people) for name in QUICK if name != "user" or people],
        "kept": hidden_pairs(request.GET, but=("q", "day.from", "day.to", *QUICK)),
        "views": [*_views(request.GET), *LIST.saved(request)],
        "empty": _empty(request),
        "query": request.GET.urlencode(),
        "dialogs": LIST.dialogs,
        "may_record": access.may_record(request.actor),
        "may_export": access.may_export(request.actor),
        "may_import": access.may_import(request.actor),
    }
    return render(request, "visits/list.html", context)


def chips(request: HttpRequest, query: ListQuery, known: Mapping[str, Column]) -> list[Chip]:
    def words(key: str, values: list[str]) -> str:
        return words_of(known.get(key), values, dict(options_of(request, key)))

    return addresses.chips(request.GET, query.filters, known, words)


def _views(address: QueryDict) -> list[dict[str, Any]]:
    today = time.today().isoformat()
    views = (
        (_("已完成"), "status=done"),
        (_("今天"), f"day={today}&sort=day"),
        (_("计划中"), f"status=planned&day.from={today}&sort=day"),
        (_("补录"), "late=true"),
        (_("全部"), "sort=-day"),
    )
    shown = address.urlencode()
    return [{"name": name, "url": f"?{query}", "current": query == shown, "count": None} for name, query in views]


def _quick(name: str, chosen: str, people: dict[str, str]) -> dict[str, Any]:
    choices = {"status": Status.choices, "mode": Mode.choices, "purpose": Purpose.choices}.get(name)
    labels = {"status": _("状态"), "mode": _("方式"), "purpose": _("目的"), "user": _("拜访人")}
    options = choices or list(people.items())
    shown = [{"value": code, "label": label, "chosen": code == chosen} for code, label in options]
    return {"name": name, "label": labels[name], "options": shown}


def _empty(request: HttpRequest) -> dict[str, Any]:
    if request.GET:
        return {
            "title": _("没有符合条件的拜访"),
            "text": _("换一个条件，或清除全部条件再看。"),
            "icon": "filter",
            "url": "?sort=-day",
            "action": _("清除条件"),
        }
    start = reverse("visits:record") if access.may_record(request.actor) else ""
    return {
        "title": _("这里是拜访记录"),
        "text": _("计划好的和完成的拜访都在这里。先在日历上排一次，或者直接记一次。"),
        "icon": "calendar",
        "url": start,
        "action": _("记录拜访"),
    }
