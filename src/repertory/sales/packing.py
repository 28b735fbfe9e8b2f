"""Rows of a file as they were, some hundred to a block; and a mark for each, by which two versions are compared."""

import hashlib
import json
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence

SourceRow = tuple[int, list[str]]
"""(number in the file, cells)"""


def pack(rows: Sequence[SourceRow]) -> bytes:
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def unpack(packed: bytes) -> list[SourceRow]:
    return [(number, cells) for number, cells in json.loads(zlib.decompress(bytes(packed)))]


def mark_of(sale: tuple) -> int:
    """64 bits that stand for what a row says; its number, which comes first, does not count."""
    return int.from_bytes(hashlib.blake2b(repr(sale[1:]).encode("utf-8", "replace"), digest_size=8).digest(), "little")


def pack_marks(marks: Iterable[int]) -> bytes:
    return array("Q", marks).tobytes()


def unpack_marks(packed: bytes) -> array:
    marks = array("Q")
    marks.frombytes(bytes(packed))
    return marks


def digest_of(total: int, rows: int) -> str:
    """Of the sum of the marks and their number: the same for the same rows in any order."""
    return f"{rows:x}-{total % (1 << 128):032x}"


def in_common(one: Counter[int], other: Counter[int]) -> int:
    """How many rows stand in both."""
    return sum((one & other).values())
