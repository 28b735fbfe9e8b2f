"""Where the demo company's customers are."""

import random
from dataclasses import replace

import pytest

from repertory.core import regions
from repertory.core.actor import system_actor
from repertory.core.time import now
from repertory.customers.actions.bulk import BLANK
from repertory.customers.models import Customer
from repertory.demo.company import Patch, patches
from repertory.demo.customers import Builder
from repertory.demo.large import new_customer

PATCHES: tuple[Patch, ...] = tuple(patch for _district, patch in patches())
FIRST_OF_CITY = {patch.city.name: patch for patch in reversed(PATCHES)}


def is_known(province_code: str, city_code: str, county_code: str) -> bool:
    """Whether the three are a place of the table, each on its own level and inside the one above."""
    place = regions.by_code(county_code or city_code)
    return place is not None and (place.province_code, place.city_code, place.county_code) == (
        province_code,
        city_code,
        county_code,
    )


def test_every_territory_is_in_a_city_of_that_name_and_has_some_of_its_counties() -> None:
    for patch in PATCHES:
        place = regions.by_code(patch.city.code)
        assert place is not None
        assert (place.city_code, place.city, place.county_code) == (patch.city.code, f"{patch.city.name}市", "")
        assert patch.counties
        assert set(patch.counties) <= set(regions.counties(patch.city.code))


@pytest.mark.parametrize("city", ["上海", "北京", "天津", "重庆", "南京"])
def test_every_customer_of_the_demo_is_in_a_known_place(company, city: str) -> None:
    builder = Builder(actor=system_actor(), at=now(), dice=random.Random(1))
    builder.fill(replace(FIRST_OF_CITY[city], code="E1A"))
    places = list(Customer.objects.values_list("province_code", "city_code", "county_code"))
    assert len(places) == 50
    assert [place for place in places if not is_known(*place)] == []


def test_every_customer_of_the_large_demo_is_in_a_known_place() -> None:
    dice = random.Random(1)
    for number, patch in enumerate(PATCHES):
        values = dict(zip(BLANK, new_customer(number, (1, patch), dice).row, strict=True))
        assert is_known(values["province_code"], values["city_code"], values["county_code"])
