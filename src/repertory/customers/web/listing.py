"""The list of customers: what to show, the filters, the columns."""

import functools
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.errors import NotFound
from repertory.core.web.addresses import COLUMNS, hidden_pairs, query_without, shown_columns
from repertory.core.web.pages import page
from repertory.core.web.tables import Table
from repertory.customers import access
from repertory.customers.choices import Kind, Stage, Tier
from repertory.customers.queries import known_columns, list_customers
from repertory.customers.queries.references import names_of_references
from repertory.customers.queries.shown import attach_shown
from repertory.customers.web.addresses import chips, list_query, names_custom_field
from repertory.customers.web.columns import DEFAULT, table_columns
from repertory.customers.web.filters import filter_inputs
from repertory.customers.web.responses import part
from repertory.platform.queries import saved_views

PAGE = "customers"
QUICK = (("kind", Kind), ("tier", Tier), ("stage", Stage))


@page(allow=access.may_see)
def customer_list(request: HttpRequest) -> HttpResponse:
    query, keys, today = list_query(request.GET), shown_columns(request.GET, DEFAULT), time.today()
    known = known_columns(custom=names_custom_field((*query.filters, *keys)))
    found = list_customers(actor=request.actor, query=query, known=known, shown=keys)
    carers = attach_shown(items=found.items, keys=keys, on=today)
    table = Table(
        columns=table_columns(known, keys, carers=carers, today=today),
        rows=found.items,
        caption=_("客户"),
        url=lambda row: f"/customers/{row.pk}/",
        name=lambda row: row.name,
        sort=query.sort,
        bulk="bulk" if access.may_lead(request.actor) else "",
    )
    names = names_of_references(actor=request.actor, filters=query.filters, known=known)
    frame = _toolbar(request) | {"chips": chips(request.GET, query.filters, known, names), "empty": _empty(request)}
    pager = {"count": found.count, "more": found.more, "cursor": query.cursor, "next": found.next}
    return render(request, "customers/list.html", frame | {"table": table, "pager": pager})


def _toolbar(request: HttpRequest) -> dict[str, Any]:
    address = request.GET
    views = [
        {"name": view.name, "url": f"?{view.query}", "current": view.query == address.urlencode(), "count": None}
        for view in saved_views(actor=request.actor, page=PAGE)
    ]
    every = {"name": _("全部客户"), "url": "?", "current": not address, "count": None}
    return {
        "quick": [_quick(name, address) for name, _choices in QUICK],
        "kept": hidden_pairs(address, but=("q", *(name for name, _choices in QUICK))),
        "views": [every, *views] if views else [],
        "query": address.urlencode(),
        "may_create": access.may_create(request.actor),
        "may_export": access.may_export(request.actor),
        "may_import": access.may_import(request.actor),
        "may_lead": access.may_lead(request.actor),
    }


def _quick(name: str, address: Any) -> dict[str, Any]:
    return {"name": name, "label": known_label(name), "options": _options(name, address.get(name, ""), get_language())}


@functools.lru_cache(maxsize=200)
def _options(name: str, chosen: str, language: str) -> SafeString:
    """The choices of a quick filter: the same few on every list, so they are put together once a language."""
    rows = ((code, label, " selected" if code == chosen else "") for code, label in dict(QUICK)[name].choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', ((code, mark, label) for code, label, mark in rows))


def known_label(name: str) -> str:
    return {"kind": _("类别"), "tier": _("等级"), "stage": _("阶段")}[name]


def _empty(request: HttpRequest) -> dict[str, Any]:
    if request.GET:
        return {
            "title": _("没有符合条件的客户"),
            "text": _("换一个条件，或清除全部条件再看。"),
            "icon": "filter",
            "url": "?",
            "action": _("清除条件"),
        }
    start = reverse("customers:create") if access.may_create(request.actor) else ""
    return {
        "title": _("这里放您的客户"),
        "text": _("客户档案是拜访、商机和订单的起点。先建一位，或者从表格导入。"),
        "icon": "users",
        "url": start,
        "action": _("新建客户"),
    }


@page(allow=access.may_see)
def filter_dialog(request: HttpRequest) -> HttpResponse:
    """Which field to filter by, and then the value; the dialog's form is a plain address."""
    known, chosen = known_columns(), request.GET.get("filter_field", "")
    if chosen and chosen not in known:
        raise NotFound()
    column = known.get(chosen)
    context = {"columns": known.values(), "column": column}
    if column is not None:
        names = (chosen, f"{chosen}.from", f"{chosen}.to", "filter_field")
        present = {chosen: [request.GET.get(chosen, "")]}
        shown = names_of_references(actor=request.actor, filters=present, known=known)
        inputs = filter_inputs(column, request.GET, shown)
        context |= {"inputs": inputs, "kept": hidden_pairs(request.GET, but=names)}
    else:
        context["query"] = query_without(request.GET, "filter_field")
    return part(request, "customers/_filter.html", context)


@page(allow=access.may_see)
def columns_dialog(request: HttpRequest) -> HttpResponse:
    """Which columns to show."""
    chosen = shown_columns(request.GET, DEFAULT)
    columns = [
        {"key": column.key, "label": column.label, "chosen": column.key in chosen}
        for column in known_columns().values()
    ]
    kept = hidden_pairs(request.GET, but=(COLUMNS,))
    return part(request, "customers/_columns.html", {"columns": columns, "kept": kept})
