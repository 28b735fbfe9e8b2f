"""Text of a cell ↔ a value of the column's type."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from repertory.core.inputs import in_reach
from repertory.core.wording import every_wording
from repertory.platform.spreadsheets.headers import normal_label

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0?0:00(?::00)?)?")
_SIMPLE_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_LIST_SEPARATORS = re.compile(r"[、,，;；|\n]+")
_MAX_DIGITS = 30
_TRUE = frozenset({"是", "true", "1", "yes", "y", "√", "有", "对"})
_FALSE = frozenset({"否", "false", "0", "no", "n", "×", "无", "没有", "错"})


class Unreadable(ValueError):
    """A cell that is not of its column's type. code: machine word; the text is a sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def read_decimal(text: str) -> Decimal:
    """1,234.5 and １２ are understood; NaN, infinity and more than 30 digits are not."""
    if len(text) <= _MAX_DIGITS and _SIMPLE_NUMBER.fullmatch(text):
        return Decimal(text)
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "").replace(" ", "")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise Unreadable("not_a_number", _("“%(text)s”不是数字。") % {"text": text[:40]}) from None
    if not number.is_finite() or len(number.as_tuple().digits) > _MAX_DIGITS or abs(number.adjusted()) > _MAX_DIGITS:
        raise Unreadable("not_a_number", _("“%(text)s”不是可用的数字。") % {"text": text[:40]})
    return number


def read_integer(text: str) -> int:
    number = read_decimal(text)
    if number != number.to_integral_value():
        raise Unreadable("not_an_integer", _("“%(text)s”不是整数。") % {"text": text[:40]})
    return int(number)


@lru_cache(maxsize=4096)
def read_date(text: str) -> date:
    """2026-03-31, 2026/3/31, 2026.3.31, 2026年3月31日, 20260331; never day and month in an order to be guessed."""
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _DATE.fullmatch(plain) or _COMPACT_DATE.fullmatch(plain)
    try:
        return in_reach(date(*map(int, match.groups())))  # type: ignore[union-attr]
    except (AttributeError, ValueError):
        message = _("“%(text)s”不是日期，请写成 2026-03-31 这样。") % {"text": text[:40]}
        raise Unreadable("not_a_date", message) from None


def read_bool(text: str) -> bool:
    word = unicodedata.normalize("NFKC", text).strip().casefold()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise Unreadable("not_a_bool", _("“%(text)s”看不懂，请填“是”或“否”。") % {"text": text[:40]})


def _names_of(code: str, label: Any) -> tuple[tuple[str, ...], ...]:
    """What may be written for a choice, the surest first: its code and its label; 医院 or 诊所 for 医院/诊所; and the same
    in the languages that are not active."""
    own, *others = every_wording(label)
    return (
        (str(code), own),
        tuple(own.split("/")),
        tuple(others),
        tuple(part for other in others for part in other.split("/")),
    )


def _codes(choices: tuple[tuple[str, Any], ...]) -> dict[str, str]:
    """{normal label: code}; of two choices that a name may mean, the surer one, then the first."""
    ranks = zip(*([(names, code) for names in _names_of(code, label)] for code, label in choices), strict=True)
    codes: dict[str, str] = {}
    for rank in ranks:
        for names, code in rank:
            for name in names:
                codes.setdefault(normal_label(name), code)
    return codes


def choice_reader(choices: tuple[tuple[str, Any], ...]) -> Callable[[str], str]:
    """Reads the code or the label of a choice, in any language of the interface, in any case, with any blanks."""
    codes = _codes(choices)

    @lru_cache(maxsize=1024)
    def read(text: str) -> str:
        found = codes.get(normal_label(text))
        if found is None:
            allowed = _("、").join(str(label) for _code, label in choices[:30])
            message = _("没有“%(text)s”这个选项，可以填：%(allowed)s。") % {"text": text[:40], "allowed": allowed}
            raise Unreadable("not_a_choice", message)
        return found

    return read


def split_list(text: str) -> list[str]:
    """The parts of a cell that holds several, between 、 , ; or line ends."""
    return [part.strip() for part in _LIST_SEPARATORS.split(text) if part.strip()]


def choices_reader(choices: tuple[tuple[str, Any], ...]) -> Callable[[str], list[str]]:
    """Several choices in one cell, between 、 , ; or line ends."""
    read_one = choice_reader(choices)

    def read(text: str) -> list[str]:
        return list(dict.fromkeys(read_one(part) for part in split_list(text)))

    return read


READERS: dict[str, Callable[[str], Any]] = {
    "text": lambda text: text,
    "integer": read_integer,
    "decimal": read_decimal,
    "date": read_date,
    "bool": read_bool,
}


def reader_of(column_type: str, choices: tuple[tuple[str, Any], ...]) -> Callable[[str], Any]:
    """The function that reads a cell of a column. It raises Unreadable."""
    if column_type == "choice":
        return choice_reader(choices)
    if column_type == "choices":
        return choices_reader(choices)
    return READERS[column_type]


def describe(column_type: str) -> str:
    """What may be entered, for the template's notes."""
    return {
        "integer": _("整数"),
        "decimal": _("数字"),
        "date": _("日期，如 2026-03-31"),
        "bool": _("是、否"),
        "choice": _("从列表中选"),
        "choices": _("可填多个，用顿号隔开"),
    }.get(column_type, _("文字"))
