"""E-mails and robots: each once, a bounded number of times, to who still may know."""

from datetime import timedelta

import pytest

from repertory.core.actor import Door, system_actor
from repertory.core.errors import RuleViolation
from repertory.core.time import COMPANY_ZONE, day_of
from repertory.customers import actions as customers
from repertory.customers.inputs import Reassign
from repertory.platform.actions.outbox import ATTEMPTS, STUCK
from repertory.platform.models import Delivery
from repertory.platform.models.outbox import DeliveryState
from repertory.platform.reminders import jobs
from repertory.platform.reminders.actions import claim_deliveries
from repertory.service.models import Case
from tests.factories.cases import open_case

RULE = "customer_licences"


def now_is_morning():
    """What the night found may go out."""
    Delivery.objects.update(send_at=Delivery.objects.values_list("reminder__created_at", flat=True)[0])


def states():
    return sorted(Delivery.objects.values_list("state", flat=True))


def test_a_person_who_chose_nothing_is_told_in_the_program_only(archive, refresh, mail):
    refresh(RULE)
    assert Delivery.objects.count() == jobs.send_waiting() == len(mail.letters) == 0


def test_an_email_says_what_it_is_about_and_goes_out_once(archive, refresh, choose, post, mail, settings):
    settings.PUBLIC_URL = "https://crm.example.com"
    post("rep", "lina@example.com")
    choose("rep", RULE, "email")
    refresh(RULE)
    now_is_morning()
    assert jobs.send_waiting() == 1
    assert jobs.send_waiting() == 0
    refresh(RULE)
    assert jobs.send_waiting() == 0
    (letter,) = mail.letters
    assert (letter["To"], letter["Subject"]) == ("lina@example.com", "药程提醒：1 条")
    assert letter["Message-ID"].endswith("@example.com>")
    text = letter.get_content()
    assert "南京鼓楼医院 的医疗机构执业许可证" in text
    assert "https://crm.example.com/reminders/" in text
    assert states() == [DeliveryState.SENT]


def test_what_the_night_finds_is_told_in_the_morning_and_what_presses_at_once(
    archive, refresh, choose, post, mail, at, company
):
    post("rep", "lina@example.com")
    choose("rep", RULE, "email")
    choose("rep", "case_due", "email")
    midnight = at.astimezone(COMPANY_ZONE).replace(hour=0, minute=20) + timedelta(days=1)
    refresh(RULE, at=midnight)
    case = open_case(archive.own, at=at, actor=company.actor("rep"), severity="urgent")
    # On a day without work it would be due later.
    Case.objects.filter(pk=case.pk).update(due_at=at + timedelta(hours=4))
    refresh("case_due", at=midnight)
    hours = dict(Delivery.objects.values_list("reminder__rule", "send_at"))
    assert hours["reminders.customer_licences"].astimezone(COMPANY_ZONE).hour == 8
    assert hours["reminders.case_due"] == midnight


def test_a_robot_names_people_and_rules_but_no_customer(archive, refresh, choose, robot, wecom):
    choose("rep", RULE, "robot", robot.pk)
    refresh(RULE)
    now_is_morning()
    jobs.send_waiting()
    ((path, body),) = wecom.posts
    assert path == "/cgi-bin/webhook/send?key=0a1b2c3d-4e5f-6789-abcd-ef0123456789"
    assert body["msgtype"] == "text"
    assert "李娜：1 条（客户证照到期）" in body["text"]["content"]
    assert "鼓楼" not in body["text"]["content"]
    assert states() == [DeliveryState.SENT]


def test_an_answer_that_says_no_is_a_failure_and_is_tried_again_a_bounded_number_of_times(
    archive, refresh, choose, robot, wecom
):
    """The platforms answer 200 to a wrong key and say so in the body."""
    wecom.answer = {"errcode": 93000, "errmsg": "invalid webhook url"}
    choose("rep", RULE, "robot", robot.pk)
    refresh(RULE)
    for _attempt in range(ATTEMPTS + 3):
        now_is_morning()
        jobs.send_waiting()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, len(wecom.posts)) == (DeliveryState.FAILED, ATTEMPTS, ATTEMPTS)
    assert "请检查机器人" in delivery.problem
    assert "0a1b2c3d" not in delivery.problem


