"""From filters in an address or an API call to a condition; unknown ones are refused, never ignored."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import DecimalField, F, Func, Q, QuerySet
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput
from repertory.core.time import read_day, start_of
from repertory.customers.models import Coverage, Customer
from repertory.customers.queries.columns import Column
from repertory.organisation.access import visible_territories

Filters = Mapping[str, list[str]]
EMPTY = "-"
MOST_VALUES = 200


class JsonNumber(Func):
    """A number inside the JSON column, compared as a number."""

    template = "CAST(json_extract(%(expressions)s, '$.%(key)s') AS REAL)"
    output_field = DecimalField(max_digits=30, decimal_places=10)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "CAST(%(expressions)s ->> '%(key)s' AS numeric)"
        return super().as_sql(compiler, connection, template=template, **context)


def apply_filters(
    rows: QuerySet[Customer], filters: Filters, known: dict[str, Column], actor: Actor
) -> QuerySet[Customer]:
    """Narrow the rows. A key is a column, or column.from / column.to for dates and numbers (both ends included); a value
    "-" means empty."""
    for key, values in filters.items():
        name, _dot, end = key.rpartition(".")
        if end in ("from", "to") and name in known:
            rows = _between(rows, known[name], end, values[0])
        elif key in known:
            rows = _among(rows, known[key], values[:MOST_VALUES], actor)
        else:
            raise InvalidInput(_("没有“%(key)s”这个筛选条件。") % {"key": key[:60]}, field=key[:60])
    return rows


def _among(rows: QuerySet[Customer], column: Column, values: list[str], actor: Actor) -> QuerySet[Customer]:
    if column.key == "territory":
        return _in_territories(rows, values, actor)
    if values == [EMPTY]:
        return rows.filter(_is_empty(column))
    if column.kind == "text":
        return rows.filter(**{f"{column.path}__icontains": values[0]})
    if column.kind == "choices":
        return rows.filter(**{f"{column.path}__icontains": values[0]})
    if column.kind in ("number", "date", "datetime"):
        return _between(_between(rows, column, "from", values[0]), column, "to", values[0])
    if column.kind == "reference":
        return rows.filter(**{f"{column.path}__in": [_key(value, column) for value in values]})
    return rows.filter(**{f"{column.path}__in": values})


def _is_empty(column: Column) -> Q:
    nothing = Q(**{f"{column.path}__isnull": True})
    return nothing | Q(**{column.path: ""}) if column.kind in ("text", "choice") else nothing


def _in_territories(rows: QuerySet[Customer], codes: list[str], actor: Actor) -> QuerySet[Customer]:
    """Customers covered by the node or anything below it; nodes outside the person's scope find nothing."""
    if codes == [EMPTY]:
        return rows.exclude(pk__in=Coverage.objects.filter(current=True).values("customer_id"))
    inside = Q(pk__in=[])
    for node in visible_territories(actor).filter(code__in=codes):
        inside |= Q(territory__path__gte=node.path, territory__path__lt=node.path_end)
    return rows.filter(pk__in=Coverage.objects.filter(inside, current=True).values("customer_id"))


def _between(rows: QuerySet[Customer], column: Column, end: str, value: str) -> QuerySet[Customer]:
    if column.kind == "number":
        return _number_between(rows, column, end, _number(value, column))
    if column.kind not in ("date", "datetime"):
        raise InvalidInput(_("“%(label)s”不能按范围筛选。") % {"label": column.label}, field=column.key)
    day = _day(value, column)
    if column.kind == "datetime":
        if end == "from":
            return rows.filter(**{f"{column.path}__gte": start_of(day)})
        return rows.filter(**{f"{column.path}__lt": start_of(day + timedelta(days=1))})
    operator = "gte" if end == "from" else "lte"
    return rows.filter(**{f"{column.path}__{operator}": day.isoformat() if column.custom else day})


def _number_between(rows: QuerySet[Customer], column: Column, end: str, number: Decimal) -> QuerySet[Customer]:
    operator = "gte" if end == "from" else "lte"
    if not column.custom:
        return rows.filter(**{f"{column.path}__{operator}": number})
    alias = f"number_{len(rows.query.annotations)}"
    key = column.key.removeprefix("custom.")
    return rows.alias(**{alias: JsonNumber(F("custom"), key=key)}).filter(**{f"{alias}__{operator}": number})


def _day(value: str, column: Column) -> date:
    try:
        return read_day(value)
    except ValueError:
        message = _("“%(label)s”要填日期，例如 2026-03-31。") % {"label": column.label}
        raise InvalidInput(message, field=column.key) from None


def _number(value: str, column: Column) -> Decimal:
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > Decimal(10) ** 15:
        raise InvalidInput(_("“%(label)s”要填数字。") % {"label": column.label}, field=column.key)
    return number


def _key(value: str, column: Column) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 18:
        raise InvalidInput(_("“%(label)s”的筛选值不对。") % {"label": column.label}, field=column.key)
    return int(value)
