"""Plans, frequencies, reports and coaching on their pages. M-VIS-2, M-VIS-5, M-VIS-6, M-VIS-7."""

from datetime import timedelta

import pytest

from repertory.core.inputs import read_input
from repertory.core.time import day_of, month_of
from repertory.visits import actions
from repertory.visits.inputs import SetFrequency
from repertory.visits.models import AgreedAction, CallFrequency, Coaching, PersonalReport, VisitPlan
from tests.factories.field import plan, record

DAY = timedelta(days=1)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def rep(signed_in, archive):
    return signed_in("rep")


@pytest.fixture
def supervisor(signed_in, archive):
    return signed_in("supervisor")


@pytest.fixture
def frequency(company, at):
    """Every doctor four times a month."""
    rule = read_input(SetFrequency, {"kind": "hcp", "per_month": "4", "starts_on": "2026-01-01"})
    return actions.set_frequency(actor=company.actor("boss"), at=at, data=rule)


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_plan_is_proposed_handed_in_returned_and_approved_on_its_pages(rep, supervisor, at, archive, frequency):
    following = month_of(day_of(at)).end
    assert "还没有月计划" in page(rep, "/visits/plans/")
    path = rep.post("/visits/plans/proposal/", {"month": str(following)}).url
    proposed = VisitPlan.objects.get()
    assert (path, proposed.visits.count()) == (f"/visits/plans/{proposed.pk}/", 4)
    shown = page(rep, path)
    for words in ("单雪", "4 次拜访", "提交审批", "应访客户"):
        assert words in shown
    assert rep.post(f"{path}submission/", {"note": "请批"}, headers=HTMX).headers["HX-Redirect"] == path
    assert "提交审批" not in page(rep, path)
    assert "等我审批" not in page(rep, "/visits/plans/")
    assert "等我审批" in page(supervisor, "/visits/plans/")
    assert "请批" in page(supervisor, path)
    decision = f"{path}decision/"
    assert rep.get(decision).status_code == 404
    assert supervisor.post(decision, {"approve": "false"}, headers=HTMX).status_code == 422
    assert supervisor.post(decision, {"approve": "false", "note": "少排周五"}, headers=HTMX).status_code == 204
    assert "少排周五" in page(rep, path)
    again = rep.post("/visits/plans/proposal/", {"month": str(following), "username": "rep"})
    assert again.url == path
    rep.post(f"{path}submission/", {"note": ""}, headers=HTMX)
    assert supervisor.post(decision, {"approve": "true"}, headers=HTMX).status_code == 204
    proposed.refresh_from_db()
    assert (proposed.state, proposed.visits.count()) == ("approved", 4)
    assert rep.post("/visits/plans/proposal/", {"month": str(following)}).url == "/visits/plans/"
    assert "已提交或已批准的计划不能重新生成" in page(rep, "/visits/plans/")


def test_a_plan_without_frequencies_says_what_is_missing(rep, at):
    path = rep.post("/visits/plans/proposal/", {"month": str(month_of(day_of(at)).end)}).url
    assert "请先设好拜访频率" in page(rep, path)
    assert rep.post(f"{path}submission/", {"note": ""}, headers=HTMX).status_code == 422
    assert rep.post("/visits/plans/proposal/", {"month": "第三月"}).status_code == 422


def test_others_plans_are_not_found(rep, signed_in, at):
    path = rep.post("/visits/plans/proposal/", {"month": str(month_of(day_of(at)).end)}).url
    assert signed_in("teammate").get(path).status_code == 404
    assert signed_in("foreigner").get(f"{path}submission/").status_code == 404


