"""Lists in general: columns, filters, order, and pages by cursor. Each domain says its columns and where its rows start."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from repertory.core.cursors import cursor_of, read_cursor
from repertory.core.errors import InvalidInput
from repertory.core.time import read_day, start_of

Row = TypeVar("Row", bound=models.Model)
Filters = Mapping[str, list[str]]
EMPTY = "-"
PAGE = 50
MOST = 200
MOST_VALUES = 200
RANGED = frozenset({"date", "datetime", "number"})
LARGEST = Decimal(10) ** 15


@dataclass(frozen=True)
class Column:
    """kind: text, choice, date, datetime, number or reference. path: where the ORM finds it. filtered: whether a filter
    may name it."""

    key: str
    label: Any
    kind: str
    path: str
    choices: tuple[tuple[str, Any], ...] = ()
    custom: bool = False
    sortable: bool = False
    filtered: bool = True


@dataclass(frozen=True)
class ListQuery:
    """What to list. sort: a sortable column, "-" before it for descending. cursor: from the page before."""

    text: str = ""
    filters: Filters = field(default_factory=dict)
    sort: str = ""
    cursor: str = ""
    limit: int = PAGE


@dataclass(frozen=True)
class Page(Generic[Row]):
    """next: the cursor of the page behind, None on the last."""

    items: list[Row]
    count: int
    next: str | None


def column_of(
    model: type[models.Model], name: str, *, label: Any = None, path: str = "", sortable: bool = False
) -> Column:
    """A column for a field of a model; path: where a reference is compared, such as user__username."""
    found: Any = model._meta.get_field(name)
    return Column(
        name,
        label or found.verbose_name,
        _kind(found),
        path or name,
        tuple(found.choices or ()),
        sortable=sortable,
    )


def _kind(found: Any) -> str:
    if found.choices:
        return "choice"
    if isinstance(found, models.ForeignKey):
        return "reference"
    if isinstance(found, models.DateTimeField):
        return "datetime"
    if isinstance(found, models.BooleanField):
        return "bool"
    if isinstance(found, models.DecimalField | models.IntegerField):
        return "number"
    return "date" if isinstance(found, models.DateField) else "text"


def apply_filters(rows: QuerySet[Row], filters: Filters, known: Mapping[str, Column]) -> QuerySet[Row]:
    """Narrow the rows. A key is a column, or column.from / column.to for days and numbers (both included); "-" means empty.
    Unknown ones are refused, never ignored."""
    for key, values in filters.items():
        name, _dot, end = key.rpartition(".")
        if end in ("from", "to") and name in known and known[name].kind in RANGED:
            rows = _between(rows, known[name], end, values[0])
        elif key in known and known[key].filtered:
            rows = _among(rows, known[key], values[:MOST_VALUES])
        else:
            raise InvalidInput(_("没有“%(key)s”这个筛选条件。") % {"key": key[:60]}, field=key[:60])
    return rows


def _among(rows: QuerySet[Row], column: Column, values: list[str]) -> QuerySet[Row]:
    if values == [EMPTY]:
        return rows.filter(_is_empty(column))
    if column.kind == "bool":
        return rows.filter(**{column.path: values[0] in ("true", "1", "yes")})
    if column.kind == "text":
        return rows.filter(**{f"{column.path}__icontains": values[0]})
    if column.kind in RANGED:
        return _between(_between(rows, column, "from", values[0]), column, "to", values[0])
    return rows.filter(**{f"{column.path}__in": values})


def _is_empty(column: Column) -> Q:
    nothing = Q(**{f"{column.path}__isnull": True})
    return nothing | Q(**{column.path: ""}) if column.kind in ("text", "choice") else nothing


def _between(rows: QuerySet[Row], column: Column, end: str, value: str) -> QuerySet[Row]:
    if column.kind == "number":
        return rows.filter(**{f"{column.path}__{'gte' if end == 'from' else 'lte'}": _number(value, column)})
    try:
        day = read_day(value)
    except ValueError:
        message = _("“%(label)s”的日期请写成 2026-03-31 这样。") % {"label": column.label}
        raise InvalidInput(message, field=column.key) from None
    if column.kind == "date":
        return rows.filter(**{f"{column.path}__{'gte' if end == 'from' else 'lte'}": day})
    if end == "from":
        return rows.filter(**{f"{column.path}__gte": start_of(day)})
    return rows.filter(**{f"{column.path}__lt": start_of(day + timedelta(days=1))})


def _number(value: str, column: Column) -> Decimal:
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > LARGEST:
        raise InvalidInput(_("“%(label)s”要填数字。") % {"label": column.label}, field=column.key)
    return number


def page_of(rows: QuerySet[Row], query: ListQuery, sorts: Mapping[str, str], *, count: int | None = None) -> Page[Row]:
    """One page in the wanted order, which always ends in the key. sorts: column → field without nulls. count: where the
    caller knows it sooner than by counting."""
    name, descending = sort_of(query.sort, sorts)
    limit = max(1, min(query.limit, MOST))
    order = (F(name).desc() if descending else F(name).asc(), "-pk" if descending else "pk")
    found = list(_behind(rows.order_by(*order), name, descending, query.cursor)[: limit + 1])
    following = cursor_of(found[limit - 1], name) if len(found) > limit else None
    if count is None:
        count = len(found) if not query.cursor and len(found) <= limit else rows.order_by().count()
    return Page(found[:limit], count, following)


def sort_of(sort: str, sorts: Mapping[str, str]) -> tuple[str, bool]:
    """The field and whether descending; the first of `sorts` where none is asked for."""
    if not sort:
        sort = next(iter(sorts))
    name = sort.removeprefix("-")
    if name not in sorts:
        raise InvalidInput(_("不能按“%(name)s”排序。") % {"name": name[:60]}, field="sort")
    return sorts[name], sort.startswith("-")


def _behind(rows: QuerySet[Row], name: str, descending: bool, cursor: str) -> QuerySet[Row]:
    if not cursor:
        return rows
    value, key = read_cursor(cursor, name, rows.model)
    operator = "lt" if descending else "gt"
    if name == "id":
        return rows.filter(**{f"pk__{operator}": key})
    # The first condition lets both databases begin at the place in the index.
    begin = Q(**{f"{name}__{operator}e": value})
    return rows.filter(begin, Q(**{f"{name}__{operator}": value}) | Q(**{name: value, f"pk__{operator}": key}))
