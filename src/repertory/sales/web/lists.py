"""The ledger's rows as a list, and one row with what it came from."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import formats
from repertory.core.listing import Column
from repertory.core.periods import month_name
from repertory.core.web import addresses, tables
from repertory.core.web.addresses import (
    TEXT,
    Chip,
    filters_of,
    hidden_pairs,
    list_query,
    shown_columns,
    words_of,
)
from repertory.core.web.pages import page
from repertory.core.web.tables import Table
from repertory.customers.access import visible_customers
from repertory.organisation.access import visible_territories
from repertory.sales import access
from repertory.sales.choices import Basis
from repertory.sales.queries import entries
from repertory.sales.queries.entries import BASIS, CUSTOMER, MONTH_FROM, MONTH_TO, TERRITORY
from repertory.sales.web.columns import ENTRIES, ENTRIES_SHOWN, entry_columns, figure, names_of


@page(allow=access.may_see)
def entry_list(request: HttpRequest) -> HttpResponse:
    """?month_from, month_to, territory, product, customer, basis …: the rows behind any number of an analysis."""
    query = list_query(request.GET)
    found = entries.list_entries(actor=request.actor, query=query)
    table = Table(
        columns=tables.chosen(entry_columns(), shown_columns(request.GET, ENTRIES_SHOWN), ENTRIES.first),
        rows=found.items,
        caption=_("销售明细"),
        url=lambda row: reverse("sales:entry", args=(row.pk,)),
        sort=query.sort,
    )
    known = entries.entry_columns()
    frame = {
        "table": table,
        "dialogs": ENTRIES.dialogs,
        "views": [*_views(request), *ENTRIES.saved(request)],
        "pager": {"count": found.count, "cursor": query.cursor, "next": found.next},
        "quick": [_quick(request, known["stream"])],
        "kept": hidden_pairs(request.GET, but=(TEXT, "stream")),
        "query": request.GET.urlencode(),
        "chips": _chips(request, known),
        "may_export": access.may_export(request.actor),
        "may_keep": access.may_keep(request.actor),
        "empty": _empty(request),
    }
    return render(request, "sales/entries.html", frame)


def _views(request: HttpRequest) -> list[dict[str, Any]]:
    present = request.GET.urlencode()
    known = (("", _("全部")), (f"{BASIS}={Basis.TERMINAL}", _("终端纯销")), (f"{BASIS}={Basis.SHIPPED}", _("公司发货")))
    return [{"name": name, "url": f"?{query}", "current": present == query, "count": None} for query, name in known]


def _quick(request: HttpRequest, column: Column) -> dict[str, Any]:
    chosen = request.GET.get(column.key, "")
    options = [{"value": code, "label": label, "chosen": code == chosen} for code, label in column.choices]
    return {"name": column.key, "label": column.label, "options": options}


def _chips(request: HttpRequest, known: dict[str, Column]) -> list[Chip]:
    own = {MONTH_FROM: _("月份自"), MONTH_TO: _("月份至"), TERRITORY: _("辖区"), BASIS: _("口径"), CUSTOMER: _("客户")}
    labels = known | {name: Column(name, label, "text", name) for name, label in own.items()}

    def words(key: str, values: list[str]) -> str:
        if key == BASIS:
            return str(dict(Basis.choices).get(values[0], values[0]))
        if key == TERRITORY:
            node = visible_territories(request.actor).filter(code=values[0]).first()
            return node.name if node else values[0]
        if key == CUSTOMER:
            return names_of(request, key, values).get(values[0], values[0])
        return words_of(labels.get(key), values, names_of(request, key, values))

    return addresses.chips(request.GET, filters_of(request.GET), labels, words)


def _empty(request: HttpRequest) -> dict[str, Any]:
    if request.GET:
        return {"title": _("没有符合条件的销售"), "text": _("换个月份或去掉几个条件再看。"), "icon": "search"}
    return {
        "title": _("还没有销售数据"),
        "text": _("内勤导入商业流向和本公司发货后，每一笔销售都列在这里。"),
        "icon": "report",
    }


@page(allow=access.may_see)
def entry_page(request: HttpRequest, entry_id: int) -> HttpResponse:
    """A sale, and the row of the file that says so."""
    entry = entries.entry_of(actor=request.actor, entry_id=entry_id)
    cells = entries.source_row(file_id=entry.file_id, row=entry.row)
    header = [*entry.file.header, *[""] * (len(cells) - len(entry.file.header))]
    frame = {
        "entry": entry,
        "quantity": figure(entry.quantity),
        "amount": _exact(entry.amount),
        "month": month_name(entry.month),
        "source": [pair for pair in zip(header, [*cells, *[""] * len(header)], strict=False) if pair[0] or pair[1]],
        "customer_seen": visible_customers(request.actor).filter(pk=entry.customer_id).exists(),
        "may_see_file": access.may_see_files(request.actor),
    }
    return render(request, "sales/entry.html", frame)


def _exact(amount: Decimal) -> str:
    """All places that the ledger keeps, two at least."""
    text = formats.number(amount, 5)
    return text[:-3] + text[-3:].rstrip("0")
