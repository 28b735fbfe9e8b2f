"""Each rule once: whom it tells what, and when it falls silent."""

from datetime import timedelta

import pytest

from repertory.core.actor import system_actor
from repertory.core.inputs import read_input
from repertory.core.time import day_of
from repertory.organisation.models import User
from repertory.platform.models import Reminder
from repertory.service import actions as service
from repertory.service.inputs import AnswerCase, HandOverEvent, TellCustomer
from repertory.service.models import Case
from repertory.visits import actions as visits
from repertory.visits.inputs import (
    CancelVisit,
    DecidePlan,
    ProposePlan,
    RecordCoaching,
    SendReport,
    SetFrequency,
    SubmitPlan,
)
from repertory.visits.models import Visit
from tests.factories import materials as shelf
from tests.factories.cases import open_case, report_event
from tests.factories.catalogue import add_pack, approve, draft, open_product, submit
from tests.factories.field import plan

DAY = timedelta(days=1)


@pytest.fixture
def product(company, at):
    product = open_product(at=at, name="阿托伐他汀钙片", number=1)
    add_pack(product, at=at)
    return product


def names(rule):
    rows = Reminder.objects.filter(rule=f"reminders.{rule}", withdrawn_at=None).values_list(
        "person__username", flat=True
    )
    return sorted(rows)


def test_a_planned_visit_is_told_on_its_day_and_afterwards_as_overdue(company, archive, refresh, told, at):
    visit = plan(company.actor("rep"), archive.own, at=at)
    rules = ("visits_today", "visits_overdue")
    assert refresh(*rules) == 0
    assert refresh(*rules, at=at + DAY) == 1
    assert told("rep", at=at + DAY) == ["拜访南京鼓楼医院（实地）"]
    refresh(*rules, at=at + 2 * DAY)
    assert told("rep", at=at + 2 * DAY) == ["计划昨天拜访南京鼓楼医院，还没有完成、改期或取消"]
    reason = CancelVisit(reason="客户出差")
    visits.cancel_visit(actor=company.actor("rep"), at=at, visit_id=visit.pk, data=reason)
    assert told("rep", at=at + 2 * DAY) == []


def test_long_silence_is_told_to_who_cares_for_the_customer_as_far_as_a_frequency_asks(
    company, archive, refresh, told, at
):
    last = day_of(at) - 46 * DAY
    for customer in (archive.own, archive.doctor, archive.team):
        customer.last_contact_on = last
        customer.save()
    asked = SetFrequency(kind="hcp", per_month="2", starts_on=last)
    visits.set_frequency(actor=company.actor("admin"), at=at, data=asked)
    assert refresh("visits_silence") == 1
    assert told("rep") == ["单雪 已有 46 天没有联系"]
    archive.doctor.last_contact_on = day_of(at)
    archive.doctor.save()
    assert told("rep") == []


def test_a_submitted_plan_goes_to_the_superior_and_its_decision_back_to_the_rep(company, archive, refresh, told, at):
    following = (day_of(at).replace(day=1) + 32 * DAY).replace(day=1)
    month = read_input(ProposePlan, {"month": following})
    asked = SetFrequency(kind="hcp", per_month="2", starts_on=day_of(at))
    visits.set_frequency(actor=company.actor("admin"), at=at, data=asked)
    rep, supervisor = company.actor("rep"), company.actor("supervisor")
    proposed = visits.propose_plan(actor=rep, at=at, data=month)
    visits.submit_plan(actor=rep, at=at, plan_id=proposed.pk, data=SubmitPlan())
    refresh("plan_waiting", "plan_decided")
    assert told("supervisor") == [f"李娜 提交了 {following:%Y-%m} 月计划，等待审批"]
    assert names("plan_waiting") == ["supervisor"]
    visits.decide_plan(actor=supervisor, at=at, plan_id=proposed.pk, data=DecidePlan(approve=True))
    assert told("supervisor") == []
    refresh("plan_waiting", "plan_decided")
    assert told("rep") == [f"您的 {following:%Y-%m} 月计划已批准"]


def test_an_urgent_report_reaches_the_whole_chain_at_once_until_each_has_read_it(
    company, archive, told, at, worker_at_hand, django_capture_on_commit_callbacks
):
    urgent = SendReport(kind="urgent", on=day_of(at), text="断货")
    with django_capture_on_commit_callbacks(execute=True):
        report = visits.send_report(actor=company.actor("rep"), at=at, data=urgent)
    assert names("urgent_report") == ["boss", "manager", "supervisor"]
    visits.read_report(actor=company.actor("manager"), at=at, report_id=report.pk)
    assert (told("manager"), told("boss")) == ([], ["李娜 发来紧急报告，请阅读"])


