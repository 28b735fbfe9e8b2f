"""A million customers by bulk paths, for benchmarks: the demo company's tree with as many territories as it takes."""

import random
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from datetime import time as clock_time
from typing import Any

import click
from django.db import connection
from django.utils.translation import gettext as _

from repertory.core.actor import Actor, system_actor
from repertory.core.time import COMPANY_ZONE, now
from repertory.customers.actions.bulk import NewCustomer, count_created, create_customers, draw_up
from repertory.customers.actions.indexing import index_waiting
from repertory.customers.choices import Kind
from repertory.demo import words
from repertory.demo.build import found_company
from repertory.demo.company import Patch, first_day_of_posts, patches, person_name
from repertory.demo.large_sales import build_large_sales
from repertory.demo.large_visits import build_large_visits
from repertory.demo.products import build_products
from repertory.organisation.actions import create_territory
from repertory.organisation.inputs import CreateTerritory
from repertory.organisation.models import Territory
from repertory.platform.unit import action

PER_TERRITORY = 330
BATCH = 5_000
SEED = 20_260_102
KINDS = (Kind.HCP,) * 6 + (Kind.HOSPITAL, Kind.PHARMACY, Kind.PHARMACY, Kind.DISTRIBUTOR)


def build_large(count: int, visits: int, sales: int, *, tell: Callable[[str], None] = click.echo) -> None:
    """Fill an empty installation with `count` customers, so many visits and sales; the named demo accounts exist too."""
    actor, at, dice = system_actor(), now(), random.Random(SEED)
    found_company(actor=actor, at=at)
    nodes = _territories(actor, at, max(60, count // PER_TERRITORY))
    since = datetime.combine(first_day_of_posts(at), clock_time(9), tzinfo=COMPANY_ZONE)
    started = time.monotonic()
    made = 0
    for customers in _batches(count, nodes, dice):
        create_customers(actor=actor, at=since, customers=customers)
        made += len(customers)
        if made % (BATCH * 20) == 0:
            tell(
                _("已建 %(made)s 位客户，%(rate)d 位/秒") % {"made": made, "rate": made / (time.monotonic() - started)}
            )
    paths = list(Territory.objects.filter(pk__in=[key for key, _patch in nodes]).values_list("path", flat=True))
    count_created(actor=actor, at=at, created=made, territory_paths=paths)
    while index_waiting(actor=actor, at=at):
        pass
    if visits or sales:
        build_products(at=at)
    if visits:
        build_large_visits(actor=actor, at=at, count=visits, tell=tell)
    if sales:
        build_large_sales(actor=actor, at=at, count=sales, tell=tell)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _territories(actor: Actor, at: datetime, count: int) -> list[tuple[int, Patch]]:
    """Keys of all territories with the ground that they cover: the demo company's 60 and more beside them."""
    grounds = list(patches())
    _more_territories(actor=actor, at=at, grounds=grounds, count=count)
    keys = dict(Territory.objects.filter(level="territory").values_list("code", "pk"))
    found = [(keys[patch.code], patch) for _district, patch in grounds]
    return found + [
        (keys[f"X{number:05d}"], grounds[number % len(grounds)][1]) for number in range(len(grounds), count)
    ]


@action
def _more_territories(*, actor: Actor, at: datetime, grounds: list[tuple[str, Patch]], count: int) -> None:
    for number in range(len(grounds), count):
        district, patch = grounds[number % len(grounds)]
        data = CreateTerritory(code=f"X{number:05d}", name=f"{patch.city.name}{number}辖区", parent=district)
        create_territory(actor=actor, at=at, data=data)


def _batches(count: int, nodes: list[tuple[int, Patch]], dice: random.Random) -> Iterator[list[NewCustomer]]:
    for start in range(0, count, BATCH):
        yield [
            new_customer(number, nodes[number % len(nodes)], dice) for number in range(start, min(start + BATCH, count))
        ]


def new_customer(number: int, node: tuple[int, Patch], dice: random.Random) -> NewCustomer:
    """The customer of that number: a territory (key and ground), with a place in it."""
    territory_id, patch = node
    city = patch.city
    kind = dice.choice(KINDS)
    county = patch.counties[number % len(patch.counties)] if patch.counties else ("", "")
    values: dict[str, Any] = {
        "kind": kind.value,
        "name": _name(kind, patch, county[1], number, dice),
        "province_code": f"{city.code[:2]}0000",
        "city_code": city.code,
        "county_code": county[0],
        "address": f"{city.name}市{county[1]}{dice.choice(words.STREETS)}{number % 997}号",
        "longitude": f"{city.longitude + dice.uniform(-0.2, 0.2):.6f}",
        "latitude": f"{city.latitude + dice.uniform(-0.15, 0.15):.6f}",
        "phone": f"{city.area_code}-{60_000_000 + number % 30_000_000}",
        "source": "import",
        "stage": dice.choice(("potential", "developing", "active", "active", "dormant")),
        "tier": dice.choice("ABC"),
        "potential": dice.choice(("high", "medium", "low")),
    }
    if kind == Kind.HCP:
        values |= {"title": dice.choice(words.TITLES), "department": dice.choice(words.DEPARTMENTS)}
    return draw_up(values, (territory_id,))


def _name(kind: Kind, patch: Patch, county: str, number: int, dice: random.Random) -> str:
    if kind == Kind.HCP:
        return person_name(dice)
    if kind == Kind.HOSPITAL:
        return f"{patch.city.name}{county}{dice.choice(words.GIVEN)}{dice.choice(words.GIVEN)}{dice.choice(words.HOSPITAL_SORTS)}"
    if kind == Kind.PHARMACY:
        return (
            f"{dice.choice(words.PHARMACY_BRANDS)}大药房{patch.city.name}{dice.choice(words.STREETS)}{number % 9_973}店"
        )
    return f"{patch.city.name}{dice.choice(words.GIVEN)}{dice.choice(words.GIVEN)}医药有限公司"
