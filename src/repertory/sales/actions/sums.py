"""The sums beside the ledger, changed by the transaction that changes its entries: one statement for any number of rows."""

from dataclasses import dataclass

from django.db import connection

from repertory.sales.models import CustomerSale, Entry, MonthSale

ENTRIES = Entry._meta.db_table


@dataclass(frozen=True)
class _Sums:
    """table: of the sums; keys: its columns, the first one always there, `territory_id` may be empty."""

    table: str
    keys: tuple[str, ...]

    @property
    def _grouped(self) -> str:
        listed = ", ".join(self.keys)
        return (
            f"SELECT {listed}, COUNT(*) AS rows, SUM(quantity) AS quantity, SUM(amount) AS amount"
            f" FROM {ENTRIES} WHERE {{which}} GROUP BY {listed}"
        )

    @property
    def add(self) -> str:
        unique = ", ".join("COALESCE(territory_id, 0)" if key == "territory_id" else key for key in self.keys)
        more = ", ".join(f"{name} = {self.table}.{name} + excluded.{name}" for name in ("rows", "quantity", "amount"))
        columns = ", ".join((*self.keys, "rows", "quantity", "amount"))
        return f"INSERT INTO {self.table} ({columns}) {self._grouped} ON CONFLICT ({unique}) DO UPDATE SET {more}"

    @property
    def take(self) -> str:
        less = ", ".join(f"{name} = {self.table}.{name} - gone.{name}" for name in ("rows", "quantity", "amount"))
        same = " AND ".join(
            f"COALESCE({self.table}.{key}, 0) = COALESCE(gone.{key}, 0)"
            if key == "territory_id"
            else f"{self.table}.{key} = gone.{key}"
            for key in self.keys
        )
        return f"UPDATE {self.table} SET {less} FROM ({self._grouped}) AS gone WHERE {same}"


_ALL = (
    _Sums(MonthSale._meta.db_table, ("month", "product_id", "territory_id", "stream")),
    _Sums(CustomerSale._meta.db_table, ("customer_id", "month", "territory_id", "stream")),
)


def add_file(file_id: int, *, above: int = 0) -> None:
    """The entries of a file, or those of it with a key above `above`, come to the sums."""
    with connection.cursor() as cursor:
        for sums in _ALL:
            cursor.execute(sums.add.format(which="file_id = %s AND id > %s"), [file_id, above])


def take_file(file_id: int, month: int) -> None:
    """The entries of a file, all of one month, leave the sums. They are still in the ledger."""
    with connection.cursor() as cursor:
        for sums in _ALL:
            cursor.execute(sums.take.format(which="file_id = %s"), [file_id])
            cursor.execute(f"DELETE FROM {sums.table} WHERE month = %s AND rows = 0", [month])


def sum_up(month: int) -> None:
    """All sums of a month anew, from its entries."""
    with connection.cursor() as cursor:
        for sums in _ALL:
            cursor.execute(f"DELETE FROM {sums.table} WHERE month = %s", [month])
            cursor.execute(sums.add.format(which="month = %s"), [month])
