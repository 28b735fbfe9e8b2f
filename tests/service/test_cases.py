"""M-SER-1: a case has an owner and a due time in working time, and is over when the customer was told."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from repertory.core.actor import system_actor
from repertory.core.errors import InvalidInput, NotAllowed, NotFound, RuleViolation, Stale
from repertory.core.listing import ListQuery
from repertory.organisation.actions import set_policy
from repertory.platform.models import AuditEntry
from repertory.service import actions
from repertory.service.inputs import (
    AnswerCase,
    NoteProgress,
    ReopenCase,
    ReviseCase,
    TakeCase,
    TellCustomer,
)
from repertory.service.models import Case, CaseStep, NumberSeries
from repertory.service.queries.cases import causes, list_cases, steps_of
from tests.factories.cases import open_case
from tests.factories.catalogue import open_product
from tests.service.conftest import MONDAY

ANSWER = AnswerCase(result="可以合用，剂量不超过 20mg。", cause="information")
TOLD = TellCustomer(how="phone", text="客户满意")


def step(company, act, case, data, *, at=MONDAY, username="rep"):
    return act(actor=company.actor(username), at=at, case_id=case.pk, data=data)


def finish(company, case, *, at=MONDAY, **facts):
    step(company, actions.answer_case, case, ANSWER.model_copy(update=facts), at=at)
    return step(company, actions.tell_customer, case, TOLD, at=at)


@pytest.mark.parametrize(
    ("severity", "due"),
    [
        ("urgent", MONDAY + timedelta(hours=5)),  # four working hours, over lunch
        ("high", MONDAY + timedelta(hours=9)),
        ("normal", MONDAY + timedelta(days=2, hours=9)),
        ("low", MONDAY + timedelta(days=4, hours=9)),
    ],
)
def test_a_case_is_due_in_working_time_by_its_severity(archive, severity, due):
    assert open_case(archive.own, at=MONDAY, severity=severity).due_at == due


def test_a_case_opened_before_the_spring_festival_is_due_after_it(archive):
    friday = MONDAY.replace(month=2, day=13, hour=17)
    assert open_case(archive.own, at=friday, severity="high").due_at == MONDAY.replace(month=2, day=14, hour=17)
    saturday = MONDAY.replace(month=2, day=14, hour=17)
    assert open_case(archive.own, at=saturday, severity="high").due_at == MONDAY.replace(month=2, day=24, hour=17)


def test_the_hours_are_those_of_the_rule_on_the_day_it_was_opened(archive):
    value = {"urgent": 2, "high": 4, "normal": 8, "low": 16}
    set_policy(actor=system_actor(), at=MONDAY, key="service.case_hours", starts_on=date(2026, 3, 3), value=value)
    assert open_case(archive.own, at=MONDAY).due_at == MONDAY + timedelta(days=2, hours=9)
    assert open_case(archive.own, at=MONDAY + timedelta(days=1)).due_at == MONDAY + timedelta(days=1, hours=9)


def test_numbers_run_through_the_year_and_begin_anew(archive):
    first, second = open_case(archive.own, at=MONDAY), open_case(archive.own, at=MONDAY)
    next_year = open_case(archive.own, at=MONDAY.replace(year=2027))
    assert [case.number for case in (first, second, next_year)] == ["2026-00001", "2026-00002", "2027-00001"]
    assert NumberSeries.objects.get(name="case", year=2026).last == 2


def test_a_refused_case_leaves_no_gap_in_the_numbers(archive, company):
    with pytest.raises(NotFound):
        open_case(archive.foreign, at=MONDAY, actor=company.actor("rep"))
    with pytest.raises(InvalidInput):
        open_case(archive.own, at=MONDAY, product_id=999_999)
    assert open_case(archive.own, at=MONDAY).number == "2026-00001"


@pytest.mark.parametrize(
    ("username", "owner"), [("rep", "rep"), ("supervisor", "rep"), ("product", "rep"), ("admin", "rep")]
)
def test_a_case_belongs_to_the_rep_who_looks_after_the_customer(archive, company, username, owner):
    assert open_case(archive.own, at=MONDAY, actor=company.actor(username)).owner == company.people[owner]


def test_a_named_owner_must_see_the_customer(archive, company):
    assert open_case(archive.own, at=MONDAY, owner="supervisor").owner == company.people["supervisor"]
    for nobody in ("foreigner", "auditor", "unknown"):
        with pytest.raises(InvalidInput):
            open_case(archive.own, at=MONDAY, owner=nobody)


def test_opened_from_a_visit_it_says_so(archive, company):
    product = open_product(at=MONDAY, name="阿托伐他汀钙片", number=1)
    found = open_case(archive.own, at=MONDAY, actor=company.actor("rep"), visit_id=7, product_id=product.pk)
    assert (found.visit_id, found.channel, found.product) == (7, "visit", product)


def test_the_way_from_open_to_told_leaves_a_dated_step_each_time(case, company):
    step(company, actions.take_case, case, TakeCase())
    step(company, actions.note_progress, case, NoteProgress(text="已问医学部"), at=MONDAY + timedelta(hours=1))
    step(company, actions.answer_case, case, ANSWER, at=MONDAY + timedelta(hours=2))
    told = step(company, actions.tell_customer, case, TOLD, at=MONDAY + timedelta(hours=3))
    assert (told.state, told.result, told.cause, told.told_how) == ("closed", ANSWER.result, "information", "phone")
    assert told.told_at == MONDAY + timedelta(hours=3)
    assert [(row.kind, row.from_state, row.to_state) for row in steps_of(case)] == [
        ("opened", "", "open"),
        ("taken", "open", "in_progress"),
        ("noted", "", ""),
        ("answered", "in_progress", "answered"),
        ("told", "answered", "closed"),
    ]
    assert {row.user for row in steps_of(case)} == {company.people["rep"]}
    verbs = (
        AuditEntry.objects.filter(object_type="case", object_id=case.pk).order_by("pk").values_list("verb", flat=True)
    )
    assert list(verbs) == ["case_opened", "case_taken", "case_noted", "case_answered", "case_told"]


def test_the_customer_is_told_only_what_there_is(case, company):
    with pytest.raises(RuleViolation):
        step(company, actions.tell_customer, case, TOLD)
    with pytest.raises(RuleViolation):
        step(company, actions.reopen_case, case, ReopenCase(reason="还没完"))


def test_a_reopened_case_gets_a_new_clock_and_forgets_that_it_was_told(case, company):
    finish(company, case)
    later = MONDAY + timedelta(days=1)
    again = step(company, actions.reopen_case, case, ReopenCase(reason="客户不满意"), at=later)
    assert (again.state, again.told_at, again.told_how, again.clock_from) == ("reopened", None, "", later)
    assert again.due_at == later + timedelta(days=2, hours=9)
    assert finish(company, case, at=later).state == "closed"


def test_the_database_holds_that_a_closed_case_was_told(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="closed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="answered")


def test_another_severity_moves_the_due_time_from_the_same_beginning(case, company):
    revised = step(company, actions.revise_case, case, ReviseCase(severity="urgent"), at=MONDAY + timedelta(hours=8))
    assert (revised.due_at, revised.due_hours) == (MONDAY + timedelta(hours=5), 4)
    with pytest.raises(Stale):
        step(company, actions.revise_case, case, ReviseCase(title="晚了", version=1))
    same = step(company, actions.revise_case, case, ReviseCase(title=revised.title))
    assert same.version == revised.version


def test_who_only_reads_takes_no_step(case, company):
    with pytest.raises(NotAllowed):
        step(company, actions.take_case, case, TakeCase(), username="auditor")
    with pytest.raises(NotFound):
        step(company, actions.take_case, case, TakeCase(), username="foreigner")


def test_a_list_knows_mine_late_and_unfinished(archive, company, case):
    open_case(archive.team, at=MONDAY)
    closed = open_case(archive.own, at=MONDAY, actor=company.actor("rep"))
    finish(company, closed)
    later = MONDAY + timedelta(days=10)

    def numbers(username, **filters):
        query = ListQuery(filters={name: [value] for name, value in filters.items()})
        return [row.number for row in list_cases(actor=company.actor(username), query=query, at=later).items]

    assert numbers("supervisor") == ["2026-00001", "2026-00002", "2026-00003"]
    assert numbers("rep", mine="1") == ["2026-00001", "2026-00003"]
    assert numbers("supervisor", late="1") == ["2026-00001", "2026-00002"]
    assert numbers("supervisor", unfinished="1", owner="rep") == ["2026-00001"]
    assert numbers("supervisor", customer=str(archive.team.pk)) == ["2026-00002"]
    assert numbers("supervisor", customer="x") == []
    assert numbers("rep", state="closed") == ["2026-00003"]
    with pytest.raises(InvalidInput):
        numbers("rep", password="1")


def test_a_pareto_begins_with_the_most_frequent_cause_and_adds_up(archive, company):
    for cause in ("supply", "information", "supply", "price", "supply", "information"):
        finish(company, open_case(archive.own, at=MONDAY, actor=company.actor("rep")), cause=cause)
    open_case(archive.own, at=MONDAY)
    found = causes(actor=company.actor("boss"), query=ListQuery(), at=MONDAY)
    assert [(one.cause, one.count, one.so_far) for one in found] == [
        ("supply", 3, 3),
        ("information", 2, 5),
        ("price", 1, 6),
    ]
    assert causes(actor=company.actor("foreigner"), query=ListQuery(), at=MONDAY) == []


def test_one_s_own_case_stays_in_sight_when_the_customer_is_lost(archive, company):
    found = open_case(archive.former, at=MONDAY)
    mine = open_case(archive.foreign, at=MONDAY)
    Case.objects.filter(pk=mine.pk).update(opened_by=company.people["rep"])
    listed = list_cases(actor=company.actor("rep"), query=ListQuery(), at=MONDAY).items
    assert [row.pk for row in listed] == [mine.pk]
    assert found.pk not in [row.pk for row in listed]


def test_steps_are_appended_and_never_changed(case, company):
    first = CaseStep.objects.get(case=case)
    step(company, actions.revise_case, case, ReviseCase(text="另说", title="改题"))
    assert CaseStep.objects.filter(pk=first.pk).values().get() == {
        "id": first.pk,
        "case_id": case.pk,
        "kind": "opened",
        "at": MONDAY,
        "user_id": company.people["rep"].pk,
        "text": "",
        "from_state": "",
        "to_state": "open",
        "level": 0,
    }
