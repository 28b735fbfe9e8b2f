"""Amounts and quantities in tables: whole numbers of a hundred-thousandth, so that both databases add them up exactly.

SQLite keeps Django's own decimals as floating point; the sum of ten million of them would be off.
"""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

PLACES = 5
UNIT = Decimal(1).scaleb(-PLACES)
"""0.00001: what distributors' files show at most."""
LARGEST = Decimal(10) ** 12
"""Amounts and quantities of one row lie below; sums of ten million of them still fit."""


def to_units(value: Decimal | int | str) -> int:
    """Whole units of a number. Raises ValueError for one with more than PLACES decimals."""
    units = Decimal(value).scaleb(PLACES)
    whole = int(units)
    if whole != units:
        raise ValueError(value)
    return whole


def from_units(units: Any) -> Decimal:
    return Decimal(int(units)).scaleb(-PLACES)


class ExactField(models.BigIntegerField):
    """A Decimal with PLACES decimals in Python, a whole number of units in the table. Sums of it are exact."""

    _pyi_private_set_type: Decimal | int | str  # type: ignore[assignment]
    _pyi_private_get_type: Decimal  # type: ignore[assignment]

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Decimal | None:
        return None if value is None else from_units(value)

    def get_prep_value(self, value: Any) -> int | None:
        return None if value is None else to_units(value)

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return Decimal(str(value))
        except ArithmeticError as error:
            raise ValidationError(str(error)) from error
