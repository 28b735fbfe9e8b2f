"""The pages of visits: the form, a planned visit's dialogs, the list, the calendar's data, a customer's tab. M-VIS-1, M-VIS-2."""

import json
from datetime import timedelta

import pytest

from repertory.core.time import COMPANY_ZONE, day_of
from repertory.organisation.actions import set_workday
from repertory.organisation.inputs import SetWorkday
from repertory.visits.models import Visit, VisitingHours
from tests.factories.archive import open_archive
from tests.factories.catalogue import add_pack
from tests.factories.field import plan, record
from tests.factories.materials import issue_copies, issue_samples, receive_lot, stock, usable_version

DAY = timedelta(days=1)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def rep(signed_in, archive):
    return signed_in("rep")


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def half_an_hour_ago(at):
    local = (at - timedelta(minutes=30)).astimezone(COMPANY_ZONE)
    return {"on": f"{local:%Y-%m-%d}", "starts": f"{local:%H:%M}"}


def typed(at, customer, **more):
    given = {"customer_id": customer.pk, "mode": "field", "purpose": "detail"}
    return {**given, **half_an_hour_ago(at), **more}


def test_a_visit_is_recorded_with_what_was_said_and_the_next_one_is_planned(rep, at, doctor, product, message):
    form = page(rep, f"/visits/new/?customer={doctor.pk}")
    for words in ("记录拜访 · 单雪", "阿托伐他汀钙片", "起效快", "下次拜访"):
        assert words in form
    body = typed(
        at,
        doctor,
        product=[product.pk],
        **{f"attitude-{product.pk}": "trial", f"message-{product.pk}": [message.pk]},
        consensus="下周试用",
        next_on=str(day_of(at) + 7 * DAY),
        next_starts="09:30",
        next_aim="确认结果",
    )
    answer = rep.post("/visits/new/", body)
    visit = Visit.objects.get(status="done")
    assert answer.url == f"/visits/{visit.pk}/"
    assert list(visit.products.values_list("product_id", "attitude")) == [(product.pk, "trial")]
    assert list(visit.messages.values_list("message_version_id", flat=True)) == [message.pk]
    assert (visit.followed_by.get().day, visit.followed_by.get().aim) == (day_of(at) + 7 * DAY, "确认结果")
    shown = page(rep, answer.url)
    for words in ("单雪", "下周试用", "试用", "起效快", "确认结果", "修改记录"):
        assert words in shown


def test_the_form_begins_with_the_last_visit(company, rep, at, doctor, product):
    talked = [{"product_id": product.pk, "attitude": "interested"}]
    record(company.actor("rep"), doctor, at=at, purpose="service", products=talked, consensus="再看文献")
    answer = rep.get(f"/visits/new/?customer={doctor.pk}")
    assert answer.context["form"].initial["purpose"] == "service"
    offer = answer.context["offers"]["products"][0]
    assert (offer["ticked"], offer["attitude"]) == (True, "interested")
    assert "再看文献" in answer.content.decode()


def test_materials_and_samples_leave_the_bag_with_the_form(company, rep, at, doctor, product):
    version = usable_version(at=at, title="单页", products=[product.code])
    stock(version, at=at)
    issue_copies(version, at=at, to="rep")
    assert "单页" in page(rep, f"/visits/new/?customer={doctor.pk}")
    body = typed(at, doctor, material=[version.pk], **{f"copies-{version.pk}": "2"})
    visit_page = rep.post("/visits/new/", body).url
    assert "单页" in page(rep, visit_page)
    assert rep.get(visit_page).context["materials"][0].quantity == 2


def test_samples_are_offered_from_the_own_bag(company, rep, at, doctor, product):
    lot = receive_lot(add_pack(product, at=at), at=at)
    issue_samples(lot, at=at, to="rep")
    offered = rep.get(f"/visits/new/?customer={doctor.pk}").context["offers"]["samples"]
    assert [row["lot"].pk for row in offered] == [lot.pk]


