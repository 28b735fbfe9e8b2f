"""What the home page shows of sales: figures, the months against last year, the ranking, what lags."""

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from repertory.core import formats
from repertory.plans.queries.attainment import Group, Line
from repertory.plans.queries.overview import Overview
from repertory.reports.rendering.document import Kind
from repertory.reports.rendering.words import shown
from repertory.sales.links import entries_url

SHOWN_LINES = 12
SHOWN_LAGGING = 5


def sales_panel(found: Overview) -> dict[str, Any]:
    lines = found.lines[:SHOWN_LINES]
    return {
        "figures": _figures(found),
        "months": _months(found),
        "ranking": _ranking(found, lines) if lines else None,
        "lagging": [
            {"name": line.name, "url": _narrowed(found, line), "share": shown(line.standing.attained, Kind.SHARE)}
            for line in sorted(found.lagging, key=lambda line: line.standing.pace or 0)[:SHOWN_LAGGING]
        ],
    }


def _short(value: Decimal | None) -> str:
    return "—" if value is None else formats.short_number(round(value))


def _figures(found: Overview) -> list[dict[str, Any]]:
    year, pace = found.year, found.year.pace
    behind = year.behind
    missing = ""
    if behind is not None:
        text = _("落后 %(n)s") if behind > 0 else _("超前 %(n)s")
        missing = text % {"n": _short(abs(behind))}
    growth = shown(year.growth, Kind.SHARE)
    tone = "" if pace is None else "good" if pace >= 1 else "warn" if pace >= Decimal("0.9") else "bad"
    return [
        {
            "label": _("今年销售"),
            "value": _short(year.actual),
            "url": reverse("figures:attainment"),
            "note": _until(found),
        },
        {"label": _("今年指标"), "value": _short(year.target)},
        {"label": _("达成率"), "value": shown(year.attained, Kind.SHARE), "tone": tone, "note": missing},
        {
            "label": _("时间进度"),
            "value": shown(year.time_gone, Kind.SHARE),
            "note": _("%(gone)s / %(days)s 个工作日") % {"gone": found.pace.gone, "days": found.pace.days},
        },
        {"label": _("比去年同期"), "value": f"+{growth}" if year.growth and year.growth > 0 else growth},
        {
            "label": _("本月"),
            "value": _short(found.this_month),
            "note": _("上月 %(n)s") % {"n": _short(found.last_month)},
        },
    ]


def _until(found: Overview) -> str:
    """How far the ledger has come: distributors' files arrive weeks after the month."""
    sold = [month for month, value in zip(found.pace.shares, found.months.actual, strict=True) if value]
    return _("数据到%(month)s") % {"month": formats.month_word(sold[-1] % 100)} if sold else ""


def _months(found: Overview) -> dict[str, Any]:
    months = list(found.pace.shares)
    names = [formats.month_word(month % 100) for month in months]
    series = [(_("今年"), found.months.actual), (_("去年"), found.months.last_year), (_("指标"), found.months.target)]
    shown_series = [(name, values) for name, values in series if any(values)] or series[:1]
    return {
        "key": "months",
        "data_id": "data-months",
        "title": _("今年每个月卖了多少？"),
        "heads": [_("月份"), *(name for name, _values in shown_series)],
        "rows": [
            {"label": name, "cells": [{"text": shown(values[at], Kind.MONEY)} for _name, values in shown_series]}
            for at, name in enumerate(names)
        ],
        "data": {
            "kind": "bars",
            "categories": names,
            "series": [{"name": name, "data": [float(value) for value in values]} for name, values in shown_series],
        },
    }


def _ranking(found: Overview, lines: list[Line]) -> dict[str, Any]:
    planned = any(line.standing.target for line in lines)
    values = [line.standing.attained or Decimal(0) if planned else line.standing.actual for line in lines]
    links = [_narrowed(found, line) for line in lines]
    data: dict[str, Any] = {
        "kind": "bar",
        "categories": [line.name for line in lines],
        "series": [
            {
                "name": _("达成率") if planned else _("今年销售"),
                "data": [round(float(value) * (100 if planned else 1), 1) for value in values],
            }
        ],
        "links": links,
        "percent": planned,
    }
    if planned:
        data["mark"] = {"name": _("时间进度"), "value": round(float(found.pace.share) * 100, 1)}
    return {
        "key": "ranking",
        "data_id": "data-ranking",
        "title": _("谁跟上了时间进度？") if planned else _("今年卖得最多的是哪些？"),
        "note": _("时间进度 %(share)s") % {"share": shown(found.pace.share, Kind.SHARE)},
        "heads": [_("区域") if found.group is Group.NODE else _("产品"), _("今年销售"), _("达成率"), _("比去年同期")],
        "rows": [
            {
                "label": line.name,
                "url": link,
                "cells": [
                    {"text": shown(line.standing.actual, Kind.MONEY), "url": _rows(found, line)},
                    {"text": shown(line.standing.attained, Kind.SHARE)},
                    {"text": shown(line.standing.growth, Kind.SHARE)},
                ],
            }
            for line, link in zip(lines, links, strict=True)
        ],
        "data": data,
    }


def _name(found: Overview) -> str:
    return "node" if found.group is Group.NODE else "product"


def _narrowed(found: Overview, line: Line) -> str:
    return f"{reverse('figures:attainment')}?{urlencode({_name(found): line.key})}" if line.key else ""


def _rows(found: Overview, line: Line) -> str:
    return entries_url(period=found.pace.period, **{_name(found): line.key}) if line.key else ""
