"""Customers and products that a file names and nobody knows, made on request (`--create-missing`)."""

from datetime import datetime

from repertory.core.actor import Actor
from repertory.customers.actions import create_customer
from repertory.customers.choices import Kind
from repertory.customers.inputs import CreateCustomer
from repertory.products.actions import create_product
from repertory.products.inputs import CreateProduct
from repertory.sales.matching import Buyer, Item
from repertory.sales.names import key_of

FIRST = -2
"""Keys that stand for what is still to be made count down from here."""


class Missing:
    """Stand-ins while the file is checked; real ones once they are made."""

    def __init__(self) -> None:
        self._customers: dict[str, tuple[int, str, Kind]] = {}
        self._products: dict[str, tuple[int, str]] = {}
        self._made: dict[int, int] = {}

    def customer(self, name: str) -> Buyer:
        return Buyer(self._customer(name, Kind.HOSPITAL), False)

    def seller(self, name: str) -> int:
        return self._customer(name, Kind.DISTRIBUTOR)

    def product(self, name: str) -> Item:
        key = key_of(name) or name
        if key not in self._products:
            self._products[key] = (self._next(), name)
        return Item(self._products[key][0], None)

    def make(self, *, actor: Actor, at: datetime) -> None:
        for number, name, kind in self._customers.values():
            data = CreateCustomer(kind=kind, name=name, confirmed_new=True)
            self._made[number] = create_customer(actor=actor, at=at, data=data).pk
        for number, name in self._products.values():
            product = CreateProduct(generic_name=name)
            self._made[number] = create_product(actor=actor, at=at, data=product).pk

    def filled(self, entry: tuple) -> tuple:
        """An entry of a RowBatch with real keys of customer and product."""
        if entry[4] > FIRST and entry[5] > FIRST:
            return entry
        return (*entry[:4], self.real(entry[4]), self.real(entry[5]), *entry[6:])

    def real(self, key: int | None) -> int | None:
        """The key of what was made, or the key itself."""
        return key if key is None or key > FIRST else self._made[key]

    def _customer(self, name: str, kind: Kind) -> int:
        key = key_of(name) or name
        if key not in self._customers:
            self._customers[key] = (self._next(), name, kind)
        return self._customers[key][0]

    def _next(self) -> int:
        return FIRST - len(self._customers) - len(self._products)
