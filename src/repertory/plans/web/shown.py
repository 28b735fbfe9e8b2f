"""How figures look: whole ones without decimals, others to the cent."""

from decimal import Decimal

from repertory.core import formats

CENTS = 2


def figure(value: Decimal | None) -> str:
    """3200000 → 3,200,000; 0.5 → 0.50; None → empty."""
    if value is None:
        return ""
    return formats.number(value, 0 if value == value.to_integral_value() else CENTS)
