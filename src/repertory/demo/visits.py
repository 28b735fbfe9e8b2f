"""A year of the demo company's visits: about 40,000, with plans, reports and coaching, made through actions."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from repertory.core.actor import Actor, Door, system_actor
from repertory.core.time import COMPANY_ZONE, day_of, month_of
from repertory.customers.choices import Kind
from repertory.customers.models import Coverage, Customer
from repertory.demo import talk
from repertory.organisation.models import Assignment, User
from repertory.platform.unit import action
from repertory.platform.workdays import working_days
from repertory.products import usability
from repertory.products.models import MessageVersion, Product
from repertory.visits import actions
from repertory.visits.actions.bulk import TakenVisit, take_over_visits
from repertory.visits.choices import Attitude, Mode, Purpose, Skill
from repertory.visits.inputs import (
    Agreed,
    CommentReport,
    DecidePlan,
    PlanVisit,
    ProposePlan,
    Rating,
    RecordCoaching,
    RecordInstitutionConsent,
    ReplyCoaching,
    SendReport,
    SetFrequency,
    SetHours,
    SetInstitutionTerms,
    SubmitPlan,
)
from repertory.visits.models import Visit

SEED = 20_260_103
MONTHS = 12
A_DAY = (2, 3, 3, 4)
MODES = (Mode.FIELD,) * 8 + (Mode.PHONE, Mode.ONLINE)
ATTITUDES = (
    Attitude.NEUTRAL,
    Attitude.INTERESTED,
    Attitude.INTERESTED,
    Attitude.TRIAL,
    Attitude.ADVOCATE,
    Attitude.DOUBTFUL,
)
FREQUENCIES = (
    ("hcp", "A", "4"), ("hcp", "B", "2"), ("hcp", "C", "1"), ("hcp", "", "1"),
    ("hospital", "", "1"), ("pharmacy", "", "1"), ("distributor", "", "0.5"),
)  # fmt: skip
PLANNING_TEAM = 6


def build_visits(*, at: datetime) -> None:
    """Frequencies, hours, the year that has gone, the month that runs, and what superiors made of it."""
    dice = random.Random(SEED)
    boss = _person("manager")
    for kind, tier, per_month in FREQUENCIES:
        rule = SetFrequency(
            kind=kind, tier=tier, role="rep", per_month=per_month, starts_on=date(day_of(at).year - 1, 1, 1)
        )
        actions.set_frequency(actor=system_actor(), at=at, data=rule)
    reps = _reps(day_of(at))
    shelf = _Shelf(day_of(at))
    for rep, territory_id in reps:
        _year_of(actor=system_actor(), at=at, rep=rep, territory_id=territory_id, shelf=shelf, dice=dice)
    _hours(reps[0][1], at, dice)
    _terms(reps[0][1], at)
    for rep, _territory in reps[:PLANNING_TEAM]:
        _month_ahead(rep, boss, at)
    _reports(reps[:PLANNING_TEAM], at, dice)
    _coaching(at, dice)


def _person(username: str) -> Actor:
    return Actor(user=User.objects.get(username=username), door=Door.COMMAND)


def _reps(day: date) -> list[tuple[User, int]]:
    held = Assignment.objects.filter(role="rep", starts_on__lte=day, ends_on=None).select_related("user")
    return [(row.user, row.territory_id) for row in held.order_by("user__username", "pk")]


class _Shelf:
    """What may be talked about on a day; asked once a day and product."""

    def __init__(self, today: date) -> None:
        self.products = list(Product.objects.filter(removed_at=None).order_by("pk"))
        rows = MessageVersion.objects.select_related("message__product").order_by("pk")
        self.versions = [row for row in rows if row.valid_from]
        self.known: dict[date, tuple[list[int], dict[int, list[int]]]] = {}

    def on(self, day: date) -> tuple[list[int], dict[int, list[int]]]:
        """(products on sale, product → usable wordings for doctors)."""
        if day not in self.known:
            products = [row.pk for row in self.products if usability.may_be_promoted(row, on=day)]
            said: dict[int, list[int]] = {}
            for row in self.versions:
                if usability.is_usable(row, on=day) and usability.is_meant_for(row, kind=Kind.HCP):
                    said.setdefault(row.message.product_id, []).append(row.pk)
            self.known[day] = products, said
        return self.known[day]


@action
def _year_of(*, actor: Actor, at: datetime, rep: User, territory_id: int, shelf: _Shelf, dice: random.Random) -> None:
    """One rep's year up to yesterday, in one transaction."""
    customers = _customers(territory_id)
    first = month_of(date(day_of(at).year - 1, day_of(at).month, 1)).end
    visits = [
        visit
        for day in working_days(first, day_of(at))
        for visit in _day(day, rep, territory_id, customers, shelf, dice)
    ]
    take_over_visits(actor=actor, at=at, visits=visits)


