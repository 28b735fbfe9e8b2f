"""The sums by region, made anew from those by territory by whoever changes a month, or the tree."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from repertory.core.actor import Actor
from repertory.organisation.events import TerritoryMoved
from repertory.organisation.models import Territory
from repertory.sales.models import MonthSale, RegionSale

REGION_PATH = 2 * Territory.steplen
"""Length of the path of a node right below the root."""


def roll_up(months: Iterable[int]) -> None:
    """The sums by region of these months, in the transaction that changed the sums by territory."""
    table, sales, nodes = (model._meta.db_table for model in (RegionSale, MonthSale, Territory))
    with connection.cursor() as cursor:
        for month in sorted(set(months)):
            cursor.execute(f"DELETE FROM {table} WHERE month = %s", [month])
            cursor.execute(
                f"INSERT INTO {table} (month, product_id, territory_id, stream, rows, quantity, amount)"
                " SELECT s.month, s.product_id, region.id, s.stream, SUM(s.rows), SUM(s.quantity), SUM(s.amount)"
                f" FROM {sales} s LEFT JOIN {nodes} node ON node.id = s.territory_id"
                f" LEFT JOIN {nodes} region ON region.path = SUBSTR(node.path, 1, {REGION_PATH})"
                " WHERE s.month = %s GROUP BY s.month, s.product_id, region.id, s.stream",
                [month],
            )


def roll_up_after_move(event: TerritoryMoved, *, actor: Actor, at: datetime) -> None:
    """What hung below one region hangs below another now."""
    roll_up(MonthSale.objects.order_by().values_list("month", flat=True).distinct())
