"""The list's state stands in its address, so that a link shows the same list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from repertory.products.queries import ListQuery
from repertory.products.queries.columns import Column

# Words of the address that are no filters.
TEXT, SORT, CURSOR, COLUMNS = "q", "sort", "cursor", "columns"
OWN_WORDS = frozenset({TEXT, SORT, CURSOR, COLUMNS})
FIRST_SORT = "generic_name"
EMPTY = "-"


@dataclass(frozen=True)
class Chip:
    """A condition of the list as a person reads it, and the address without it."""

    label: Any
    value: str
    without: str


def list_query(address: QueryDict) -> ListQuery:
    """What an address asks for. Empty values are no condition."""
    filters = {key: [value for value in address.getlist(key) if value] for key in address if key not in OWN_WORDS}
    return ListQuery(
        text=address.get(TEXT, ""),
        filters={key: values for key, values in filters.items() if values},
        sort=address.get(SORT) or FIRST_SORT,
        cursor=address.get(CURSOR, ""),
    )


def shown_columns(address: QueryDict, default: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(address.getlist(COLUMNS)) or default


def hidden_pairs(address: QueryDict, *, but: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """The address as name and value pairs, for the hidden inputs of a form that changes one part of it."""
    left_out = {*but, CURSOR}
    return [(key, value) for key in address if key not in left_out for value in address.getlist(key) if value]


def chips(address: QueryDict, query: ListQuery, known: Mapping[str, Column], names: Mapping[str, Any]) -> list[Chip]:
    """One chip a condition, the search text among them. names: of the lines and people, by their codes."""
    found = [
        Chip(_label(key, known), _values(key, values, known, names), _without(address, key))
        for key, values in query.filters.items()
    ]
    text = query.text.strip()
    return [Chip(_("搜索"), text, _without(address, TEXT)), *found] if text else found


def _without(address: QueryDict, key: str) -> str:
    kept = address.copy()
    for name in (key, CURSOR):
        kept.pop(name, None)
    return "?" + kept.urlencode()


def _label(key: str, known: Mapping[str, Column]) -> str:
    name, _dot, end = key.rpartition(".")
    if end == "from" and name in known:
        return _("%(label)s 从") % {"label": known[name].label}
    if end == "to" and name in known:
        return _("%(label)s 到") % {"label": known[name].label}
    return str(known[key].label)


def _values(key: str, values: list[str], known: Mapping[str, Column], names: Mapping[str, Any]) -> str:
    if values == [EMPTY]:
        return _("空白")
    column = known.get(key)
    if column is None:
        return values[0]
    labels = {str(code): str(label) for code, label in (column.choices or names.get(key, ()))}
    return _("、").join(labels.get(value, value) for value in values)