def _customers(territory_id: int) -> list[Customer]:
    """Those worth a visit, the higher tiers more often."""
    covered = Coverage.objects.filter(territory=territory_id, current=True).values("customer_id")
    rows = Customer.objects.filter(pk__in=covered, kind__in=[Kind.HCP, Kind.HOSPITAL, Kind.PHARMACY, Kind.DISTRIBUTOR])
    weight = {"A": 4, "B": 2}
    return [row for row in rows.order_by("pk") for _time in range(weight.get(row.tier, 1))]


def _day(
    day: date, rep: User, territory_id: int, customers: list[Customer], shelf: _Shelf, dice: random.Random
) -> Iterator[TakenVisit]:
    clock = datetime.combine(day, time(8, dice.choice((10, 20, 30))), tzinfo=COMPANY_ZONE)
    chosen = {row.pk: row for row in dice.sample(customers, min(len(customers), dice.choice(A_DAY)))}
    for customer in chosen.values():
        length = timedelta(minutes=dice.choice((10, 15, 15, 20, 30)))
        yield _visit(clock, length, rep, territory_id, customer, shelf, dice)
        clock += length + timedelta(minutes=dice.choice((20, 35, 50, 90)))


def _visit(
    clock: datetime,
    length: timedelta,
    rep: User,
    territory_id: int,
    customer: Customer,
    shelf: _Shelf,
    dice: random.Random,
) -> TakenVisit:
    products, said = shelf.on(clock.date())
    talked = dice.sample(products, min(len(products), dice.choice((1, 1, 2))))
    is_doctor = customer.kind == Kind.HCP
    wordings = [dice.choice(said[key]) for key in talked if key in said] if is_doctor else []
    return TakenVisit(
        customer_id=customer.pk,
        user_id=rep.pk,
        territory_id=territory_id,
        starts_at=clock,
        ends_at=clock + length,
        mode=dice.choice(MODES),
        purpose=dice.choice((Purpose.DETAIL, Purpose.DETAIL, Purpose.FOLLOW_UP, Purpose.SERVICE, Purpose.DELIVER)),
        planned=dice.random() < 0.8,
        talked=tuple((key, dice.choice(ATTITUDES)) for key in talked),
        said=tuple(wordings),
        focus=dice.choice(talk.FOCUS) if dice.random() < 0.5 else "",
        questions=dice.choice(talk.QUESTIONS) if dice.random() < 0.3 else "",
        consensus=dice.choice(talk.CONSENSUS),
        next_step=dice.choice(talk.NEXT) if dice.random() < 0.6 else "",
    )


def _hours(territory_id: int, at: datetime, dice: random.Random) -> None:
    """Outpatient hours of some doctors of the first territory."""
    covered = Coverage.objects.filter(territory=territory_id, current=True).values("customer_id")
    for doctor in Customer.objects.filter(pk__in=covered, kind=Kind.HCP).order_by("pk")[:10]:
        for weekday in sorted(dice.sample(range(5), 2)):
            data = SetHours(weekday=weekday, opens="08:00", closes="11:30", note=dice.choice(("专家门诊", "普通门诊")))
            actions.set_hours(actor=system_actor(), at=at, customer_id=doctor.pk, data=data)


def _terms(territory_id: int, at: datetime) -> None:
    """The first hospitals want an appointment; every other one also agrees to academic visits beforehand."""
    covered = Coverage.objects.filter(territory=territory_id, current=True).values("customer_id")
    for number, hospital in enumerate(Customer.objects.filter(pk__in=covered, kind=Kind.HOSPITAL).order_by("pk")[:6]):
        strict = number % 2 == 0
        terms = SetInstitutionTerms(demands_appointment=True, demands_consent=strict, note="科教处登记后进科室")
        actions.set_institution_terms(actor=system_actor(), at=at, customer_id=hospital.pk, data=terms)
        if strict:
            starts_on = day_of(at) - timedelta(days=90)
            given = {"starts_on": starts_on, "ends_on": starts_on + timedelta(days=365)}
            data = RecordInstitutionConsent(reference=f"科教处登记表 {number + 1:03d}", **given)
            actions.record_institution_consent(actor=system_actor(), at=at, customer_id=hospital.pk, data=data)


