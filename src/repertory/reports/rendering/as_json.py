"""A report for programs."""

from typing import Any

from repertory.reports.rendering.document import Document, Picture, Row, Section, Table, plain


def as_json(document: Document) -> dict[str, Any]:
    """Tables as lists of {key: value}; exact numbers as text."""
    return {
        "report": document.name,
        "title": document.title,
        "period": document.period,
        "node": document.node,
        "notes": list(document.lines),
        "mark": document.mark,
        "sections": [_section(section) for section in document.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    found: dict[str, Any] = {"key": section.key, "title": section.title, "notes": list(section.notes)}
    if section.figures:
        found["figures"] = {figure.key: plain(figure.value) for figure in section.figures}
    if section.picture is not None:
        found["series"] = _series(section.picture)
    if section.table is not None:
        found["rows"] = [_row(section.table, row) for row in section.table.rows]
        if section.table.total is not None:
            found["total"] = _row(section.table, section.table.total)
    return found


def _row(table: Table, row: Row) -> dict[str, Any]:
    return {head.key: plain(value) for head, value in zip(table.heads, row.values, strict=True)}


def _series(picture: Picture) -> dict[str, Any]:
    lines = {name: [plain(value) for value in values] for name, values in picture.series}
    found: dict[str, Any] = {"categories": list(picture.categories), "values": lines}
    if picture.band is not None:
        found["low"] = [plain(value) for value in picture.band.low]
        found["high"] = [plain(value) for value in picture.band.high]
    return found
