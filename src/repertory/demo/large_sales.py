"""Two years of the ledger by bulk paths, for benchmarks: each month of each distributor is one file."""

import random
import time
from collections.abc import Callable, Iterator
from datetime import datetime

import click
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.exact import PLACES
from repertory.core.periods import month_name, month_number, shifted
from repertory.customers.choices import Kind
from repertory.customers.models import Coverage, Customer
from repertory.platform.bulk import roomy_cache
from repertory.products.models import Product
from repertory.sales.actions import post_files
from repertory.sales.actions.posting import NewFile, RowBatch
from repertory.sales.choices import Source, Stream
from repertory.sales.packing import digest_of, mark_of, pack, pack_marks, unpack_marks

SEED = 20_260_106
MONTHS = 24
SELLERS = 12
BATCH = 2_000
HEADER = ("日期", "客户", "产品", "数量", "金额", "批号")
ONE = 10**PLACES


def build_large_sales(*, actor: Actor, at: datetime, count: int, tell: Callable[[str], None] = click.echo) -> None:
    """Fill in `count` sales to institutions; customers and products must be there."""
    dice, started, made = random.Random(SEED), time.monotonic(), 0
    market = _market()
    first = shifted(month_number(at.date()), -MONTHS)
    sellers = list(Customer.objects.filter(kind=Kind.DISTRIBUTOR).order_by("pk").values_list("pk", flat=True)[:SELLERS])
    files = [(seller, shifted(first, number)) for number in range(MONTHS) for seller in sellers]
    with roomy_cache():
        for number, (seller, month) in enumerate(files):
            rows = count * (number + 1) // len(files) - made
            _post(actor, at, seller, month, rows, market, dice)
            made += rows
            if number % SELLERS == SELLERS - 1:
                rate = made / (time.monotonic() - started)
                tell(_("已建 %(made)s 笔销售，%(rate)d 笔/秒") % {"made": made, "rate": rate})


def _market() -> tuple[list[tuple[int, int, str]], list[tuple[int, str]]]:
    """(customer, territory, name) of every institution that is covered; (product, name) of every product on sale."""
    covered = Coverage.objects.filter(current=True, customer__kind__in=(Kind.HOSPITAL, Kind.PHARMACY)).order_by("pk")
    products = Product.objects.filter(stage="on_sale").order_by("pk")
    return (
        list(covered.values_list("customer_id", "territory_id", "customer__name")),
        list(products.values_list("pk", "generic_name")),
    )


def _post(actor: Actor, at: datetime, seller: int, month: int, count: int, market: tuple, dice: random.Random) -> None:
    batches = list(_batches(seller, month, count, market, dice))
    marks = sum(sum(unpack_marks(batch.source[3])) for batch in batches)
    new = NewFile(
        source=Source.FLOW,
        seller_id=seller,
        month=month,
        replaces=None,
        name=f"{month_name(month)}.csv",
        header=HEADER,
        digest=digest_of(marks, count),
        reason="",
        rows=count,
        entered=count,
        waiting=0,
        refused=0,
        quantity=sum(entry[8] for batch in batches for entry in batch.entries),
        amount=sum(entry[9] for batch in batches for entry in batch.entries),
    )
    post_files(actor=actor, at=at, files={(seller, month): new}, batches=batches, progress=lambda done: None)


def _batches(seller: int, month: int, count: int, market: tuple, dice: random.Random) -> Iterator[RowBatch]:
    customers, products = market
    days = [f"{month_name(month)}-{day:02d}" for day in range(1, 29)]
    for start in range(0, count, BATCH):
        entries, source = [], []
        for row in range(start + 2, min(start + BATCH, count) + 2):
            customer, territory, name = customers[int(dice.random() * len(customers))]
            product, label = products[int(dice.random() * len(products))]
            day, quantity = days[row % 28], 1 + int(dice.random() * 200)
            amount = quantity * (10 + product * 3) * ONE
            entries.append(
                (row, day, month, Stream.FLOW.value, customer, product, None, territory, quantity * ONE, amount, "")
            )
            source.append((row, [day, name, label, str(quantity), str(amount // ONE), ""]))
        marks = pack_marks(mark_of(_sale(entry)) for entry in entries)
        yield RowBatch((seller, month), entries, [], (entries[0][0], entries[-1][0], pack(source), marks))


def _sale(entry: tuple) -> tuple:
    """The entry as a Sale of its own keys, for its mark."""
    row, day, month, _stream, customer, product, _pack, _territory, quantity, amount, lot = entry
    return (row, "", day, month, str(customer), "", str(product), "", "", quantity, amount, lot)
