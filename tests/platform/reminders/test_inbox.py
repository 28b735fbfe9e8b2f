"""The list, the bell, snoozing and finishing: by page and by API, everybody's own only."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from repertory.core.actor import system_actor
from repertory.core.time import COMPANY_ZONE, day_of, now, start_of
from repertory.customers import actions as customers
from repertory.customers.inputs import NoteDate, RecordLicence
from repertory.organisation.actions import issue_token
from repertory.organisation.inputs import IssueToken
from repertory.platform.models import Reminder
from repertory.platform.reminders.queries import open_reminders
from repertory.service.models import Case
from tests.factories.cases import open_case
from tests.factories.field import plan

DAY = timedelta(days=1)


@pytest.fixture
def reminder(archive, refresh):
    refresh("customer_licences")
    return Reminder.objects.get()


@pytest.fixture
def caller(company, at, client):
    def call(username="rep", scope="write"):
        secret = issue_token(actor=company.actor(username), at=at, data=IssueToken(name="t", scope=scope))[1]
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
        return client

    return call


def note(customer, at, ahead):
    day = day_of(at) + ahead * DAY
    data = NoteDate(kind="conference", label=f"会议{ahead}", month=day.month, day=day.day, remind_days=10)
    customers.note_date(actor=system_actor(), at=at, customer_id=customer.pk, data=data)


def test_the_list_groups_by_day_and_the_bell_counts_what_is_due(archive, refresh, at, signed_in):
    for ahead in (0, 3):
        note(archive.own, at, ahead)
    expired = RecordLicence(kind="gsp", number="G1", expires_on=day_of(at) - DAY)
    customers.record_licence(actor=system_actor(), at=at, customer_id=archive.own.pk, data=expired)
    refresh("customer_dates", "customer_licences")
    page = signed_in("rep").get("/reminders/").content.decode()
    order = [page.index(text) for text in ("逾期", "GSP 认证证书", ">今天 <", "会议0", "以后", "会议3")]
    assert order == sorted(order)
    bell = signed_in("rep").get("/reminders/bell/").content.decode()
    assert "今天和逾期的 2 条" in bell
    assert signed_in("teammate").get("/reminders/bell/").content.decode().count("count-dot") == 0


def test_every_page_carries_the_bell(company, signed_in):
    assert 'hx-get="/reminders/bell/"' in signed_in("rep").get("/me/").content.decode()


def test_an_empty_list_says_what_will_stand_there(company, signed_in):
    assert "没有要提醒的事" in signed_in("rep").get("/reminders/").content.decode()


def test_snoozed_it_comes_back_at_the_beginning_of_its_day(reminder, signed_in, told, at):
    assert signed_in("rep").post(f"/reminders/{reminder.pk}/snooze/", {"days": "7"}).status_code == 302
    back = start_of(day_of(at) + 7 * DAY)
    assert told("rep") == []
    assert told("rep", at=back - timedelta(seconds=1)) == []
    assert len(told("rep", at=back)) == 1


def test_a_day_to_come_back_lies_in_the_year_ahead(reminder, signed_in, told, at):
    browser, today = signed_in("rep"), day_of(at)
    for until in (today, today - DAY, today + 400 * DAY, "", "昨天"):
        answer = browser.post(f"/reminders/{reminder.pk}/snooze/", {"until": str(until)})
        assert answer.status_code == 422, until
        assert "notice-bad" in answer.content.decode()
    assert len(told("rep")) == 1
    browser.post(f"/reminders/{reminder.pk}/snooze/", {"until": str(today + DAY)})
    assert told("rep") == []


def test_htmx_gets_the_list_again_and_the_bell_is_told(reminder, signed_in):
    answer = signed_in("rep").post(f"/reminders/{reminder.pk}/done/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Trigger"] == "reminders:changed"
    assert answer.content.decode().startswith('<div id="reminders">')


@pytest.mark.parametrize("username", ["teammate", "supervisor", "boss", "admin"])
def test_p14_nobody_touches_another_ones_reminder_by_its_key(reminder, signed_in, username):
    """frappe#40339: a parameter that names somebody else's rows."""
    browser = signed_in(username)
    assert browser.post(f"/reminders/{reminder.pk}/done/").status_code == 404
    assert browser.post(f"/reminders/{reminder.pk}/snooze/", {"days": "1"}).status_code == 404
    assert "医疗机构执业许可证" not in browser.get("/reminders/?person=rep").content.decode()
    reminder.refresh_from_db()
    assert (reminder.done_at, reminder.snoozed_until) == (None, None)


