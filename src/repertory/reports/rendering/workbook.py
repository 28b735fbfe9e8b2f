"""A report as an Excel workbook: the figures on the first sheet, every table on a sheet of its own, with its picture."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from repertory.platform.spreadsheets.marks import neutral
from repertory.platform.spreadsheets.writing import CellWriter, prepare_header, sheet_name
from repertory.reports.rendering.document import Document, Head, Kind, Picture, Row, Section, Table, Value

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_FORMATS = {Kind.MONEY: "#,##0.00", Kind.SHARE: "0.0%", Kind.WHOLE: "#,##0", Kind.QUANTITY: "#,##0.#####"}
_CHARTS = {
    "bars": ("bar", None),
    "columns": ("column", None),
    "stacked": ("column", "stacked"),
    "lines": ("line", None),
}
MOST_DRAWN = 30


def workbook(document: Document) -> bytes:
    """The .xlsx file."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as book:
        styles = {kind: book.add_format({"num_format": pattern}) for kind, pattern in _FORMATS.items()}
        names: set[str] = set()
        _write_front(book, document, styles, names)
        for section in document.sections:
            if section.table is not None or section.picture is not None:
                page = book.add_worksheet(_free_name(section.title, names))
                _write_section(book, page, section, styles, document.mark)
    return content.getvalue()


def _free_name(title: str, names: set[str]) -> str:
    """Excel takes each name once, whatever the case."""
    base, number = sheet_name(title), 1
    name = base
    while name.lower() in names:
        number += 1
        name = f"{base[:28]} {number}"
    names.add(name.lower())
    return name


def _write_front(book: xlsxwriter.Workbook, document: Document, styles: dict[Kind, Any], names: set[str]) -> None:
    page = book.add_worksheet(_free_name(_("概要"), names))
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 20)
    page.set_column(2, 2, 50)
    page.write_string(0, 0, neutral(document.title), book.add_format({"bold": True, "font_size": 14}))
    bold, at = book.add_format({"bold": True}), 1
    for label, value in ((_("期间"), document.period), (_("范围"), document.node)):
        page.write_string(at, 0, label)
        page.write_string(at, 1, neutral(value))
        at += 1
    for line in document.lines:
        page.write_string(at, 0, neutral(line))
        at += 1
    for section in document.sections:
        if not section.figures and not section.notes:
            continue
        page.write_string(at + 1, 0, neutral(section.title), bold)
        at += 2
        for figure in section.figures:
            page.write_string(at, 0, neutral(figure.label))
            _write(CellWriter(book, page), page, (at, 1), figure.value, figure.kind, styles)
            page.write_string(at, 2, neutral(figure.note))
            at += 1
        for note in section.notes:
            page.write_string(at, 0, neutral(note))
            at += 1
    _sign(book, page, at + 1, document.mark)


def _write_section(
    book: xlsxwriter.Workbook, page: Worksheet, section: Section, styles: dict[Kind, Any], mark: str
) -> None:
    table = section.table or (_table_of(section.picture) if section.picture else Table((), ()))
    prepare_header(book, page, [head.label for head in table.heads])
    cells, at = CellWriter(book, page), 1
    for row in (*table.rows, *([table.total] if table.total else [])):
        for column, (head, value) in enumerate(zip(table.heads, row.values, strict=True)):
            _write(cells, page, (at, column), value, head.kind, styles)
        at += 1
    if section.picture is not None:
        _draw(book, page, section.title, section.picture, len(table.heads) + 1)
    _sign(book, page, at, mark)


def _write(
    cells: CellWriter, page: Worksheet, place: tuple[int, int], value: Value, kind: Kind, styles: dict[Kind, Any]
) -> None:
    if value is None or value == "":
        return
    if kind in styles and isinstance(value, int | Decimal):
        page.write_number(*place, float(value), styles[kind])
    else:
        cells.write(*place, value)


def _table_of(picture: Picture) -> Table:
    """What a picture without a table is drawn from."""
    heads = [
        Head("name", ""),
        *(Head(f"s{at}", name, picture.value_kind) for at, (name, _v) in enumerate(picture.series)),
    ]
    columns = (picture.categories, *(values for _name, values in picture.series))
    return Table(heads, [Row(values) for values in zip(*columns, strict=True)])


def _draw(book: xlsxwriter.Workbook, page: Worksheet, title: str, picture: Picture, column: int) -> None:
    """Beside the table, from a block of its own further right, so that totals are no bars."""
    kind, subtype = _CHARTS[picture.kind]
    start, count = column + 12, min(len(picture.categories), MOST_DRAWN)
    for at, name in enumerate(picture.categories[:count]):
        page.write_string(at + 1, start, neutral(name))
    chart = book.add_chart({"type": kind, **({"subtype": subtype} if subtype else {})})
    for number, (name, values) in enumerate(picture.series, 1):
        page.write_string(0, start + number, neutral(name))
        for at, value in enumerate(values[:count]):
            if value is not None:
                page.write_number(at + 1, start + number, float(value))
        chart.add_series(
            {
                "name": [page.name, 0, start + number],
                "categories": [page.name, 1, start, count, start],
                "values": [page.name, 1, start + number, count, start + number],
            }
        )
    chart.set_title({"name": title, "name_font": {"size": 11}})
    chart.set_legend({"position": "bottom"} if len(picture.series) > 1 else {"none": True})
    if kind == "bar":
        chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 720, "height": 320})
    if count:
        page.insert_chart(1, column, chart)


def _sign(book: xlsxwriter.Workbook, page: Worksheet, at: int, mark: str) -> None:
    if mark:
        page.write_string(at, 0, neutral(mark), book.add_format({"font_color": "#888888", "italic": True}))
