"""What a write changes, as the audit trail keeps it."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from repertory.core.inputs import Input

Changes = dict[str, list[Any]]
"""name of a field → [old, new], in plain values."""


def given(data: Input, names: Iterable[str]) -> dict[str, Any]:
    """Those of the names that the input really carries."""
    return {name: getattr(data, name) for name in names if name in data.model_fields_set}


def apply(row: Model, values: Mapping[str, Any]) -> Changes:
    """Set the values; what changed."""
    changes: Changes = {}
    for name, value in values.items():
        old = getattr(row, name)
        if old != value:
            changes[name] = [plain(old), plain(value)]
            setattr(row, name, value)
    return changes


def plain(value: Any) -> Any:
    """How a value stands in the audit trail; of a reference the name."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float | list | dict) else str(value)
