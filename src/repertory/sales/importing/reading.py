"""From the cells of a file of sales to plain tuples: the part of an import that asks no database, for whole batches.

It may run in a second process and reads tens of thousands of rows a second; that is why it is one loop.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from repertory.core.exact import LARGEST, PLACES, UNIT
from repertory.core.inputs import in_reach
from repertory.core.periods import last_day, month_number
from repertory.platform.exchange.values import Unreadable, read_date, read_decimal
from repertory.platform.spreadsheets.marks import original
from repertory.sales.packing import SourceRow, mark_of, pack, pack_marks

_MONTH = re.compile(r"(\d{4})\s*[-/._年]?\s*(0?[1-9]|1[0-2])\s*月?")
_SLASHED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T]0?0:00(?::00)?)?")
_SCALE = 10**PLACES
_LIMIT = int(LARGEST) * _SCALE


_CELLS = (
    *("seller", "day", "month", "customer", "customer_code", "product", "spec", "product_code", "unit", "lot"),
    *("quantity", "price", "amount"),
)


class Months(NamedTuple):
    """What a batch says of one month of one seller. sources: its rows packed, marks: one for each, total: their sum."""

    seller: str
    month: int
    sales: list[tuple]
    first: int
    last: int
    sources: bytes
    marks: bytes
    total: int


class Batch(NamedTuple):
    """months: by month. dateless: rows of which not even the month is known, (row, code, text of the cell)."""

    months: list[Months]
    dateless: list[tuple[int, str, str]]


class SalesReader:
    """Reads batches of rows. positions: {column key: index of the cell}; fixed: values that hold for every row."""

    def __init__(self, positions: Mapping[str, int], fixed: Mapping[str, Any]) -> None:
        texts = {key: value for key, value in fixed.items() if isinstance(value, str)}
        self._cells = [(name, positions.get(name), texts.get(name, "")) for name in _CELLS]
        self._order = texts.get("date_order", "ymd")
        self._month = read_month(texts["month"]) if texts.get("month") else 0

    def __call__(self, raw: Sequence[SourceRow]) -> Batch:
        groups: dict[tuple[str, int], tuple[list[tuple], list[SourceRow], list[int]]] = {}
        dateless: list[tuple[int, str, str]] = []
        for row, (seller, day_text, month_text, *facts) in zip(raw, self._columns(raw), strict=True):
            day, month, code = self._when(day_text, month_text)
            if not month:
                dateless.append((row[0], code, day_text or month_text))
                continue
            key = seller, month
            if key not in groups:
                groups[key] = [], [], []
            sales, sources, marks = groups[key]
            sale = _sale(row[0], code, day, month, *facts)
            sales.append(sale)
            sources.append(row)
            marks.append(mark_of(sale))
        return Batch([_months(key, *group) for key, group in groups.items()], dateless)

    def _columns(self, raw: Sequence[SourceRow]) -> Iterator[tuple[str, ...]]:
        """The texts of _CELLS of each row: a whole column at a time, what repeats cleaned once."""
        columns = []
        for name, index, fixed in self._cells:
            if fixed or index is None:
                columns.append([fixed] * len(raw))
            else:
                cells = (row[1][index] if len(row[1]) > index else "" for row in raw)
                columns.append(list(map(_CLEAN.get(name, clean), cells)))
        return zip(*columns, strict=True)

    def _when(self, day_text: str, month_text: str) -> tuple[str | None, int, str]:
        return when(day_text, "" if self._month else month_text, self._month, self._order)


@lru_cache(maxsize=8192)
def when(day_text: str, month_text: str, fixed: int, order: str) -> tuple[str | None, int, str]:
    """(day, month, code). Without a day, the last of the month; without a month, that of the day."""
    day = _day(day_text, order) if day_text else None
    month = fixed or (read_month(month_text) if month_text else 0)
    if month_text and not month:
        return None, 0, "not_a_month"
    if day_text and day is None:
        return None, month, "not_a_date"
    if day is None:
        return (last_day(month).isoformat() if month else None), month, ""
    own = int(day[:4]) * 100 + int(day[5:7])
    return (day, month, "other_month") if month and own != month else (day, own, "")


@lru_cache(maxsize=200_000)
def clean(text: str) -> str:
    """A cell as its text was meant."""
    return (original(text) if text[:1] == "'" else text).strip()


# What hardly repeats is not kept.
_CLEAN = dict.fromkeys(("quantity", "price", "amount"), str.strip)


def _sale(
    number: int,
    code: str,
    day: str | None,
    month: int,
    customer: str,
    customer_code: str,
    product: str,
    spec: str,
    product_code: str,
    unit: str,
    lot: str,
    quantity_text: str,
    price_text: str,
    amount_text: str,
) -> tuple:
    """A Sale, as a plain tuple: these cross a pipe by the million."""
    quantity = amount = None
    if quantity_text:
        quantity, code = _known_units(quantity_text, "quantity", code)
    if amount_text:
        amount, code = units_of(amount_text, "amount", code)
    elif price_text and quantity is not None:
        price, code = _known_units(price_text, "price", code)
        amount = None if price is None else _product(quantity, price)
    if not code:
        if not (customer or customer_code):
            code = "no_customer"
        elif not (product or product_code):
            code = "no_product"
        elif quantity is None and amount is None:
            code = "no_figures"
    name = f"{product} {spec}" if spec else product
    return (
        *(number, code, day, month, customer[:200], customer_code[:40], name[:200], product_code[:50], unit[:20]),
        *(quantity, amount, lot[:40]),
    )


def _months(key: tuple[str, int], sales: list[tuple], sources: list[SourceRow], marks: list[int]) -> Months:
    return Months(*key, sales, sales[0][0], sales[-1][0], pack(sources), pack_marks(marks), sum(marks))


@lru_cache(maxsize=4096)
def read_month(text: str) -> int:
    """202603 for 2026-03, 2026_03, 202603, 2026年3月 or a day of it; 0 for what is none."""
    match = _MONTH.fullmatch(text.strip())
    if match:
        number = int(match[1]) * 100 + int(match[2])
        return number if 1000_00 < number < 3000_00 else 0
    try:
        return month_number(read_date(text))
    except Unreadable:
        return 0


@lru_cache(maxsize=8192)
def _day(text: str, order: str) -> str | None:
    try:
        if order == "ymd":
            return read_date(text).isoformat()
        match = _SLASHED.fullmatch(text.strip())
        if match is None:
            return read_date(text).isoformat()
        first, second, year = map(int, match.groups())
        month, day = (first, second) if order == "mdy" else (second, first)
        return in_reach(date(year, month, day)).isoformat()
    except ValueError:
        return None


def units_of(text: str, name: str, code: str = "") -> tuple[int | None, str]:
    """(whole units, the code so far or a new one)."""
    whole, _dot, part = text.partition(".")
    if len(part) <= PLACES and (whole.removeprefix("-") + part).isdecimal() and whole not in ("", "-"):
        units = int(whole + part.ljust(PLACES, "0"))
    else:
        try:
            number = read_decimal(original(text))
        except Unreadable:
            return None, code or f"bad_{name}"
        units = int(number.quantize(UNIT, rounding=ROUND_HALF_UP).scaleb(PLACES)) if abs(number) < LARGEST else _LIMIT
    if abs(units) >= _LIMIT:
        return None, code or f"huge_{name}"
    return units, code


# Quantities and prices repeat, amounts hardly do.
_known_units = lru_cache(maxsize=50_000)(units_of)


def _product(quantity: int, price: int) -> int:
    exact = Decimal(quantity) * price / _SCALE
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
