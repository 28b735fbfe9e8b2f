"""What a sale is worth where the file says how much was sold but not for how much: at the price list of that day."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from functools import lru_cache

from repertory.core.exact import PLACES, to_units
from repertory.customers.models import Customer
from repertory.platform.rules import value_on
from repertory.products.choices import DECIDED_PRICES
from repertory.products.models import Pack, Price
from repertory.products.pricing import clipped, holding
from repertory.sales.rules import FLOW_PRICES

ONE = 10**PLACES


class PriceLists:
    """The prices in force, each pack's once, and whom they are for."""

    def __init__(self) -> None:
        self._prices: dict[int, list[Price]] = defaultdict(list)
        rows = Price.objects.filter(price_list__state__in=DECIDED_PRICES).select_related("price_list")
        for price in rows.order_by("pk"):
            if clipped(price):
                self._prices[price.pack_id].append(price)
        packs: dict[int, list[int]] = defaultdict(list)
        for pack, product in Pack.objects.order_by("pk").values_list("pk", "product_id"):
            packs[product].append(pack)
        self._only = {product: keys[0] for product, keys in packs.items() if len(keys) == 1}
        self._buyers: dict[int, tuple[str, str, str]] = {}
        self._on = lru_cache(maxsize=4096)(_prices_on)

    def learn(self, customers: Collection[int]) -> None:
        """Look up, all at once, what is not known yet."""
        new = {key for key in customers if key > 0 and key not in self._buyers}
        if new and self._prices:
            rows = Customer.objects.filter(pk__in=new).values_list("pk", "kind", "tier", "province_code")
            self._buyers.update((key, (kind, tier, province)) for key, kind, tier, province in rows)

    def worth(self, customer_id: int, product_id: int, pack_id: int | None, day: str, quantity: int) -> int:
        """In exact units, of a quantity in exact units; 0 where no price holds, or where the pack is not known."""
        pack = pack_id or self._only.get(product_id, 0)
        if pack not in self._prices or not self._on(day):
            return 0
        kind, tier, province = self._buyers.get(customer_id, ("", "", ""))
        price = holding(
            self._prices[pack],
            date.fromisoformat(day),
            quantity=max(1, abs(quantity) // ONE),
            customer_kind=kind,
            tier=tier,
            province=province,
        )
        return 0 if price is None else _times(quantity, to_units(price.price_cny))


def _prices_on(day: str) -> bool:
    return bool(value_on(FLOW_PRICES, date.fromisoformat(day))["on"])


def _times(quantity: int, price: int) -> int:
    """Both and the product in exact units, rounded half away from zero."""
    whole, rest = divmod(abs(quantity) * price, ONE)
    worth = whole + (2 * rest >= ONE)
    return worth if quantity >= 0 else -worth
