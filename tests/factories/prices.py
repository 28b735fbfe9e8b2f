"""Price lists in force, without their way through approval."""

from datetime import date
from typing import Any

from repertory.core.time import now
from repertory.products.choices import PriceListState
from repertory.products.models import Pack, Price, PriceList


def list_in_force(*prices: Price, since: date, code: str = "TERMINAL") -> PriceList:
    found = PriceList.objects.create(
        code=code,
        name=code,
        starts_on=since,
        in_force_from=since,
        state=PriceListState.APPROVED,
        created_at=now(),
        updated_at=now(),
    )
    for price in prices:
        price.price_list = found
        price.save()
    return found


def priced(pack: Pack, price: str, *, since: date, **conditions: Any) -> Price:
    return Price(pack=pack, price_cny=price, floor_cny="0.01", starts_on=since, **conditions)
