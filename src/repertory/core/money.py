"""Amounts and quantities: Decimal only, split so that the parts always add up."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def round_to(amount: Decimal, unit: Decimal = CENT) -> Decimal:
    """Commercial rounding to a multiple of `unit`: half goes away from zero."""
    return (amount / unit).quantize(Decimal(1), rounding=ROUND_HALF_UP) * unit


def split(total: Decimal, weights: Sequence[Decimal | int], unit: Decimal = CENT) -> list[Decimal]:
    """Parts of `total` in proportion to `weights` by the largest remainder: multiples of `unit` that add up to `total`.

    Equal remainders are served in the order given; no weight at all means equal parts. Raises ValueError for a
    negative weight, no parts, or a total that is not a multiple of `unit`.
    """
    if not weights or any(weight < 0 for weight in weights):
        raise ValueError("weights must be given and not negative")
    units = total / unit
    if units != units.to_integral_value():
        raise ValueError("the total is no multiple of the unit")
    shares = [Decimal(weight) for weight in weights]
    if not any(shares):
        shares = [Decimal(1)] * len(shares)
    sign, count = (-1 if units < 0 else 1), abs(int(units))
    whole = sum(shares)
    exact = [count * share / whole for share in shares]
    parts = [int(value) for value in exact]
    by_remainder = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in by_remainder[: count - sum(parts)]:
        parts[index] += 1
    return [sign * part * unit for part in parts]
