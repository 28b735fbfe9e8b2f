"""`repertory verify` names what somebody broke in cases and adverse events behind the program's back. M-PLT-4."""

from datetime import timedelta

import pytest
from django.db import connection

from repertory.config import service_checks
from repertory.core.actor import system_actor
from repertory.core.time import now
from repertory.organisation.actions import set_policy, set_workday
from repertory.organisation.inputs import SetWorkday
from repertory.service import actions
from repertory.service.inputs import AnswerCase, CorrectAdverseEvent, HandOverEvent, TellCustomer
from tests.factories.archive import open_archive
from tests.factories.cases import open_case, report_event

# Name of the check → statements that break what it guards.
BREAKS = {
    "case_due_times": (
        "UPDATE service_case SET due_hours = due_hours + 1",
        "UPDATE service_case SET due_at = '2099-01-01 00:00:00+00:00'",
    ),
    "case_steps": (
        "UPDATE service_case SET state = 'open', told_at = NULL",
        "UPDATE service_casestep SET to_state = 'reopened' WHERE to_state = 'answered'",
        "DELETE FROM service_casestep WHERE kind = 'answered'",
    ),
    "service_numbers": (
        "UPDATE service_numberseries SET last = last + 1 WHERE name = 'case'",
        "UPDATE service_numberseries SET last = last - 1 WHERE name = 'adverse'",
    ),
    "adverse_event_clocks": (
        "UPDATE service_adverseevent SET clock = 'other'",
        "UPDATE service_adverseevent SET due_at = '2099-01-01 00:00:00+00:00'",
        "UPDATE service_adverseevent SET expectedness = 'known', seriousness = '[]'",
    ),
    "adverse_event_revisions": (
        "UPDATE service_adverseevent SET lot = 'X'",
        "UPDATE service_adverseevent SET patient_age = NULL",
        "UPDATE service_adverseevent SET missing = '[\"patient\"]'",
        "UPDATE service_adverseeventrevision SET number = 7 WHERE number = 2",
        "UPDATE service_adverseeventrevision SET content = (SELECT patient_age FROM service_adverseevent)",
    ),
}


@pytest.fixture
def whole(company):
    """A case that was told and a report that was corrected and handed over."""
    at = now() - timedelta(hours=1)
    system = {"actor": system_actor(), "at": at}
    customer = open_archive(at=at, territory="E1A", name="南京鼓楼医院")
    case = open_case(customer, at=at)
    actions.answer_case(**system, case_id=case.pk, data=AnswerCase(result="好", cause="other"))
    actions.tell_customer(**system, case_id=case.pk, data=TellCustomer(how="phone"))
    event = report_event(customer, at=at)
    correction = CorrectAdverseEvent(seriousness=["hospitalisation"], reason="住院")
    actions.correct_adverse_event(**system, event_id=event.pk, data=correction)
    actions.hand_over_event(**system, event_id=event.pk, data=HandOverEvent(to="药物警戒部"))
    return case


def found() -> dict[str, list[str]]:
    return {check.__name__: problems for check in service_checks.CHECKS if (problems := list(check()))}


def test_what_the_actions_wrote_is_whole(whole):
    assert found() == {}


@pytest.mark.parametrize(("check", "statement"), [(check, one) for check, all_ in BREAKS.items() for one in all_])
def test_a_broken_row_is_named_by_its_check(whole, check, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount
    assert check in found()


def test_every_check_has_something_that_breaks_it():
    assert {check.__name__ for check in service_checks.CHECKS} == set(BREAKS)


def test_a_working_day_or_a_rule_that_is_set_afterwards_breaks_nothing(whole):
    at = now()
    data = SetWorkday(day=whole.due_at.date(), working=False, note="公司放假")
    set_workday(actor=system_actor(), at=at, data=data)
    terms = {"death_hours": 12, "serious_or_new_days": 7, "other_days": 20}
    key = "service.adverse_event_terms"
    set_policy(actor=system_actor(), at=at, key=key, starts_on=whole.opened_at.date(), value=terms, source="公司制度")
    assert found() == {}
