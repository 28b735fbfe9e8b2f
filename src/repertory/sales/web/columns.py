"""The columns of the lists of sales, and what their filters ask for."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core import formats
from repertory.core.listing import Column
from repertory.core.periods import month_name
from repertory.core.web import tables
from repertory.core.web.filters import filter_inputs
from repertory.core.web.picker import Picker
from repertory.customers.queries.references import names_of_references
from repertory.platform.web.lists import ListPage
from repertory.products.access import visible_products
from repertory.sales import access
from repertory.sales.choices import FileState, StrayState
from repertory.sales.models import SalesFile
from repertory.sales.queries import entries

ENTRIES_SHOWN = ("day", "customer", "product", "quantity", "amount", "seller", "territory", "stream", "lot")
PARTIES = frozenset({"customer", "seller"})
STRAY_TONES = {StrayState.OPEN: "warn", StrayState.CONFIRMED: "bad", StrayState.CLEARED: "good"}


def figure(value: Decimal | None) -> str:
    """A quantity as people write it: 120, 0.5."""
    return "" if value is None else f"{value.normalize():,f}"


def names_of(request: HttpRequest, key: str, values: list[str]) -> dict[str, str]:
    """What stands behind the values of a condition; what the person does not see has no name."""
    if key in PARTIES:
        column = Column(key, "", "reference", "customer_id")
        found = names_of_references(actor=request.actor, filters={key: values}, known={key: column})
        return {value: name for (_key, value), name in found.items()}
    return dict(_options(request, key))


def _options(request: HttpRequest, key: str) -> list[tuple[str, str]]:
    if key != "product":
        return []
    return [(str(row.pk), str(row)) for row in visible_products(request.actor).order_by("sort_key", "pk")]


def inputs(request: HttpRequest, column: Column) -> list[dict[str, Any]]:
    """What the filter dialog asks for a column."""
    if column.key not in PARTIES:
        return filter_inputs(column, request.GET, options=_options(request, column.key))
    value = request.GET.get(column.key, "")
    box = Picker(reverse("customers:pick_organisation"))
    box.shown = names_of(request, column.key, [value]).get(value, "")
    return filter_inputs(
        column, request.GET, box=box.render(column.key, value if box.shown else "", {"id": "filter-1"})
    )


def entry_columns() -> list[tables.Column]:
    return [
        tables.Column("day", _("日期"), lambda row: row.day.isoformat(), sort=True, css="nowrap"),
        tables.Column("customer", _("客户"), lambda row: row.customer.name, title=True, css="clip"),
        tables.Column("product", _("产品"), lambda row: str(row.product), css="clip"),
        tables.Column("pack", _("规格"), lambda row: str(row.pack or "")),
        tables.Column("quantity", _("数量"), lambda row: figure(row.quantity), sort=True, css="num"),
        tables.Column("amount", _("金额（元）"), lambda row: formats.number(row.amount, 2), sort=True, css="num"),
        tables.Column(
            "seller", _("商业公司"), lambda row: row.file.seller.name if row.file.seller else _("本公司"), css="clip"
        ),
        tables.Column("territory", _("辖区"), lambda row: row.territory.name if row.territory else _nobody()),
        tables.Column("stream", _("流转"), lambda row: row.get_stream_display()),
        tables.Column("lot", _("批号"), lambda row: row.lot),
    ]


def _nobody() -> str:
    return tables.tag(_("未分配"), "warn")


def file_columns() -> list[tables.Column]:
    return [
        tables.Column("month", _("月份"), lambda row: month_name(row.month), css="nowrap"),
        tables.Column(
            "seller", _("来源"), lambda row: row.seller.name if row.seller else _("本公司发货"), title=True, css="clip"
        ),
        tables.Column("number", _("版本"), lambda row: row.number, css="num"),
        tables.Column("entered", _("入账行"), lambda row: formats.number(row.entered), css="num"),
        tables.Column("waiting", _("待对应"), lambda row: _count(row.waiting, "warn"), css="num"),
        tables.Column("refused", _("退回"), lambda row: _count(row.refused, "bad"), css="num"),
        tables.Column("amount", _("金额（元）"), lambda row: formats.number(row.amount, 2), css="num"),
        tables.Column("name", _("文件"), lambda row: row.name, css="clip"),
        tables.Column("by", _("导入人"), lambda row: row.by.name if row.by else ""),
    ]


def _count(value: int, tone: str) -> Any:
    return tables.tag(formats.number(value), tone) if value else "0"


def state_tag(file: SalesFile) -> str:
    return tables.tag(file.get_state_display(), "good" if file.state == FileState.CURRENT else "")


def held_columns() -> list[tables.Column]:
    return [
        tables.Column("row", _("行号"), lambda row: row.row, css="num"),
        tables.Column("state", _("状态"), lambda row: row.get_state_display()),
        tables.Column("message", _("原因"), lambda row: row.message, title=True),
        tables.Column("customer", _("客户名称"), lambda row: row.customer_text or row.customer_code, css="clip"),
        tables.Column("product", _("产品名称"), lambda row: row.product_text or row.product_code, css="clip"),
        tables.Column("unit", _("单位"), lambda row: row.unit_text),
        tables.Column("quantity", _("数量"), lambda row: figure(row.quantity), css="num"),
        tables.Column("amount", _("金额（元）"), lambda row: formats.number(row.amount, 2), css="num"),
        tables.Column("note", _("处理说明"), lambda row: row.note, css="clip"),
    ]


def stray_columns() -> list[tables.Column]:
    return [
        tables.Column("month", _("月份"), lambda row: month_name(row.month), css="nowrap"),
        tables.Column("seller", _("商业公司"), lambda row: row.seller.name, css="clip"),
        tables.Column("customer", _("流入客户"), lambda row: row.customer.name, title=True, css="clip"),
        tables.Column("territory", _("流入辖区"), lambda row: row.territory.name if row.territory else ""),
        tables.Column("product", _("产品"), lambda row: str(row.product), css="clip"),
        tables.Column("quantity", _("数量"), lambda row: figure(row.quantity), css="num"),
        tables.Column("amount", _("金额（元）"), lambda row: formats.number(row.amount, 2), css="num"),
        tables.Column(
            "state", _("状态"), lambda row: tables.tag(row.get_state_display(), STRAY_TONES.get(row.state, ""))
        ),
        tables.Column("note", _("处理说明"), lambda row: row.note, css="clip"),
    ]


ENTRIES = ListPage(
    page="sales_entries",
    url="sales:entries",
    allow=access.may_see,
    known=entries.entry_columns,
    offered=entry_columns,
    inputs=inputs,
    default=ENTRIES_SHOWN,
    first="customer",
    frame="sales/part.html",
    shared=gettext_lazy("所有人可用（各人只看到自己范围内的销售）"),
    prefix="entries_",
)
