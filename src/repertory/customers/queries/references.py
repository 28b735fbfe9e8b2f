"""What stands behind the keys of a list's address."""

from collections.abc import Mapping

from repertory.core.actor import Actor
from repertory.customers.access import visible_customers
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
