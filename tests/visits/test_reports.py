"""Personal reports, receipts and comments; coaching; what to do next. M-VIS-5, M-VIS-6, M-VIS-7."""

from datetime import date, timedelta

import pytest

from repertory.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from repertory.core.inputs import read_input
from repertory.core.time import day_of
from repertory.visits import access, actions
from repertory.visits.inputs import CommentReport, RecordCoaching, ReplyCoaching, SendReport, SetFrequency
from repertory.visits.models import AgreedAction, PersonalReport
from repertory.visits.queries.composing import compose
from repertory.visits.queries.steps import next_steps
from tests.factories.field import at_hour, plan, record

DAY = timedelta(days=1)
MONDAY = date(2026, 3, 2)
EVENING = at_hour(MONDAY, 18)


def send(company, username="rep", kind="daily", at=EVENING, **facts):
    data = read_input(SendReport, {"kind": kind, "on": day_of(at), **facts})
    return actions.send_report(actor=company.actor(username), at=at, data=data)


def coach(company, username="supervisor", **facts):
    data = read_input(RecordCoaching, {"username": "rep", "on": MONDAY, "observed": "开场自然", **facts})
    return actions.record_coaching(actor=company.actor(username), at=EVENING, data=data)


def test_a_daily_report_is_composed_from_the_days_records(company, archive, product):
    plan(company.actor("rep"), archive.own, at=at_hour(MONDAY, 7), on=MONDAY)
    record(
        company.actor("rep"),
        archive.doctor,
        at=EVENING,
        products=[{"product_id": product.pk}],
        questions="有无肝损伤数据",
    )
    plan(company.actor("rep"), archive.doctor, at=EVENING, on=MONDAY + DAY, aim="带文献")
    report = send(company, text="鼓楼心内科有进展", tomorrow="去玄武")
    assert (report.starts_on, report.ends_on) == (MONDAY, MONDAY + DAY)
    figures = report.figures
    assert {name: figures[name] for name in ("planned", "done", "planned_done", "unplanned", "customers")} == {
        "planned": 1,
        "done": 1,
        "planned_done": 0,
        "unplanned": 1,
        "customers": 1,
    }
    assert figures["products"] == [[str(product), 1]]
    assert figures["questions"] == [["单雪", "有无肝损伤数据"]]
    assert figures["next"] == [["2026-03-03", "单雪", "带文献"]]


def test_sending_again_replaces_the_report_and_asks_to_read_it_again(company, archive):
    first = send(company)
    actions.read_report(actor=company.actor("supervisor"), at=EVENING, report_id=first.pk)
    assert first.readings.get().read_at == EVENING
    record(company.actor("rep"), archive.doctor, at=EVENING)
    again = send(company, text="补一条")
    assert (again.pk, again.version, again.figures["done"]) == (first.pk, 2, 1)
    assert again.readings.get().read_at is None


def test_a_report_goes_to_the_nearest_superior_an_urgent_one_up_the_whole_chain(company):
    daily = send(company)
    assert [row.user.username for row in daily.readings.select_related("user")] == ["supervisor"]
    urgent = send(company, kind="urgent", text="竞品断货，医院要加量")
    assert [row.user.username for row in urgent.readings.select_related("user")] == ["supervisor", "manager", "boss"]
    assert send(company, kind="urgent", text="又一条").pk != urgent.pk
    above = send(company, username="supervisor")
    assert [row.user.username for row in above.readings.select_related("user")] == ["manager"]


def test_an_urgent_report_says_what_happened(company):
    with pytest.raises(InvalidInput):
        send(company, kind="urgent")


def test_weekly_and_monthly_reports_speak_of_their_whole_range(company):
    week, month = send(company, kind="weekly"), send(company, kind="monthly")
    assert (week.starts_on, week.ends_on) == (date(2026, 3, 2), date(2026, 3, 9))
    assert (month.starts_on, month.ends_on) == (date(2026, 3, 1), date(2026, 4, 1))
    assert week.figures["month"]["due"] == 0


