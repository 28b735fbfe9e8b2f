"""The demo company's tree and people."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from repertory.core import regions
from repertory.core.actor import Actor
from repertory.demo.places import REGIONS, City
from repertory.demo.words import GIVEN, SURNAMES
from repertory.organisation.actions import assign, create_person, create_territory
from repertory.organisation.choices import Role
from repertory.organisation.inputs import Assign, CreatePerson, CreateTerritory

TERRITORIES_PER_DISTRICT = 5
VACANT = frozenset({7, 23, 41, 58})
COMPANY = "RX"


@dataclass(frozen=True)
class Patch:
    """One territory with the ground that it covers."""

    number: int
    code: str
    city: City
    counties: tuple[tuple[str, str], ...]


def person_name(dice: random.Random) -> str:
    return dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, dice.choice((1, 2, 2))))


def first_day_of_posts(at: datetime) -> date:
    """Since when everybody has held their post: two whole years and the running one."""
    return date(at.year - 2, 1, 1)


def patches() -> Iterator[tuple[str, Patch]]:
    """(district code, territory), in the order of the tree."""
    number = 0
    for region, (_name, cities) in REGIONS.items():
        for position, city in enumerate(cities, start=1):
            district = f"{region}{position}"
            counties = tuple(regions.counties(city.code))
            for slot in range(TERRITORIES_PER_DISTRICT):
                number += 1
                yield (
                    district,
                    Patch(number, f"{district}{slot + 1:02d}", city, counties[slot::TERRITORIES_PER_DISTRICT]),
                )


def build_tree(actor: Actor, at: datetime) -> None:
    """Company, 4 regions, 12 districts, 60 territories."""

    def node(code: str, name: str, level: str, parent: str | None) -> None:
        create_territory(actor=actor, at=at, data=CreateTerritory(code=code, name=name, level=level, parent=parent))

    node(COMPANY, "药程示范药业", "company", None)
    for region, (name, cities) in REGIONS.items():
        node(region, name, "region", COMPANY)
        for position, city in enumerate(cities, start=1):
            node(f"{region}{position}", f"{city.name}地区", "district", region)
    for district, patch in patches():
        first = patch.counties[0][1] if patch.counties else str(patch.number)
        node(patch.code, f"{patch.city.name}{first}辖区", "territory", district)


def build_people(actor: Actor, at: datetime, password: str, dice: random.Random) -> None:
    """About 80 people of all roles; only the named demo accounts get a password."""
    since = first_day_of_posts(at)

    def person(username: str, role: Role, node: str, *, known: bool = False) -> None:
        data = CreatePerson(
            username=username,
            name=person_name(dice),
            employee_number=f"E{dice.randrange(10_000, 99_999)}",
            email=f"{username}@example.com",
            side="academic" if role == Role.REP else "",
            filing_number=f"3100{dice.randrange(10**8, 10**9)}" if role == Role.REP else "",
            filing_expires_on=date(at.year + 2, 12, 31) if role == Role.REP else None,
            password=password if known else None,
            must_change_password=False,
        )
        create_person(actor=actor, at=at, data=data)
        assign(actor=actor, at=at, data=Assign(username=username, territory=node, role=role, starts_on=since))

    for username, role in (
        ("admin", Role.ADMIN),
        ("manager", Role.MANAGER),
        ("product", Role.PRODUCT_MANAGER),
        ("marketing", Role.MARKETER),
        ("finance", Role.FINANCE),
        ("auditor", Role.AUDITOR),
    ):
        person(username, role, COMPANY, known=True)
    for number, region in enumerate(REGIONS, start=1):
        person(f"manager{number:02d}", Role.MANAGER, region)
    districts = sorted({district for district, _patch in patches()}, key=list(dict(patches())).index)
    for number, district in enumerate(districts, start=1):
        person(f"supervisor{number:02d}", Role.SUPERVISOR, district, known=number == 1)
    for _district, patch in patches():
        if patch.number not in VACANT:
            person(f"rep{patch.number:02d}", Role.REP, patch.code, known=patch.number == 1)