def _month_ahead(rep: User, boss: Actor, at: datetime) -> None:
    """What is left of this month, approved, and the next month, handed in."""
    own = Actor(user=rep, door=Door.COMMAND)
    today = day_of(at)
    for month in (month_of(today).start, month_of(today).end):
        plan = actions.propose_plan(actor=own, at=at, data=ProposePlan(month=month))
        if not plan.visits.exists():
            continue
        actions.submit_plan(actor=own, at=at, plan_id=plan.pk, data=SubmitPlan(note="按频率排，重点跟进 A 级客户"))
        if month <= today:
            actions.decide_plan(actor=boss, at=at, plan_id=plan.pk, data=DecidePlan(approve=True, note="同意"))
    _today(own, rep, at)


def _today(own: Actor, rep: User, at: datetime) -> None:
    """A few visits for the present day, so that the day has a plan on whatever day the demo is built."""
    recent = Visit.objects.filter(user=rep).order_by("-day", "-pk").values_list("customer_id", flat=True)
    for number, customer_id in enumerate(list(dict.fromkeys(recent))[3:8]):
        data = PlanVisit(
            customer_id=customer_id,
            on=day_of(at),
            starts=time(9 + number * 2 - number // 2, 0),
            aim=talk.AIMS[number % len(talk.AIMS)],
        )
        actions.plan_visit(actor=own, at=at, data=data)


def _reports(reps: list[tuple[User, int]], at: datetime, dice: random.Random) -> None:
    """The last daily reports of some, with comments."""
    days = working_days(day_of(at) - timedelta(days=10), day_of(at))[-3:]
    supervisor = _person("supervisor01")
    for rep, _territory in reps:
        own = Actor(user=rep, door=Door.COMMAND)
        for day in days:
            evening = datetime.combine(day, time(18, dice.randrange(60)), tzinfo=COMPANY_ZONE)
            data = SendReport(kind="daily", on=day, text=dice.choice(talk.SUMMARIES), tomorrow=dice.choice(talk.NEXT))
            report = actions.send_report(actor=own, at=evening, data=data)
            if report.readings.filter(user=supervisor.user).exists() and dice.random() < 0.5:
                said = CommentReport(text=dice.choice(talk.COMMENTS))
                actions.comment_report(actor=supervisor, at=evening, report_id=report.pk, data=said)


def _coaching(at: datetime, dice: random.Random) -> None:
    """Joint visits of the first supervisor with the team."""
    supervisor = _person("supervisor01")
    from_visits = Visit.objects.filter(day__lt=day_of(at)).order_by("-day", "-pk")
    team = Assignment.objects.filter(role="rep", ends_on=None).select_related("user")
    own = supervisor.user.assignments.get().territory  # type: ignore[union-attr]
    for post in team.filter(territory__path__startswith=own.path).order_by("user__username"):
        visit = from_visits.filter(user=post.user).first()
        if visit is None:
            continue
        data: dict[str, Any] = {
            "username": post.user.username,
            "visit_id": visit.pk,
            "on": visit.day,
            "observed": dice.choice(talk.OBSERVED),
            "strengths": dice.choice(talk.STRENGTHS),
            "improvements": dice.choice(talk.IMPROVEMENTS),
            "ratings": [Rating(skill=skill, score=dice.choice((2, 3, 3, 4, 4, 5))) for skill in Skill],
            "agreed": [Agreed(text=dice.choice(talk.AGREED), due_on=day_of(at) + timedelta(days=14))],
        }
        coaching = actions.record_coaching(actor=supervisor, at=at, data=RecordCoaching(**data))
        if dice.random() < 0.5:
            own_actor = Actor(user=post.user, door=Door.COMMAND)
            reply = ReplyCoaching(reply="收到，按商定的练习。")
            actions.reply_coaching(actor=own_actor, at=at, coaching_id=coaching.pk, data=reply)
