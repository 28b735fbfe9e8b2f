"""Open work goes with the customer (M-ORG-4); late work becomes known further up (M-SER-1)."""

from datetime import timedelta

import pytest

from repertory.core.actor import system_actor
from repertory.core.errors import InvalidInput, NotAllowed
from repertory.core.time import day_of
from repertory.customers.actions import merge_customers, reassign_customers, undo_merge
from repertory.customers.inputs import MergeCustomers, Reassign
from repertory.organisation.actions import end_assignment, set_policy
from repertory.organisation.inputs import EndAssignment
from repertory.organisation.models import Assignment
from repertory.platform import reactions
from repertory.service import actions
from repertory.service.events import CaseEscalated
from repertory.service.inputs import AnswerCase, AssignCase, TellCustomer
from repertory.service.models import Case, MovedByMerge
from repertory.service.queries.cases import steps_of
from tests.factories.archive import open_archive
from tests.factories.cases import open_case, report_event
from tests.service.conftest import MONDAY


def escalate(at):
    return actions.escalate_late_cases(actor=system_actor(), at=at)


def level(case):
    return Case.objects.get(pk=case.pk).escalation


def owner(case):
    found = Case.objects.select_related("owner").get(pk=case.pk).owner
    return found.username if found else None


def close(case, company):
    answer = AnswerCase(result="好", cause="other")
    actions.answer_case(actor=company.actor("boss"), at=MONDAY, case_id=case.pk, data=answer)
    actions.tell_customer(actor=company.actor("boss"), at=MONDAY, case_id=case.pk, data=TellCustomer(how="phone"))


def test_a_late_case_rises_level_by_level_and_each_once(archive):
    case = open_case(archive.own, at=MONDAY, severity="high")  # due on Monday at 18:00
    seen = []
    for hours, expected in ((9, 0), (9.1, 1), (20, 1), (33, 1), (33.1, 2), (81, 2), (81.1, 3), (400, 3)):
        escalate(MONDAY + timedelta(hours=hours))
        seen.append((hours, level(case)))
        assert seen[-1] == (hours, expected)
    raised = [row.level for row in steps_of(case) if row.kind == "escalated"]
    assert raised == [1, 2, 3]


def test_escalating_twice_changes_nothing(archive):
    case = open_case(archive.own, at=MONDAY, severity="high")
    late = MONDAY + timedelta(hours=10)
    assert (escalate(late), escalate(late)) == (1, 0)
    assert Case.objects.get(pk=case.pk).version == 2


def test_a_job_that_did_not_run_for_days_raises_to_the_level_of_today_once(archive):
    case = open_case(archive.own, at=MONDAY, severity="high")
    assert escalate(MONDAY + timedelta(days=30)) == 1
    assert [row.level for row in steps_of(case) if row.kind == "escalated"] == [3]


def test_what_the_customer_was_told_in_time_or_is_not_due_rises_never(archive, company):
    done = open_case(archive.own, at=MONDAY, severity="urgent")
    close(done, company)
    open_case(archive.own, at=MONDAY + timedelta(days=29), severity="low")
    assert escalate(MONDAY + timedelta(days=30)) == 0
    assert level(done) == 0


def test_an_answer_that_nobody_told_the_customer_is_late_too(archive, company):
    case = open_case(archive.own, at=MONDAY, severity="urgent")
    answer = AnswerCase(result="好", cause="other")
    actions.answer_case(actor=company.actor("rep"), at=MONDAY, case_id=case.pk, data=answer)
    assert escalate(MONDAY + timedelta(hours=6)) == 1


def test_the_limits_are_those_of_the_dated_rule(archive):
    value = {"manager_after": 1, "company_after": 2}
    set_policy(actor=system_actor(), at=MONDAY, key="service.escalation", starts_on=day_of(MONDAY), value=value)
    case = open_case(archive.own, at=MONDAY, severity="urgent")  # due at 14:00
    escalate(MONDAY + timedelta(hours=6, minutes=30))
    assert level(case) == 2
    escalate(MONDAY + timedelta(hours=7, minutes=30))
    assert level(case) == 3


