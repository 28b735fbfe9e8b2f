"""The empty file that a person fills in: column names ready, and a sheet of notes that says what goes where."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from django.utils.translation import gettext as _

from .writing import sheet_name

_LIST_ROWS = 10_000
_LIST_CHARACTERS = 255


@dataclass(frozen=True)
class TemplateColumn:
    """choices: the words that may be entered; empty where anything goes."""

    label: str
    required: bool = False
    allowed: str = ""
    example: str = ""
    note: str = ""
    choices: tuple[str, ...] = ()


def write_template(path: Path, *, sheet: str, columns: Sequence[TemplateColumn], remarks: Sequence[str] = ()) -> None:
    """An .xlsx with the sheet to fill in (choices offered as lists) and the sheet of notes. remarks: sentences for the notes' end."""
    with xlsxwriter.Workbook(str(path)) as book:
        _write_entry_sheet(book, sheet_name(sheet), columns)
        _write_notes(book, columns, remarks)


def _write_entry_sheet(book: xlsxwriter.Workbook, sheet: str, columns: Sequence[TemplateColumn]) -> None:
    page = book.add_worksheet(sheet)
    page.freeze_panes(1, 0)
    optional = book.add_format({"bold": True, "bottom": 1})
    required = book.add_format({"bold": True, "bottom": 1, "font_color": "#C00000"})
    as_text = book.add_format({"num_format": "@"})
    for index, column in enumerate(columns):
        # Text format keeps leading zeros of codes and phone numbers while a person types.
        page.set_column(index, index, max(10, min(40, 2 * len(column.label) + 4)), as_text)
        page.write_string(0, index, column.label, required if column.required else optional)
        if column.choices and len(",".join(column.choices)) <= _LIST_CHARACTERS:
            page.data_validation(1, index, _LIST_ROWS, index, {"validate": "list", "source": list(column.choices)})


def _write_notes(book: xlsxwriter.Workbook, columns: Sequence[TemplateColumn], remarks: Sequence[str]) -> None:
    page = book.add_worksheet(_("填写说明"))
    bold = book.add_format({"bold": True, "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    headings = (_("列名"), _("必填"), _("可以填什么"), _("例子"), _("说明"))
    for index, (heading, width) in enumerate(zip(headings, (18, 8, 40, 28, 50), strict=True)):
        page.set_column(index, index, width)
        page.write_string(0, index, heading, bold)
    for row, column in enumerate(columns, 1):
        allowed = _("、").join(column.choices) or column.allowed
        cells = (column.label, _("必填") if column.required else "", allowed, column.example, column.note)
        for index, text in enumerate(cells):
            page.write_string(row, index, text, wrap)
    for row, remark in enumerate(remarks, len(columns) + 2):
        page.write_string(row, 0, remark)
