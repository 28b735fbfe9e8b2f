"""The lists of cases and of adverse events, and what cases came from."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import formats, time
from repertory.core.listing import Column, ListQuery
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
from repertory.service import access
from repertory.service.choices import Cause
from repertory.service.queries import adverse, cases
from repertory.service.web.columns import (
    CASES,
    CASES_SHOWN,
    EVENTS,
    EVENTS_SHOWN,
    SHORT,
    case_columns,
    event_columns,
    names_of,
)

NEWEST_FIRST = "-number"
# In a list of these the most urgent stands first.
OPEN_ENDED = ("unfinished", "late", "incomplete", "state", "mine")
QUICK_OF_CASES = ("kind", "severity", "state")
QUICK_OF_EVENTS = ("clock", "state")


@page(allow=access.may_see)
def case_list(request: HttpRequest) -> HttpResponse:
    at, query = time.now(), _asked(request.GET)
    found = cases.list_cases(actor=request.actor, query=query, at=at)
    table = Table(
        columns=tables.chosen(case_columns(at), shown_columns(request.GET, CASES_SHOWN), CASES.first),
        rows=found.items,
        caption=_("服务个案"),
        url=lambda row: reverse("service:case", args=(row.pk,)),
        sort=query.sort,
    )
    views = [
        _view(request, _("全部"), ""),
        _view(request, _("未完成"), "unfinished=1"),
        _view(request, _("我负责的"), "mine=1&unfinished=1"),
        _view(request, _("已超时"), "late=1", cases.late_count(actor=request.actor, at=at)),
        *CASES.saved(request),
    ]
    frame = _frame(request, QUICK_OF_CASES, cases.case_columns()) | {
        "table": table,
        "dialogs": CASES.dialogs,
        "views": views,
        "pager": {"count": found.count, "cursor": query.cursor, "next": found.next},
        "may_open": access.may_open(request.actor),
        "may_import": access.may_import(request.actor),
        "may_export": access.may_export(request.actor),
        "empty": _no_cases(request),
    }
    return render(request, "service/cases.html", frame)


@page(allow=access.may_see_events)
def event_list(request: HttpRequest) -> HttpResponse:
    at, query = time.now(), _asked(request.GET)
    found = adverse.list_events(actor=request.actor, query=query, at=at)
    table = Table(
        columns=tables.chosen(event_columns(at), shown_columns(request.GET, EVENTS_SHOWN), EVENTS.first),
        rows=found.items,
        caption=_("不良反应"),
        url=lambda row: reverse("service:event", args=(row.pk,)),
        sort=query.sort,
    )
    views = [
        _view(request, _("全部"), ""),
        _view(request, _("待移交"), "state=received"),
        _view(request, _("待补齐"), "incomplete=1"),
        _view(request, _("已超期"), "late=1", adverse.late_event_count(actor=request.actor, at=at)),
        *EVENTS.saved(request),
    ]
    frame = _frame(request, QUICK_OF_EVENTS, adverse.event_columns()) | {
        "table": table,
        "dialogs": EVENTS.dialogs,
        "views": views,
        "pager": {"count": found.count, "cursor": query.cursor, "next": found.next},
        "may_report": access.may_report_events(request.actor),
        "may_export": access.may_export_events(request.actor),
        "empty": _no_events(request),
    }
    return render(request, "service/events.html", frame)


@page(allow=access.may_see)
def causes(request: HttpRequest) -> HttpResponse:
    """Which few causes make most of the cases: of all in sight, or of those that the address narrows down to."""
    query = _asked(request.GET)
    shares = cases.causes(actor=request.actor, query=query, at=time.now())
    total = sum(share.count for share in shares)
    frame = _frame(request, ("kind", "severity"), cases.case_columns())
    empty = {
        "title": _("还没有可统计的个案"),
        "text": _("个案得出结果时要填原因，这里按原因从多到少排列，看主要问题出在哪里。"),
        "icon": "chart-bar",
    }
    chart = _pareto(request, shares, total) if shares else None
    return render(request, "service/causes.html", frame | {"chart": chart, "total": total, "empty": empty})


def _asked(address: QueryDict) -> ListQuery:
    return list_query(address, sort="due_at" if any(word in address for word in OPEN_ENDED) else NEWEST_FIRST)


def _view(request: HttpRequest, name: str, query: str, count: int | None = None) -> dict[str, Any]:
    return {"name": name, "url": f"?{query}", "current": request.GET.urlencode() == query, "count": count}


def _frame(request: HttpRequest, quick: tuple[str, ...], known: dict[str, Column]) -> dict[str, Any]:
    address = request.GET
    return {
        "quick": [_quick(known[name], address.get(name, "")) for name in quick],
        "kept": hidden_pairs(address, but=(TEXT, *quick)),
        "query": address.urlencode(),
        "chips": _chips(request, known),
    }


def _quick(column: Column, chosen: str) -> dict[str, Any]:
    options = [{"value": code, "label": label, "chosen": code == chosen} for code, label in column.choices]
    return {"name": column.key, "label": SHORT.get(column.key, column.label), "options": options}


def _chips(request: HttpRequest, known: dict[str, Column]) -> list[Chip]:
    own = {"mine": _("我负责的"), "late": _("已超时"), "unfinished": _("未完成"), "incomplete": _("待补齐")}
    labels = known | {name: Column(name, label, "bool", name) for name, label in own.items()}

    def words(key: str, values: list[str]) -> str:
        return words_of(labels.get(key), values, {} if key in own else names_of(request, key, values))

    return addresses.chips(request.GET, filters_of(request.GET), labels, words)


def _pareto(request: HttpRequest, shares: list[cases.Share], total: int) -> dict[str, Any]:
    names = [str(Cause(share.cause).label) for share in shares]
    links = [_rows_behind(request, share.cause) for share in shares]
    return {
        "key": "causes",
        "data_id": "data-causes",
        "title": _("个案主要是什么原因引起的？"),
        "heads": [_("原因"), _("个案数"), _("占比"), _("累计占比")],
        "rows": [
            {
                "label": name,
                "cells": [
                    {"text": formats.number(share.count), "url": link},
                    {"text": f"{share.count * 100 / total:.1f}%"},
                    {"text": f"{share.so_far * 100 / total:.1f}%"},
                ],
            }
            for share, name, link in zip(shares, names, links, strict=True)
        ],
        "data": {
            "kind": "bar",
            "categories": names,
            "series": [{"name": _("个案数"), "data": [share.count for share in shares]}],
            "links": links,
        },
    }


def _rows_behind(request: HttpRequest, cause: str) -> str:
    kept = request.GET.copy()
    kept["cause"] = cause
    return f"{reverse('service:cases')}?{kept.urlencode()}"


def _nothing_found() -> dict[str, Any]:
    return {
        "title": _("没有符合条件的记录"),
        "text": _("换一个条件，或清除全部条件再看。"),
        "icon": "filter",
        "url": "?",
        "action": _("清除条件"),
    }


def _no_cases(request: HttpRequest) -> dict[str, Any]:
    if request.GET:
        return _nothing_found()
    return {
        "title": _("这里放客户的咨询、投诉、建议和需求"),
        "text": _("客户提出的每件事都有负责人和期限，有了结果还要告知客户才算完。"),
        "icon": "headset",
        "url": reverse("service:open_case") if access.may_open(request.actor) else "",
        "action": _("登记个案"),
    }


def _no_events(request: HttpRequest) -> dict[str, Any]:
    if request.GET:
        return _nothing_found()
    return {
        "title": _("这里登记药品不良反应"),
        "text": _("听说疑似不良反应就登记，资料不全也先登记，报告期限从首次获知起算。"),
        "icon": "alert-triangle",
        "url": reverse("service:report_event") if access.may_report_events(request.actor) else "",
        "action": _("登记不良反应"),
    }