def test_a_text_that_tells_of_an_adverse_event_asks_and_nothing_typed_is_lost(rep, at, doctor, product):
    body = typed(
        at, doctor, product=[product.pk], questions="患者服药后出现皮疹", **{f"attitude-{product.pk}": "trial"}
    )
    assert "文字里提到的是药品不良反应吗" not in page(rep, f"/visits/new/?customer={doctor.pk}")
    asked = rep.post("/visits/new/", body)
    shown = asked.content.decode()
    assert asked.status_code == 422
    assert [field.name for field in asked.context["form"].asked] == ["adverse_event"]
    assert "患者服药后出现皮疹" in shown
    offer = asked.context["offers"]["products"][0]
    assert (offer["ticked"], offer["attitude"]) == (True, "trial")
    assert not Visit.objects.exists()
    assert rep.post("/visits/new/", {**body, "adverse_event": "none"}).status_code == 302
    assert Visit.objects.get().adverse_event == "none"


def test_prescription_counts_and_an_adverse_event_are_asked_one_after_the_other(rep, at, doctor):
    body = typed(at, doctor, focus="张主任每月开80盒", questions="患者服药后出现皮疹")
    first = rep.post("/visits/new/", body)
    assert [field.name for field in first.context["form"].asked] == ["prescription_text_confirmed"]
    second = rep.post("/visits/new/", {**body, "prescription_text_confirmed": "on"})
    assert [field.name for field in second.context["form"].asked] == ["prescription_text_confirmed", "adverse_event"]
    assert second.context["form"]["focus"].value() == "张主任每月开80盒"
    both = {**body, "prescription_text_confirmed": "on", "adverse_event": "none"}
    assert rep.post("/visits/new/", both).status_code == 302


def test_what_is_wrong_is_said_at_its_field(rep, at, doctor):
    tomorrow = rep.post("/visits/new/", typed(at, doctor) | {"on": str(day_of(at) + DAY)})
    assert list(tomorrow.context["form"].errors) == ["starts"]
    upside_down = rep.post("/visits/new/", typed(at, doctor) | {"starts": "00:02", "ends": "00:01"})
    assert upside_down.status_code == 422
    nobody = rep.post("/visits/new/", typed(at, doctor) | {"customer_id": ""})
    assert "customer_id" in nobody.context["form"].errors
    past = typed(at, doctor, next_on=str(day_of(at) - DAY))
    assert list(rep.post("/visits/new/", past).context["form"].errors) == ["next_on"]
    assert not Visit.objects.exists()


def test_a_planned_visit_is_completed_once(company, rep, at, archive):
    visit = plan(company.actor("rep"), archive.own, at=at, on=day_of(at), aim="谈进院", prepare="说明书")
    path = f"/visits/{visit.pk}/completion/"
    form = page(rep, path)
    assert "谈进院" in form
    assert "要准备：说明书" in form
    body = {"mode": "field", "purpose": "follow_up", **half_an_hour_ago(at), "consensus": "同意", "version": "1"}
    assert rep.post(path, {**body, "version": "7"}).status_code == 422
    assert rep.post(path, body).url == f"/visits/{visit.pk}/"
    visit.refresh_from_db()
    assert (visit.status, visit.planned_on, visit.consensus) == ("done", day_of(at), "同意")
    assert rep.get(path).url == f"/visits/{visit.pk}/"


