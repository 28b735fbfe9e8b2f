"""What `repertory verify` asks of the sales ledger: that sums, counts and closed months are what the rows say."""

from collections.abc import Callable, Iterator

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Sum
from django.db.models.functions import Coalesce

from repertory.organisation.models import Territory
from repertory.sales.actions.regions import REGION_PATH
from repertory.sales.choices import RowState
from repertory.sales.models import ClosedMonth, CustomerSale, Entry, HeldRow, MonthSale, RegionSale, SalesFile

Problems = Iterator[str]
SHOWN = 20


def sales_sums() -> Problems:
    """Sums by month, product and territory, by month and customer, and by region are those of the entries."""
    entries, nodes = Entry._meta.db_table, Territory._meta.db_table
    by_region = (
        "(SELECT e.month, e.product_id, region.id AS territory_id, e.stream, e.quantity, e.amount"
        f" FROM {entries} e LEFT JOIN {nodes} node ON node.id = e.territory_id"
        f" LEFT JOIN {nodes} region ON region.path = SUBSTR(node.path, 1, {REGION_PATH})) AS by_region"
    )
    for model, keys, source in (
        (MonthSale, ("month", "product_id", "territory_id", "stream"), entries),
        (CustomerSale, ("customer_id", "month", "territory_id", "stream"), entries),
        (RegionSale, ("month", "product_id", "territory_id", "stream"), by_region),
    ):
        listed = ", ".join(keys)
        kept = f"SELECT {listed}, rows, quantity, amount FROM {model._meta.db_table}"
        counted = f"SELECT {listed}, COUNT(*), SUM(quantity), SUM(amount) FROM {source} GROUP BY {listed}"
        for one, other, word in ((kept, counted, "kept"), (counted, kept, "counted")):
            with connection.cursor() as cursor:
                cursor.execute(f"{one} EXCEPT {other} LIMIT {SHOWN}")
                for row in cursor.fetchall():
                    said = ", ".join(f"{key} {value}" for key, value in zip(keys, row, strict=False))
                    yield f"{model.__name__} of {said}: {word} {row[-3:]}"


def sales_files() -> Problems:
    """What a file says of its rows, and that each of its rows became something."""
    entries = _by_file(Entry.objects.values_list("file_id").annotate(Count("pk"), Sum("quantity"), Sum("amount")))
    held: dict[int, dict[str, int]] = {}
    for file_id, state, count in HeldRow.objects.values_list("file_id", "state").annotate(Count("pk")).order_by():
        held.setdefault(file_id, {})[state] = count
    for file in SalesFile.objects.filter(state="current").order_by("pk"):
        states = held.get(file.pk, {})
        said = (file.entered, file.quantity, file.amount)
        counted = entries.get(file.pk, (0, 0, 0))
        if said != counted:
            yield f"file {file.pk}: kept {said}, counted {counted}"
        for name in (RowState.WAITING, RowState.REFUSED, RowState.DISMISSED):
            if getattr(file, name) != states.get(name, 0):
                yield f"file {file.pk}: {getattr(file, name)} {name}, counted {states.get(name, 0)}"
        if file.rows != file.entered + file.waiting + file.refused + file.dismissed:
            yield f"file {file.pk}: {file.rows} rows, not all of them became something"


def sales_months() -> Problems:
    """An entry stands in the month of its day and of its file; a replaced file has none."""
    wrong = Entry.objects.exclude(month=F("file__month")) | Entry.objects.exclude(file__state="current")
    for key in wrong.order_by("pk").values_list("pk", flat=True)[:SHOWN]:
        yield f"entry {key}"
    with connection.cursor() as cursor:
        of_day = (
            "CAST(to_char(day, 'YYYYMM') AS integer)"
            if connection.vendor == "postgresql"
            else "CAST(strftime('%%Y%%m', day) AS integer)"
        )
        cursor.execute(f"SELECT id, day FROM {Entry._meta.db_table} WHERE {of_day} <> month LIMIT {SHOWN}", [])
        for key, day in cursor.fetchall():
            yield f"entry {key} of {day}"


def sales_keys() -> Problems:
    """Whatever an entry points at is there; the database does not look these up."""
    for name in ("file", "customer", "product", "pack", "territory"):
        field = Entry._meta.get_field(name)
        there = field.related_model._base_manager.filter(pk=OuterRef(field.attname))  # type: ignore[union-attr]
        lost = Entry.objects.filter(~Exists(there), **{f"{field.attname}__isnull": False})  # type: ignore[union-attr]
        for key in lost.order_by("pk").values_list("pk", flat=True)[:SHOWN]:
            yield f"entry {key}: its {name} is not there"


def closed_months() -> Problems:
    """A closed month has the figures that it was closed with."""
    for closed in ClosedMonth.objects.order_by("month"):
        now = Entry.objects.filter(month=closed.month).aggregate(
            rows=Count("pk"), quantity=Coalesce(Sum("quantity"), 0), amount=Coalesce(Sum("amount"), 0)
        )
        then = {name: getattr(closed, name) for name in now}
        if now != then:
            yield f"{closed.month}: closed with {then}, now {now}"


def _by_file(rows: object) -> dict[int, tuple]:
    return {key: tuple(rest) for key, *rest in rows.order_by()}  # type: ignore[attr-defined]


CHECKS: tuple[Callable[[], Problems], ...] = (
    sales_sums,
    sales_files,
    sales_months,
    sales_keys,
    closed_months,
)
