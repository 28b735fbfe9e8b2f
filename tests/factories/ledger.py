"""Sales of a few months, written straight into the tables with the sums that belong to them."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from repertory.core.periods import first_day, month_number
from repertory.core.time import now
from repertory.customers.models import Customer
from repertory.organisation.models import Territory
from repertory.products.models import Product
from repertory.sales.actions.regions import roll_up
from repertory.sales.choices import Source, Stream
from repertory.sales.models import CustomerSale, Entry, MonthSale, SalesFile

_rows = count(2)


def sell(
    customer: Customer,
    product: Product,
    *,
    territory: str | None,
    month: int,
    amount: Any,
    quantity: Any = 1,
    stream: str = Stream.DIRECT,
    seller: Customer | None = None,
    day: date | None = None,
) -> Entry:
    """One sale of a month, our own or, with a seller, of a distributor's flow."""
    source = Source.FLOW if seller else Source.OWN
    file, _new = SalesFile.objects.get_or_create(
        source=source, seller=seller, month=month, number=1, defaults={"digest": "d", "rows": 1, "at": now()}
    )
    entry = Entry.objects.create(
        file=file,
        row=next(_rows),
        day=day or first_day(month),
        month=month_number(day) if day else month,
        stream=Stream.FLOW if seller else stream,
        customer=customer,
        product=product,
        territory=Territory.objects.get(code=territory) if territory else None,
        quantity=Decimal(str(quantity)),
        amount=Decimal(str(amount)),
    )
    sum_up(month)
    return entry


def sum_up(month: int) -> None:
    """The sums of a month from its entries."""
    for model, keys in ((MonthSale, ("product_id",)), (CustomerSale, ("customer_id",))):
        model.objects.filter(month=month).delete()
        found: dict[tuple, list] = defaultdict(lambda: [0, Decimal(0), Decimal(0)])
        for entry in Entry.objects.filter(month=month):
            sums = found[(getattr(entry, keys[0]), entry.territory_id, entry.stream)]
            sums[0] += 1
            sums[1] += entry.quantity
            sums[2] += entry.amount
        for (key, territory_id, stream), (rows, quantity, amount) in found.items():
            model.objects.create(
                month=month,
                territory_id=territory_id,
                stream=stream,
                rows=rows,
                quantity=quantity,
                amount=amount,
                **{keys[0]: key},
            )
    roll_up([month])
