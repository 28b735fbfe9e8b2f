"""What a check made of the rows, waiting in a nameless file for the write: memory does not grow with an import."""

import pickle
import tempfile
from collections.abc import Iterator
from typing import Any

Record = Any
"""Plain values, as the importer likes them."""


class Prepared:
    """Batches of records. Written once, read as often as needed."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - see close

    def append(self, batch: list[Record]) -> None:
        if batch:
            pickle.dump(batch, self._file, pickle.HIGHEST_PROTOCOL)

    def batches(self) -> Iterator[list[Record]]:
        end = self._file.seek(0, 2)
        self._file.seek(0)
        while self._file.tell() < end:
            yield pickle.load(self._file)  # noqa: S301 - nobody else writes the file

    def close(self) -> None:
        self._file.close()
