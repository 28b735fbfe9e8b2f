"""The list of materials."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import formats, time
from repertory.core.listing import ListQuery
from repertory.core.web import addresses
from repertory.core.web.addresses import filters_of, hidden_pairs
from repertory.core.web.pages import page
from repertory.core.web.tables import Column, Table, tag
from repertory.materials import access
from repertory.materials.choices import MaterialKind, VersionState
from repertory.materials.models import Material
from repertory.materials.queries.listing import MATERIAL_COLUMNS, list_materials
from repertory.materials.queries.materials import edition
from repertory.materials.queries.references import product_options
from repertory.materials.web.tags import edition_tag

QUICK = ("kind", "product")


@page(allow=access.may_see)
def material_list(request: HttpRequest) -> HttpResponse:
    address, products = request.GET, product_options(actor=request.actor)
    query = ListQuery(
        text=address.get("q", ""),
        filters=filters_of(address),
        sort=address.get("sort") or "title",
        cursor=address.get("cursor", ""),
    )
    found = list_materials(actor=request.actor, query=query)
    table = Table(
        _columns(), found.items, _("资料"), url=lambda row: reverse("materials:page", args=[row.pk]), sort=query.sort
    )
    names = {"product": dict(products), "kind": dict(MaterialKind.choices)}
    chips = addresses.chips(address, query.filters, MATERIAL_COLUMNS, lambda key, values: _words(key, values, names))
    pager = {"count": found.count, "cursor": query.cursor, "next": found.next}
    context = _toolbar(request, products) | {"chips": chips, "empty": _empty(request)}
    return render(request, "materials/list.html", context | {"table": table, "pager": pager})


def _words(key: str, values: list[str], names: dict[str, dict[str, Any]]) -> str:
    return _("、").join(str(names.get(key, {}).get(value, value)) for value in values)


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
    options = {"kind": (_("类型"), MaterialKind.choices), "product": (_("相关产品"), products)}
    return {
        "quick": [_quick(name, *options[name], chosen=address.get(name, "")) for name in QUICK],
        "kept": hidden_pairs(address, but=("q", *QUICK)),
        "query": address.urlencode(),
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
