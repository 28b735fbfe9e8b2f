"""From filters in an address or an API call to a condition; unknown ones are refused, never ignored."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from repertory.core.errors import InvalidInput
from repertory.core.time import start_of
from repertory.products.models import Product
from repertory.products.queries.columns import Column

Filters = Mapping[str, list[str]]
EMPTY = "-"
MOST_VALUES = 200


def apply_filters(rows: QuerySet[Product], filters: Filters, known: Mapping[str, Column]) -> QuerySet[Product]:
    """Narrow the rows. A key is a column, or column.from / column.to for days (both included); a value "-" means empty."""
    for key, values in filters.items():
        name, _dot, end = key.rpartition(".")
        if end in ("from", "to") and name in known and known[name].kind in ("date", "datetime"):
            rows = _between(rows, known[name], end, values[0])
        elif key in known and known[key].key != "packs":
            rows = _among(rows, known[key], values[:MOST_VALUES])
        else:
            raise InvalidInput(_("没有“%(key)s”这个筛选条件。") % {"key": key[:60]}, field=key[:60])
    return rows


def _among(rows: QuerySet[Product], column: Column, values: list[str]) -> QuerySet[Product]:
    if values == [EMPTY]:
        return rows.filter(_is_empty(column))
    if column.kind == "text":
        return rows.filter(**{f"{column.path}__icontains": values[0]})
    if column.kind in ("date", "datetime"):
        return _between(_between(rows, column, "from", values[0]), column, "to", values[0])
    return rows.filter(**{f"{column.path}__in": values})


def _is_empty(column: Column) -> Q:
    nothing = Q(**{f"{column.path}__isnull": True})
    return nothing | Q(**{column.path: ""}) if column.kind in ("text", "choice") else nothing


def _between(rows: QuerySet[Product], column: Column, end: str, value: str) -> QuerySet[Product]:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        message = _("“%(label)s”的日期请写成 2026-03-31 这样。") % {"label": column.label}
        raise InvalidInput(message, field=column.key) from None
    if column.kind == "date":
        return rows.filter(**{f"{column.path}__{'gte' if end == 'from' else 'lte'}": day})
    if end == "from":
        return rows.filter(**{f"{column.path}__gte": start_of(day)})
    return rows.filter(**{f"{column.path}__lt": start_of(day + timedelta(days=1))})