def test_a_planned_visit_is_made_moved_cancelled_and_taken_up_in_dialogs(rep, at, archive):
    tomorrow = str(day_of(at) + DAY)
    dialog = rep.get(f"/visits/plan/?customer={archive.own.pk}&on={tomorrow}&starts=09:00", headers=HTMX)
    assert "南京鼓楼医院" in dialog.content.decode()
    body = {"customer_id": archive.own.pk, "on": tomorrow, "starts": "09:00", "mode": "field", "purpose": "follow_up"}
    done = rep.post("/visits/plan/", {**body, "minutes": "30", "aim": "谈进院"}, headers=HTMX)
    assert "card:changed" in json.loads(done.headers["HX-Trigger"])
    visit = Visit.objects.get()
    assert (str(visit.day), visit.planned_minutes, visit.aim) == (tomorrow, 30, "谈进院")
    moving, later = f"/visits/{visit.pk}/moving/", str(day_of(at) + 3 * DAY)
    assert rep.get(moving, headers=HTMX).context["form"]["on"].value() == visit.day
    moved = rep.post(moving, {"on": later, "starts": "10:30", "version": "1"}, headers=HTMX)
    assert moved.headers["HX-Redirect"] == f"/visits/{visit.pk}/"
    stale = rep.post(moving, {"on": tomorrow, "version": "1"}, headers=HTMX)
    assert (stale.status_code, "刚被别人改过" in stale.content.decode()) == (422, True)
    assert rep.post(moving, {"on": tomorrow, "version": "2"}, headers={**HTMX, "X-Calendar": "1"}).status_code == 204
    assert rep.post(f"/visits/{visit.pk}/cancellation/", {"reason": ""}, headers=HTMX).status_code == 422
    assert rep.post(f"/visits/{visit.pk}/cancellation/", {"reason": "客户出差"}, headers=HTMX).status_code == 204
    assert "重新计划" in page(rep, f"/visits/{visit.pk}/")
    assert rep.post(f"/visits/{visit.pk}/taking-up/", headers=HTMX).status_code == 204
    visit.refresh_from_db()
    assert (visit.status, str(visit.day), visit.planned_start) == ("planned", tomorrow, None)


def test_a_superior_hands_a_visit_only_to_who_covers_the_customer(company, signed_in, at, archive):
    visit = plan(company.actor("rep"), archive.own, at=at)
    supervisor = signed_in("supervisor")
    dialog = supervisor.get(f"/visits/{visit.pk}/moving/", headers=HTMX)
    assert ("teammate", "王强") in dialog.context["form"].fields["username"].widget.choices
    refused = supervisor.post(f"/visits/{visit.pk}/moving/", {"on": str(visit.day), "username": "teammate"})
    assert refused.status_code == 422
    assert "username" not in signed_in("rep").get(f"/visits/{visit.pk}/moving/", headers=HTMX).context["form"].fields


def test_minutes_are_mended_in_a_dialog_that_asks_the_same_questions(company, rep, at, doctor):
    visit = record(company.actor("rep"), doctor, at=at, consensus="试用", focus="安全性")
    path = f"/visits/{visit.pk}/amendment/"
    assert rep.get(path, headers=HTMX).context["form"]["consensus"].value() == "试用"
    asked = rep.post(path, {"consensus": "同意", "questions": "患者服药后出现皮疹", "version": "1"}, headers=HTMX)
    assert asked.status_code == 422
    assert rep.post(path, {"consensus": "同意", "focus": "", "version": "1"}, headers=HTMX).status_code == 204
    visit.refresh_from_db()
    assert (visit.consensus, visit.focus) == ("同意", "")


def test_the_list_is_its_address_with_chips_and_columns(company, signed_in, at, archive, product):
    talked = [{"product_id": product.pk, "attitude": "trial"}]
    record(company.actor("rep"), archive.doctor, at=at, products=talked, subject="谈疗效")
    record(company.actor("rep"), archive.own, at=at, starts_at=at - 3 * DAY)
    plan(company.actor("teammate"), archive.team, at=at)
    boss = signed_in("supervisor")
    assert boss.get("/visits/").url == "/visits/?status=done"
    done = page(boss, "/visits/?status=done")
    assert "单雪" in done
    assert "南京玄武医院" not in done
    for address, words, absent in (
        ("user=teammate&sort=day", "南京玄武医院", "单雪"),
        ("late=true", "南京鼓楼医院", "单雪"),
        (f"product={product.code}&attitude=trial", "单雪", "南京鼓楼医院"),
        ("q=疗效", "单雪", "南京鼓楼医院"),
        (f"day.from={day_of(at) + DAY}", "南京玄武医院", "单雪"),
    ):
        answer = boss.get(f"/visits/?{address}")
        names = {visit.customer.name for visit in answer.context["table"].rows}
        assert (words in names, absent in names) == (True, False)
        assert answer.context["chips"]
    narrow = boss.get("/visits/?status=done&columns=customer&columns=subject").context["table"]
    assert [column.key for column in narrow.columns] == ["day", "customer", "subject"]
    assert 'value="distance_m"' in page(boss, "/visits/columns/")
    assert boss.get("/visits/?magic=1").status_code == 422
    assert "没有符合条件的拜访" in page(boss, "/visits/?q=没有这个")


