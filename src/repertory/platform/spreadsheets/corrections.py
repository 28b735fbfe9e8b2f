"""The person's own rows again, with what is wrong beside them: to mend and to import once more."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from .marks import neutral, original
from .reader import Row, Table
from .writing import XLSX_MAX_CHARACTERS, XLSX_MAX_ROWS, prepare_header

# Recognised and left out when the mended file comes back.
ERROR_COLUMN = "错误说明"


@dataclass(frozen=True)
class CellError:
    """row: number in the file. column: its name there, "" for the whole row."""

    row: int
    column: str
    message: str


def write_corrections(path: Path, *, table: Table, known: Iterable[str], errors: Iterable[CellError]) -> None:
    """An .xlsx of every row of the table under its own header, the errors in a column in front, the cells coloured."""
    header = table.header(tuple(known))
    kept = [index for index, name in enumerate(header.names) if name != ERROR_COLUMN]
    names = [header.names[index] for index in kept]
    wrong = _by_row(errors)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet("数据")
        prepare_header(book, page, [ERROR_COLUMN, *names])
        marked = book.add_format({"bg_color": "#FFC7CE"})
        explained = book.add_format({"font_color": "#C00000"})
        for line, row in enumerate(_rows_that_fit(table.body(header), wrong), 1):
            found = wrong.get(row[0], {})
            if found:
                page.write_string(line, 0, _explanation(found), explained)
            for column, (index, name) in enumerate(zip(kept, names, strict=True), 1):
                text = row[1][index] if index < len(row[1]) else ""
                if text or name in found:
                    _write(page, line, column, text, marked if name in found or "" in found else None)


def _by_row(errors: Iterable[CellError]) -> dict[int, dict[str, list[str]]]:
    wrong: dict[int, dict[str, list[str]]] = defaultdict(dict)
    for error in errors:
        wrong[error.row].setdefault(error.column, []).append(error.message)
    return wrong


def _rows_that_fit(rows: Iterable[Row], wrong: dict[int, dict[str, list[str]]]) -> Iterable[Row]:
    """All rows; of a file longer than a sheet, the sheet's length with the wrong ones first to be kept."""
    room = XLSX_MAX_ROWS - 1 - len(wrong)
    for row in rows:
        if row[0] in wrong:
            yield row
        elif room > 0:
            room -= 1
            yield row


def _explanation(found: dict[str, list[str]]) -> str:
    parts = (
        f"{column}：{message}" if column else message for column, messages in found.items() for message in messages
    )
    return neutral("；".join(parts))[:XLSX_MAX_CHARACTERS]


def _write(page, line: int, column: int, text: str, cell_format) -> None:
    if text:
        page.write_string(line, column, neutral(original(text))[:XLSX_MAX_CHARACTERS], cell_format)
    else:
        page.write_blank(line, column, None, cell_format)
