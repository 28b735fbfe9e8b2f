"""The pages of adverse events: the clock, what is missing, persons behind a reason."""

import pytest

from repertory.service.models import AdverseEvent, AdverseEventRevision
from tests.factories.cases import WHOLE_REPORT
from tests.factories.catalogue import open_product

HTMX = {"HX-Request": "true"}


@pytest.fixture
def rep(signed_in):
    return signed_in("rep")


def text_of(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_report_is_taken_in_with_the_little_that_is_known(archive, rep, company):
    page = text_of(rep.get("/adverse-events/new/", {"customer": archive.own.pk, "visit": "3"}))
    assert "资料不全也先登记" in page
    typed = {"customer_id": archive.own.pk, "visit_id": "3", "description": "皮疹", "aware_at": "2026-03-02T09:00"}
    answer = rep.post("/adverse-events/new/", typed)
    event = AdverseEvent.objects.get()
    assert answer.headers["Location"] == f"/adverse-events/{event.pk}/"
    assert (event.visit_id, event.aware_at.isoformat()) == (3, "2026-03-02T01:00:00+00:00")
    assert event.missing == ["patient", "reporter", "product"]


def test_a_whole_report_is_taken_in(archive, rep, at):
    product = open_product(at=at, name="阿托伐他汀钙片", number=1)
    typed = {
        "customer_id": archive.own.pk,
        "product_id": product.pk,
        "seriousness": ["hospitalisation"],
        **WHOLE_REPORT,
    }
    assert rep.post("/adverse-events/new/", typed).status_code == 302
    event = AdverseEvent.objects.get()
    assert (event.product, event.missing, event.clock) == (product, [], "serious_or_new")


def test_a_time_that_is_none_is_refused_at_its_field(archive, rep):
    answer = rep.post("/adverse-events/new/", {"customer_id": archive.own.pk, "aware_at": "下周"})
    assert answer.status_code == 422
    assert not AdverseEvent.objects.exists()


def test_the_list_and_the_page_show_the_clock(event, rep):
    page = text_of(rep.get("/adverse-events/"))
    assert event.number in page
    assert "已超期" in page
    page = text_of(rep.get(f"/adverse-events/{event.pk}/"))
    assert "已超期" in page
    assert "皮疹" in page
    assert "65岁" not in page
    assert "••••" in page


def test_persons_are_shown_against_a_reason(event, rep):
    address = f"/adverse-events/{event.pk}/persons/"
    assert "65岁" not in text_of(rep.get(address, headers=HTMX))
    assert rep.post(address, {"reason": ""}, headers=HTMX).status_code == 422
    assert "65岁" in text_of(rep.post(address, {"reason": "核对资料"}, headers=HTMX))


def test_the_marketer_sees_no_way_to_the_persons(event, signed_in):
    page = text_of(signed_in("marketer").get(f"/adverse-events/{event.pk}/"))
    assert "皮疹" in page
    assert "/persons/" not in page


def test_a_correction_leaves_persons_alone_and_shows_the_versions(event, rep):
    address = f"/adverse-events/{event.pk}/correction/"
    page = text_of(rep.get(address))
    assert "65岁" not in page
    typed = {
        "description": "服药三天后出现皮疹",
        "lot": "A2602",
        "expectedness": "new",
        "reason": "核对批号",
        "version": "1",
    }
    assert rep.post(address, typed).status_code == 302
    event.refresh_from_db()
    assert (event.lot, event.product_text, event.clock) == ("A2602", "", "serious_or_new")
    assert AdverseEventRevision.objects.filter(event=event).count() == 2
    page = text_of(rep.get(f"/adverse-events/{event.pk}/"))
    assert "第 2 版" in page
    assert "核对批号" in page
    assert event.patient_age


def test_a_superior_hands_over_and_closes(event, signed_in, rep):
    supervisor = signed_in("supervisor")
    assert "/hand-over/" not in text_of(rep.get(f"/adverse-events/{event.pk}/"))
    assert rep.get(f"/adverse-events/{event.pk}/hand-over/").status_code == 404
    for name, typed in (
        ("follow-up", {"text": "已联系医生"}),
        ("hand-over", {"to": "药物警戒部", "receipt_number": "PV-2"}),
        ("closure", {"note": "已上报"}),
    ):
        assert f"/{name}/" in text_of(supervisor.get(f"/adverse-events/{event.pk}/"))
        answer = supervisor.post(f"/adverse-events/{event.pk}/{name}/", typed, headers=HTMX)
        assert answer.status_code == 204
    event.refresh_from_db()
    assert (event.state, event.receipt_number) == ("closed", "PV-2")


def test_what_is_missing_can_be_listed(archive, rep):
    rep.post("/adverse-events/new/", {"customer_id": archive.own.pk, "description": "头晕"})
    page = text_of(rep.get("/adverse-events/", {"incomplete": "1"}))
    assert "待补齐 3 项" in page
