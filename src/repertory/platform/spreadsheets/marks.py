"""Marks that an export leaves in a file and an import takes out again: neutral formulas and the watermark row."""

import re
import unicodedata
from datetime import datetime

# A cell that says so empties the field; a blank cell leaves it as it is.
CLEAR_MARKS = frozenset({"#清空", "#clear"})
_ESCAPE = "'"
_FORMULA_STARTS = frozenset("=+-@＝＋－＠﹢﹣﹦﹫−")
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_WATERMARK = re.compile(r"药程 导出 \S+ \d{4}-\d{2}-\d{2} \d{2}:\d{2} 仅限内部使用")


def is_clear_mark(text: str) -> bool:
    return text.strip().casefold() in CLEAR_MARKS


def _is_risky(text: str) -> bool:
    return _may_be_formula(text) or is_clear_mark(text)


def _may_be_formula(text: str) -> bool:
    """Whether a spreadsheet program might run it, after the blanks and invisible characters that it cuts off in front."""
    first = text[0]
    if first in "\t\r\n":
        return True
    if first.isalnum():
        return False
    for character in text:
        if unicodedata.category(character) not in _INVISIBLE_CATEGORIES:
            return character in _FORMULA_STARTS
    return False


def neutral(text: str) -> str:
    """Text that no program takes for a formula and no import for a mark: an apostrophe goes before what might be one."""
    return _ESCAPE + text if text and (text[0] == _ESCAPE or _is_risky(text)) else text


def original(text: str) -> str:
    """The inverse of `neutral`: original(neutral(x)) == x for every x. A hand-written 'abc stays as it is."""
    if text[:1] != _ESCAPE or len(text) == 1:
        return text
    rest = text[1:]
    return rest if rest[0] == _ESCAPE or _is_risky(rest) else text


def watermark(*, user: str, at: datetime) -> str:
    """The line that says whose export this is. at: local time."""
    return f"药程 导出 {'_'.join(user.split()) or '-'} {at:%Y-%m-%d %H:%M} 仅限内部使用"


def is_watermark(cells: list[str]) -> bool:
    """Whether a row is nothing but the mark of an export."""
    return "药程 导出" in cells[0] and not any(cells[1:]) and _WATERMARK.fullmatch(cells[0].strip()) is not None
