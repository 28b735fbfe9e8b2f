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
    sign = -1 if units < 0 else 1
    return [sign * part * unit for part in shares(abs(int(units)), _whole(weights))]


def shares(count: int, weights: Sequence[int]) -> list[int]:
    """The same for whole numbers: `count` things, none of them cut, in proportion to weights that are not negative."""
    whole = sum(weights)
    if not whole:
        weights, whole = [1] * len(weights), len(weights)
    parts = [count * weight // whole for weight in weights]
    missing = count - sum(parts)
    if missing:
        cut_off = [count * weight % whole for weight in weights]
        for index in sorted(range(len(parts)), key=cut_off.__getitem__, reverse=True)[:missing]:
            parts[index] += 1
    return parts


def _whole(weights: Sequence[Decimal | int]) -> list[int]:
    """Whole numbers in the same proportion."""
    given = [Decimal(weight) for weight in weights]
    places = min(0, *(int(weight.normalize().as_tuple().exponent) for weight in given), 0)
    return [int(weight.scaleb(-places)) for weight in given]
