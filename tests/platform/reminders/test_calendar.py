"""The calendar that a phone subscribes to: strict in form, private in content, closed when it is to be closed."""

import re
from datetime import date, datetime, timedelta

import icalendar
import pytest

from repertory.core.actor import system_actor
from repertory.core.time import COMPANY_ZONE, day_of
from repertory.customers import actions as customers
from repertory.customers.inputs import NoteDate, Reassign, ReviseCustomer
from repertory.organisation import actions as organisation
from repertory.organisation.inputs import RevisePerson
from repertory.platform.models import AuditEntry, CalendarLink
from repertory.platform.reminders.actions import issue_calendar_link, revoke_calendar_link
from tests.factories.archive import PRIVATE_PHONE
from tests.factories.cases import open_case
from tests.factories.field import plan

DAY = timedelta(days=1)
AWKWARD = "张江，仁济;医院\\东院\n二期, 很长很长很长很长很长很长很长很长很长很长很长很长很长的名字🏥"


@pytest.fixture
def link(company, at):
    return issue_calendar_link(actor=company.actor("rep"), at=at)


def read(client, secret):
    answer = client.get(f"/calendar/{secret}.ics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return checked(answer.content)


def checked(body):
    """RFC 5545: lines end in CRLF, hold 75 bytes at most and break between characters; every component is whole."""
    assert body.endswith(b"END:VCALENDAR\r\n")
    lines = body.split(b"\r\n")[:-1]
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode("utf-8")
    unfolded = re.sub(rb"\r\n[ \t]", b"", body).decode()
    names = [re.match(r"[A-Z-]+(?=[;:])", line) for line in unfolded.split("\r\n")[:-1]]
    assert all(names)
    (calendar,) = icalendar.Calendar.from_ical(body, multiple=True)
    assert (calendar["VERSION"], calendar.errors) == ("2.0", [])
    uids = []
    for event in calendar.walk("VEVENT"):
        assert event.errors == []
        assert {"UID", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "SUMMARY"} <= set(event)
        assert event.decoded("DTEND") > event.decoded("DTSTART")
        uids.append(str(event["UID"]))
    assert len(set(uids)) == len(uids)
    return calendar


def events(calendar):
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


def note(customer, at, **facts):
    when = day_of(at) + 20 * DAY
    given = {"kind": "conference", "month": when.month, "day": when.day, **facts}
    customers.note_date(actor=system_actor(), at=at, customer_id=customer.pk, data=NoteDate(**given))
    return when


def test_visits_dates_and_deadlines_stand_in_it(company, archive, at, link, client):
    visit = plan(company.actor("rep"), archive.own, at=at, starts="09:30", minutes=40)
    all_day = plan(company.actor("rep"), archive.doctor, at=at, starts=None)
    when = note(archive.own, at)
    case = open_case(archive.own, at=at, actor=company.actor("rep"))
    calendar = read(client, link)
    found = events(calendar)
    timed = found["拜访：南京鼓楼医院"]
    starts = datetime.combine(visit.day, visit.planned_start, tzinfo=COMPANY_ZONE)
    assert (timed.decoded("DTSTART"), timed.decoded("DTEND")) == (starts, starts + timedelta(minutes=40))
    assert timed["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert timed["UID"] == f"visit-{visit.pk}@repertory"
    assert found["拜访：单雪"].decoded("DTSTART") == all_day.day
    assert found["南京鼓楼医院：重要日子"].decoded("DTSTART") == when
    assert found[f"个案到期：{case.number} 南京鼓楼医院"].decoded("DTEND") == case.due_at
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]


def test_awkward_names_are_escaped_and_folded(company, archive, at, link, client):
    named = ReviseCustomer(name=AWKWARD)
    customers.revise_customer(actor=system_actor(), at=at, customer_id=archive.own.pk, data=named)
    archive.own.refresh_from_db()
    plan(company.actor("rep"), archive.own, at=at)
    assert f"拜访：{archive.own.name}" in events(read(client, link))


def test_a_name_can_not_add_a_line_of_its_own(company, archive, at, link, client):
    archive.own.name = "甲\r\nEND:VEVENT\r\nATTACH:http://127.0.0.1/\r\n乙"
    archive.own.save()
    plan(company.actor("rep"), archive.own, at=at)
    (event,) = read(client, link).walk("VEVENT")
    assert "ATTACH" not in event


def test_no_private_field_stands_in_it(company, archive, at, link, client):
    """Not even that a day is a birthday; nothing of what was written into the case."""
    note(archive.doctor, at, kind="birthday", label="五十岁生日")
    plan(company.actor("rep"), archive.doctor, at=at, aim="谈子女上学")
    open_case(archive.doctor, at=at, actor=company.actor("rep"), title="本人患病", text="本人患病")
    body = client.get(f"/calendar/{link}.ics").content.decode()
    for private in ("生日", PRIVATE_PHONE, "子女", "患病", "025-"):
        assert private not in body
    assert "单雪：重要日子" in re.sub(r"\r\n ", "", body)


def test_only_ones_own_stands_in_it(company, archive, at, client):
    plan(company.actor("teammate"), archive.team, at=at)
    note(archive.team, at)
    note(archive.foreign, at)
    for username in ("rep", "supervisor", "boss"):
        secret = issue_calendar_link(actor=company.actor(username), at=at)
        assert events(read(client, secret)) == {}


def test_a_lost_customers_date_and_visit_leave_the_calendar(company, archive, at, link, client):
    note(archive.own, at)
    move = Reassign(from_territory="E1A", to_territory="N1A", on=day_of(at), customers=[archive.own.pk])
    customers.reassign_customers(actor=system_actor(), at=at, data=move)
    assert events(read(client, link)) == {}


def test_it_says_the_same_as_long_as_nothing_changes(company, archive, at, link, client):
    plan(company.actor("rep"), archive.own, at=at)
    first = client.get(f"/calendar/{link}.ics")
    assert client.get(f"/calendar/{link}.ics").content == first.content
    again = client.get(f"/calendar/{link}.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("token", ["forged", "x" * 99, "x" * 5000, "..", "%2e%2e%2f", "'", "é"])
def test_a_guess_is_404(company, link, client, token):
    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_a_revoked_link_is_404(company, at, link, client):
    revoke_calendar_link(actor=company.actor("rep"), at=at)
    assert client.get(f"/calendar/{link}.ics").status_code == 404


def test_a_renewed_link_closes_the_one_before(company, at, link, client):
    fresh = issue_calendar_link(actor=company.actor("rep"), at=at)
    assert client.get(f"/calendar/{link}.ics").status_code == 404
    assert client.get(f"/calendar/{fresh}.ics").status_code == 200


def test_a_person_who_left_is_404(company, at, link, client):
    off = RevisePerson(is_active=False)
    person_id = company.people["rep"].pk
    organisation.revise_person(actor=company.actor("admin"), at=at, person_id=person_id, data=off)
    assert client.get(f"/calendar/{link}.ics").status_code == 404


def test_p36_only_the_hash_of_the_secret_is_kept(company, at, link):
    """Frappe CRM CVE-2026-53761: keys in logs. Neither table nor trail holds this one."""
    row = CalendarLink.objects.get()
    assert link not in str(vars(row))
    assert not AuditEntry.objects.filter(label__contains=link).exists()
    assert AuditEntry.objects.filter(verb="calendar_link_issued").count() == 1


def test_the_feed_is_only_read(company, link, client):
    assert client.post(f"/calendar/{link}.ics").status_code == 405
    assert client.get(f"/calendar/{link}").status_code == 404
    for path in ("/", "/me/", "/reminders/", "/customers/"):
        assert client.get(path, headers={"Authorization": f"Bearer {link}"}).status_code == 302


def test_the_page_shows_the_address_once(company, signed_in, client):
    browser = signed_in("rep")
    assert "开通" in browser.get("/me/calendar/").content.decode()
    issued = browser.post("/me/calendar/renewal/").content.decode()
    address = re.search(r"http://testserver(/calendar/[\w-]+\.ics)", issued)
    assert client.get(address[1]).status_code == 200
    assert address[1] not in browser.get("/me/calendar/").content.decode()
    assert browser.post("/me/calendar/revocation/").status_code == 302
    assert client.get(address[1]).status_code == 404


def test_a_lunar_birthday_lies_on_its_day_of_the_year(company, archive, at, link, client):
    data = NoteDate(kind="birthday", calendar="lunar", month=8, day=15)
    customers.note_date(actor=system_actor(), at=at, customer_id=archive.doctor.pk, data=data)
    row = archive.doctor.important_dates.get()
    days = [event.decoded("DTSTART") for event in events(read(client, link)).values()]
    assert days == ([row.next_on] if row.next_on < day_of(at) + 184 * DAY else [])
    assert isinstance(row.next_on, date)
