"""Many rows of one table at once, for bulk actions only: statements prepared once, whole columns converted at a time.

The ORM's bulk methods spend a quarter of a millisecond on a wide row; this spends a sixth of that. Constraints of the
database hold as ever.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from itertools import chain
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

# Values of these fields go to the database as they are; of those below, texts do ("2026-03-31", "118.788600").
_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey, models.BooleanField)
_READABLE = (models.DateField, models.DecimalField)

Row = Mapping[str, Any]
"""{attribute (territory_id, not territory): value of the field's Python type}; all rows of a call have the same keys."""


_ROWS_AT_ONCE = 200
_NARROW = 16
"""Times the columns of the widest table this stays below what a statement of SQLite may have for values."""
_ROOMY_CACHE_KIB = 96 * 1024


@contextmanager
def roomy_cache() -> Iterator[None]:
    """While many rows go into tables with many indexes, SQLite keeps their pages at hand instead of reading them again."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA cache_size = -{_ROOMY_CACHE_KIB}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {usual}")


def reserve_keys(model: type[models.Model], count: int) -> range | list[int]:
    """Primary keys that nobody else will get, in ascending order. Inside a transaction that has the write lock."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
            cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [cursor.fetchone()[0], count])
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    first = (row[0] if row else 0) + 1
    return range(first, first + count)


def one_of(texts: Iterable[str]) -> RawSQL:
    """For a filter `column__in`: thousands of texts as one parameter, where the ORM spends its time on each of them."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::text[])", [list(texts)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(texts))])


def insert_rows(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Insert; attributes that the rows do not name get the field's default."""
    if not rows:
        return
    fields = [field for field in model._meta.concrete_fields if field.attname in rows[0] or not field.primary_key]
    columns = ", ".join(_quoted(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    values = [_column(field, rows) for field in fields]
    with connection.cursor() as cursor:
        table = _quoted(model._meta.db_table)
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", list(zip(*values, strict=True)))


@cache
def blank_row(model: type[models.Model]) -> dict[str, Any]:
    """All columns by attribute, in the model's order, with what they hold where nothing is known: plain values, JSON as
    text, as `insert_ready` wants them."""
    defaults = {field.attname: (field, field.get_default()) for field in model._meta.concrete_fields}
    return {
        name: json.dumps(value) if isinstance(field, models.JSONField) else value
        for name, (field, value) in defaults.items()
    }


def insert_ready(model: type[models.Model], names: Iterable[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of values that the database takes as they are: numbers, truth values and texts, also for dates, decimals
    and JSON. names: attributes of the columns, in the order of the values; all that have no default of the database."""
    columns = [_quoted(model._meta.get_field(name).column) for name in names]  # type: ignore[union-attr]
    table = f"{_quoted(model._meta.db_table)} ({', '.join(columns)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        line = f"({', '.join(['%s'] * len(columns))})"
        if len(columns) > _NARROW:
            cursor.executemany(f"INSERT INTO {table} VALUES {line}", rows)
            return
        # Several short rows a statement take SQLite half the time of as many statements.
        for first in range(0, len(rows), _ROWS_AT_ONCE):
            some = rows[first : first + _ROWS_AT_ONCE]
            cursor.execute(
                f"INSERT INTO {table} VALUES {', '.join([line] * len(some))}", list(chain.from_iterable(some))
            )


def ready(model: type[models.Model], name: str, value: Any) -> Any:
    """A value as the database takes it."""
    return model._meta.get_field(name).get_db_prep_save(value, connection=connection)  # type: ignore[union-attr]


def update_rows(model: type[models.Model], rows: Sequence[Row], *, key: str = "id") -> None:
    """Set the named attributes of the rows with these keys."""
    if not rows:
        return
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    names = [name for name in rows[0] if name != key]
    settings = ", ".join(f"{_quoted(by_name[name].column)} = %s" for name in names)
    values = [_column(by_name[name], rows) for name in [*names, key]]
    with connection.cursor() as cursor:
        statement = f"UPDATE {_quoted(model._meta.db_table)} SET {settings} WHERE {_quoted(by_name[key].column)} = %s"
        cursor.executemany(statement, list(zip(*values, strict=True)))


def _column(field: models.Field, rows: Sequence[Row]) -> list[Any]:
    name = field.attname
    if name not in rows[0]:
        return [field.get_db_prep_save(field.get_default(), connection=connection)] * len(rows)
    if isinstance(field, _PLAIN):
        return [row[name] for row in rows]
    convert: Callable[[Any], Any] = partial(field.get_db_prep_save, connection=connection)
    if isinstance(field, models.DateField):
        convert = cache(convert)  # a bulk write has few different days and moments, and their conversion is slow
    as_it_is = str if isinstance(field, _READABLE) else None
    return [
        value if value is None or type(value) is as_it_is else convert(value) for value in (row[name] for row in rows)
    ]


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(name or "")