def test_only_the_chain_and_the_author_see_a_report_and_may_comment_it(company):
    report = send(company)
    for username in ("teammate", "foreigner", "product", "finance"):
        assert not access.visible_reports(company.actor(username)).exists()
        with pytest.raises(NotFound):
            actions.read_report(actor=company.actor(username), at=EVENING, report_id=report.pk)
    said = CommentReport(text="明天一起去")
    comment = actions.comment_report(actor=company.actor("manager"), at=EVENING, report_id=report.pk, data=said)
    assert comment.text == "明天一起去"
    with pytest.raises(NotAllowed):
        actions.comment_report(actor=company.actor("auditor"), at=EVENING, report_id=report.pk, data=said)
    assert access.visible_reports(company.actor("auditor")).get() == report


def test_a_composition_shows_no_customer_out_of_the_readers_sight(company, archive):
    record(company.actor("foreigner"), archive.former, at=EVENING)
    person = company.people["foreigner"]
    assert compose(actor=company.actor("boss"), person=person, kind="daily", on=MONDAY)["done"] == 1
    assert compose(actor=company.actor("supervisor"), person=person, kind="daily", on=MONDAY)["done"] == 0


def test_coaching_keeps_ratings_and_agreed_actions_and_looks_at_them_again(company, archive):
    visit = record(company.actor("rep"), archive.doctor, at=EVENING)
    ratings = [{"skill": "opening", "score": 4}, {"skill": "objection", "score": 2}]
    first = coach(
        company,
        visit_id=visit.pk,
        ratings=ratings,
        agreed=[{"text": "练习异议处理三步法", "due_on": MONDAY + 14 * DAY}],
    )
    assert dict(first.ratings.values_list("skill", "score")) == {"opening": 4, "objection": 2}
    agreed = first.agreed.get()
    second = coach(company, reviewed=[{"action_id": agreed.pk, "state": "done"}])
    reviewed = AgreedAction.objects.get(pk=agreed.pk)
    assert (reviewed.state, reviewed.reviewed_in) == ("done", second)
    with pytest.raises(Conflict):
        coach(company, reviewed=[{"action_id": agreed.pk, "state": "missed"}])


def test_only_a_superior_coaches_and_only_own_people(company, archive):
    for username, refusal in (("rep", NotAllowed), ("product", NotAllowed)):
        with pytest.raises(refusal):
            coach(company, username=username)
    with pytest.raises(NotFound):
        coach(company, visit_id=999_999)


def test_the_coached_reads_and_answers_once(company):
    coaching = coach(company)
    for username in ("teammate", "foreigner", "finance"):
        assert not access.visible_coachings(company.actor(username)).exists()
    data = ReplyCoaching(reply="下周练习")
    with pytest.raises(NotAllowed):
        actions.reply_coaching(actor=company.actor("manager"), at=EVENING, coaching_id=coaching.pk, data=data)
    assert (
        actions.reply_coaching(actor=company.actor("rep"), at=EVENING, coaching_id=coaching.pk, data=data).read_at
        == EVENING
    )
    with pytest.raises(Conflict):
        actions.reply_coaching(actor=company.actor("rep"), at=EVENING, coaching_id=coaching.pk, data=data)


def test_what_next_names_customers_with_reasons_the_most_pressing_first(company, archive, at):
    rule = read_input(SetFrequency, {"kind": "hcp", "per_month": "4", "starts_on": "2026-01-01"})
    actions.set_frequency(actor=company.actor("boss"), at=at, data=rule)
    last_day = date(2026, 3, 28)
    steps = next_steps(actor=company.actor("rep"), on=last_day)
    assert [(step.customer.name, [reason.code for reason in step.reasons]) for step in steps] == [
        ("单雪", ["frequency", "never_seen"])
    ]
    plan(company.actor("rep"), archive.doctor, at=at_hour(last_day, 8), on=last_day + 3 * DAY)
    assert [reason.code for reason in next_steps(actor=company.actor("rep"), on=last_day)[0].reasons] == ["frequency"]
    assert next_steps(actor=company.actor("foreigner"), on=last_day) == []


def test_reports_of_one_day_are_one_row(company):
    send(company)
    send(company)
    assert PersonalReport.objects.count() == 1
