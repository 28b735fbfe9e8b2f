"""Rows of a workbook: .xlsx, .xls and .ods through calamine."""

from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from .cells import cell_text
from .refusals import Refused

# The name that stands for all sheets, one below the other: a printed list often has one for each page.
EVERY = "*"


def open_sheets(path: Path, sheet: str | None) -> tuple[str, Iterator[list[str]], list[str]]:
    """The name and the rows of the wanted sheet, and the names of all. None: the first one with anything in it, and those
    right behind it that begin with the same row, the pages of one list."""
    if sheet is not None and sheet != EVERY:
        found, names = open_sheet(path, sheet)
        return found.name, rows_of(found), names
    book, names = _opened(path)
    if sheet == EVERY:
        return EVERY, (row for name in names for row in rows_of(_sheet(book, name))), names
    first = _first_filled(book, names)
    return first.name, _pages(book, first, names[names.index(first.name) + 1 :]), names


def _pages(book: CalamineWorkbook, first: CalamineSheet, following: list[str]) -> Iterator[list[str]]:
    head: list[str] | None = None
    for row in rows_of(first):
        head = row if head is None else head
        yield row
    for name in following:
        page = list(rows_of(_sheet(book, name)))
        if not page or page[0] != head or sum(map(bool, head)) < 2:
            return
        yield from page


def open_sheet(path: Path, sheet: str) -> tuple[CalamineSheet, list[str]]:
    """The sheet of that name, and the names of all."""
    book, names = _opened(path)
    match = [name for name in names if name.strip().casefold() == sheet.strip().casefold()]
    if not match:
        raise Refused("sheet_missing", sheet=sheet, sheets=names)
    return _first_filled(book, match[:1]), names


def _opened(path: Path) -> tuple[CalamineWorkbook, list[str]]:
    with path.open("rb") as file:
        try:
            book = CalamineWorkbook.from_filelike(file)
        except PasswordError as error:
            raise Refused("password") from error
        except CalamineError as error:
            raise Refused("broken") from error
    return book, [entry.name for entry in book.sheets_metadata if entry.typ == SheetTypeEnum.WorkSheet]


def _first_filled(book: CalamineWorkbook, names: list[str]) -> CalamineSheet:
    for name in names:
        found = _sheet(book, name)
        if found.start is not None:
            return found
    raise Refused("empty")


def _sheet(book: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return book.get_sheet_by_name(name)
    except CalamineError as error:
        raise Refused("broken") from error


def rows_of(sheet: CalamineSheet) -> Iterator[list[str]]:
    """Every row from the sheet's first, blank ones as lists of ""."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():
        cells = [value if type(value) is str else cell_text(value) for value in row]
        yield left + cells if left else cells
