"""A report's sections as pages show them: figures, a picture with its table, each number with the rows behind it."""

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import formats
from repertory.reports.rendering.document import Document, Figure, Kind, Picture, Section, Table
from repertory.reports.rendering.words import shown

NARROW_TABLE = 4
"""Up to so many columns a table stands beside its picture, else below it."""
KINDS = {"bars": "bar", "columns": "bars", "stacked": "stacked", "lines": "line"}
MOST_BARS = 20
LARGE = 10_000_000
"""Amounts from here on are wider than their place."""


def sections(document: Document) -> list[dict[str, Any]]:
    return [_section(section) for section in document.sections]


def _section(section: Section) -> dict[str, Any]:
    table = _table(section.table) if section.table is not None else None
    picture = section.picture if section.picture is not None and section.picture.categories else None
    chart = None
    if picture is not None:
        given = table or {"heads": [], "rows": []}
        chart = {
            "key": section.key,
            "data_id": f"data-{section.key}",
            "title": section.title,
            "note": _("地图仅供内部查看，没有审图号。") if picture.places else "",
            "wide": len(given["heads"]) > NARROW_TABLE,
            "tall": bool(picture.places),
            "data": _data(picture),
            **given,
        }
    return {
        "key": section.key,
        "title": section.title,
        "figures": [_figure(figure) for figure in section.figures],
        "notes": section.notes,
        "chart": chart,
        "table": table if chart is None else None,
        "empty": section.table.empty if section.table is not None and not section.table.rows else "",
    }


def _figure(figure: Figure) -> dict[str, Any]:
    """Large amounts short, with the exact one below."""
    exact = shown(figure.value, figure.kind)
    large = figure.kind is Kind.MONEY and isinstance(figure.value, Decimal) and abs(figure.value) >= LARGE
    return {
        "label": figure.label,
        "value": formats.short_number(round(figure.value)) if large else exact,
        "note": " · ".join(filter(None, (exact if large else "", figure.note))),
        "tone": figure.tone,
        "url": figure.url,
    }


def _table(table: Table) -> dict[str, Any]:
    """In the shape of core/_chart.html: the first column is the label."""
    rows = []
    for row in (*table.rows, *([table.total] if table.total is not None and table.rows else [])):
        cells = [
            {"text": shown(value, head.kind), "url": row.urls.get(head.key, ""), "css": "" if head.kind.is_number else "text"}
            for head, value in zip(table.heads, row.values, strict=True)
        ]  # fmt: skip
        rows.append({"label": cells[0]["text"], "url": cells[0]["url"], "cells": cells[1:], "sum": row is table.total})
    columns = [{"label": head.label, "css": "num" if head.kind.is_number else ""} for head in table.heads]
    return {"heads": [head.label for head in table.heads], "columns": columns, "rows": rows}


def _data(picture: Picture) -> dict[str, Any]:
    most = MOST_BARS if picture.kind == "bars" and not picture.places else len(picture.categories)
    scale = 100 if picture.value_kind is Kind.SHARE else 1

    def plain(value: Decimal | None) -> float | None:
        return None if value is None else round(float(value) * scale, 2 if scale == 1 else 1)

    data: dict[str, Any] = {
        "kind": KINDS[picture.kind],
        "categories": list(picture.categories[:most]),
        "series": [
            {"name": name, "data": [plain(value) for value in values[:most]]} for name, values in picture.series
        ],
        "links": list(picture.urls[:most]),
        "percent": scale == 100,
    }
    if picture.places:
        data |= {"kind": "map", "map": reverse("reports:map"), "places": list(picture.places)}
    if picture.mark is not None:
        data["mark"] = {"name": picture.mark[0], "value": plain(picture.mark[1])}
    if picture.band is not None:
        low, high = ([plain(value) for value in side] for side in (picture.band.low, picture.band.high))
        data["band"] = {"name": picture.band.name, "low": low, "high": high}
    return data
