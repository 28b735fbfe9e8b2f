"""Two years of the demo company's ledger: what its distributors sold, what they were sent, what they have left.

Each district has one distributor that gets goods from us; Nanjing has a second one that gets them from the first and sells to
some hospitals: one invoice too many.
"""

import math
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from repertory.core.actor import Actor, Door, system_actor
from repertory.core.periods import first_day, last_day, month_name, month_number, shifted
from repertory.customers.choices import Kind
from repertory.customers.models import Coverage
from repertory.demo.flow_files import write_flow_files
from repertory.platform.exchange.actions import write_checked
from repertory.platform.exchange.kinds import ImportPlan, ImportRow
from repertory.platform.exchange.queries import audit_position
from repertory.products.models import Pack
from repertory.sales import actions
from repertory.sales.choices import Source
from repertory.sales.importing.importer import SalesImporter
from repertory.sales.importing.reading import SalesReader
from repertory.sales.inputs import AllowArea, RecordStock

SEED = 20_260_107
MONTHS = 24
HEADER = ("商业公司", "销售日期", "客户名称", "规格编码", "产品名称", "规格", "单位", "数量", "单价", "金额", "批号")
CELLS = {
    "seller": 0,
    "day": 1,
    "customer": 2,
    "product_code": 3,
    "product": 4,
    "unit": 6,
    "quantity": 7,
    "amount": 9,
    "lot": 10,
}
MARGIN = Decimal("0.94")
OPEN_MONTHS = 2
STATED_MONTHS = 2
QUANTITY = 6
RESOLD_IN, RESOLD_TO = "HD1", 3
"""The district with a second distributor, and to how many hospitals that one sells."""


@dataclass(frozen=True)
class Buyer:
    """An institution with what it buys each month: pack → usual quantity. growth: a month."""

    name: str
    territory: str
    basket: tuple[tuple[int, int], ...]
    growth: float


