"""Customers as rows of an export: what the person sees, organisations before the people who work there."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db.models import Case, QuerySet, Value, When

from repertory.core import regions
from repertory.core.actor import Actor
from repertory.customers import access, fields
from repertory.customers.choices import PERSON_KINDS
from repertory.customers.importing.columns import LINKS, customer_columns
from repertory.customers.models import Coverage, Customer
from repertory.customers.queries.listing import known_columns, matching_customers
from repertory.platform.custom_values import referring
from repertory.platform.exchange.fields import CUSTOM
from repertory.platform.exchange.filters import list_query
from repertory.platform.queries import custom_fields

BATCH = 2_000


def export_customers(actor: Actor, filters: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """{column key: value} of every visible customer that the list's address finds; all of them without filters."""
    exporter = _Exporter(actor)
    keys = _matching(actor, filters).annotate(person=_PERSON).order_by("person", "pk").values_list("pk", flat=True)
    waiting = keys.iterator(chunk_size=BATCH)
    while batch := list(islice(waiting, BATCH)):
        yield from exporter.rows(batch)


def count_customers(actor: Actor, filters: Mapping[str, str]) -> int:
    return _matching(actor, filters).count()


_PERSON = Case(When(kind__in=PERSON_KINDS, then=Value(1)), default=Value(0))


def _matching(actor: Actor, filters: Mapping[str, str]) -> QuerySet[Customer]:
    query = list_query(filters)
    if not query.filters and not query.text:
        return access.visible_customers(actor)
    return matching_customers(actor=actor, query=query, known=known_columns())


class _Exporter:
    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        columns = [column.key for column in customer_columns(actor) if column.exported]
        self._own = [key for key in columns if key in fields.CUSTOMER_FIELDS and key not in LINKS]
        self._profile = [key for key in columns if fields.is_profile(key)]
        self._references = referring(custom_fields("customer"))

    def rows(self, keys: Sequence[int]) -> Iterator[dict[str, Any]]:
        names = [*self._own, "province_code", "city_code", "county_code", "custom", "institution_id", "parent_id"]
        profile = [f"profile__{name}" for name in self._profile]
        found = {row["pk"]: row for row in Customer.objects.filter(pk__in=keys).values("pk", *names, *profile)}
        territories = _territories(keys)
        codes = self._codes_of_linked(found.values())
        for key in keys:
            if key in found:
                yield self._row(found[key], territories[key], codes)

    def _row(self, row: Mapping[str, Any], territories: Sequence[str], codes: Mapping[int, str]) -> dict[str, Any]:
        values = {name: row[name] for name in self._own}
        values |= {name: row[f"profile__{name}"] for name in self._profile}
        values |= {name: codes.get(row[f"{name}_id"]) for name in LINKS}
        place = regions.by_code(row["county_code"] or row["city_code"] or row["province_code"])
        if place is not None:
            values |= {"province": place.province, "city": place.city, "county": place.county}
        values["territory"] = "、".join(territories)
        for name, value in row["custom"].items():
            values[CUSTOM + name] = codes.get(value) if name in self._references else value
        return values

    def _codes_of_linked(self, rows: Collection[Mapping[str, Any]]) -> dict[int, str]:
        """The codes of linked customers as far as the person sees them."""
        keys = {row[f"{name}_id"] for row in rows for name in LINKS}
        keys |= {row["custom"].get(name) for row in rows for name in self._references}
        linked = access.visible_customers(self._actor).filter(pk__in=keys - {None})
        return dict(linked.values_list("pk", "code"))


def _territories(keys: Sequence[int]) -> dict[int, list[str]]:
    codes: dict[int, list[str]] = defaultdict(list)
    rows = Coverage.objects.filter(customer_id__in=keys, current=True).order_by("territory__path")
    for customer_id, code in rows.values_list("customer_id", "territory__code"):
        codes[customer_id].append(code)
    return codes
