"""The audit lines of one running action: in memory while they are few, in a nameless file beyond."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder

KEPT_IN_MEMORY = 2_000

# The one form in which changes are hashed and stored.
encode_changes = DjangoJSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened to one object. changes: {field: [old, new]} in plain values, private ones masked; a bulk
    action gives them as text from `encode_changes`."""

    verb: str
    object_type: str
    object_id: int
    label: str = ""
    changes: dict[str, Any] | str = field(default_factory=dict)
    reason: str = ""


class LineBuffer:
    """Lines in the order in which they were added. An import of a million rows keeps no more than a few in memory."""

    def __init__(self) -> None:
        self._recent: list[Line] = []
        self._spilled = 0
        self._file: IO[str] | None = None

    def __len__(self) -> int:
        return self._spilled + len(self._recent)

    def __iter__(self) -> Iterator[Line]:
        if self._file is not None:
            self._file.seek(0)
            for text in self._file:
                yield from (Line(*values) for values in json.loads(text))
            self._file.seek(0, 2)
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
            self._file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 - see close
        self._file.write(json.dumps([_as_list(line) for line in self._recent]) + "\n")
        self._spilled += len(self._recent)
        self._recent.clear()


def _as_list(line: Line) -> list[Any]:
    changes = line.changes if isinstance(line.changes, str) else encode_changes(line.changes)
    return [line.verb, line.object_type, line.object_id, line.label, changes, line.reason]
