"""The way in: a file becomes a table of text rows, read by a limited child process and kept in a nameless temporary file."""

import json
import os
import sys
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Self

from django.utils.translation import gettext_lazy as _

from repertory.core.errors import InvalidInput

from .headers import HEADER_SEARCH_ROWS, Header, find_header
from .marks import is_watermark
from .spool import Spool, TookTooLong

Row = tuple[int, list[str]]
_ROWS = b'{"rows":'

REFUSALS: dict[str, Any] = {
    "empty": _("文件里没有内容。请确认选对了文件，并且数据已经保存。"),
    "not_a_table": _("这不是表格文件（从内容看是 {content}）。请用 Excel 或 WPS 另存为 .xlsx 或 .csv 后再导入。"),
    "markup": _("这个文件其实是网页，只是名字像表格。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。"),
    "password": _("文件设了打开密码，读不出来。请去掉密码后再导入。"),
    "broken": _("文件已损坏或不完整，读不出来。请用 Excel 或 WPS 打开检查，另存为 .xlsx 后再导入。"),
    "too_large": _("文件展开后太大，已停止读取。请删掉多余的行和列，或者分成几个文件，或者存为 .csv 再导入。"),
    "timeout": _("文件读了太久还没有读完，已停止。请分成几个文件，或者存为 .csv 再导入。"),
    "encoding": _("认不出文件的文字编码。请另存为 UTF-8 编码的 .csv，或者存为 .xlsx 再导入。"),
    "quotes": _("第 {row} 行的引号没有成对，后面的内容分不清列。请改正这一行，或者存为 .xlsx 再导入。"),
    "too_wide": _("第 {row} 行超过了 {columns} 列。请删掉多余的列再导入。"),
    "sheet_missing": _("文件里没有名为“{sheet}”的工作表。现有的工作表：{sheets}。"),
    "no_header": _("没有找到表头。请在数据上方加一行列名；可以先下载模板看看。"),
}


@dataclass(frozen=True)
class ReadLimits:
    """What the child may use: address space in bytes, and seconds, both of work and on the clock."""

    memory: int = 2 * 1024**3
    seconds: int = 300


@dataclass(frozen=True)
class TableSource:
    """format: xlsx, xls, ods or text. encoding and delimiter: of a text. sheet, sheets: of a workbook."""

    format: str
    encoding: str
    delimiter: str
    sheet: str
    sheets: list[str]


def refusal(code: str, **details: Any) -> InvalidInput:
    """The error that tells a person why the file was not read. details["file_error"] holds the code."""
    shown = {key: _("、").join(value) if isinstance(value, list) else value for key, value in details.items()}
    message = str(REFUSALS[code]).format(**shown)
    return InvalidInput(message, code="unreadable_file", field="file", details={"file_error": code, **details})


class Table:
    """The rows of one file. Iterate as often as needed; close it, or use it in a with statement.

    The first pass may run while the file is still being read; it raises InvalidInput where the file turns out broken.
    """

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._source: TableSource | None = None
        self._last_row: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        self._spool.close()

    @property
    def source(self) -> TableSource:
        """How the file was understood."""
        assert self._source is not None
        return self._source

    @property
    def last_row(self) -> int:
        """The number of the last row in the file, blank ones included; waits until the file has been read to its end."""
        while self._last_row is None:
            deque(self.rows(), maxlen=0)
        return self._last_row

    @property
    def rows_so_far(self) -> int:
        """The number of the last row, 0 while it is not known yet."""
        return self._last_row or 0

    def lines(self) -> Iterator[bytes]:
        """Some hundred rows at a time, as the child wrote them; see rows_of. One pass at a time."""
        silent = True
        try:
            for line in self._spool.lines():
                silent = False
                if line.startswith(_ROWS):
                    yield line
                    continue
                word = json.loads(line)
                if "start" in word:
                    self._source = TableSource(**word["start"])
                elif "end" in word:
                    self._last_row = word["end"]["last_row"]
                    return
                else:
                    raise refusal(word["refused"], **word["details"])
        except TookTooLong:
            raise refusal("timeout") from None
        # A child that died without its last word ran into its limits or broke on the file.
        raise refusal("too_large" if silent else "broken")

    def rows(self) -> Iterator[Row]:
        """(number in the file, cells) of every row that holds anything; one pass at a time."""
        for line in self.lines():
            yield from map(tuple, rows_of(line))

    def header(self, known: Collection[str] = ()) -> Header:
        """The row of column names: where most names are known ones, else the first dense row. Raises InvalidInput."""
        found = find_header(list(islice(self.rows(), HEADER_SEARCH_ROWS)), known)
        if found is None:
            raise refusal("no_header")
        return found

    def body(self, header: Header) -> Iterator[Row]:
        """The rows below the header that are data."""
        return (row for row in self.rows() if row[0] > header.row and is_data(row[1], header))


def rows_of(line: bytes) -> list[Any]:
    """[number in the file, cells] of each row of one of Table.lines."""
    return json.loads(line)["rows"]


def is_data(cells: list[str], header: Header) -> bool:
    """Neither the watermark that an export leaves nor the header again, as on the pages of a printed list."""
    return not (is_watermark(cells) or header.is_repeated(cells))


def open_table(
    path: Path, *, sheet: str | None = None, limits: ReadLimits | None = None, folder: Path | None = None
) -> Table:
    """Read a file in a child process. folder holds the nameless spool (default: the system's temporary folder).

    Raises InvalidInput with the reason where the file is not a readable table (some reasons only show while its rows
    are read); nothing of the caller is at risk.
    """
    table = begin_reading(path, sheet=sheet, limits=limits, folder=folder)
    try:
        next(table.rows(), None)
    except BaseException:
        table.close()
        raise
    return table


def begin_reading(
    path: Path, *, sheet: str | None = None, limits: ReadLimits | None = None, folder: Path | None = None
) -> Table:
    """As open_table, without waiting for the first row, so that nothing is known yet: what is wrong shows when the rows
    are asked for."""
    limits = limits or ReadLimits()
    return Table(
        Spool(_command(path, sheet, limits), environment=_environment(), seconds=limits.seconds, folder=folder)
    )


def _command(path: Path, sheet: str | None, limits: ReadLimits) -> list[str]:
    command = [sys.executable, "-m", "repertory.platform.spreadsheets.child", str(path.absolute())]
    command += ["--memory", str(limits.memory), "--seconds", str(limits.seconds)]
    return command if sheet is None else [*command, f"--sheet={sheet}"]


def _environment() -> dict[str, str]:
    """A bare one: the child that reads a stranger's file must not hold our secrets."""
    return {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PATH": os.defpath, "PYTHONUTF8": "1"}