def test_between_two_attempts_time_goes_by(archive, refresh, choose, robot, wecom, at):
    wecom.status = 500
    choose("rep", RULE, "robot", robot.pk)
    refresh(RULE)
    now_is_morning()
    jobs.send_waiting()
    assert jobs.send_waiting() == 0
    assert Delivery.objects.get().send_at > at + timedelta(seconds=50)


def test_one_receiver_that_fails_keeps_no_other_waiting(archive, refresh, choose, post, robot, wecom, mail, company):
    wecom.status = 500
    post("rep", "lina@example.com")
    choose("rep", RULE, "email")
    choose("rep", "customer_dates", "robot", robot.pk)
    open_case(archive.own, at=archive.own.created_at, actor=company.actor("rep"))
    choose("rep", "case_due", "robot", robot.pk)
    refresh(RULE, "case_due")
    now_is_morning()
    jobs.send_waiting()
    assert states() == [DeliveryState.SENT, DeliveryState.WAITING]
    assert len(mail.letters) == 1


def test_a_refused_letter_is_tried_again_and_tells_no_address(archive, refresh, choose, post, mail):
    mail.refuse = True
    post("rep", "lina@example.com")
    choose("rep", RULE, "email")
    refresh(RULE)
    now_is_morning()
    jobs.send_waiting()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.problem) == (DeliveryState.WAITING, "SMTPRecipientsRefused")


def test_what_was_lost_or_done_meanwhile_is_not_sent(archive, refresh, choose, post, mail, at):
    post("rep", "lina@example.com")
    choose("rep", RULE, "email")
    refresh(RULE)
    now_is_morning()
    move = Reassign(from_territory="E1A", to_territory="N1A", on=day_of(at), customers=[archive.own.pk])
    customers.reassign_customers(actor=system_actor(), at=at, data=move)
    jobs.send_waiting()
    assert (states(), mail.letters) == ([DeliveryState.SKIPPED], [])


def test_two_workers_never_take_the_same_and_a_killed_ones_work_is_taken_over(archive, refresh, choose, post, mail, at):
    post("rep", "lina@example.com")
    choose("rep", RULE, "email")
    refresh(RULE)
    now_is_morning()
    worker = {"actor": system_actor(Door.JOB)}
    assert len(claim_deliveries(**worker, at=at)) == 1
    assert claim_deliveries(**worker, at=at + STUCK) == []
    (again,) = claim_deliveries(**worker, at=at + STUCK + timedelta(seconds=1))
    assert again.attempts == 2


def test_email_needs_a_server_and_an_address(archive, choose, mail, settings):
    with pytest.raises(RuleViolation):
        choose("rep", RULE, "email")
    settings.EMAIL_HOST = ""
    with pytest.raises(RuleViolation):
        choose("rep", RULE, "email")


def test_the_page_offers_only_what_can_be_used_and_keeps_the_choice(archive, robot, signed_in, post, mail, company):
    browser = signed_in("rep")
    page = browser.get("/reminders/settings/").content.decode()
    assert "同时发邮件" not in page
    assert "同时发到“南京地区群”" in page
    post("rep", "lina@example.com")
    browser = signed_in("rep")
    assert "同时发邮件" in browser.get("/reminders/settings/").content.decode()
    chosen = {"reminders.customer_licences": f"robot:{robot.pk}", "reminders.customer_dates": "email"}
    assert browser.post("/reminders/settings/", chosen).status_code == 302
    page = browser.get("/reminders/settings/").content.decode()
    assert page.count(" selected") == 29
    assert page.count(f'value="robot:{robot.pk}" selected') == page.count('value="email" selected') == 1
    refused = browser.post("/reminders/settings/", {"reminders.customer_dates": "robot:999"})
    assert refused.status_code == 422
    assert "没有这个群机器人" in refused.content.decode()
