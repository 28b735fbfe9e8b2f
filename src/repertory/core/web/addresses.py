"""A list's state stands in its address, so that a link shows the same list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import QueryDict
from django.utils.translation import gettext as _

from repertory.core.listing import ListQuery

# Words of the address that are no filters.
TEXT, SORT, CURSOR, COLUMNS = "q", "sort", "cursor", "columns"
OWN_WORDS = frozenset({TEXT, SORT, CURSOR, COLUMNS})
EMPTY = "-"


@dataclass(frozen=True)
class Chip:
    """A condition of the list as a person reads it, and the address without it."""

    label: Any
    value: str
    without: str


def filters_of(address: QueryDict) -> dict[str, list[str]]:
    """{column: values}. Empty values are no condition."""
    filters = {key: [value for value in address.getlist(key) if value] for key in address if key not in OWN_WORDS}
    return {key: values for key, values in filters.items() if values}


def shown_columns(address: QueryDict, default: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(address.getlist(COLUMNS)) or default


def hidden_pairs(address: QueryDict, *, but: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """The address as name and value pairs, for the hidden inputs of a form that changes one part of it."""
    left_out = {*but, CURSOR}
    return [(key, value) for key in address if key not in left_out for value in address.getlist(key) if value]


def query_without(address: QueryDict, *keys: str) -> str:
    kept = address.copy()
    for key in (*keys, CURSOR):
        kept.pop(key, None)
    return "?" + kept.urlencode()


def words_of(column: Any, values: list[str], names: Mapping[str, Any]) -> str:
    """The values of a condition as people read them. names: of a column that has no choices of its own."""
    if column is not None and column.kind == "bool":
        return _("是") if values[0] in ("true", "1") else _("否")
    labels = {str(code): str(label) for code, label in column.choices} if column is not None else {}
    return _("、").join(str(labels.get(value) or names.get(value, value)) for value in values)


class Labelled(Protocol):
    """A column of a list, as far as a chip shows it."""

    @property
    def label(self) -> Any: ...


def list_query(address: QueryDict, *, sort: str = "") -> ListQuery:
    """What an address asks for. sort: the order where it asks for none."""
    return ListQuery(
        text=address.get(TEXT, ""),
        filters=filters_of(address),
        sort=address.get(SORT) or sort,
        cursor=address.get(CURSOR, ""),
    )


def chips(
    address: QueryDict,
    filters: Mapping[str, list[str]],
    known: Mapping[str, Labelled],
    shown: Callable[[str, list[str]], str],
) -> list[Chip]:
    """One chip a condition, the search text among them. shown: the values of a column in words; blank is said here."""
    found = [
        Chip(_label(key, known), _("空白") if values == [EMPTY] else shown(key, values), query_without(address, key))
        for key, values in filters.items()
    ]
    text = address.get(TEXT, "").strip()
    return [Chip(_("搜索"), text, query_without(address, TEXT)), *found] if text else found


def _label(key: str, known: Mapping[str, Labelled]) -> str:
    name, _dot, end = key.rpartition(".")
    if end == "from" and name in known:
        return _("%(label)s 从") % {"label": known[name].label}
    if end == "to" and name in known:
        return _("%(label)s 到") % {"label": known[name].label}
    return str(known[key].label)
