"""A report as a PDF, set by typst: a template of ours and the report as data, nothing of it is read as markup."""

import json
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from repertory.core import formats
from repertory.core.web.assets import BUILT
from repertory.reports.rendering.document import Document, Figure, Picture, Section, Table, Value
from repertory.reports.rendering.words import shown

TEMPLATE = Path(__file__).resolve().parent / "report.typ"
FONTS = BUILT / "fonts"
WIDE_FROM = 8
"""Columns from which the page lies on its side."""
MOST_DRAWN = 40


def pdf(document: Document) -> bytes:
    """The .pdf file, in the fonts of the build; before the first build in those of the machine."""
    import typst  # slow import

    data = json.dumps(_as_data(document), ensure_ascii=False)
    return typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[str(FONTS)] if FONTS.is_dir() else [],
        ignore_system_fonts=FONTS.is_dir(),
        sys_inputs={"data": data},
    )


def _as_data(document: Document) -> dict[str, Any]:
    widest = max((len(section.table.heads) for section in document.sections if section.table), default=0)
    return {
        "lang": (get_language() or "zh")[:2],
        "title": document.title,
        "facts": [
            {"label": label, "value": value}
            for label, value in ((_("期间"), document.period), (_("范围"), document.node))
            if value
        ],
        "lines": list(document.lines),
        "mark": document.mark,
        "wide": widest >= WIDE_FROM,
        "page": _("第 {page} 页，共 {pages} 页"),
        "sections": [_section(section) for section in document.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "figures": [_figure(figure) for figure in section.figures],
        "notes": list(section.notes),
        "picture": _picture(section.picture) if section.picture and section.picture.categories else None,
        "table": _table(section.table) if section.table else None,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "label": figure.label,
        "value": shown(figure.value, figure.kind),
        "note": figure.note,
        "tone": figure.tone,
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "heads": [head.label for head in table.heads],
        "right": [head.kind.is_number for head in table.heads],
        "rows": [_words(table, row.values) for row in table.rows],
        "total": _words(table, table.total.values) if table.total else None,
        "empty": table.empty,
    }


def _words(table: Table, values: tuple[Value, ...]) -> list[str]:
    return [shown(value, head.kind) for head, value in zip(table.heads, values, strict=True)]


def _picture(picture: Picture) -> dict[str, Any]:
    """Numbers as shares of the picture's height, so that the template only draws."""
    count = MOST_DRAWN
    series = [(name, list(values[:count])) for name, values in picture.series]
    band = picture.band
    low = list(band.low[:count]) if band else []
    high = list(band.high[:count]) if band else []
    found = [float(value) for _name, values in series for value in values if value is not None]
    found += [float(value) for value in (*low, *high) if value is not None]
    if picture.mark is not None:
        found.append(float(picture.mark[1]))
    if picture.kind == "stacked":
        found += [sum(float(value or 0) for value in column) for column in zip(*(v for _n, v in series), strict=True)]
    top, bottom = max([*found, 0.0]) or 1.0, min([*found, 0.0])
    reach = top - bottom

    def share(value: Any) -> float | None:
        return None if value is None else (float(value) - bottom) / reach

    return {
        "kind": picture.kind,
        "names": list(picture.categories[:count]),
        "zero": share(0),
        "top": _scale(top),
        "bottom": _scale(bottom),
        "series": [{"name": name, "values": [share(value) for value in values]} for name, values in series],
        "texts": [[shown(value, picture.value_kind) for value in values] for _name, values in series],
        "low": [share(value) for value in low],
        "high": [share(value) for value in high],
        "band": band.name if band else "",
        "mark": {"name": picture.mark[0], "at": share(picture.mark[1])} if picture.mark else None,
    }


def _scale(value: float) -> str:
    """The end of an axis: whole from ten on."""
    return formats.short_number(round(value) if abs(value) >= 10 or value == int(value) else round(value, 2))