class Market:
    """Who sells to whom, and at what price."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        packs = Pack.objects.filter(product__stage="on_sale").select_related("product").order_by("pk")
        self.packs = {pack.pk: pack for pack in packs}
        self.prices = {key: Decimal(dice.randrange(1_200, 9_800)) / 100 for key in self.packs}
        self.buyers: dict[str, list[Buyer]] = defaultdict(list)
        self.sellers: dict[str, tuple[int, str]] = {}
        self.reseller: tuple[int, str] | None = None
        rows = Coverage.objects.filter(current=True).order_by("customer__sort_key", "customer_id")
        for code, kind, key, name in rows.values_list(
            "territory__code", "customer__kind", "customer_id", "customer__name"
        ):
            district = code[:3]
            if kind == Kind.DISTRIBUTOR and district not in self.sellers:
                self.sellers[district] = key, name
            elif kind == Kind.DISTRIBUTOR and district == RESOLD_IN and self.reseller is None:
                self.reseller = key, name
            elif kind in (Kind.HOSPITAL, Kind.PHARMACY):
                self.buyers[district].append(self._buyer(kind, name, code))

    def _buyer(self, kind: str, name: str, territory: str) -> Buyer:
        dice, hospital = self.dice, kind == Kind.HOSPITAL
        packs = dice.sample(sorted(self.packs), dice.randrange(4, 7) if hospital else dice.randrange(3, 5))
        usual = (20, 160) if hospital else (4, 30)
        basket = tuple((pack, dice.randrange(*usual)) for pack in packs)
        return Buyer(name, territory, basket, dice.choice((-0.012, 0.0, 0.004, 0.008, 0.015)))

    def month_of(self, district: str, month: int, number: int) -> list[list[str]]:
        """The rows of a district's distributor in a month; number: how many months after the first."""
        rows = []
        season = 1 + 0.14 * math.sin((month % 100 - 1) / 12 * 2 * math.pi)
        for buyer in self.buyers[district]:
            for pack, usual in buyer.basket:
                wanted = usual * season * (1 + buyer.growth) ** number * self.dice.uniform(0.75, 1.25)
                if wanted >= 1 and self.dice.random() < 0.93:
                    rows.append(self.row(buyer.name, pack, round(wanted), month))
                if self.dice.random() < 0.004:
                    rows.append(self.row(buyer.name, pack, -self.dice.randrange(1, 6), month))
        self.dice.shuffle(rows)
        return rows

    def row(self, customer: str, pack_id: int, quantity: int, month: int, margin: Decimal = Decimal(1)) -> list[str]:
        pack, price = self.packs[pack_id], (self.prices[pack_id] * margin).quantize(Decimal("0.01"))
        day = date(month // 100, month % 100, self.dice.randrange(1, last_day(month).day + 1))
        lot = f"{month % 10_000}{self.dice.randrange(1, 9)}"
        facts = [day.isoformat(), customer, pack.code, pack.product.generic_name, str(pack), pack.unit]
        return [*facts, str(quantity), str(price), str(price * quantity), lot]


def build_sales(*, at: datetime) -> None:
    """Two years up to last month; the last ones are open, three distributors' last files lie in a folder to try."""
    actor, dice = system_actor(Door.COMMAND), random.Random(SEED)
    market = Market(dice)
    last = shifted(month_number(at.date()), -1)
    first = shifted(last, 1 - MONTHS)
    _allow_areas(actor, at, market, first)
    stock: dict[tuple[int, int], int] = defaultdict(int)
    for number in range(MONTHS):
        month = shifted(first, number)
        held_back = sorted(market.sellers)[:3] if month == last else []
        _build_month(actor, at, market, month, number, held_back, stock)
        if number < MONTHS - OPEN_MONTHS:
            actions.close_month(actor=actor, at=at, month=month)


def _allow_areas(actor: Actor, at: datetime, market: Market, first: int) -> None:
    areas = [(district, key) for district, (key, _name) in sorted(market.sellers.items())]
    if market.reseller is not None:
        areas.append((RESOLD_IN, market.reseller[0]))
    for district, key in areas:
        data = AllowArea(seller=key, territory=district, starts_on=first_day(first))
        actions.allow_area(actor=actor, at=at, data=data)


def _build_month(
    actor: Actor,
    at: datetime,
    market: Market,
    month: int,
    number: int,
    held_back: Sequence[str],
    stock: dict[tuple[int, int], int],
) -> None:
    sent: list[list[str]] = []
    flows: list[list[str]] = []
    folder: list[tuple[str, str, list[list[str]]]] = []
    for district, (key, name) in sorted(market.sellers.items()):
        rows = market.month_of(district, month, number)
        _stray(market, district, month, rows)
        if district == RESOLD_IN and market.reseller is not None:
            rows, resold = _resold(market, market.reseller[1], month, rows)
            flows += [[market.reseller[1], *row] for row in resold]
        sold = _sold(rows)
        shipped = _shipments(market, name, key, month, sold, stock)
        sent += shipped.values()
        statements = _statements(market, key, month, sold, shipped, stock)
        if number >= MONTHS - STATED_MONTHS:
            for statement in statements:
                actions.record_stock(actor=actor, at=at, data=statement)
        if district in held_back:
            folder.append((district, name, rows))
        else:
            if number == MONTHS - 1:
                rows.append(_unknown(market, rows))
            flows += [[name, *row] for row in rows]
    bring_in(actor, at, Source.FLOW, month, flows)
    bring_in(actor, at, Source.OWN, month, [["", *row] for row in sent])
    if folder:
        write_flow_files(month_name(month), folder)


def _sold(rows: list[list[str]]) -> dict[str, int]:
    """Pack's code → quantity."""
    sold: dict[str, int] = defaultdict(int)
    for row in rows:
        sold[row[2]] += int(row[QUANTITY])
    return sold


def _stray(market: Market, district: str, month: int, rows: list[list[str]]) -> None:
    """Now and then a distributor sells into its neighbour's district."""
    if market.dice.random() < 0.12:
        neighbour = market.dice.choice([code for code in sorted(market.buyers) if code != district])
        buyer = market.dice.choice(market.buyers[neighbour])
        rows.append(market.row(buyer.name, buyer.basket[0][0], market.dice.randrange(5, 40), month))


def _resold(market: Market, name: str, month: int, rows: list[list[str]]) -> tuple[list[list[str]], list[list[str]]]:
    """The first distributor's rows, with what it now sells to the second, and the second's own to the hospitals."""
    hospitals = {buyer.name for buyer in market.buyers[RESOLD_IN] if "医院" in buyer.name}
    chosen = sorted(hospitals)[:RESOLD_TO]
    resold = [row for row in rows if row[1] in chosen]
    by_code = {pack.code: pack.pk for pack in market.packs.values()}
    passed_on = [
        market.row(name, by_code[code], quantity, month, MARGIN)
        for code, quantity in sorted(_sold(resold).items())
        if quantity > 0
    ]
    return [row for row in rows if row[1] not in chosen] + passed_on, resold


def _unknown(market: Market, rows: list[list[str]]) -> list[str]:
    """A row whose customer is written as nobody has written it before."""
    row = list(market.dice.choice(rows))
    row[1] = f"{row[1]}（新院区）"
    return row


def _shipments(
    market: Market, name: str, key: int, month: int, sold: dict[str, int], stock: dict[tuple[int, int], int]
) -> dict[int, list[str]]:
    """Pack → what we sent of it, so that the shelf holds about half a month's sales at the end."""
    return {
        pack.pk: market.row(name, pack.pk, quantity, month, MARGIN)
        for pack in market.packs.values()
        if (quantity := max(0, round(sold.get(pack.code, 0) * 1.5) - stock[key, pack.pk]))
    }


def _statements(
    market: Market, key: int, month: int, sold: dict[str, int], sent: dict[int, list[str]], stock: dict
) -> list[RecordStock]:
    """What the distributor says of its stock, brought forward in `stock`; one statement in fifty does not add up."""
    by_product: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for pack in market.packs.values():
        received = int(sent[pack.pk][QUANTITY]) if pack.pk in sent else 0
        for place, value in enumerate((stock[key, pack.pk], received, sold.get(pack.code, 0))):
            by_product[pack.product_id][place] += value
        stock[key, pack.pk] += received - sold.get(pack.code, 0)
    statements = []
    for product, (opening, received, gone) in sorted(by_product.items()):
        wrong = market.dice.randrange(1, 9) if market.dice.random() < 0.02 else 0
        facts = {"opening": opening, "received": received, "sold": gone, "closing": opening + received - gone + wrong}
        statements.append(RecordStock(seller=key, month=month, product=product, **facts))
    return statements


def bring_in(actor: Actor, at: datetime, source: Source, month: int, rows: list[list[str]]) -> None:
    """A month's rows of all sellers, as the import would bring them in."""
    raw = list(enumerate(rows, start=2))
    name = f"{source.label}_{month_name(month)}.xlsx"
    plan = ImportPlan(actor=actor, at=at, fields=frozenset(CELLS), header=HEADER, file_name=name)
    importer = SalesImporter(plan, source=source)
    checked_at = audit_position()
    reader = SalesReader(CELLS, {"month": month_name(month)})
    importer.check([ImportRow(2, reader(raw))])
    importer.conclude()
    write_checked(
        actor=actor, at=at, importer=importer, checked_at=checked_at, check_again=lambda: importer, progress=_quiet
    )
    importer.close()


def _quiet(done: int) -> None:
    """Nobody watches."""
