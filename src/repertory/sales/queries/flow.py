"""What flow files show beyond sums: stock that does not add up, goods found elsewhere, chains that are too long."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum

from repertory.core.actor import Actor
from repertory.core.periods import Period, first_day, last_day, shifted
from repertory.customers.choices import Kind
from repertory.platform.rules import value_on
from repertory.sales import access
from repertory.sales.choices import FileState, Source, StrayState, Stream
from repertory.sales.models import ChainExemption, Entry, SellerArea, StockStatement, StrayFlow
from repertory.sales.rules import LAW_CHAIN


@dataclass(frozen=True)
class StockCheck:
    """A statement and what does not agree with it, None where it does or nothing is known. All in sales units.

    adds_up: opening + received − sold − closing. carried: its opening less the closing of the month before. delivered: what
    it received less what we shipped to it. flow: what it sold less its flow file.
    """

    statement: StockStatement
    adds_up: Decimal | None
    carried: Decimal | None
    delivered: Decimal | None
    flow: Decimal | None

    @property
    def agrees(self) -> bool:
        return not any((self.adds_up, self.carried, self.delivered, self.flow))


@dataclass(frozen=True)
class Chain:
    """Sales of a distributor to a hospital with more invoices than the rule allows. exemption: why it may be."""

    seller_id: int
    customer_id: int
    product_id: int
    invoices: int
    quantity: Decimal
    amount: Decimal
    exemption: str


def stock_checks(*, actor: Actor, month: int) -> list[StockCheck]:
    """Every statement of a month, by seller and product."""
    statements = list(
        access.visible_statements(actor)
        .filter(month=month)
        .select_related("seller", "product")
        .order_by("seller_id", "product_id", "pk")
    )
    before = {
        (row.seller_id, row.product_id): row.closing
        for row in access.visible_statements(actor).filter(month=shifted(month, -1))
    }
    entries = access.visible_entries(actor).filter(month=month)
    sold = _sums(entries.filter(file__source=Source.FLOW), "file__seller_id")
    shipped = _sums(entries.filter(stream=Stream.SHIPMENT), "customer_id")
    return [_check(row, before, sold, shipped) for row in statements]


def _sums(rows: QuerySet[Entry], party: str) -> dict[tuple[int, int], Decimal]:
    summed = rows.order_by().values_list(party, "product_id").annotate(q=Sum("quantity"))
    return {(who, product): quantity for who, product, quantity in summed}


def _check(row: StockStatement, before: dict, sold: dict, shipped: dict) -> StockCheck:
    key = row.seller_id, row.product_id
    return StockCheck(
        statement=row,
        adds_up=_none_if_zero(row.opening + row.received - row.sold - row.closing),
        carried=_none_if_zero(row.opening - before[key]) if key in before else None,
        delivered=_none_if_zero(row.received - shipped[key]) if key in shipped else None,
        flow=_none_if_zero(row.sold - sold[key]) if key in sold else None,
    )


def _none_if_zero(value: Decimal) -> Decimal | None:
    return value or None


def strays(*, actor: Actor, state: str = "", period: Period | None = None) -> QuerySet[StrayFlow]:
    """Stray sales into one's area, the newest and largest first."""
    rows = access.visible_strays(actor).select_related("seller", "customer", "product", "territory", "decided_by")
    if state:
        rows = rows.filter(state=state)
    if period is not None:
        rows = rows.filter(month__gte=period.first, month__lte=period.last)
    return rows.order_by("-month", "-amount", "pk")


def open_strays(*, actor: Actor) -> int:
    return access.visible_strays(actor).filter(state=StrayState.OPEN).count()


def areas(*, actor: Actor) -> QuerySet[SellerArea]:
    rows = SellerArea.objects.all() if access.may_see_files(actor) else SellerArea.objects.none()
    return rows.select_related("seller", "territory", "product").order_by("seller__sort_key", "-starts_on", "pk")


def exemptions(*, actor: Actor) -> QuerySet[ChainExemption]:
    rows = ChainExemption.objects.all() if access.may_see_files(actor) else ChainExemption.objects.none()
    return rows.select_related("seller", "product").order_by("-starts_on", "pk")


def tiers(*, actor: Actor, until: int) -> dict[int, dict[int, int]]:
    """product → distributor → how many invoices it takes from us to it: 1 where we have shipped to it, one more where it
    only got the product from another distributor. As far as the ledger knows up to a month."""
    rows = (
        access.visible_entries(actor).filter(month__lte=until, stream__in=(Stream.SHIPMENT, Stream.TRANSFER)).order_by()
    )
    supplies: dict[int, set[tuple[int | None, int]]] = defaultdict(set)
    for product, seller, buyer in rows.values_list("product_id", "file__seller_id", "customer_id").distinct():
        supplies[product].add((seller, buyer))
    return {product: _levels(pairs) for product, pairs in supplies.items()}


def _levels(pairs: set[tuple[int | None, int]]) -> dict[int, int]:
    levels = {buyer: 1 for seller, buyer in pairs if seller is None}
    level = 1
    while new := {buyer for seller, buyer in pairs if levels.get(seller or 0) == level and buyer not in levels}:
        level += 1
        levels.update(dict.fromkeys(new, level))
    return levels


def long_chains(*, actor: Actor, period: Period) -> list[Chain]:
    """Sales to hospitals in a period with more invoices than the rule of its last day allows (M-LAW-7), exempted ones too.

    Nothing for whom only a part of the ledger is open: a chain is known from all of its links.
    """
    rule = value_on(LAW_CHAIN, last_day(period.last))
    if not rule["on"] or not access.may_see_files(actor):
        return []
    levels = tiers(actor=actor, until=period.last)
    rows = access.visible_entries(actor).filter(
        month__gte=period.first,
        month__lte=period.last,
        stream=Stream.FLOW,
        customer__kind=Kind.HOSPITAL,
        file__state=FileState.CURRENT,
    )
    summed = rows.order_by().values_list("file__seller_id", "customer_id", "product_id")
    found = []
    for seller, customer, product, quantity, amount in summed.annotate(q=Sum("quantity"), a=Sum("amount")).order_by(
        "file__seller_id", "customer_id", "product_id"
    ):
        invoices = levels.get(product, {}).get(seller, 0) + 1
        if invoices > rule["most_invoices"]:
            found.append(Chain(seller, customer, product, invoices, quantity, amount, ""))
    return _with_exemptions(found, period)


def _with_exemptions(chains: list[Chain], period: Period) -> list[Chain]:
    begin, end = first_day(period.first), last_day(period.last)
    lawful = [row for row in ChainExemption.objects.order_by("pk") if row.starts_on <= end]
    lawful = [row for row in lawful if row.ends_on is None or row.ends_on > begin]

    def reason(chain: Chain) -> str:
        for row in lawful:
            if row.seller_id in (None, chain.seller_id) and row.product_id in (None, chain.product_id):
                return row.reason
        return ""

    return [
        Chain(one.seller_id, one.customer_id, one.product_id, one.invoices, one.quantity, one.amount, reason(one))
        for one in chains
    ]
