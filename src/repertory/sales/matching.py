"""What the names of a file mean: what somebody has said before, then codes, then names that are quite the same.

Anything less sure waits for a person; see queries.suggestions.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from repertory.core.exact import PLACES, to_units
from repertory.customers.actions.writing import name_key
from repertory.customers.choices import PERSON_KINDS, Kind
from repertory.customers.models import Customer
from repertory.customers.queries.merged import survivors_of
from repertory.customers.rules import PRESCRIPTIONS
from repertory.platform.bulk import one_of
from repertory.platform.rules import value_on
from repertory.products.models import Pack, Product
from repertory.sales.models import CustomerAlias, ProductAlias, UnitAlias
from repertory.sales.names import key_of

ONE = 10**PLACES
PERSON = -1
"""Stands for a customer who is a person: no sales are recorded of one (M-LAW-2)."""


class Buyer(NamedTuple):
    customer_id: int
    distributes: bool


class Item(NamedTuple):
    product_id: int
    pack_id: int | None


class CustomerNames:
    """Customers by what a distributor calls them. seller_id: whose file it is, None for our own."""

    def __init__(self, *, seller_id: int | None, on: date) -> None:
        self._seller_id = seller_id
        self._persons_too = not value_on(PRESCRIPTIONS, on)["on"]
        self._by_name: dict[str, Buyer | None] = {}
        self._by_code: dict[str, Buyer | None] = {}

    def learn(self, names: Iterable[str], codes: Iterable[str]) -> None:
        """Look up, all at once, what is not known yet."""
        new = {name for name in names if name and name not in self._by_name}
        new_codes = {code for code in codes if code and code not in self._by_code}
        if new:
            self._learn_names(new)
        if new_codes:
            self._by_code.update(dict.fromkeys(new_codes))
            rows = Customer.objects.filter(code__in=one_of(new_codes), removed_at=None)
            for code, key, kind in rows.values_list("code", "pk", "kind"):
                self._by_code[code] = self._buyer(key, kind)

    def __call__(self, name: str, code: str) -> Buyer | None:
        return self._by_code[code] if code else self._by_name[name]

    def keys_of(self, names: Iterable[str], codes: Iterable[str]) -> set[int]:
        """Keys of the customers among these names and codes; all learned before."""
        found = (*map(self._by_name.get, names), *map(self._by_code.get, codes))
        return {buyer.customer_id for buyer in found if buyer and buyer.customer_id != PERSON}

    def _buyer(self, key: int, kind: str) -> Buyer:
        if kind in PERSON_KINDS and not self._persons_too:
            return Buyer(PERSON, False)
        return Buyer(key, kind == Kind.DISTRIBUTOR)

    def _learn_names(self, names: set[str]) -> None:
        keys = {name: key_of(name) for name in names}
        said = self._said(set(keys.values()))
        same = self._same({name for name, key in keys.items() if key not in said})
        for name, key in keys.items():
            self._by_name[name] = said.get(key) or same.get(key)

    def _said(self, keys: set[str]) -> dict[str, Buyer]:
        """What was learned, for this seller before what holds for all."""
        rows = list(
            CustomerAlias.objects.filter(key__in=one_of(keys)).values_list(
                "key", "seller_id", "customer_id", "customer__kind"
            )
        )
        now = survivors_of({row[2] for row in rows})
        found: dict[str, Buyer] = {}
        for key, seller, customer, kind in sorted(rows, key=lambda row: row[1] is not None):
            if seller in (None, self._seller_id):
                found[key] = self._buyer(now.get(customer, customer), kind)
        return found

    def _same(self, names: set[str]) -> dict[str, Buyer]:
        """Customers of just this name, where there is only one of it."""
        cores = {name_key(name) for name in names}
        rows = Customer.objects.filter(name_key__in=one_of(cores), removed_at=None).order_by("pk")
        found: dict[str, list[Buyer]] = {}
        for name, key, kind in rows.values_list("name", "pk", "kind"):
            found.setdefault(key_of(name), []).append(self._buyer(key, kind))
        return {key: buyers[0] for key, buyers in found.items() if len(buyers) == 1}


class ProductNames:
    """Products and packs by any of their names and codes."""

    def __init__(self, *, seller_id: int | None) -> None:
        self._known: dict[str, Item] = {}
        self._codes: dict[str, Item] = {}
        doubtful: set[str] = set()
        for names, code, item in _catalogue():
            self._codes[code.casefold()] = item
            for key in filter(None, {key_of(name) for name in names}):
                other = self._known.setdefault(key, item)
                if other.product_id != item.product_id:
                    doubtful.add(key)
                elif other.pack_id != item.pack_id:
                    self._known[key] = Item(item.product_id, None)
        for key in doubtful:
            del self._known[key]
        rows = ProductAlias.objects.values_list("key", "seller_id", "product_id", "pack_id")
        for key, seller, product, pack in sorted(rows, key=lambda row: row[1] is not None):
            if seller in (None, seller_id):
                self._known[key] = Item(product, pack)

    def __call__(self, name: str, code: str) -> Item | None:
        if code:
            return self._codes.get(code.casefold())
        return self._known.get(key_of(name)) or self._codes.get(name.casefold())


def _catalogue() -> Iterable[tuple[set[str], str, Item]]:
    """(names, code, what it is): products with their names, packs with the names and the size."""
    names: dict[int, set[str]] = {}
    for key, code, generic, trade in Product.objects.filter(removed_at=None).values_list(
        "pk", "code", "generic_name", "trade_name"
    ):
        names[key] = {generic, trade, f"{generic}（{trade}）" if trade else ""}
        yield names[key], code, Item(key, None)
    packs = Pack.objects.filter(product__removed_at=None).order_by("pk")
    for key, code, barcode, product, spec, pack in packs.values_list(
        "pk", "code", "barcode", "product_id", "spec", "pack"
    ):
        sizes = {spec, f"{spec}{pack}", f"{spec}*{pack}"}
        yield {f"{name}{size}" for name in names[product] if name for size in sizes}, code, Item(product, key)
        if barcode:
            yield set(), barcode, Item(product, key)


class Units:
    """How many sales units one unit of a file is."""

    def __init__(self, *, seller_id: int | None) -> None:
        self._said: dict[tuple[str, int | None], int] = {}
        rows = UnitAlias.objects.values_list("key", "seller_id", "product_id", "factor")
        for key, seller, product, factor in sorted(rows, key=lambda row: row[1] is not None):
            if seller in (None, seller_id):
                self._said[key, product] = to_units(factor)
        self._packs: dict[int | None, tuple[str, int | None]] = {}
        self._own: dict[int, set[str]] = {}
        for pack, product, unit, case in Pack.objects.values_list("pk", "product_id", "unit", "packs_per_case"):
            self._packs[pack] = (key_of(unit), case)
            self._own.setdefault(product, set()).add(key_of(unit))

    def __call__(self, unit: str, item: Item) -> int | None:
        """The factor in exact units, None for a unit that nobody has explained."""
        key = key_of(unit)
        if not key:
            return ONE
        said = self._said.get((key, item.product_id)) or self._said.get((key, None))
        if said:
            return said
        own = self._own.get(item.product_id)
        if not own or key in own:
            return ONE
        case = self._packs.get(item.pack_id, ("", None))[1]
        return case * ONE if case and key in ("件", "箱") else None


def in_sales_units(quantity: int, factor: int) -> int:
    """Exact units of the quantity times the factor, rounded half away from zero."""
    if factor == ONE:
        return quantity
    exact = Decimal(quantity) * factor / ONE
    return int(exact.to_integral_value(rounding="ROUND_HALF_UP"))