def test_the_api_lists_in_pages_and_says_how_many_are_due(archive, refresh, at, caller):
    for ahead in (0, 2, 4):
        note(archive.own, at, ahead)
    refresh("customer_dates", "customer_licences")
    client = caller()
    first = client.get("/api/v1/reminders?limit=3").json()
    assert (first["count"], first["due"], len(first["items"])) == (4, 1, 3)
    rest = client.get("/api/v1/reminders", {"limit": 3, "cursor": first["next"]}).json()
    assert (len(rest["items"]), rest["next"]) == (1, None)
    told = first["items"][0]
    assert told["text"] == "南京鼓楼医院：会议0，今天"
    assert (told["rule"], told["label"], told["group"]) == ("reminders.customer_dates", "客户的重要日子", "today")
    assert (told["object_type"], told["object_id"]) == ("customer", archive.own.pk)
    assert told["url"] == f"/customers/{archive.own.pk}/"
    for cursor in ("x", "2026-01-01.x.1", "1.2", "2026-13-01.1.1", "2026-01-01.1.1.1"):
        assert client.get("/api/v1/reminders", {"cursor": cursor}).status_code == 422


def test_the_api_snoozes_and_finishes(reminder, caller, told, at):
    client = caller()
    answer = client.post(f"/api/v1/reminders/{reminder.pk}/snooze", {"days": 1}, content_type="application/json")
    assert answer.json() == {"id": reminder.pk, "snoozed_until": start_of(day_of(now()) + DAY).isoformat()}
    assert client.post(f"/api/v1/reminders/{reminder.pk}/done").json() == {"done": True, "count": 1}
    again = client.post(f"/api/v1/reminders/{reminder.pk}/snooze", {"days": 1}, content_type="application/json")
    assert again.status_code == 409
    both = {"days": 1, "until": "2099-01-01"}
    answer = client.post(f"/api/v1/reminders/{reminder.pk}/snooze", both, content_type="application/json")
    assert answer.status_code == 422


def test_a_read_only_key_finishes_nothing(reminder, caller):
    assert caller(scope="read").post(f"/api/v1/reminders/{reminder.pk}/done").status_code == 403


def test_sentences_are_in_the_readers_language(reminder, company, caller):
    answer = caller().get("/api/v1/reminders", headers={"Accept-Language": "en"}).json()
    assert answer["items"][0]["label"] == str(answer["items"][0]["label"])
    assert reminder.values["kind"] == "medical", "kept as a code, put into words for the reader"


def test_the_list_costs_the_same_with_one_row_and_with_three(archive, refresh, at, signed_in, caller):
    browser, client = signed_in("rep"), caller()

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert browser.get("/reminders/").status_code == 200
            assert browser.get("/reminders/bell/").status_code == 200
            assert client.get("/api/v1/reminders").status_code == 200
        return len(captured)

    note(archive.own, at, 0)
    refresh("customer_dates")
    cost()
    one = cost()
    for ahead in (1, 2):
        note(archive.own, at, ahead)
    refresh("customer_dates")
    assert cost() == one


def test_a_deadline_is_over_at_its_hour_a_visit_of_this_morning_is_still_of_today(company, archive, refresh, at):
    noon = at.astimezone(COMPANY_ZONE).replace(hour=12) + DAY
    plan(company.actor("rep"), archive.own, at=at, starts="09:00")
    case = open_case(archive.own, at=noon - 30 * DAY, actor=company.actor("rep"))
    Case.objects.filter(pk=case.pk).update(due_at=noon - timedelta(hours=1))
    refresh("visits_today", "case_due", at=noon)
    found = {shown.reminder.rule: shown.group for shown in open_reminders(actor=company.actor("rep"), at=noon)}
    assert found == {"reminders.visits_today": "today", "reminders.case_due": "overdue"}


def test_a_day_is_in_the_order_of_its_hours(company, archive, refresh, told, at):
    for starts, customer in ((None, archive.own), ("15:00", archive.doctor), ("08:30", archive.own)):
        on = day_of(at) + (2 if customer is archive.own and starts is None else 1) * DAY
        plan(company.actor("rep"), customer, at=at, starts=starts, on=on)
    refresh("visits_today", at=at + DAY)
    refresh("visits_overdue", at=at + DAY)
    assert told("rep", at=at + DAY) == ["拜访南京鼓楼医院（实地）", "拜访单雪（实地）"]
