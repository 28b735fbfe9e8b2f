"""Rows of a workbook: .xlsx, .xls and .ods through calamine."""

from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from .cells import cell_text
from .refusals import Refused


def open_sheet(path: Path, sheet: str | None) -> tuple[CalamineSheet, list[str]]:
    """The sheet of that name, else the first one with anything in it; and the names of all sheets."""
    with path.open("rb") as file:
        try:
            book = CalamineWorkbook.from_filelike(file)
        except PasswordError as error:
            raise Refused("password") from error
        except CalamineError as error:
            raise Refused("broken") from error
    names = [entry.name for entry in book.sheets_metadata if entry.typ == SheetTypeEnum.WorkSheet]
    if sheet is not None:
        match = [name for name in names if name.strip().casefold() == sheet.strip().casefold()]
        if not match:
            raise Refused("sheet_missing", sheet=sheet, sheets=names)
        names_to_try = match[:1]
    else:
        names_to_try = names
    return _first_filled(book, names_to_try), names


def _first_filled(book: CalamineWorkbook, names: list[str]) -> CalamineSheet:
    for name in names:
        try:
            found = book.get_sheet_by_name(name)
        except CalamineError as error:
            raise Refused("broken") from error
        if found.start is not None:
            return found
    raise Refused("empty")


def rows_of(sheet: CalamineSheet) -> Iterator[list[str]]:
    """Every row from the sheet's first, blank ones as lists of ""."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():
        cells = [value if type(value) is str else cell_text(value) for value in row]
        yield left + cells if left else cells
