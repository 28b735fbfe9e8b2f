"""What the customer base consists of: one picture and one table a question, each number opening its rows."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from repertory.core import formats
from repertory.core.web.addresses import EMPTY
from repertory.core.web.pages import page
from repertory.customers import access
from repertory.customers.queries import known_columns
from repertory.customers.queries.composition import Mix, Part, composition
from repertory.customers.queries.references import names_of_references
from repertory.customers.web.addresses import chips, list_query

LARGEST_PIE = 5
MOST_BARS = 15
PIES = frozenset({"tier", "stage", "trade_class", "care_class", "credit_grade"})


@page(allow=access.may_see)
def composition_page(request: HttpRequest) -> HttpResponse:
    """Of all customers in the scope, or of those that the address narrows down to."""
    query, known = list_query(request.GET), known_columns()
    mixes = composition(actor=request.actor, query=query, known=known)
    total = sum(part.count for part in mixes[0].parts)
    charts = [chart for mix in mixes if known_parts(mix) for chart in _charts(mix, request.GET, total)]
    empty = {
        "title": _("还没有客户"),
        "text": _("有了客户之后，这里按类别、等级、阶段、渠道和地区看构成。"),
        "icon": "chart-bar",
    }
    names = names_of_references(actor=request.actor, filters=query.filters, known=known)
    narrowed = chips(request.GET, query.filters, known, names)
    context = {"charts": charts, "total": total, "chips": narrowed, "empty": empty}
    return render(request, "customers/composition.html", context)


def known_parts(mix: Mix) -> list[Part]:
    """The parts whose value is filled in."""
    return [part for part in mix.parts if part.value]


def _charts(mix: Mix, address: QueryDict, total: int) -> list[dict[str, Any]]:
    charts = [_chart(mix, address, key=mix.key, title=_titles()[mix.key], trade=False, total=total)]
    if any(part.trade_cny for part in mix.parts):
        title = _("近12个月的交易额来自哪些%(what)s？") % {"what": mix.label}
        traded = sum((part.trade_cny for part in mix.parts), Decimal(0))
        charts.append(_chart(mix, address, key=f"{mix.key}-trade", title=title, trade=True, total=traded))
    return charts


def _titles() -> dict[str, str]:
    return {
        "kind": _("我们有哪几类客户？"),
        "tier": _("A、B、C 级客户各有多少？"),
        "stage": _("客户处在哪个阶段？"),
        "source": _("客户从哪里来？"),
        "province_code": _("客户在哪些省份？"),
        "credit_grade": _("客户的信用等级如何？"),
        "trade_class": _("主力、一般、零散客户各有多少？"),
        "care_class": _("哪些客户要重点开发，哪些要维护？"),
    }


def _chart(mix: Mix, address: QueryDict, *, key: str, title: str, trade: bool, total: Any) -> dict[str, Any]:
    parts = sorted(mix.parts, key=lambda part: -part.trade_cny) if trade else mix.parts
    links = [_rows_behind(mix.key, part.value, address) for part in parts]
    names = [part.label or _("未填") for part in parts]
    values = [part.trade_cny if trade else part.count for part in parts]
    kind = "pie" if mix.key in PIES and len(parts) <= LARGEST_PIE and not trade else "bar"
    return {
        "key": key,
        "data_id": f"data-{key}",
        "title": title,
        "heads": [mix.label, _("金额（元）") if trade else _("客户数"), _("占比")],
        "rows": [
            {"label": name, "cells": [{"text": formats.number(value), "url": link}, {"text": _share(value, total)}]}
            for name, value, link in zip(names, values, links, strict=True)
        ],
        "data": {
            "kind": kind,
            "categories": names[:MOST_BARS],
            "series": [{"name": mix.label, "data": [float(value) for value in values[:MOST_BARS]]}],
            "links": links[:MOST_BARS],
            "rest": next((at for at, part in enumerate(parts) if not part.value), None),
        },
    }


def _rows_behind(key: str, value: str, address: QueryDict) -> str:
    kept = address.copy()
    kept[key] = value or EMPTY
    return f"/customers/?{kept.urlencode()}"


def _share(value: Any, total: Any) -> str:
    return f"{value * 100 / total:.1f}%" if total else ""