def test_coaching_is_told_until_it_was_read_and_what_was_agreed_when_it_is_due(company, archive, refresh, told, at):
    agreed = [{"text": "准备文献", "due_on": day_of(at) + 5 * DAY}]
    given = {"username": "rep", "on": day_of(at), "observed": "开场自然", "agreed": agreed}
    coaching = visits.record_coaching(actor=company.actor("supervisor"), at=at, data=read_input(RecordCoaching, given))
    refresh("coaching_unread", "agreed_actions")
    assert told("rep") == ["地区主管 记录了对您的协访辅导，请阅读"]
    visits.read_coaching(actor=company.actor("rep"), at=at, coaching_id=coaching.pk)
    refresh("agreed_actions", at=at + 3 * DAY)
    assert names("agreed_actions") == ["rep", "supervisor"]
    assert told("rep", at=at + 3 * DAY) == ["李娜 约定的行动“准备文献”后天到期"]


def test_a_message_that_waits_is_told_to_deciders_who_did_not_write_it(company, product, refresh, told, at):
    version = submit(draft(product, at=at, actor=company.actor("marketer")), at=at, actor=company.actor("marketer"))
    refresh("message_waiting")
    assert names("message_waiting") == ["admin"]
    assert told("admin") == [f"{product} 的关键信息“{version.title}”等待审批"]


def test_a_message_that_ends_is_told_to_product_manager_and_marketer(company, product, refresh, told, at):
    product.product_manager = company.people["product"]
    product.save()
    approve(draft(product, at=at), at=at, valid_until=day_of(at) + 60 * DAY)
    assert refresh("message_expiry") == 2
    assert names("message_expiry") == ["marketer", "product"]
    assert refresh("message_expiry", at=at + 61 * DAY) == 0
    assert told("product", at=at + 61 * DAY) == []


def test_materials_that_end_or_wait_and_samples_in_a_bag(company, product, refresh, told, at):
    shelf.submit(shelf.draft(shelf.open_material(at=at, title="待审资料"), at=at), at=at)
    ending = shelf.draft(shelf.open_material(at=at, title="折页"), at=at)
    shelf.approve(ending, at=at, valid_until=day_of(at) + 10 * DAY)
    lot = shelf.receive_lot(product.packs.get(), at=at, expires_on=day_of(at) + 30 * DAY)
    shelf.issue_samples(lot, at=at, to="rep", quantity=6)
    refresh("material_waiting", "material_expiry", "sample_expiry")
    assert names("material_waiting") == ["marketer", "product"]
    assert names("material_expiry") == ["marketer"]
    assert names("sample_expiry") == ["rep"]
    assert "（6 盒）" in told("rep")[0]


def test_a_case_is_told_to_its_owner_and_late_further_and_further_up(company, archive, refresh, told, at):
    case = open_case(archive.own, at=at, actor=company.actor("rep"), severity="urgent")
    # On a day without work it would be due later.
    Case.objects.filter(pk=case.pk).update(due_at=at + timedelta(hours=4))
    refresh("case_due")
    assert names("case_due") == ["rep"]
    for days, people in ((0, []), (30, ["admin", "boss", "manager", "supervisor"])):
        service.escalate_late_cases(actor=system_actor(), at=at + days * DAY)
        refresh("case_escalated", at=at + days * DAY)
        assert names("case_escalated") == people
    answer = AnswerCase(result="已补货", cause="supply")
    service.answer_case(actor=company.actor("rep"), at=at, case_id=case.pk, data=answer)
    service.tell_customer(actor=company.actor("rep"), at=at, case_id=case.pk, data=TellCustomer(how="phone"))
    assert (told("rep"), told("boss", at=at + 30 * DAY)) == ([], [])


def test_an_adverse_event_is_told_to_the_superior_at_once_and_to_all_when_its_term_comes(
    company, archive, refresh, told, at, worker_at_hand, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        event = report_event(archive.own, at=at, actor=company.actor("rep"))
    assert (names("adverse_event_new"), names("adverse_event_due")) == (["supervisor"], [])
    refresh("adverse_event_due", at=event.due_at - 3 * DAY)
    assert names("adverse_event_due") == ["boss", "manager", "rep", "supervisor"]
    assert "单雪" not in "".join(told("boss", at=event.due_at)), "the reporter is a private matter"
    service.hand_over_event(
        actor=company.actor("supervisor"), at=at, event_id=event.pk, data=HandOverEvent(to="药物警戒部")
    )
    assert told("supervisor", at=event.due_at) == []


def test_a_filing_number_that_ends_is_told_to_the_person_and_the_superior(company, refresh, told, at):
    User.objects.filter(username="rep").update(filing_number="3101", filing_expires_on=day_of(at) + 10 * DAY)
    refresh("filing_expiry")
    assert names("filing_expiry") == ["rep", "supervisor"]


def test_visits_of_the_past_do_not_pile_up(company, archive, refresh, at):
    plan(company.actor("rep"), archive.own, at=at)
    Visit.objects.update(day=day_of(at) - 15 * DAY)
    assert refresh("visits_overdue") == 0
