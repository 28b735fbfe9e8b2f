"""What a report is, before it becomes a page, JSON, a workbook or a PDF: its sections as data."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

Value = str | int | Decimal | date | None


class Kind(StrEnum):
    """How a value is written. Shares are parts of one: 0.83 is 83.0%."""

    TEXT = "text"
    WHOLE = "whole"
    QUANTITY = "quantity"
    MONEY = "money"
    SHARE = "share"
    DAY = "day"

    @property
    def is_number(self) -> bool:
        return self not in (Kind.TEXT, Kind.DAY)


@dataclass(frozen=True)
class Head:
    """A column of a table: key for machines, label for people."""

    key: str
    label: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Figure:
    """A number that stands at the top. note: one line below it; tone: good, warn, bad; url: the rows behind it."""

    key: str
    label: str
    value: Value
    kind: Kind = Kind.WHOLE
    note: str = ""
    tone: str = ""
    url: str = ""


@dataclass(frozen=True)
class Row:
    """Values in the order of the heads. urls: the rows behind some of them, by the key of the head."""

    values: tuple[Value, ...]
    urls: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    heads: Sequence[Head]
    rows: Sequence[Row]
    total: Row | None = None
    empty: str = ""


@dataclass(frozen=True)
class Band:
    """Between what a forecast lies; None where there is none."""

    name: str
    low: Sequence[Decimal | None]
    high: Sequence[Decimal | None]


@dataclass(frozen=True)
class Picture:
    """kind: bars (sideways), columns, stacked (columns on each other) or lines. mark: a line that bars are to be compared
    with, such as the part of the working days that is gone. urls: the rows behind the categories. places: the codes of the
    provinces that the categories are; a page draws them on a map."""

    kind: str
    categories: Sequence[str]
    series: Sequence[tuple[str, Sequence[Decimal | None]]]
    value_kind: Kind = Kind.MONEY
    band: Band | None = None
    mark: tuple[str, Decimal] | None = None
    urls: Sequence[str] = ()
    places: Sequence[str] = ()


@dataclass(frozen=True)
class Section:
    """One question with its answer: figures, sentences, a picture, a table, what is there."""

    key: str
    title: str
    figures: Sequence[Figure] = ()
    notes: Sequence[str] = ()
    picture: Picture | None = None
    table: Table | None = None


@dataclass(frozen=True)
class Document:
    """mark: the line that says who took it out of the house and when. name: of a file without its ending."""

    name: str
    title: str
    period: str
    node: str
    mark: str
    sections: Sequence[Section]
    lines: Sequence[str] = ()


def plain(value: Value) -> Any:
    """For JSON: exact numbers as text, so that nothing is rounded on the way."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    return value.isoformat() if isinstance(value, date) else value
