"""The list of products: what to show, the filters, the columns."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core import time
from repertory.core.listing import Column
from repertory.core.web.addresses import hidden_pairs, list_query, shown_columns
from repertory.core.web.filters import filter_inputs
from repertory.core.web.pages import page
from repertory.core.web.tables import Table
from repertory.platform.web.lists import ListPage
from repertory.products import access
from repertory.products.choices import InsuranceClass, Stage
from repertory.products.queries import known_columns, list_products
from repertory.products.queries.references import line_options, manager_options
from repertory.products.web.addresses import chips
from repertory.products.web.columns import DEFAULT, FIRST, SHORT, table_columns

QUICK = ("stage", "line", "insurance_class")


def references(request: HttpRequest) -> dict[str, list[tuple[str, str]]]:
    """The options of what a product refers to."""
    return {"line": line_options(actor=request.actor), "product_manager": manager_options(on=time.today())}


def inputs(request: HttpRequest, column: Column) -> list[dict[str, Any]]:
    """What the filter dialog asks for a column."""
    return filter_inputs(column, request.GET, options=references(request).get(column.key, []))


LIST = ListPage(
    page="products",
    url="products:list",
    allow=access.may_see,
    known=known_columns,
    inputs=inputs,
    default=DEFAULT,
    first=FIRST,
    frame="products/part.html",
    short=SHORT,
    shared=gettext_lazy("所有人可用（各人只看到自己范围内的产品）"),
)


@page(allow=access.may_see)
def product_list(request: HttpRequest) -> HttpResponse:
    query, known = list_query(request.GET, sort="generic_name"), known_columns()
    found = list_products(actor=request.actor, query=query, known=known)
    table = Table(
        columns=table_columns(known, shown_columns(request.GET, DEFAULT), today=time.today()),
        rows=found.items,
        caption=_("产品"),
        url=lambda row: f"/products/{row.pk}/",
        sort=query.sort,
    )
    names = references(request)
    frame = _toolbar(request, names) | {"chips": chips(request.GET, query, known, names), "empty": _empty(request)}
    pager = {"count": found.count, "cursor": query.cursor, "next": found.next}
    return render(request, "products/list.html", frame | {"table": table, "pager": pager})


def _toolbar(request: HttpRequest, names: dict[str, Any]) -> dict[str, Any]:
    address, actor = request.GET, request.actor
    views = LIST.saved(request)
    every = {"name": _("全部产品"), "url": "?", "current": not address, "count": None}
    return {
        "quick": [_quick(name, address.get(name, ""), names) for name in QUICK],
        "kept": hidden_pairs(address, but=("q", *QUICK)),
        "views": [every, *views] if views else [],
        "query": address.urlencode(),
        "dialogs": LIST.dialogs,
        "may_edit": access.may_edit(actor),
        "may_export": access.may_export(actor),
        "may_import": access.may_import(actor),
        "may_work_on_messages": access.may_work_on_messages(actor),
        "may_see_lines": access.may_see_lines(actor),
    }


def _quick(name: str, chosen: str, names: dict[str, Any]) -> dict[str, Any]:
    options = {"stage": Stage.choices, "insurance_class": InsuranceClass.choices}.get(name) or names[name]
    label = {"stage": _("阶段"), "line": _("产品线"), "insurance_class": _("医保")}[name]
    shown = [{"value": code, "label": text, "chosen": code == chosen} for code, text in options]
    return {"name": name, "label": label, "options": shown}


def _empty(request: HttpRequest) -> dict[str, Any]:
    if request.GET:
        return {
            "title": _("没有符合条件的产品"),
            "text": _("换一个条件，或清除全部条件再看。"),
            "icon": "filter",
            "url": "?",
            "action": _("清除条件"),
        }
    start = reverse("products:create") if access.may_edit(request.actor) else ""
    return {
        "title": _("这里放公司的产品"),
        "text": _("产品、规格和经批准的关键信息在这里维护，拜访时直接选用。先建一个，或者从表格导入。"),
        "icon": "pill",
        "url": start,
        "action": _("新建产品"),
    }
