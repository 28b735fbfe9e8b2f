"""Open months follow corrections of the coverage on request; closed ones keep the territories that they were closed with."""

from datetime import datetime

from repertory.core.actor import Actor
from repertory.core.periods import month_name
from repertory.organisation.access import require
from repertory.platform.audit_lines import Line
from repertory.platform.bulk import update_rows
from repertory.platform.unit import action, record
from repertory.sales import access
from repertory.sales.actions.months import lock_month
from repertory.sales.actions.regions import roll_up
from repertory.sales.actions.sums import sum_up
from repertory.sales.attribution import Attribution
from repertory.sales.models import Entry

CHUNK = 5_000


@action
def reattribute_month(*, actor: Actor, at: datetime, month: int) -> int:
    """Give each sale of an open month to the territory that, as far as is known now, covered the customer on its day; how
    many moved."""
    require(access.may_keep(actor))
    lock_month(month)
    attribution, moved, last = Attribution(), 0, 0
    while rows := list(
        Entry.objects.filter(month=month, pk__gt=last)
        .order_by("pk")
        .values_list("pk", "customer_id", "product_id", "day", "territory_id")[:CHUNK]
    ):
        last = rows[-1][0]
        attribution.learn({customer for _key, customer, _product, _day, _territory in rows})
        changed = [
            {"id": key, "territory_id": new}
            for key, customer, product, day, old in rows
            if (new := attribution.territory_of(customer, product, day.isoformat())) != old
        ]
        update_rows(Entry, changed)
        moved += len(changed)
    if moved:
        sum_up(month)
        roll_up([month])
        changes = {"moved": [None, moved]}
        record(Line("reattributed", "sales_month", month, month_name(month), changes))
    return moved
