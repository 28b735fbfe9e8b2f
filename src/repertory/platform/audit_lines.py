"""The audit lines of one running action: in memory while they are few, in a nameless file beyond."""

import pickle
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import starmap
from json.encoder import encode_basestring as quote
from typing import IO, Any, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder

KEPT_IN_MEMORY = 2_000

# The one form in which changes are hashed and stored.
encode_changes = DjangoJSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def encode_first(values: Mapping[str, Any]) -> str:
    """The changes of something new, {field: ["", value]} of plain values, in the words of encode_changes but sooner."""
    said = [
        f'"{name}":["",{quote(value) if type(value) is str else encode_changes(value)}]'
        for name, value in sorted(values.items())
    ]
    return f"{{{','.join(said)}}}"


class Line(NamedTuple):
    """One thing that happened to one object. changes: {field: [old, new]} in plain values, private ones masked; a bulk
    action gives them as text from `encode_changes`."""

    verb: str
    object_type: str
    object_id: int
    label: str = ""
    changes: Mapping[str, Any] | str = "{}"
    reason: str = ""


class LineBuffer:
    """Lines in the order in which they were added. An import of a million rows keeps no more than a few in memory."""

    def __init__(self) -> None:
        self._recent: list[Line] = []
        self._spilled = 0
        self._groups = 0
        self._file: IO[bytes] | None = None

    def __len__(self) -> int:
        return self._spilled + len(self._recent)

    def __iter__(self) -> Iterator[Line]:
        if self._file is not None:
            self._file.seek(0)
            for _group in range(self._groups):
                yield from starmap(Line, pickle.load(self._file))  # noqa: S301 - nobody else writes the file
        yield from self._recent

    def append(self, line: Line) -> None:
        self.extend((line,))

    def extend(self, lines: Iterable[Line]) -> None:
        self._recent.extend(lines)
        if len(self._recent) > KEPT_IN_MEMORY:
            self._spill()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def _spill(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - see close
        self._file.seek(0, 2)
        pickle.dump(list(map(_as_tuple, self._recent)), self._file, pickle.HIGHEST_PROTOCOL)
        self._groups += 1
        self._spilled += len(self._recent)
        self._recent.clear()


def encoded(line: Line) -> str:
    return line.changes if isinstance(line.changes, str) else encode_changes(line.changes)


def _as_tuple(line: Line) -> tuple[Any, ...]:
    return line.verb, line.object_type, line.object_id, line.label, encoded(line), line.reason
