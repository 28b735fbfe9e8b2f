"""Planned visits, frequencies, the plan of a month and its approval. M-VIS-2."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from repertory.core.errors import Conflict, NotAllowed, NotFound, RuleViolation
from repertory.core.inputs import read_input
from repertory.core.time import COMPANY_ZONE, day_of
from repertory.customers.models import Customer
from repertory.organisation.actions import set_workday
from repertory.organisation.inputs import SetWorkday
from repertory.platform.workdays import working_days
from repertory.visits import actions
from repertory.visits.inputs import (
    CancelVisit,
    DecidePlan,
    MoveVisit,
    ProposePlan,
    RevisePlanned,
    SetFrequency,
    SetHours,
    SubmitPlan,
)
from repertory.visits.models import Visit, VisitPlan
from repertory.visits.queries.due import month_of_person
from repertory.visits.queries.frequencies import frequencies_on, times_in
from tests.factories.archive import open_archive
from tests.factories.field import at_hour, plan, record, refused

DAY = timedelta(days=1)
FEBRUARY = datetime(2026, 2, 26, 10, 0, tzinfo=COMPANY_ZONE)


def frequency(company, per_month, at=FEBRUARY, **key):
    data = read_input(SetFrequency, {"per_month": per_month, "starts_on": "2026-01-01", **key})
    return actions.set_frequency(actor=company.actor("boss"), at=at, data=data)


def propose(company, username="rep", at=FEBRUARY, month="2026-03-01"):
    data = read_input(ProposePlan, {"month": month})
    return actions.propose_plan(actor=company.actor(username), at=at, data=data)


def move(company, visit, who, at, **facts):
    data = read_input(MoveVisit, facts)
    return actions.move_visit(actor=company.actor(who), at=at, visit_id=visit.pk, data=data)


@pytest.fixture
def month(company, archive):
    """A rep with five doctors to be seen twice a month."""
    for number in range(5):
        open_archive(at=FEBRUARY, territory="E1A", name=f"张医生{number}", kind="hcp", institution=archive.own.pk)
    frequency(company, "2", kind="hcp")


def test_a_planned_visit_is_moved_changed_cancelled_and_taken_up_again(company, at, archive):
    visit = plan(company.actor("rep"), archive.own, at=at)
    moved = move(company, visit, "rep", at, on=day_of(at) + 2 * DAY, starts="10:30", version=1)
    assert (moved.day, moved.planned_on, moved.planned_start) == (
        day_of(at) + 2 * DAY,
        day_of(at) + 2 * DAY,
        time(10, 30),
    )
    assert Customer.objects.get(pk=archive.own.pk).next_contact_on == moved.day
    changed = read_input(RevisePlanned, {"aim": "谈进院", "minutes": 30})
    revised = actions.revise_planned(actor=company.actor("rep"), at=at, visit_id=visit.pk, data=changed)
    assert (revised.aim, revised.planned_minutes, revised.purpose) == ("谈进院", 30, "follow_up")
    reason = CancelVisit(reason="客户出差")
    cancelled = actions.cancel_visit(actor=company.actor("rep"), at=at, visit_id=visit.pk, data=reason)
    assert (cancelled.status, cancelled.cancel_reason) == ("cancelled", "客户出差")
    assert Customer.objects.get(pk=archive.own.pk).next_contact_on is None
    with refused("visit_not_planned"):
        move(company, visit, "rep", at, on=day_of(at) + 3 * DAY)
    assert actions.take_up_visit(actor=company.actor("rep"), at=at, visit_id=visit.pk).status == "planned"
    assert Customer.objects.get(pk=archive.own.pk).next_contact_on == day_of(at) + 2 * DAY


def test_nobody_plans_into_the_past(company, at, archive):
    visit = plan(company.actor("rep"), archive.own, at=at)
    with refused("in_past"):
        move(company, visit, "rep", at, on=day_of(at) - DAY)


def test_a_superior_plans_for_the_team_and_hands_visits_over_to_who_covers_the_customer(company, at, archive):
    visit = plan(company.actor("supervisor"), archive.own, at=at, username="rep")
    assert visit.user.username == "rep"
    with refused("not_covered"):
        move(company, visit, "supervisor", at, on=visit.day, username="teammate")
    with pytest.raises(NotFound):
        plan(company.actor("rep"), archive.own, at=at, username="supervisor")
    with pytest.raises(NotFound):
        plan(company.actor("supervisor"), archive.own, at=at, username="foreigner")
    with pytest.raises(NotFound):
        move(company, visit, "teammate", at, on=visit.day + DAY)


def test_the_most_particular_frequency_that_began_last_counts(company):
    frequency(company, "1")
    frequency(company, "2", kind="hcp")
    frequency(company, "4", kind="hcp", tier="A")
    frequency(company, "3", kind="hcp", tier="A", starts_on="2026-03-01")
    frequency(company, "0", role="supervisor")
    february, march = frequencies_on(date(2026, 2, 1)), frequencies_on(date(2026, 3, 1))
    asked = [
        february.per_month(kind="hcp", tier="A", role="rep"),
        march.per_month(kind="hcp", tier="A", role="rep"),
        march.per_month(kind="hcp", tier="B", role="rep"),
        march.per_month(kind="pharmacy", tier="", role="rep"),
        march.per_month(kind="pharmacy", tier="", role="supervisor"),
    ]
    assert asked == [4, 3, 2, 1, 0]


def test_half_a_visit_a_month_is_one_every_second_month():
    months = [date(2026, month, 1) for month in range(1, 13)]
    for customer in range(1, 40):
        assert sum(times_in(month, Decimal("0.5"), customer) for month in months) == 6
    first = sum(times_in(months[0], Decimal("0.5"), customer) for customer in range(1, 101))
    assert 40 <= first <= 60


def test_only_who_leads_sets_frequencies(company):
    data = read_input(SetFrequency, {"per_month": "2", "starts_on": "2026-01-01"})
    with pytest.raises(NotAllowed):
        actions.set_frequency(actor=company.actor("rep"), at=FEBRUARY, data=data)


def test_a_month_is_proposed_on_working_days_only(company, month):
    proposed = propose(company)
    days = list(Visit.objects.filter(plan=proposed).values_list("day", flat=True))
    assert len(days) == 12 and not proposed.shortfalls  # five doctors and 单雪, twice each
    assert set(days) <= set(working_days(date(2026, 3, 1), date(2026, 4, 1)))
    assert Visit.objects.filter(plan=proposed, planned_start=None).count() == 0


@pytest.mark.parametrize(
    ("month_", "worked", "free"),
    [
        ("2024-02-01", "2024-02-18", "2024-02-12"),
        ("2025-10-01", "2025-10-11", "2025-10-08"),
        ("2026-02-01", None, "2026-02-17"),
    ],
)
def test_holidays_are_free_and_adjusted_weekends_are_worked(company, month, month_, worked, free):
    first = date.fromisoformat(month_)
    at = at_hour(first - 3 * DAY, 9)
    frequency(company, "20", kind="hcp", starts_on="2024-01-01")
    with transaction.atomic():
        proposed = propose(company, at=at, month=month_)
    days = set(Visit.objects.filter(plan=proposed).values_list("day", flat=True))
    assert date.fromisoformat(free) not in days
    assert worked is None or date.fromisoformat(worked) in days


def test_a_day_that_the_company_declares_free_gets_no_visit(company, month):
    frequency(company, "20", kind="hcp", starts_on="2026-02-01")
    day = date(2026, 3, 10)
    set_workday(actor=company.actor("admin"), at=FEBRUARY, data=SetWorkday(day=day, working=False, note="年会"))
    assert not Visit.objects.filter(plan=propose(company), day=day).exists()


def test_visiting_hours_are_kept(company, month, archive):
    hours = read_input(SetHours, {"weekday": 1, "opens": "08:00", "closes": "11:30"})
    actions.set_hours(actor=company.actor("rep"), at=FEBRUARY, customer_id=archive.doctor.pk, data=hours)
    with pytest.raises(Conflict):
        actions.set_hours(actor=company.actor("rep"), at=FEBRUARY, customer_id=archive.doctor.pk, data=hours)
    visits = Visit.objects.filter(plan=propose(company), customer=archive.doctor)
    assert [(visit.day.weekday(), visit.planned_start <= time(11, 10)) for visit in visits] == [(1, True), (1, True)]


def test_proposing_again_keeps_what_a_person_changed(company, month):
    first = propose(company)
    touched, *_rest = Visit.objects.filter(plan=first).order_by("pk")
    move(company, touched, "rep", FEBRUARY, on=date(2026, 3, 31), starts="16:00")
    again = propose(company)
    assert again.pk == first.pk
    assert Visit.objects.filter(plan=again).count() == 12
    assert Visit.objects.filter(plan=again, pk=touched.pk, day=date(2026, 3, 31)).exists()


def test_what_was_done_already_counts(company, month, archive):
    at = at_hour(date(2026, 3, 2), 12)
    record(company.actor("rep"), archive.doctor, at=at)
    proposed = propose(company, at=at)
    assert Visit.objects.filter(plan=proposed, customer=archive.doctor).count() == 1


def test_a_plan_is_submitted_and_decided_by_a_superior_never_by_oneself(company, month):
    proposed = propose(company)
    submit = SubmitPlan(note="重点跟进心内科")
    submitted = actions.submit_plan(actor=company.actor("rep"), at=FEBRUARY, plan_id=proposed.pk, data=submit)
    assert submitted.state == "submitted"
    with refused("plan_closed"):
        propose(company)
    yes = DecidePlan(approve=True)
    for username, refusal in (("rep", NotAllowed), ("auditor", NotAllowed), ("foreigner", NotFound)):
        with pytest.raises(refusal):
            actions.decide_plan(actor=company.actor(username), at=FEBRUARY, plan_id=proposed.pk, data=yes)
    decided = actions.decide_plan(actor=company.actor("supervisor"), at=FEBRUARY, plan_id=proposed.pk, data=yes)
    assert (decided.state, decided.decided_by.username) == ("approved", "supervisor")


def test_sending_a_plan_back_needs_a_reason_and_opens_it_again(company, month):
    proposed = propose(company)
    actions.submit_plan(actor=company.actor("rep"), at=FEBRUARY, plan_id=proposed.pk, data=SubmitPlan())
    boss = company.actor("boss")
    with pytest.raises(RuleViolation):
        actions.decide_plan(actor=boss, at=FEBRUARY, plan_id=proposed.pk, data=DecidePlan(approve=False))
    back = DecidePlan(approve=False, note="周五下午太满")
    assert actions.decide_plan(actor=boss, at=FEBRUARY, plan_id=proposed.pk, data=back).state == "returned"
    assert propose(company).state == "returned"


def test_the_database_itself_lets_nobody_decide_on_their_own_plan(company):
    rep = company.people["rep"]
    with pytest.raises(IntegrityError), transaction.atomic():
        VisitPlan.objects.create(user=rep, month=date(2026, 3, 1), created_at=FEBRUARY, decided_by=rep)


def test_plan_and_reality_are_compared(company, month, archive):
    proposed = propose(company)
    first, *_others = Visit.objects.filter(plan=proposed).order_by("day", "pk")
    at = at_hour(date(2026, 3, 31), 17)
    record(company.actor("rep"), first.customer, at=at, starts_at=at - 2 * DAY)
    record(company.actor("rep"), first.customer, at=at, starts_at=at - DAY)
    record(company.actor("rep"), first.customer, at=at, starts_at=at - timedelta(hours=1))
    month_ = month_of_person(person=company.people["rep"], month=date(2026, 3, 1))
    assert (month_.due, month_.reached, month_.met, month_.asked, month_.kept) == (6, 1, 1, 12, 2)
    assert (month_.done, month_.planned, month_.planned_done, month_.unplanned) == (3, 12, 0, 3)
    assert (month_.coverage, month_.frequency, month_.execution) == (1 / 6, 2 / 12, 0)