def test_frequencies_are_set_and_only_those_to_come_are_dropped(rep, signed_in, at):
    boss = signed_in("boss")
    form = {"kind": "hcp", "tier": "A", "per_month": "4", "starts_on": str(day_of(at))}
    assert boss.post("/visits/frequencies/new/", {**form, "per_month": "40"}, headers=HTMX).status_code == 422
    boss.post("/visits/frequencies/new/", form, headers=HTMX)
    boss.post("/visits/frequencies/new/", {**form, "per_month": "0.5", "starts_on": str(day_of(at) + DAY)})
    begun, coming = CallFrequency.objects.order_by("starts_on")
    shown = page(boss, "/visits/frequencies/")
    assert f"/visits/frequencies/{coming.pk}/deletion/" in shown
    assert f"/visits/frequencies/{begun.pk}/deletion/" not in shown
    assert boss.post(f"/visits/frequencies/{begun.pk}/deletion/", headers=HTMX).status_code == 422
    assert boss.post(f"/visits/frequencies/{coming.pk}/deletion/", headers=HTMX).status_code == 204
    assert "设频率" not in page(rep, "/visits/frequencies/")
    assert rep.post("/visits/frequencies/new/", form).status_code == 404


def test_a_report_is_written_read_and_commented(company, rep, supervisor, signed_in, at, archive, product):
    talked = [{"product_id": product.pk}]
    record(company.actor("rep"), archive.doctor, at=at, products=talked, questions="有无肝损伤数据", consensus="试用")
    plan(company.actor("rep"), archive.own, at=at, aim="带文献")
    assert "李娜" in page(supervisor, "/visits/reports/")
    form = page(rep, "/visits/reports/write/daily/")
    for words in ("单雪", "阿托伐他汀钙片", "有无肝损伤数据", "带文献"):
        assert words in form
    body = {"kind": "daily", "on": str(day_of(at)), "text": "心内科有进展", "tomorrow": "去玄武"}
    path = rep.post("/visits/reports/write/daily/", body).url
    report = PersonalReport.objects.get()
    assert path == f"/visits/reports/{report.pk}/"
    assert "地区主管 未读" in " ".join(page(rep, path).split())
    waiting = supervisor.get("/visits/reports/")
    assert [person.username for person in waiting.context["missing"]] == ["teammate"]
    assert waiting.context["reports"][0]["unread"]
    assert "心内科有进展" in page(supervisor, path)
    assert report.readings.get(user=company.people["supervisor"]).read_at
    assert not supervisor.get("/visits/reports/").context["reports"][0]["unread"]
    assert supervisor.post(f"{path}comments/", {"text": ""}, headers=HTMX).status_code == 422
    assert supervisor.post(f"{path}comments/", {"text": "肝损伤数据明天给你"}, headers=HTMX).status_code == 204
    assert "肝损伤数据明天给你" in page(rep, path)
    assert "已经发过一次" in page(rep, "/visits/reports/write/daily/")
    assert signed_in("teammate").get(path).status_code == 404
    assert signed_in("teammate").get(f"{path}comments/").status_code == 404


@pytest.mark.parametrize("kind", ["weekly", "monthly"])
def test_reports_of_weeks_and_months_carry_the_month_s_figures(company, rep, at, archive, frequency, kind):
    record(company.actor("rep"), archive.doctor, at=at)
    assert "本月覆盖率" in page(rep, f"/visits/reports/write/{kind}/")
    path = rep.post(f"/visits/reports/write/{kind}/", {"kind": kind, "on": str(day_of(at)), "text": "好"}).url
    assert "本月覆盖率" in page(rep, path)


def test_an_urgent_report_must_say_what_happened_and_goes_up_the_whole_chain(company, rep, at):
    path = "/visits/reports/write/urgent/"
    assert rep.post(path, {"kind": "urgent", "on": str(day_of(at)), "text": ""}).status_code == 422
    rep.post(path, {"kind": "urgent", "on": str(day_of(at)), "text": "医院停用"})
    readers = set(PersonalReport.objects.get().readings.values_list("user__username", flat=True))
    assert readers == {"supervisor", "manager", "boss"}


