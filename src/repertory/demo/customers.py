"""The demo company's customers, 50 a territory: hospitals with doctors, pharmacies, distributors, authorities."""

import random
from datetime import datetime, time, timedelta
from typing import Any

from stdnum.cn import uscc

from repertory.core.actor import Actor
from repertory.core.time import COMPANY_ZONE
from repertory.customers import actions
from repertory.customers.choices import (
    Adoption,
    Attitude,
    CommunicationStyle,
    ContactPreference,
    DecisionRole,
    Gender,
    Kind,
    Potential,
    Source,
    Stage,
)
from repertory.customers.inputs import (
    Affiliate,
    CreateCustomer,
    GiveConsent,
    LinkInfluence,
    NoteDate,
    RecordDepartment,
    RecordLicence,
    ReviseCustomer,
)
from repertory.customers.models import Customer
from repertory.demo import words
from repertory.demo.company import Patch, first_day_of_posts, person_name

STAGES = (Stage.ACTIVE,) * 5 + (Stage.DEVELOPING,) * 3 + (Stage.POTENTIAL,) * 2 + (Stage.DORMANT, Stage.LOST)
POTENTIALS = (Potential.HIGH, Potential.MEDIUM, Potential.MEDIUM, Potential.LOW)
ADOPTIONS = tuple(Adoption)


