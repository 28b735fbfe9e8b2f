"""The limited process that reads one file that somebody sent: `python -m repertory.platform.spreadsheets.child FILE`.

It writes JSON lines to its standard output: {"start": {…}}, {"rows": [[number, [cell, …]], …]} as often as needed, then
{"end": {…}} or, at any point, {"refused": code, "details": {…}}. A line is all that the parent believes: a child that
dies without its last line was killed by its limits or by a bug in a parser.
"""

import argparse
import json
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from . import text, workbook
from .content import kind_of
from .refusals import Refused

_CHUNK_ROWS = 500
_MAX_COLUMNS = 2_000
_MAX_OUTPUT_BYTES = 8 * 1024**3


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--sheet")
    parser.add_argument("--memory", type=int, required=True)
    parser.add_argument("--seconds", type=int, required=True)
    options = parser.parse_args(arguments)
    _limit(memory=options.memory, seconds=options.seconds)
    return _read(options.file, options.sheet, sys.stdout)


def _limit(*, memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # A little more than the soft limit, so that the signal says why the process ended.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MAX_OUTPUT_BYTES, _MAX_OUTPUT_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(path: Path, sheet: str | None, output: TextIO) -> int:
    try:
        source, rows = _open(path, sheet)
        _say(output, {"start": source})
        last_row = _write_rows(rows, output)
    except Refused as refusal:
        return _say(output, {"refused": refusal.code, "details": refusal.details})
    except MemoryError:
        return _say(output, {"refused": "too_large", "details": {}})
    # A parser that panics raises outside the Exception family; every such file is a broken file to its owner.
    except BaseException as error:
        return _say(output, {"refused": "broken", "details": {"reason": type(error).__name__}})
    return _say(output, {"end": {"last_row": last_row}})


def _open(path: Path, sheet: str | None) -> tuple[dict[str, Any], Iterator[list[str]]]:
    kind = kind_of(path)
    if kind == "text":
        encoding = text.encoding_of(path)
        delimiter, skip_lines = text.delimiter_of(path, encoding)
        source = {"format": "text", "encoding": encoding, "delimiter": delimiter, "sheet": "", "sheets": []}
        return source, text.rows_of(path, encoding, delimiter, skip_lines)
    name, rows, names = workbook.open_sheets(path, sheet)
    source = {"format": kind, "encoding": "", "delimiter": "", "sheet": name, "sheets": names}
    return source, rows


def _write_rows(rows: Iterator[list[str]], output: TextIO) -> int:
    """Write the rows that hold anything, each with its number; the number of the last row of all."""
    chunk: list[tuple[int, list[str]]] = []
    number = 0
    for number, row in enumerate(rows, 1):
        while row and (not row[-1] or row[-1].isspace()):
            row.pop()
        if not row:
            continue
        if len(row) > _MAX_COLUMNS:
            raise Refused("too_wide", row=number, columns=_MAX_COLUMNS)
        chunk.append((number, row))
        if len(chunk) == _CHUNK_ROWS:
            _say(output, {"rows": chunk})
            chunk = []
    if chunk:
        _say(output, {"rows": chunk})
    return number


def _say(output: TextIO, line: dict[str, Any]) -> int:
    # dumps, not dump: only the whole-string form runs in C.
    output.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