def feed(client, at, query=""):
    start = day_of(at) - 7 * DAY
    answer = client.get(f"/visits/calendar/data/?start={start}&end={start + 28 * DAY}{query}")
    assert answer.status_code == 200
    return answer.json()


def test_the_calendar_gets_one_s_own_visits_and_the_days_off(company, rep, at, archive):
    visit = plan(company.actor("rep"), archive.own, at=at, starts="09:30", minutes=45)
    whole_day = plan(company.actor("rep"), archive.doctor, at=at, starts=None)
    done = record(company.actor("rep"), archive.own, at=at)
    plan(company.actor("teammate"), archive.team, at=at)
    off = SetWorkday(day=day_of(at) + 2 * DAY, working=False, note="公司年会")
    set_workday(actor=company.actor("admin"), at=at, data=off)
    body = feed(rep, at)
    events = {event["id"]: event for event in body["events"]}
    assert set(events) == {visit.pk, whole_day.pk, done.pk}
    planned = events[visit.pk]
    assert (planned["start"], planned["end"]) == (f"{visit.day}T09:30:00", f"{visit.day}T10:15:00")
    assert (planned["editable"], planned["allDay"], planned["extendedProps"]["version"]) == (True, False, 1)
    assert (events[whole_day.pk]["allDay"], events[done.pk]["editable"]) == (True, False)
    assert {"day": str(day_of(at) + 2 * DAY), "working": False, "name": "公司年会"} in body["days"]
    assert rep.get("/visits/calendar/data/?start=x&end=y").status_code == 422
    assert rep.get("/visits/calendar/data/?start=2026-01-01&end=2027-01-01").status_code == 422
    assert "团队日历" not in page(rep, "/visits/calendar/")


def test_the_calendar_of_a_team_holds_a_row_for_each(company, signed_in, at, archive):
    own = plan(company.actor("rep"), archive.own, at=at)
    theirs = plan(company.actor("teammate"), archive.team, at=at)
    supervisor = signed_in("supervisor")
    events = {event["id"]: event["resourceIds"] for event in feed(supervisor, at, "&team=1")["events"]}
    assert events == {own.pk: [company.people["rep"].pk], theirs.pk: [company.people["teammate"].pk]}
    assert feed(supervisor, at)["events"] == []
    people = supervisor.get("/visits/calendar/?team=1").context["people"]
    assert sorted(person["extendedProps"]["username"] for person in people) == ["rep", "teammate"]
    assert feed(signed_in("foreigner"), at, "&team=1")["events"] == []


def test_a_customer_s_tab_tells_its_visits_and_when_it_can_be_seen(company, rep, at, archive):
    record(company.actor("rep"), archive.own, at=at, consensus="同意进院", starts_at=at - 3 * DAY)
    path = f"/visits/customer/{archive.own.pk}/"
    part = rep.get(path, headers=HTMX).content.decode()
    assert "<html" not in part
    for words in ("同意进院", "补录", "没有限制"):
        assert words in part
    hours = {"weekday": "1", "opens": "14:00", "closes": "16:00", "note": "专家门诊"}
    assert rep.post(f"{path}hours/", {**hours, "closes": "13:00"}, headers=HTMX).status_code == 422
    assert rep.post(f"{path}hours/", hours, headers=HTMX).status_code == 204
    assert rep.post(f"{path}hours/", hours, headers=HTMX).status_code == 422
    shown = page(rep, path)
    assert "专家门诊" in shown
    assert "周二" in shown
    row = VisitingHours.objects.get()
    assert rep.post(f"/visits/hours/{row.pk}/deletion/", headers=HTMX).status_code == 204
    assert not VisitingHours.objects.exists()
    empty = open_archive(at=at, territory="E1A", name="新医院")
    assert "还没有拜访过" in page(rep, f"/visits/customer/{empty.pk}/")
    assert rep.get(f"/visits/customer/{archive.foreign.pk}/").status_code == 404
