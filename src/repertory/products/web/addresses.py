"""The state of the list of products in its address."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from repertory.core.listing import Column
from repertory.core.web import addresses
from repertory.core.web.addresses import Chip
from repertory.products.queries import ListQuery


def chips(address: QueryDict, query: ListQuery, known: Mapping[str, Column], names: Mapping[str, Any]) -> list[Chip]:
    """names: of the lines and people, by their codes."""
    return addresses.chips(address, query.filters, known, lambda key, values: _values(key, values, known, names))


def _values(key: str, values: list[str], known: Mapping[str, Column], names: Mapping[str, Any]) -> str:
    column = known.get(key)
    if column is None:
        return values[0]
    labels = {str(code): str(label) for code, label in (column.choices or names.get(key, ()))}
    return _("、").join(labels.get(value, value) for value in values)
