"""The list of customers: what to show, the filters, the columns."""

import functools
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.web.addresses import hidden_pairs, shown_columns
from repertory.core.web.pages import page
from repertory.core.web.tables import Table
from repertory.customers import access
from repertory.customers.choices import Kind, Stage, Tier
from repertory.customers.queries import known_columns, list_customers
from repertory.customers.queries.references import names_of_references, names_on_page
from repertory.customers.queries.shown import attach_shown
from repertory.customers.web.addresses import chips, list_query, names_custom_field
from repertory.customers.web.columns import DEFAULT, FIRST, table_columns
from repertory.customers.web.filters import inputs
from repertory.platform.web.lists import ListPage

LIST = ListPage(
    page="customers",
    url="customers:list",
    allow=access.may_see,
    known=known_columns,
    inputs=inputs,
    default=DEFAULT,
    first=FIRST,
    frame="customers/part.html",
    shared=gettext_lazy("所有人可用（各人只看到自己范围内的客户）"),
)
QUICK = (("kind", Kind), ("tier", Tier), ("stage", Stage))


@page(allow=access.may_see)
def customer_list(request: HttpRequest) -> HttpResponse:
    query, keys, today = list_query(request.GET), shown_columns(request.GET, DEFAULT), time.today()
    known = known_columns(custom=names_custom_field((*query.filters, *keys)))
    found = list_customers(actor=request.actor, query=query, known=known, shown=keys)
    carers = attach_shown(items=found.items, keys=keys, on=today)
    linked = names_on_page(actor=request.actor, rows=found.items, shown=keys, known=known)
    table = Table(
        columns=table_columns(known, keys, carers=carers, linked=linked, today=today),
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
    views = LIST.saved(request)
    every = {"name": _("全部客户"), "url": "?", "current": not address, "count": None}
    return {
        "quick": [_quick(name, address) for name, _choices in QUICK],
        "kept": hidden_pairs(address, but=("q", *(name for name, _choices in QUICK))),
        "views": [every, *views] if views else [],
        "query": address.urlencode(),
        "dialogs": LIST.dialogs,
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
