"""The list of materials."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core import formats, listing, time
from repertory.core.web import addresses
from repertory.core.web.addresses import hidden_pairs, list_query, shown_columns, words_of
from repertory.core.web.filters import filter_inputs
from repertory.core.web.pages import page
from repertory.core.web.tables import Column, Table, chosen, tag
from repertory.materials import access
from repertory.materials.choices import MaterialKind, VersionState
from repertory.materials.models import Material
from repertory.materials.queries.listing import MATERIAL_COLUMNS, list_materials
from repertory.materials.queries.materials import edition
from repertory.materials.queries.references import product_options
from repertory.materials.web.tags import edition_tag
from repertory.platform.web.lists import ListPage

QUICK = ("kind", "product")
FIRST = "title"
DEFAULT = ("title", "code", "kind", "form", "products", "versions", "state", "valid_until", "updated_at")


def inputs(request: HttpRequest, column: listing.Column) -> list[dict[str, Any]]:
    """What the filter dialog asks for a column."""
    options = product_options(actor=request.actor) if column.key == "product" else ()
    return filter_inputs(column, request.GET, options=options)


LIST = ListPage(
    page="materials",
    url="materials:list",
    allow=access.may_see,
    known=lambda: MATERIAL_COLUMNS,
    offered=lambda: _columns(),
    inputs=inputs,
    default=DEFAULT,
    first=FIRST,
    frame="materials/part.html",
    shared=gettext_lazy("所有人可用（各人只看到自己范围内的资料）"),
)


@page(allow=access.may_see)
def material_list(request: HttpRequest) -> HttpResponse:
    address, products = request.GET, product_options(actor=request.actor)
    query = list_query(address, sort="title")
    found = list_materials(actor=request.actor, query=query)
    columns = chosen(_columns(), shown_columns(address, DEFAULT), FIRST)
    table = Table(
        columns, found.items, _("资料"), url=lambda row: reverse("materials:page", args=[row.pk]), sort=query.sort
    )

    def words(key: str, values: list[str]) -> str:
        return words_of(MATERIAL_COLUMNS.get(key), values, dict(products) if key == "product" else {})

    chips = addresses.chips(address, query.filters, MATERIAL_COLUMNS, words)
    pager = {"count": found.count, "cursor": query.cursor, "next": found.next}
    context = _toolbar(request, products) | {"chips": chips, "empty": _empty(request)}
    return render(request, "materials/list.html", context | {"table": table, "pager": pager})


def _columns() -> list[Column]:
    today = time.today()
    return [
        Column("title", _("资料名称"), lambda row: row.title, sort=True, title=True),
        Column("code", _("编码"), lambda row: row.code, sort=True),
        Column("kind", _("类型"), lambda row: MaterialKind(row.kind).label),
        Column("form", _("形式"), lambda row: _("电子") if row.is_electronic else _("纸质")),
        Column("products", _("相关产品"), lambda row: _("、").join(str(one) for one in row.products.all()) or "—"),
        Column("versions", _("版本数"), lambda row: formats.number(row.version_count), css="num"),
        Column("state", _("现状"), _state),
        Column("valid_until", _("有效期至"), lambda row: _until(row, today)),
        Column("updated_at", _("更新"), lambda row: formats.human_date(row.updated_at, today), sort=True),
        Column("created_at", _("建立"), lambda row: formats.human_date(row.created_at, today)),
        Column("note", _("备注"), lambda row: row.note, css="clip"),
    ]


def _state(row: Material) -> Any:
    """How the newest version that was decided stands today."""
    if not row.in_use:
        return tag(_("未批准"), "")
    newest = row.in_use[0]
    newest.material = row
    return edition_tag(edition(newest, on=time.today()))


def _until(row: Material, today: Any) -> str:
    approved = [version for version in row.in_use if version.state == VersionState.APPROVED]
    return formats.human_date(approved[0].valid_until, today) if approved else "—"


def _toolbar(request: HttpRequest, products: list[tuple[str, str]]) -> dict[str, Any]:
    actor, address = request.actor, request.GET
    views = LIST.saved(request)
    every = {"name": _("全部资料"), "url": "?", "current": not address, "count": None}
    options = {"kind": (_("类型"), MaterialKind.choices), "product": (_("相关产品"), products)}
    return {
        "quick": [_quick(name, *options[name], chosen=address.get(name, "")) for name in QUICK],
        "kept": hidden_pairs(address, but=("q", *QUICK)),
        "query": address.urlencode(),
        "dialogs": LIST.dialogs,
        "views": [every, *views] if views else [],
        "may_write": access.may_write_materials(actor),
        "may_export": access.may_export(actor),
        "may_import": access.may_import(actor),
    }


def _quick(name: str, label: str, options: Any, *, chosen: str) -> dict[str, Any]:
    shown = [{"value": code, "label": text, "chosen": code == chosen} for code, text in options]
    return {"name": name, "label": label, "options": shown}


def _empty(request: HttpRequest) -> dict[str, Any]:
    if request.GET:
        return {
            "title": _("没有符合条件的资料"),
            "text": _("换一个条件，或清除全部条件再看。"),
            "icon": "filter",
            "url": "?",
            "action": _("清除条件"),
        }
    start = reverse("materials:create") if access.may_write_materials(request.actor) else ""
    return {
        "title": _("这里放给客户看的资料"),
        "text": _("单页、文献、邀请函和患教资料按版本审批，过期的不能再发；谁在什么时候得到了什么，一查就知道。"),
        "icon": "package",
        "url": start,
        "action": _("新建资料"),
    }