def test_a_joint_visit_is_written_down_read_and_answered(company, rep, supervisor, at, archive):
    visit = record(company.actor("rep"), archive.doctor, at=at, starts_at=at - 2 * DAY)
    form = supervisor.get(f"/visits/coaching/new/?person=rep&visit={visit.pk}")
    assert (form.context["form"]["on"].value(), form.context["form"]["visit_id"].value()) == (visit.day, str(visit.pk))
    body = {
        "username": "rep",
        "on": str(visit.day),
        "visit_id": str(visit.pk),
        "observed": "开场自然",
        "agreed_text": "练习异议处理三步法\n\n带最新文献",
        "agreed_due": str(day_of(at) + 14 * DAY),
        "skill_opening": "4",
        "skill_objection": "2",
    }
    assert supervisor.post("/visits/coaching/new/", {**body, "observed": ""}).status_code == 422
    wrong = supervisor.post("/visits/coaching/new/", {**body, "on": str(visit.day - DAY)})
    assert (wrong.status_code, wrong.context["form"]["skill_objection"].value()) == (422, "2")
    path = supervisor.post("/visits/coaching/new/", body).url
    coaching = Coaching.objects.get()
    assert dict(coaching.ratings.values_list("skill", "score")) == {"opening": 4, "objection": 2}
    assert list(coaching.agreed.order_by("pk").values_list("text", flat=True)) == ["练习异议处理三步法", "带最新文献"]
    assert "平均 3.0 分" in page(supervisor, "/visits/coaching/")
    assert "2 项待跟进" in page(supervisor, "/visits/coaching/")
    assert coaching.read_at is None
    assert "练习异议处理三步法" in page(rep, path)
    assert rep.post(f"{path}reply/", {"reply": "下周练习"}, headers=HTMX).status_code == 204
    coaching.refresh_from_db()
    assert coaching.read_at is not None
    shown = page(supervisor, path)
    assert "下周练习" in shown
    assert "的协访记录" in page(supervisor, f"/visits/{visit.pk}/")


def test_what_was_agreed_stands_in_the_next_coaching_s_form(company, supervisor, at):
    body = {"username": "rep", "on": str(day_of(at)), "observed": "好", "agreed_text": "练习异议处理"}
    supervisor.post("/visits/coaching/new/", body)
    agreed = AgreedAction.objects.get()
    form = supervisor.get("/visits/coaching/new/?person=rep").context["form"]
    assert [field.name for field in form.reviews] == [f"reviewed_{agreed.pk}"]
    second = {"username": "rep", "on": str(day_of(at)), "observed": "进步", f"reviewed_{agreed.pk}": "done"}
    path = supervisor.post("/visits/coaching/new/", second).url
    agreed.refresh_from_db()
    assert agreed.state == "done"
    assert "回看：练习异议处理" in page(supervisor, path)
    assert supervisor.get("/visits/coaching/new/?person=rep").context["form"].reviews == []
    assert supervisor.get("/visits/coaching/new/?person=teammate").context["form"].reviews == []
    assert "没有可以协访的人" in page(supervisor, "/visits/coaching/new/?person=foreigner")


def test_the_team_s_month_and_what_to_do_next(company, rep, supervisor, at, archive, frequency):
    record(company.actor("rep"), archive.doctor, at=at)
    members = supervisor.get("/visits/team/").context["rows"]
    assert {member.person.username: (member.today_done, member.month.due) for member in members} == {
        "rep": (1 if day_of(at - timedelta(minutes=30)) == day_of(at) else 0, 1),
        "teammate": (0, 0),
    }
    assert "没有下属在岗" in page(rep, "/visits/team/")
    assert page(supervisor, "/visits/team/?month=2026-02")
    assert page(supervisor, "/visits/team/?month=别的")
    assert page(rep, "/visits/next/")


def test_the_panels_of_the_home_page(company, rep, supervisor, signed_in, at, archive, frequency):
    plan(company.actor("rep"), archive.own, at=at, on=day_of(at), starts="23:50", aim="谈进院")
    today = page(rep, "/visits/panels/today/")
    assert "谈进院" in today
    assert "/completion/" in today
    assert "今天还没有计划" in page(signed_in("teammate"), "/visits/panels/today/")
    steps = page(rep, "/visits/panels/steps/")
    assert "还从未拜访过" in steps
    team = page(supervisor, "/visits/panels/team/")
    assert "李娜" in team
    assert "0 / 1" in team
    assert rep.get("/visits/panels/team/").status_code == 404
