"""The price that holds, asked of the table and asked of prices in memory: the same."""

from datetime import date, timedelta
from random import Random

from repertory.core.actor import system_actor
from repertory.products.models import Price
from repertory.products.months import ALL_MONTHS
from repertory.products.pricing import clipped, holding
from repertory.products.queries.prices import price_for
from tests.factories.catalogue import add_pack, open_product
from tests.factories.prices import list_in_force, priced

SINCE = date(2025, 1, 1)
KINDS, TIERS, PROVINCES = ("", "hospital", "pharmacy"), ("", "A", "B"), ("", "320000", "110000")


def test_both_ways_choose_the_same_price(company, at):
    chance = Random(7)
    pack = add_pack(open_product(at=at, name="甲片", number=1), at=at)
    for number in range(6):
        prices = []
        for _each in range(8):
            begin = SINCE + timedelta(days=chance.randrange(400))
            prices.append(
                priced(
                    pack,
                    str(20 + chance.randrange(20)),
                    since=begin,
                    ends_on=chance.choice([None, begin + timedelta(days=chance.randrange(1, 300))]),
                    customer_kind=chance.choice(KINDS),
                    tier=chance.choice(TIERS),
                    province=chance.choice(PROVINCES),
                    season=chance.choice([ALL_MONTHS, chance.randrange(1, ALL_MONTHS)]),
                    from_quantity=chance.choice([1, 10, 100]),
                )
            )
        list_in_force(*prices, since=SINCE + timedelta(days=60 * number), code=f"L{number}")
    rows = [price for price in Price.objects.select_related("price_list").order_by("pk") if clipped(price)]
    found = set()
    for _each in range(200):
        on = SINCE + timedelta(days=chance.randrange(600))
        asked = {
            "quantity": chance.choice([1, 10, 50, 500]),
            "customer_kind": chance.choice(KINDS),
            "tier": chance.choice(TIERS),
            "province": chance.choice(PROVINCES),
        }
        stored = price_for(actor=system_actor(), pack_id=pack.pk, on=on, **asked)
        assert holding(rows, on, **asked) == stored
        found.add(stored and stored.pk)
    assert len(found) > 20
