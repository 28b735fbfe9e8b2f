"""The filters of a list on the way to its export: the address has several values of a name, an ordered export one text."""

from collections.abc import Collection, Mapping
from urllib.parse import unquote

from django.http import QueryDict

from repertory.core.listing import ListQuery

# Words of a list's address that narrow nothing.
NO_FILTERS = frozenset({"sort", "cursor", "columns", "view", "format", "size"})
TEXT = "q"


def joined(address: QueryDict) -> dict[str, str]:
    """All values of each name, with commas between them."""
    given = {name: [value for value in address.getlist(name) if value] for name in address}
    return {name: ",".join(map(_kept_together, values)) for name, values in given.items() if values}


def _kept_together(value: str) -> str:
    return value.replace("%", "%25").replace(",", "%2C")


def list_query(filters: Mapping[str, str], *, but: Collection[str] = ()) -> ListQuery:
    """What the list of the address would be asked. but: further names that are no filters of the list."""
    left_out = {TEXT, *NO_FILTERS, *but}
    asked = {name: [unquote(one) for one in value.split(",")] for name, value in filters.items() if value}
    return ListQuery(
        text=unquote(filters.get(TEXT, "")),
        filters={name: values for name, values in asked.items() if name not in left_out},
    )
