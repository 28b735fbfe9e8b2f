"""Rows of a text file: its encoding and its delimiter are found out, then it is read as a stream."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from .refusals import Refused

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = ",\t;"
_SAMPLE_BYTES = 64 * 1024
_SAMPLE_ROWS = 60
_BLOCK_BYTES = 1024**2
MAX_CELL_CHARACTERS = 100_000


def encoding_of(path: Path) -> str:
    """The codec that reads the whole file: a byte order mark, else zero bytes (UTF-16), else UTF-8, else GB18030."""
    with path.open("rb") as file:
        sample = file.read(_SAMPLE_BYTES)
    for bom, name in _BOMS:
        if sample.startswith(bom):
            return _checked(path, name)
    if b"\0" in sample:
        return _checked(path, _utf16_order(sample))
    if _decodes(path, "utf-8") and not _is_chinese_by_chance_utf8(path):
        return "utf-8"
    return _checked(path, "gb18030")


def _utf16_order(sample: bytes) -> str:
    """Line ends and commas are ASCII: their zero byte stands after them in little endian, before them in big endian."""
    little = sum(sample.count(mark + b"\0") for mark in (b"\n", b",", b"\t", b";"))
    big = sum(sample.count(b"\0" + mark) for mark in (b"\n", b",", b"\t", b";"))
    if not little and not big:
        raise Refused("not_a_table", content="BIN")
    return "utf-16-le" if little >= big else "utf-16-be"


def _checked(path: Path, encoding: str) -> str:
    if not _decodes(path, encoding):
        raise Refused("encoding")
    return encoding


def _is_chinese_by_chance_utf8(path: Path) -> bool:
    """A few GB2312 words, 医院 or 联通 alone, are also valid UTF-8 of rare two-byte letters; then the words are meant."""
    letters: set[str] = set()
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            if not block.isascii():
                letters.update(character for character in decoder.decode(block) if character > "~")
            if any(not "\u0100" <= letter <= "\u07ff" for letter in letters):
                return False
    try:
        words = "".join(letters).encode().decode("gb2312")
    except UnicodeError:
        return False
    return bool(words) and all("\u4e00" <= word <= "\u9fa5" for word in words)


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while block := file.read(_BLOCK_BYTES):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeError:
            return False
    return True


def delimiter_of(path: Path, encoding: str) -> tuple[str, int]:
    """The delimiter that cuts the first rows most evenly, and how many lines to skip (1 after a "sep=;" line)."""
    with path.open(encoding=encoding, newline="") as file:
        lines = [line for line, _ in zip(file, range(_SAMPLE_ROWS), strict=False)]
    first = lines[0].strip().lower() if lines else ""
    if first.startswith("sep=") and len(first) <= 5:
        return (first[4:] or "\t"), 1
    return max(_DELIMITERS, key=lambda mark: _evenness(lines, mark)), 0


def _evenness(lines: list[str], delimiter: str) -> tuple[float, int]:
    """(rows that agree on a width above one × the square root of that width, that width)."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
    except csv.Error:
        return (0.0, 0)
    scored = [(count * width**0.5, width) for width, count in widths.items() if width > 1]
    return max(scored, default=(0.0, 0))


def rows_of(path: Path, encoding: str, delimiter: str, skip_lines: int) -> Iterator[list[str]]:
    """Every row of the file in order, blank ones as []. A row's number is its place; a quoted line end adds none."""
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    with path.open(encoding=encoding, newline="") as file:
        lines = _Lines(file)
        for _ in range(skip_lines):
            next(lines, None)
            yield []
        reader = csv.reader(lines, delimiter=delimiter)
        number = skip_lines
        while True:
            lines.seen.clear()
            number += 1
            try:
                row = next(reader, None)
            except csv.Error as error:
                raise Refused("quotes", row=number) from error
            if row is None:
                return
            # Without strict mode an unclosed quote silently swallows the rest of the file into one cell.
            if len(lines.seen) > 1 and lines.ended and "".join(lines.seen).count('"') % 2:
                raise Refused("quotes", row=number)
            yield row


class _Lines:
    """The lines of a file, remembering those of the current row and whether the end was reached."""

    def __init__(self, file) -> None:
        self._file = file
        self.seen: list[str] = []
        self.ended = False

    def __iter__(self):
        return self

    def __next__(self) -> str:
        try:
            line = next(self._file)
        except StopIteration:
            self.ended = True
            raise
        self.seen.append(line)
        return line
