"""Rows of a file as they were, some hundred to a block; and a mark for each, by which two versions are compared."""

import hashlib
import json
import zlib
from array import array
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
    _row, code, day, _month, customer, customer_code, product, product_code, unit, quantity, amount, lot = sale
    text = f"{code}\x1f{day}\x1f{customer}\x1f{customer_code}\x1f{product}\x1f{product_code}\x1f{unit}\x1f{quantity}\x1f{amount}\x1f{lot}"
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def pack_marks(marks: Iterable[int]) -> bytes:
    return array("Q", marks).tobytes()


def unpack_marks(packed: bytes) -> array:
    marks = array("Q")
    marks.frombytes(bytes(packed))
    return marks


def digest_of(total: int, rows: int) -> str:
    """Of the sum of the marks and their number: the same for the same rows in any order."""
    return f"{rows:x}-{total % (1 << 128):032x}"


def in_common(one: array, other: array) -> int:
    """How many rows stand in both; as often as in the one that has fewer of them."""
    found, here, there = 0, iter(sorted(one)), iter(sorted(other))
    mine, theirs = next(here, None), next(there, None)
    while mine is not None and theirs is not None:
        if mine == theirs:
            found += 1
            mine, theirs = next(here, None), next(there, None)
        elif mine < theirs:
            mine = next(here, None)
        else:
            theirs = next(there, None)
    return found