class Builder:
    """Fills one territory after the other; the same seed gives the same company."""

    def __init__(self, *, actor: Actor, at: datetime, dice: random.Random) -> None:
        self.actor, self.at, self.dice = actor, at, dice
        # The archive is as old as the people's posts, so that past sales and visits have a territory.
        self.since = datetime.combine(first_day_of_posts(at), time(9), tzinfo=COMPANY_ZONE)
        self.today = at.date()
        self.names: set[str] = set()

    def fill(self, patch: Patch) -> None:
        hospitals = [self.hospital(patch, number) for number in range(9)]
        doctors = [self.doctor(patch, hospitals[number % len(hospitals)]) for number in range(26)]
        for teacher, pupil in zip(doctors[::3], doctors[1::3], strict=False):
            self.influence(teacher, pupil)
        chain = self.organisation(patch, Kind.PHARMACY, self.brand(patch, words.PHARMACY_BRANDS, "大药房连锁有限公司"))
        for number in range(6):
            self.branch(patch, chain, number)
        for kind, ending in (
            (Kind.DISTRIBUTOR, "医药有限公司"),
            (Kind.DISTRIBUTOR, "药业贸易有限公司"),
            (Kind.PARTNER, "物流有限公司"),
            (Kind.COMPANY, "健康管理有限公司"),
        ):
            self.organisation(patch, kind, self.brand(patch, words.TRADE_BRANDS, ending))
        place = patch.counties[0][1] if patch.counties else patch.city.name
        self.organisation(patch, Kind.GOVERNMENT, f"{patch.city.name}市{place}药品监督管理局{patch.number}所")
        self.organisation(patch, Kind.SPECIAL, self.brand(patch, words.TRADE_BRANDS, "医学检验所"))
        self.individual(patch)
        self.individual(patch)

    def hospital(self, patch: Patch, number: int) -> Customer:
        county = patch.counties[number % len(patch.counties)][1] if patch.counties else ""
        name = self.unused(f"{patch.city.name}{county}{words.HOSPITAL_SORTS[number % len(words.HOSPITAL_SORTS)]}")
        hospital = self.organisation(patch, Kind.HOSPITAL, name, grade=self.dice.choice(words.GRADES))
        for department in self.dice.sample(words.DEPARTMENTS, 2):
            data = RecordDepartment(name=department, head=person_name(self.dice), beds=self.dice.randrange(20, 120))
            actions.record_department(actor=self.actor, at=self.at, customer_id=hospital.pk, data=data)
        return hospital

    def doctor(self, patch: Patch, hospital: Customer) -> Customer:
        dice = self.dice
        department = dice.choice(words.DEPARTMENTS)
        person = self.create(
            patch,
            kind=Kind.HCP,
            name=person_name(dice),
            title=dice.choice(words.TITLES),
            institution=hospital.pk,
            department=department,
            phone=f"{patch.city.area_code}-{dice.randrange(60_000_000, 90_000_000)}",
            adoption=dice.choice(ADOPTIONS),
            potential_evidence="门诊量与学科地位评估",
            research_field=dice.choice(words.RESEARCH),
            interests=dice.choice(words.INTERESTS),
            favourite_conferences=dice.choice(words.CONFERENCES),
            communication_style=dice.choice(tuple(CommunicationStyle)),
            contact_preference=dice.choice(tuple(ContactPreference)),
            gender=dice.choice(tuple(Gender)),
        )
        role = DecisionRole.PHARMACY if department == "药剂科" else dice.choice(tuple(DecisionRole))
        link = Affiliate(person=person.pk, institution=hospital.pk, role=role, department=department)
        actions.affiliate(actor=self.actor, at=self.at, data=link)
        if dice.random() < 0.3:
            self.private(person)
        return person

    def private(self, person: Customer) -> None:
        given = self.today - timedelta(days=self.dice.randrange(30, 400))
        for channel in ("phone", "archive"):
            data = GiveConsent(
                purpose="contact", channel=channel, given_on=given, how="书面同意书", evidence="纸质件存档"
            )
            actions.give_consent(actor=self.actor, at=self.at, customer_id=person.pk, data=data)
        facts = ReviseCustomer(private_phone=f"138{self.dice.randrange(10**7, 10**8)}")
        actions.revise_customer(actor=self.actor, at=self.at, customer_id=person.pk, data=facts)
        lunar = self.dice.random() < 0.4
        day = NoteDate(
            kind="birthday",
            calendar="lunar" if lunar else "solar",
            month=self.dice.randrange(1, 13),
            day=self.dice.randrange(1, 29),
        )
        actions.note_date(actor=self.actor, at=self.at, customer_id=person.pk, data=day)

    def influence(self, teacher: Customer, pupil: Customer) -> None:
        kind = self.dice.choice(("teacher", "superior", "peer"))
        data = LinkInfluence(source=teacher.pk, target=pupil.pk, kind=kind, strength=self.dice.randrange(2, 6))
        actions.link_influence(actor=self.actor, at=self.at, data=data)

    def branch(self, patch: Patch, chain: Customer, number: int) -> None:
        brand = chain.name.removesuffix("大药房连锁有限公司")
        self.organisation(patch, Kind.PHARMACY, self.unused(f"{brand}大药房{words.STREETS[number]}店"), parent=chain.pk)

    def individual(self, patch: Patch) -> None:
        self.create(patch, kind=Kind.INDIVIDUAL, name=person_name(self.dice), education="本科")

    def organisation(self, patch: Patch, kind: Kind, name: str, **extra: Any) -> Customer:
        dice = self.dice
        facts = {
            "uscc": self.credit_code(patch),
            "headcount": dice.randrange(8, 1_500),
            "turnover_cny": dice.randrange(50, 90_000) * 10_000,
            "service_area": f"{patch.city.name}及周边",
            "phone": f"{patch.city.area_code}-{dice.randrange(60_000_000, 90_000_000)}",
            "payment_terms": dice.choice(("月结30天", "月结60天", "月结90天", "现款")),
            "reputation": dice.choice(("良好", "一般", "优秀")),
            "strengths": dice.choice(words.STRENGTHS),
            "problems": dice.choice(words.PROBLEMS) if dice.random() < 0.3 else "",
            "credit_grade": dice.choice(("A", "B", "B", "C")),
        }
        if dice.random() < 0.25:
            for gap in dice.sample(sorted(facts), 4):
                del facts[gap]
        customer = self.create(patch, kind=kind, name=name, **{**facts, **extra})
        self.licences(customer)
        return customer

    def licences(self, customer: Customer) -> None:
        kinds = {
            Kind.HOSPITAL: ("medical",),
            Kind.PHARMACY: ("business", "drug_trade"),
            Kind.DISTRIBUTOR: ("business", "drug_trade", "gsp"),
        }
        for kind in kinds.get(Kind(customer.kind), ()):
            expires = self.today + timedelta(days=self.dice.randrange(-40, 1_400))
            number = f"{kind[:2].upper()}{self.dice.randrange(10**7, 10**8)}"
            data = RecordLicence(
                kind=kind,
                number=number,
                scope="化学药制剂、中成药",
                issued_on=expires - timedelta(days=1_826),
                expires_on=expires,
            )
            actions.record_licence(actor=self.actor, at=self.at, customer_id=customer.pk, data=data)

    def create(self, patch: Patch, **facts: Any) -> Customer:
        dice = self.dice
        county = dice.choice(patch.counties) if patch.counties else ("", "")
        data = {
            "territory": patch.code,
            "province_code": f"{patch.city.code[:2]}0000",
            "city_code": patch.city.code,
            "county_code": county[0],
            "address": f"{patch.city.name}市{county[1]}{dice.choice(words.STREETS)}{dice.randrange(1, 400)}号",
            "longitude": f"{patch.city.longitude + dice.uniform(-0.18, 0.18):.6f}",
            "latitude": f"{patch.city.latitude + dice.uniform(-0.14, 0.14):.6f}",
            "source": dice.choice(tuple(Source)),
            "first_contact_on": self.today - timedelta(days=dice.randrange(20, 900)),
            "stage": dice.choice(STAGES),
            "potential": dice.choice(POTENTIALS),
            "attitude": dice.choice(tuple(Attitude)),
            "tier": dice.choice(("A", "B", "B", "C", "C", "C", "", "")),
            "confirmed_new": True,
            **facts,
        }
        return actions.create_customer(actor=self.actor, at=self.since, data=CreateCustomer(**data))

    def credit_code(self, patch: Patch) -> str:
        """A unified social credit code with a right check digit that belongs to nobody: the organisation part is ours."""
        county = patch.counties[0][0] if patch.counties else patch.city.code
        stem = f"91{county}MADEM{self.dice.randrange(10**4):04d}".replace("O", "0")
        return stem[:17] + uscc.calc_check_digit(stem[:17])

    def brand(self, patch: Patch, brands: tuple[str, ...], ending: str) -> str:
        return self.unused(f"{patch.city.name}{self.dice.choice(brands)}{ending}")

    def unused(self, name: str) -> str:
        """The name, with a number before it is used again."""
        wanted, number = name, 2
        while name in self.names:
            name, number = f"{wanted}（{number}部）", number + 1
        self.names.add(name)
        return name
