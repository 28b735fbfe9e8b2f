"""The pages of cases: lists, a case and its steps, opening one from a customer, the Pareto."""

from datetime import timedelta

import pytest

from repertory.core.time import now
from repertory.service.models import Case, CaseStep
from tests.factories.cases import open_case, report_event
from tests.service.conftest import MONDAY

OPENED = {"kind": "complaint", "severity": "urgent", "title": "包装破损", "text": "三盒受潮"}


@pytest.fixture
def rep(signed_in):
    return signed_in("rep")


def text_of(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_case_is_opened_from_a_customer_and_a_visit(archive, rep, company):
    page = text_of(rep.get("/cases/new/", {"customer": archive.own.pk, "visit": "12"}))
    assert f'value="{archive.own.pk}"' in page
    assert "南京鼓楼医院" in page
    answer = rep.post("/cases/new/", OPENED | {"customer_id": archive.own.pk, "visit_id": "12"})
    case = Case.objects.get()
    assert answer.headers["Location"] == f"/cases/{case.pk}/"
    assert (case.visit_id, case.kind, case.owner, case.channel) == (12, "complaint", company.people["rep"], "visit")


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(archive, rep):
    answer = rep.post("/cases/new/", OPENED | {"customer_id": archive.own.pk, "title": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "三盒受潮" in page
    assert "field-error" in page
    assert not Case.objects.exists()


def test_the_list_shows_who_is_late(case, rep):
    page = text_of(rep.get("/cases/"))
    assert case.title in page
    assert "已超时" in page
    assert "2026-00001" in text_of(rep.get("/cases/", {"late": "1"}))
    assert "没有符合条件的记录" in text_of(rep.get("/cases/", {"state": "closed"}))
    assert "2026-00001" in text_of(rep.get("/cases/", {"q": "鼓楼"}))


def test_an_unknown_filter_is_refused_in_words(case, rep):
    answer = rep.get("/cases/", {"password": "1"})
    assert answer.status_code == 422
    assert "没有“password”这个筛选条件" in answer.content.decode()


def test_the_page_offers_the_steps_that_the_state_allows(case, rep):
    page = text_of(rep.get(f"/cases/{case.pk}/"))
    for word in ("开始处理", "记录进展", "填写结果", "修改个案", "交给别人"):
        assert word in page
    assert f"/cases/{case.pk}/telling/" not in page
    assert f"/cases/{case.pk}/reopening/" not in page


def test_every_step_is_a_dialog_that_comes_back_to_the_page(case, rep):
    steps = (
        ("handling", {"text": "我来"}),
        ("note", {"text": "已问医学部"}),
        ("answer", {"result": "可以合用", "cause": "information"}),
        ("telling", {"how": "phone", "text": "满意"}),
        ("reopening", {"reason": "又来问"}),
    )
    for name, typed in steps:
        assert "<form" in text_of(rep.get(f"/cases/{case.pk}/{name}/", headers={"HX-Request": "true"}))
        answer = rep.post(f"/cases/{case.pk}/{name}/", typed, headers={"HX-Request": "true"})
        assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"/cases/{case.pk}/")
    kinds = CaseStep.objects.filter(case=case).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["opened", "taken", "noted", "answered", "told", "reopened"]
    page = text_of(rep.get(f"/cases/{case.pk}/"))
    assert "可以合用" in page
    assert "还没有告知客户" in page


def test_an_answer_without_a_cause_is_asked_for_again(case, rep):
    answer = rep.post(f"/cases/{case.pk}/answer/", {"result": "好"}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()


def test_editing_begins_with_what_stands_there(case, rep):
    page = text_of(rep.get(f"/cases/{case.pk}/edit/"))
    assert case.title in page
    typed = {"kind": "support", "severity": "low", "channel": "phone", "title": "改过的题", "text": "", "version": "1"}
    assert rep.post(f"/cases/{case.pk}/edit/", typed).status_code == 302
    case.refresh_from_db()
    assert (case.title, case.kind, case.severity) == ("改过的题", "support", "low")


def test_giving_a_case_away_offers_only_who_sees_the_customer(case, rep, company):
    page = text_of(rep.get(f"/cases/{case.pk}/assignment/"))
    assert "地区主管" in page
    assert "赵敏" not in page
    assert rep.post(f"/cases/{case.pk}/assignment/", {"owner": "supervisor"}).status_code == 302
    case.refresh_from_db()
    assert case.owner == company.people["supervisor"]


def test_an_unknown_step_is_not_found(case, rep):
    assert rep.get(f"/cases/{case.pk}/deletion/").status_code == 404


def test_the_customer_s_part_lists_its_cases_and_reports(case, archive, rep, company):
    event = report_event(archive.own, at=MONDAY, actor=company.actor("rep"))
    page = text_of(rep.get(f"/cases/customer/{archive.own.pk}/", headers={"HX-Request": "true"}))
    assert case.title in page
    assert event.number in page
    assert f"/cases/new/?customer={archive.own.pk}" in page


def test_the_pareto_has_a_table_whose_shares_add_up(case, archive, signed_in):
    boss = signed_in("boss")
    for cause in ("supply", "supply", "price"):
        other = open_case(archive.own, at=MONDAY)
        boss.post(f"/cases/{other.pk}/answer/", {"result": "好", "cause": cause})
    page = text_of(boss.get("/cases/causes/"))
    assert page.index("供货/断货") < page.index("价格/医保政策")
    assert "66.7%" in page
    assert "100.0%" in page
    assert "/cases/?cause=supply" in page
    assert "还没有可统计的个案" in text_of(boss.get("/cases/causes/", {"kind": "complaint"}))


def test_of_a_lost_customer_one_s_own_case_has_no_link_to_the_archive(archive, rep, company):
    case = open_case(archive.foreign, at=now() - timedelta(days=1))
    Case.objects.filter(pk=case.pk).update(owner=company.people["rep"])
    page = text_of(rep.get(f"/cases/{case.pk}/"))
    assert "北京东城医院" in page
    assert f'href="/customers/{archive.foreign.pk}/"' not in page
