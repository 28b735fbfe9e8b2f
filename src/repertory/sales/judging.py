"""Whether a row of a file is an entry of the ledger, and which one: the same judgement for an import and for rows that
waited until somebody said what a name means."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

from repertory.sales.attribution import Attribution
from repertory.sales.choices import Source, Stream
from repertory.sales.matching import ONE, PERSON, Buyer, CustomerNames, Item, ProductNames, Units, in_sales_units
from repertory.sales.valuing import PriceLists

# By whether the customer is a distributor.
_STREAMS = {
    Source.OWN: (Stream.DIRECT.value, Stream.SHIPMENT.value),
    Source.FLOW: (Stream.FLOW.value, Stream.TRANSFER.value),
}


class Sale(NamedTuple):
    """A row as far as it could be read. code: why it is refused, "" for a good one. quantity and amount in exact units."""

    row: int
    code: str
    day: str | None
    month: int
    customer: str
    customer_code: str
    product: str
    product_code: str
    unit: str
    quantity: int | None
    amount: int | None
    lot: str


class StandIns(Protocol):
    """Those who answer for names that nobody knows; see actions.missing."""

    def customer(self, name: str) -> Buyer: ...

    def product(self, name: str) -> Item: ...


class _Goods(NamedTuple):
    item: Item
    factor: int
    problem: str


class Judge:
    """For the files of one seller; what a name means is asked once."""

    def __init__(
        self,
        *,
        source: str,
        seller_id: int | None,
        on: date,
        attribution: Attribution,
        missing: StandIns | None = None,
    ) -> None:
        self._streams = _STREAMS[Source(source)]
        self._prices = PriceLists() if source == Source.FLOW else None
        self._attribution = attribution
        self._missing = missing
        self._customers = CustomerNames(seller_id=seller_id, on=on)
        self._products = ProductNames(seller_id=seller_id)
        self._units = Units(seller_id=seller_id)
        self._goods: dict[tuple[str, str, str], _Goods] = {}

    def learn(self, sales: Sequence[tuple]) -> None:
        """Look up what these rows name, all at once; to be called before they are judged."""
        names, codes = {sale[4] for sale in sales if not sale[5]}, {sale[5] for sale in sales}
        self._customers.learn(names, codes)
        keys = self._customers.keys_of(names, codes)
        self._attribution.learn(keys)
        if self._prices is not None and any(sale[10] is None for sale in sales):
            self._prices.learn(keys)

    def judge(self, sale: tuple) -> tuple[tuple | None, str]:
        """A Sale as an entry (actions.posting.ENTRY_COLUMNS without the file), or why it is none."""
        row, code, day, month, customer, customer_code, product, product_code, unit, quantity, amount, lot = sale
        if code:
            return None, code
        buyer = self._customers(customer, customer_code)
        if buyer is None:
            if self._missing is None:
                return None, "unknown_customer"
            buyer = self._missing.customer(customer or customer_code)
        goods = self._goods.get((product, product_code, unit)) or self._ask(product, product_code, unit)
        if goods.problem:
            return None, goods.problem
        customer_id, distributes = buyer
        if customer_id == PERSON:
            return None, "person"
        (product_id, pack_id), factor, _problem = goods
        territory_id = self._attribution.territory_of(customer_id, product_id, day) if customer_id > 0 else None
        if quantity and factor != ONE:
            quantity = in_sales_units(quantity, factor)
        if amount is None and quantity and self._prices is not None:
            amount = self._prices.worth(customer_id, product_id, pack_id, day, quantity)
        stream = self._streams[distributes]
        places = (row, day, month, stream, customer_id, product_id, pack_id, territory_id)
        return (*places, quantity or 0, amount or 0, lot), ""

    def _ask(self, product: str, code: str, unit: str) -> _Goods:
        """What was sold, and how many sales units one of the file's units is."""
        item = self._products(product, code)
        if item is None and self._missing is not None:
            item = self._missing.product(product or code)
        factor = None if item is None else self._units(unit, item)
        problem = "unknown_product" if item is None else "unknown_unit" if factor is None else ""
        found = self._goods[product, code, unit] = _Goods(item or Item(0, None), factor or ONE, problem)
        return found
