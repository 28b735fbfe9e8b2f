"""From the text of a row's cells to values: the part of a check that needs no database, and may run in a second process."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from repertory.platform.spreadsheets.marks import is_clear_mark, original

from .columns import Column
from .kinds import CLEAR
from .results import Finding
from .values import Unreadable, reader_of

RawRow = tuple[int, list[str]]


@dataclass(frozen=True)
class ReadingPlan:
    """fields: position in the file → column. fixed: values of every row. read_row: what the kind makes of a row, see
    kinds.Kind. language: of the messages. Plain things only: it is sent to another process."""

    fields: Mapping[int, Column]
    fixed: Mapping[str, Any]
    read_row: Callable[[int, dict[str, Any]], Any] | None
    language: str


ReadRow = tuple[int, Any]
"""(number, the values by column; or, where the kind has a row reader, what that made of them)."""

ReadBatch = tuple[list[ReadRow], list[Finding]]
"""(rows of the file without the cells that could not be read, those cells). Tuples, as they cross a pipe by thousands."""


class BatchReader:
    """Reads batches of one file."""

    def __init__(self, plan: ReadingPlan) -> None:
        self._plan = plan
        self._readers = [
            (index, column.key, None if column.type == "text" else reader_of(column.type, column.choices))
            for index, column in plan.fields.items()
            if column.key not in plan.fixed
        ]

    def read(self, raw: Sequence[RawRow]) -> ReadBatch:
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