def test_each_rise_is_told_to_the_other_domains(archive):
    case = open_case(archive.own, at=MONDAY, severity="urgent")
    told = []
    kept = dict(reactions._same_transaction), dict(reactions._after_commit)
    try:
        reactions.connect(
            same_transaction={CaseEscalated: [lambda event, actor, at: told.append((event.case_id, event.level))]},
            after_commit={},
        )
        escalate(MONDAY + timedelta(hours=6))
    finally:
        reactions.connect(same_transaction=kept[0], after_commit=kept[1])
    assert told == [(case.pk, 1)]


def test_only_the_program_and_administrators_escalate(company, archive):
    with pytest.raises(NotAllowed):
        actions.escalate_late_cases(actor=company.actor("boss"), at=MONDAY)
    assert actions.escalate_late_cases(actor=company.actor("admin"), at=MONDAY) == 0


def test_open_cases_go_with_the_customer_and_closed_ones_stay(archive, company, at):
    still_open = open_case(archive.own, at=MONDAY)
    done = open_case(archive.own, at=MONDAY)
    close(done, company)
    data = Reassign(from_territory="E1A", to_territory="E1B", customers=[archive.own.pk])
    reassign_customers(actor=company.actor("supervisor"), at=at, data=data)
    assert (owner(still_open), owner(done)) == ("teammate", "rep")
    assert steps_of(still_open)[-1].kind == "assigned"


def test_a_handover_of_tomorrow_waits_for_the_nightly_sweep(archive, company, at):
    case = open_case(archive.own, at=MONDAY)
    data = Reassign(
        from_territory="E1A", to_territory="E1B", customers=[archive.own.pk], on=day_of(at) + timedelta(days=1)
    )
    reassign_customers(actor=company.actor("supervisor"), at=at, data=data)
    assert owner(case) == "rep"


def test_the_sweep_finds_what_a_leaver_left_behind(archive, company, at):
    case = open_case(archive.own, at=MONDAY)
    by_admin = open_case(archive.own, at=MONDAY, owner="admin")
    post = Assignment.objects.get(user=company.people["rep"])
    end_assignment(actor=system_actor(), at=at, assignment_id=post.pk, data=EndAssignment())
    assert actions.hand_over_cases(actor=system_actor(), at=at) == 1
    assert (owner(case), owner(by_admin)) == ("supervisor", "admin")
    assert actions.hand_over_cases(actor=system_actor(), at=at) == 0


def test_a_sweep_costs_the_same_for_one_case_and_for_three(archive, company, at, django_assert_max_num_queries):
    for _number in range(3):
        open_case(archive.own, at=MONDAY)
    with django_assert_max_num_queries(14):
        actions.hand_over_cases(actor=system_actor(), at=at)


def test_an_owner_or_a_superior_gives_a_case_to_somebody_who_sees_the_customer(archive, company):
    case = open_case(archive.own, at=MONDAY)

    def give(username, to):
        data = AssignCase(owner=to, reason="出差")
        actions.assign_case(actor=company.actor(username), at=MONDAY, case_id=case.pk, data=data)
        return owner(case)

    assert give("rep", "supervisor") == "supervisor"
    with pytest.raises(NotAllowed):
        give("rep", "rep")
    with pytest.raises(InvalidInput):
        give("supervisor", "foreigner")
    assert give("supervisor", "rep") == "rep"


def test_a_merge_takes_cases_and_reports_along_and_gives_them_back(archive, company, at):
    twin = open_archive(at=at, territory="E1A", name="南京鼓楼医院二")
    case, event = open_case(twin, at=MONDAY), report_event(twin, at=MONDAY)
    kept = open_case(archive.own, at=MONDAY)
    data = MergeCustomers(kept=archive.own.pk, gone=twin.pk)
    merge = merge_customers(actor=company.actor("supervisor"), at=at, data=data)
    case.refresh_from_db()
    event.refresh_from_db()
    assert (case.customer_id, event.customer_id) == (archive.own.pk, archive.own.pk)
    undo_merge(actor=company.actor("supervisor"), at=at, merge_id=merge.pk)
    case.refresh_from_db()
    event.refresh_from_db()
    kept.refresh_from_db()
    assert (case.customer_id, event.customer_id, kept.customer_id) == (twin.pk, twin.pk, archive.own.pk)
    assert not MovedByMerge.objects.exists()
