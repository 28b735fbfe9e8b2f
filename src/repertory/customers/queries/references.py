"""What stands behind keys: in a list's address, in the administrator's own fields."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from repertory.core.actor import Actor
from repertory.customers.access import visible_customers
from repertory.customers.models import Customer
from repertory.customers.queries.columns import Column
from repertory.organisation.access import visible_territories

Names = dict[tuple[str, str], str]
MOST_DIGITS = 18


def names_of_references(*, actor: Actor, filters: Mapping[str, list[str]], known: Mapping[str, Column]) -> Names:
    """{(column, value): name} of the customers and territories that conditions name; what the person does not see has
    none."""
    wanted = {key: values for key, values in filters.items() if key in known and known[key].kind == "reference"}
    codes = wanted.pop("territory", [])
    found: Names = {}
    if codes:
        named = visible_territories(actor).filter(code__in=codes).values_list("code", "name")
        found |= {("territory", code): name for code, name in named}
    keys = {value for values in wanted.values() for value in values if value.isdecimal() and len(value) <= MOST_DIGITS}
    if keys:
        names = {str(key): name for key, name in visible_customers(actor).filter(pk__in=keys).values_list("pk", "name")}
        found |= {
            (column, value): names[value] for column, values in wanted.items() for value in values if value in names
        }
    return found


def names_of_own_references(
    *, actor: Actor, keys: Collection[str], values: Iterable[Mapping[str, Any]]
) -> dict[int, str]:
    """Names of the customers that the custom values of these fields refer to, by key; of those that the person sees."""
    wanted = {custom[key] for custom in values for key in keys if custom.get(key) is not None} if keys else set()
    return dict(visible_customers(actor).filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def names_on_page(
    *, actor: Actor, rows: Iterable[Customer], shown: Iterable[str], known: Mapping[str, Column]
) -> dict[int, str]:
    """The same, for the rows of a list with these columns."""
    columns = [known[key] for key in shown if key in known]
    keys = [column.key.removeprefix("custom.") for column in columns if column.custom and column.kind == "reference"]
    return names_of_own_references(actor=actor, keys=keys, values=[row.custom for row in rows] if keys else ())
