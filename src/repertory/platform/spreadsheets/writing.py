"""The way out: rows into .xlsx or .csv, so that they read back identical and no cell runs as a formula."""

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db import models
from django.utils.translation import gettext_lazy as _
from xlsxwriter.worksheet import Worksheet

from repertory.core.errors import InvalidInput

from .marks import neutral

XLSX_MAX_ROWS = 1_048_576
XLSX_MAX_CHARACTERS = 32_767
_EXACT_DIGITS = 15
_FIRST_EXCEL_DATE = date(1900, 3, 1)
_BOOK_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}

Value = str | int | Decimal | date | datetime | bool | None


class FileFormat(models.TextChoices):
    XLSX = "xlsx", _("Excel 工作簿 (.xlsx)")
    CSV = "csv", _("CSV，UTF-8 编码")
    CSV_GB18030 = "csv-gb18030", _("CSV，GB18030 编码")


ENDINGS = {FileFormat.XLSX: ".xlsx", FileFormat.CSV: ".csv", FileFormat.CSV_GB18030: ".csv"}
_ENCODINGS = {FileFormat.CSV: "utf-8-sig", FileFormat.CSV_GB18030: "gb18030"}
_NEEDED_FORMATS = {".xlsx": FileFormat.XLSX, ".csv": FileFormat.CSV}


def format_of(path: Path) -> FileFormat:
    """The format that a file name asks for. Raises InvalidInput for an ending that we don't write."""
    try:
        return _NEEDED_FORMATS[path.suffix.lower()]
    except KeyError:
        raise InvalidInput(_("只能导出为 .xlsx 或 .csv，请改文件名的后缀。"), field="file") from None


def write_table(
    path: Path,
    *,
    labels: Sequence[str],
    rows: Iterable[Sequence[Value]],
    file_format: FileFormat,
    sheet: str = "",
    watermark: str = "",
) -> int:
    """Write a header, the rows and, below them, the watermark; the number of rows. Memory does not grow with the rows."""
    write = _write_xlsx if file_format is FileFormat.XLSX else _write_csv
    return write(path, labels, rows, file_format, sheet, watermark)


def _write_csv(
    path: Path, labels: Sequence[str], rows: Iterable[Sequence[Value]], file_format: FileFormat, _sheet: str, mark: str
) -> int:
    count = 0
    with path.open("w", encoding=_ENCODINGS[file_format], newline="") as file:
        writer = csv.writer(file)
        writer.writerow([neutral(label) for label in labels])
        for row in rows:
            writer.writerow([plain_text(value) for value in row])
            count += 1
        if mark:
            writer.writerow([mark])
    return count


def plain_text(value: Value) -> str:
    """A value as text that reads back as the same value; text is made neutral, numbers stay as they are."""
    if value is None:
        return ""
    if isinstance(value, str):
        return neutral(value)
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    if isinstance(value, datetime):
        return value.replace(microsecond=0, tzinfo=None).isoformat(sep=" ")
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def _write_xlsx(
    path: Path, labels: Sequence[str], rows: Iterable[Sequence[Value]], _format: FileFormat, sheet: str, mark: str
) -> int:
    count = 0
    with xlsxwriter.Workbook(str(path), _BOOK_OPTIONS) as book:
        page = book.add_worksheet(sheet_name(sheet))
        cells = CellWriter(book, page)
        prepare_header(book, page, labels)
        for count, row in enumerate(rows, 1):
            if count + bool(mark) >= XLSX_MAX_ROWS:
                raise InvalidInput(
                    _("超过了 Excel 的 1,048,576 行上限，请导出为 .csv。"), code="too_many_rows", field="file"
                )
            for column, value in enumerate(row):
                if value is not None and value != "":
                    cells.write(count, column, value)
        if mark:
            page.write_string(count + 1, 0, mark, book.add_format({"font_color": "#888888", "italic": True}))
    return count


def sheet_name(name: str) -> str:
    """A name that Excel accepts for a sheet."""
    return "".join(character for character in name if character not in "[]:*?/\\'")[:31] or str(_("数据"))


def prepare_header(book: xlsxwriter.Workbook, page: Worksheet, labels: Sequence[str]) -> None:
    """The bold first row, frozen; must be written before any other row."""
    bold = book.add_format({"bold": True, "bottom": 1})
    page.freeze_panes(1, 0)
    for column, label in enumerate(labels):
        page.set_column(column, column, max(10, min(40, 2 * len(label) + 4)))
        page.write_string(0, column, neutral(label), bold)


class CellWriter:
    """Writes values of our types into cells of a sheet."""

    def __init__(self, book: xlsxwriter.Workbook, page: Worksheet) -> None:
        self._page = page
        self._date = book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._writers: dict[type, Callable[[int, int, Any], None]] = {
            str: self._write_text,
            int: self._write_number,
            Decimal: self._write_number,
            date: self._write_date,
            datetime: self._write_moment,
        }

    def write(self, row: int, column: int, value: Any) -> None:
        """Row and column count from 0."""
        self._writers.get(type(value), self._write_plain)(row, column, value)

    def _write_text(self, row: int, column: int, value: str) -> None:
        text = neutral(value)
        if len(text) > XLSX_MAX_CHARACTERS:
            message = _("第 {row} 行有一格超过 32,767 个字，Excel 放不下，请导出为 .csv。")
            raise InvalidInput(str(message).format(row=row + 1), code="too_long", field="file")
        self._page.write_string(row, column, text)

    def _write_number(self, row: int, column: int, value: int | Decimal) -> None:
        # A spreadsheet program keeps 15 digits; a longer number survives only as text.
        if len(Decimal(value).as_tuple().digits) > _EXACT_DIGITS:
            self._page.write_string(row, column, plain_text(value))
        else:
            self._page.write_number(row, column, value)

    def _write_date(self, row: int, column: int, value: date) -> None:
        if value < _FIRST_EXCEL_DATE:
            self._page.write_string(row, column, value.isoformat())
        else:
            self._page.write_datetime(row, column, value, self._date)

    def _write_moment(self, row: int, column: int, value: datetime) -> None:
        if value.date() < _FIRST_EXCEL_DATE:
            self._page.write_string(row, column, plain_text(value))
        else:
            self._page.write_datetime(row, column, value.replace(tzinfo=None, microsecond=0), self._moment)

    def _write_plain(self, row: int, column: int, value: Value) -> None:
        self._page.write_string(row, column, plain_text(value))
