"""Values of a report as people read them."""

from decimal import Decimal

from repertory.core import formats
from repertory.reports.rendering.document import Kind, Value

NOTHING = "—"


def shown(value: Value, kind: Kind) -> str:
    """123456.7 as money 123,456.70; 0.8342 as a share 83.4%; None is a dash."""
    if value is None or value == "":
        return NOTHING if kind.is_number else ""
    if kind is Kind.MONEY:
        return formats.number(Decimal(str(value)), 2)
    if kind is Kind.SHARE:
        return f"{formats.number(Decimal(str(value)) * 100, 1)}%"
    if kind is Kind.QUANTITY:
        return _without_zeros(formats.number(Decimal(str(value)), 5))
    if kind is Kind.WHOLE:
        return formats.number(Decimal(str(value)), 0)
    return str(value)


def _without_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".")
