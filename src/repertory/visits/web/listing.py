"""The list of visits."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.listing import Column, ListQuery
from repertory.core.web import addresses
from repertory.core.web.addresses import COLUMNS, CURSOR, SORT, TEXT, Chip, filters_of, hidden_pairs, shown_columns
from repertory.core.web.pages import page
from repertory.core.web.tables import Table
from repertory.visits import access
from repertory.visits.choices import Mode, Purpose, Status
from repertory.visits.queries.listing import FIRST_SORT, known_columns, list_visits
from repertory.visits.queries.visits import team_of
from repertory.visits.web.columns import DEFAULT, table_columns
from repertory.visits.web.responses import part

QUICK = ("status", "mode", "purpose", "user")


@page(allow=access.may_see)
def visit_list(request: HttpRequest) -> HttpResponse:
    """Opened without an address of its own: what was done, the newest first."""
    if not request.GET:
        return redirect(f"{request.path}?status=done")
    query, known = list_query(request.GET), known_columns()
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
        "chips": chips(request.GET, query, known, people),
        "quick": [_quick(name, request.GET.get(name, ""), people) for name in QUICK if name != "user" or people],
        "kept": hidden_pairs(request.GET, but=("q", "day.from", "day.to", *QUICK)),
        "views": _views(request.GET),
        "empty": _empty(request),
        "query": request.GET.urlencode(),
        "may_record": access.may_record(request.actor),
        "may_export": access.may_export(request.actor),
        "may_import": access.may_import(request.actor),
    }
    return render(request, "visits/list.html", context)


def list_query(address: QueryDict) -> ListQuery:
    """What an address asks for."""
    return ListQuery(
        text=address.get(TEXT, ""),
        filters=filters_of(address),
        sort=address.get(SORT) or FIRST_SORT,
        cursor=address.get(CURSOR, ""),
    )


def chips(address: QueryDict, query: ListQuery, known: dict[str, Column], people: dict[str, str]) -> list[Chip]:
    def words(key: str, values: list[str]) -> str:
        column = known.get(key)
        labels = people if key == "user" else dict(column.choices) if column else {}
        if column is not None and column.kind == "bool":
            return _("是") if values[0] == "true" else _("否")
        return "、".join(str(labels.get(value, value)) for value in values)

    return addresses.chips(address, query.filters, known, words)


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


@page(allow=access.may_see)
def columns_dialog(request: HttpRequest) -> HttpResponse:
    """Which columns to show."""
    chosen = shown_columns(request.GET, DEFAULT)
    columns = [
        {"key": column.key, "label": column.label, "chosen": column.key in chosen}
        for column in known_columns().values()
        if column.key != "customer_id"
    ]
    kept = hidden_pairs(request.GET, but=(COLUMNS,))
    return part(request, "visits/_columns.html", {"columns": columns, "kept": kept})


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
