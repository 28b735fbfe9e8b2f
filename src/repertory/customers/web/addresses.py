"""The state of the list of customers in its address."""

from collections.abc import Iterable, Mapping

from django.http import QueryDict
from django.utils.translation import gettext as _

from repertory.core.web import addresses
from repertory.core.web.addresses import CURSOR, SORT, TEXT, Chip, filters_of
from repertory.customers.queries import ListQuery
from repertory.customers.queries.columns import Column
from repertory.customers.queries.references import Names
from repertory.customers.web.columns import place

FIRST_SORT = "name"


def list_query(address: QueryDict) -> ListQuery:
    """What an address asks for."""
    return ListQuery(
        text=address.get(TEXT, ""),
        filters=filters_of(address),
        sort=address.get(SORT) or FIRST_SORT,
        cursor=address.get(CURSOR, ""),
    )


def names_custom_field(keys: Iterable[str]) -> bool:
    return any(key.startswith("custom.") for key in keys)


def chips(
    address: QueryDict, filters: Mapping[str, list[str]], known: Mapping[str, Column], names: Names
) -> list[Chip]:
    """names: of the references in the filters."""
    return addresses.chips(address, filters, known, lambda key, values: _values(key, values, known, names))


def _values(key: str, values: list[str], known: Mapping[str, Column], names: Names) -> str:
    column = known.get(key)
    if column is None:
        return values[0]
    if column.choices:
        labels = {str(code): str(label) for code, label in column.choices}
        return _("、").join(labels.get(value, value) for value in values)
    if key.endswith("_code"):
        return _("、").join(place(value) or value for value in values)
    return _("、").join(names.get((key, value), value) for value in values)
