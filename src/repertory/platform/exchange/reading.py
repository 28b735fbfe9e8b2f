"""From the text of a row's cells to values: the part of a check that needs no database, and may run in a second process."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from repertory.platform.spreadsheets.headers import Header
from repertory.platform.spreadsheets.marks import is_clear_mark, original
from repertory.platform.spreadsheets.reader import is_data, rows_of

from .columns import Column
from .kinds import CLEAR
from .results import Finding
from .values import Unreadable, reader_of

RawRow = tuple[int, list[str]]


@dataclass(frozen=True)
class ReadingPlan:
    """header: of the file. fields: position in the file → column. fixed: values of every row. read_row, read_batch: what the
    kind makes of a row or of a batch of them, see kinds.Kind. language: of the messages. Plain things only: it is sent to
    another process."""

    header: Header
    fields: Mapping[int, Column]
    fixed: Mapping[str, Any]
    read_row: Callable[[int, dict[str, Any]], Any] | None
    language: str
    read_batch: Callable[[Sequence[RawRow]], Any] | None = None


ReadRow = tuple[int, Any]
"""(number, the values by column; or, where the kind has a row reader, what that made of them)."""


class ReadBatch(NamedTuple):
    """rows: without the cells that could not be read; faults: those cells; data_rows: how many rows of data these were;
    others: rows that are no data."""

    rows: list[ReadRow]
    faults: list[Finding]
    data_rows: int
    others: int


class BatchReader:
    """Reads batches of one file."""

    def __init__(self, plan: ReadingPlan) -> None:
        self._plan = plan
        self._readers = [
            (index, column.key, None if column.type == "text" else reader_of(column.type, column.choices))
            for index, column in plan.fields.items()
            if column.key not in plan.fixed
        ]

    def read(self, lines: Sequence[bytes]) -> ReadBatch:
        """lines: of a Table."""
        header = self._plan.header
        below = [row for line in lines for row in rows_of(line) if row[0] > header.row]
        raw = [row for row in below if is_data(row[1], header)]
        rows, faults = self._read(raw)
        return ReadBatch(rows, faults, len(raw), len(below) - len(raw))

    def _read(self, raw: list[RawRow]) -> tuple[list[ReadRow], list[Finding]]:
        if self._plan.read_batch is not None:
            return [(raw[0][0], self._plan.read_batch(raw))] if raw else [], []
        faults: list[Finding] = []
        rows = [(number, self._values(number, cells, faults)) for number, cells in raw]
        read_row = self._plan.read_row
        if read_row is not None:
            return [(number, read_row(number, values)) for number, values in rows], faults
        return rows, faults

    def _values(self, number: int, cells: list[str], faults: list[Finding]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        width = len(cells)
        for index, key, read in self._readers:
            text = cells[index] if index < width else ""
            if not text or text.isspace():
                continue
            if text[0] in "#＃" and is_clear_mark(text):
                values[key] = CLEAR
                continue
            if text[0] == "'":
                text = original(text)
            try:
                values[key] = text if read is None else read(text)
            except Unreadable as fault:
                faults.append(Finding(number, key, fault.code, str(fault)))
        values.update(self._plan.fixed)
        return values
