"""What a check made of the rows, waiting in a nameless file for the write: memory does not grow with an import."""

import json
import tempfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

Record = dict[str, Any]


class Prepared:
    """Batches of records of plain values; dates and decimals come back as text. Written once, read as often as needed."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 - see close

    def append(self, batch: list[Record]) -> None:
        self.append_encoded([encode(record) for record in batch])

    def append_encoded(self, batch: list[str]) -> None:
        """The same, of records that `encode` or `joined` has made text of."""
        if batch:
            self._file.write(f"[{','.join(batch)}]\n")

    def batches(self) -> Iterator[list[Record]]:
        self._file.seek(0)
        for line in self._file:
            yield json.loads(line)

    def close(self) -> None:
        self._file.close()


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode


def joined(head: Record, rest: str) -> str:
    """One encoded record of two parts: some entries, and others that are encoded already."""
    return f"{encode(head)[:-1]},{rest[1:]}"
