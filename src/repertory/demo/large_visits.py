"""Ten years of visits by bulk paths, for benchmarks: most customers have a few, those of the first rep hundreds."""

import random
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from datetime import time as clock_time

import click
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.time import COMPANY_ZONE, day_of
from repertory.customers.models import Coverage, Customer
from repertory.demo import talk
from repertory.demo.visits import ATTITUDES, MODES
from repertory.organisation.models import Assignment
from repertory.platform.bulk import roomy_cache
from repertory.products import usability
from repertory.products.models import Product
from repertory.visits.actions.bulk import TakenVisit, take_over_visits
from repertory.visits.choices import Purpose

BATCH = 20_000
YEARS = 10
PER_FAVOURITE = 480
SEED = 20_260_105


def build_large_visits(*, actor: Actor, at: datetime, count: int, tell: Callable[[str], None] = click.echo) -> None:
    """Fill in `count` visits; products must be there."""
    started, made = time.monotonic(), 0
    with roomy_cache():
        for visits in _batches(at, count):
            take_over_visits(actor=actor, at=at, visits=visits)
            made += len(visits)
            if made % (BATCH * 10) == 0:
                rate = made / (time.monotonic() - started)
                tell(_("已建 %(made)s 次拜访，%(rate)d 次/秒") % {"made": made, "rate": rate})


def _batches(at: datetime, count: int) -> Iterator[list[TakenVisit]]:
    dice = random.Random(SEED)
    days = [day_of(at) - timedelta(days=number) for number in range(1, YEARS * 365)]
    shelf = {day: _on_sale(day) for day in days}
    reps = dict(
        Assignment.objects.filter(role="rep", ends_on=None).order_by("-pk").values_list("territory_id", "user_id")
    )
    keys = _customers(count)
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        wanted = [keys[number % len(keys)] for number in numbers]
        places = dict(
            Coverage.objects.filter(customer__in=set(wanted), current=True).values_list("customer_id", "territory_id")
        )
        everybody = sorted(set(reps.values()))
        yield [
            _visit(key, reps.get(places.get(key, 0)) or dice.choice(everybody), places.get(key), days, shelf, dice)
            for key in wanted
        ]


def _customers(count: int) -> list[int]:
    """Each as often as it is to be visited: the first rep's PER_FAVOURITE times, the others share the rest."""
    first = Assignment.objects.get(user__username="rep01", ends_on=None).territory_id
    own = list(
        Coverage.objects.filter(territory=first, current=True).order_by("pk").values_list("customer_id", flat=True)
    )
    favourites = own[: max(1, min(len(own), count // PER_FAVOURITE // 3))]
    known = set(favourites)
    others = [key for key in Customer.objects.order_by("pk").values_list("pk", flat=True) if key not in known]
    rest = count - len(favourites) * PER_FAVOURITE
    return favourites * PER_FAVOURITE + [others[number % len(others)] for number in range(rest)]


def _on_sale(day: date) -> list[int]:
    return [product.pk for product in Product.objects.all() if usability.may_be_promoted(product, on=day)]


def _visit(
    customer_id: int,
    user_id: int,
    territory_id: int | None,
    days: list[date],
    shelf: dict[date, list[int]],
    dice: random.Random,
) -> TakenVisit:
    day = dice.choice(days)
    begins = datetime.combine(day, clock_time(dice.randrange(8, 18), dice.randrange(60)), tzinfo=COMPANY_ZONE)
    products = shelf[day]
    talked = ((dice.choice(products), dice.choice(ATTITUDES)),) if products else ()
    return TakenVisit(
        customer_id=customer_id,
        user_id=user_id,
        territory_id=territory_id,
        starts_at=begins,
        ends_at=begins + timedelta(minutes=15),
        mode=dice.choice(MODES),
        purpose=dice.choice(tuple(Purpose)),
        planned=dice.random() < 0.8,
        talked=talked,
        consensus=dice.choice(talk.CONSENSUS),
    )
