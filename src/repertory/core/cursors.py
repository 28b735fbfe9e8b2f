"""Cursors of lists that are read page by page: the value and the key of the last row."""

import base64
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from repertory.core.errors import InvalidInput
from repertory.core.exact import LARGEST, ExactField, to_units
from repertory.core.inputs import clean_text, in_utc
from repertory.core.time import read_day

LARGEST_KEY = 2**63


def cursor_of(row: models.Model, name: str) -> str:
    """Where a list in the order of the field stands behind the row."""
    value: Any = getattr(row, name)
    text = value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value
    return base64.urlsafe_b64encode(json.dumps([name, text, row.pk]).encode()).decode().rstrip("=")


def read_cursor(cursor: str, name: str, model: type[models.Model]) -> tuple[Any, int]:
    """The value and the key. InvalidInput for what this order did not make."""
    try:
        made_for, value, key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if made_for != name or type(key) is not int or not 0 <= key < LARGEST_KEY:
            raise ValueError
        return _value_of(model._meta.get_field(name), value), key
    except (ValueError, TypeError, ArithmeticError):
        raise InvalidInput(_("翻页标记不对，请从第一页开始。"), field="cursor") from None


def _value_of(found: Any, value: Any) -> Any:
    if found.primary_key:
        return value
    if isinstance(found, ExactField):
        number = Decimal(value if isinstance(value, str) else "NaN")
        if not abs(number) < LARGEST:
            raise ValueError
        to_units(number)
        return number
    if isinstance(found, models.IntegerField):
        if type(value) is not int or not -LARGEST_KEY < value < LARGEST_KEY:
            raise ValueError
        return value
    if not isinstance(value, str) or clean_text(value) != value:
        raise ValueError
    if isinstance(found, models.DateTimeField):
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError
        return in_utc(moment)
    return read_day(value) if isinstance(found, models.DateField) else value
