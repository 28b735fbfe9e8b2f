"""One cell of a workbook as the text that a person sees in it."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

# A spreadsheet program keeps numbers as binary fractions and shows 15 significant digits; more is noise.
_SIGNIFICANT_DIGITS = 15
_WHOLE_BELOW = 1e15


def number_text(value: float) -> str:
    """12.0 is "12", 0.1 + 0.2 is "0.3", 1e-7 is "0.0000001"; never an exponent."""
    if -_WHOLE_BELOW < value < _WHOLE_BELOW and value == int(value):
        return str(int(value))
    text = f"{value:.{_SIGNIFICANT_DIGITS}g}"
    return format(Decimal(text), "f") if "e" in text else text


def _moment_text(value: datetime) -> str:
    if value.hour == value.minute == value.second == 0:
        return value.date().isoformat()
    return value.replace(microsecond=0).isoformat(sep=" ")


def _duration_text(value: timedelta) -> str:
    hours, rest = divmod(int(value.total_seconds()), 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}"


_AS_TEXT: dict[type, Callable[[Any], str]] = {
    bool: lambda value: "TRUE" if value else "FALSE",
    int: str,
    float: number_text,
    datetime: _moment_text,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: _duration_text,
    type(None): lambda value: "",
}


def cell_text(value: Any) -> str:
    """The text of one cell: dates and times in ISO form, numbers without binary noise, an empty cell as ""."""
    return value if type(value) is str else _AS_TEXT[type(value)](value)
