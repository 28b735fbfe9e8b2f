"""The pages of materials and samples: from a draft to a customer's hand, and back. M-PRO-2, M-PRO-3."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from repertory.materials.models import Handout, Material, MaterialVersion, SampleBalance, SampleMove
from tests.factories.materials import PNG, give, hand_out, issue_samples

HTMX = {"headers": {"HX-Request": "true"}}


def picture(name="签名.png", content=PNG):
    return SimpleUploadedFile(name, content)


def test_a_material_goes_from_the_form_over_its_file_to_approval(company, signed_in, product):
    writer, approver, rep = signed_in("product"), signed_in("marketer"), signed_in("rep")
    answer = writer.post("/materials/new/", {"title": "核心单页", "kind": "leaflet", "products": [product.code]})
    material = Material.objects.get()
    assert answer.url == f"/materials/{material.pk}/versions/new/"
    assert writer.post(answer.url, {"summary": "一页讲清", "audiences": ["hcp"]}).status_code == 302
    version = MaterialVersion.objects.get()
    writer.post(f"/materials/versions/{version.pk}/file/new/", {"file": picture("单页.pdf", b"%PDF-1.7")})
    assert rep.get(f"/materials/{material.pk}/").status_code == 404
    assert rep.get(f"/materials/versions/{version.pk}/file/").status_code == 404
    assert writer.post(f"/materials/versions/{version.pk}/submission/", **HTMX).status_code == 204
    assert "核心单页" in approver.get("/materials/approval/").content.decode()
    decided = {"approve": "yes", "note": "与说明书一致"}
    refused = writer.post(f"/materials/versions/{version.pk}/decision/", decided, **HTMX)
    assert (refused.status_code, "要由别人审批" in refused.content.decode()) == (422, True)
    assert approver.post(f"/materials/versions/{version.pk}/decision/", decided, **HTMX).status_code == 204
    shown = rep.get(f"/materials/{material.pk}/").content.decode()
    assert "可使用" in shown
    assert "撤下" not in shown
    file = rep.get(f"/materials/versions/{version.pk}/file/")
    assert (file["Content-Type"], b"".join(file.streaming_content)) == ("application/pdf", b"%PDF-1.7")


def test_a_wrong_file_is_told_and_the_draft_stays(company, signed_in, at):
    writer = signed_in("product")
    writer.post("/materials/new/", {"title": "核心单页", "kind": "leaflet"})
    writer.post(f"/materials/{Material.objects.get().pk}/versions/new/", {"summary": "一页讲清"})
    version = MaterialVersion.objects.get()
    url = f"/materials/versions/{version.pk}/file/new/"
    for upload, told in (({}, "请先选择文件"), ({"file": picture("页面.html", b"<html>")}, "只能上传")):
        assert told in writer.post(url, upload, follow=True).content.decode()
        version.refresh_from_db()
        assert version.file is None


def test_a_lot_is_received_issued_and_counted_on_its_page(company, signed_in, product):
    keeper, supervisor = signed_in("finance"), signed_in("supervisor")
    pack = product.packs.get()
    facts = {"pack": pack.code, "lot_number": "240301", "expires_on": "2099-01-31", "quantity": "50"}
    answer = keeper.post("/materials/samples/new/", facts)
    lot = SampleMove.objects.get().lot
    assert answer.url == f"/materials/samples/{lot.pk}/"
    dialog = f"/materials/samples/{lot.pk}/dialog"
    options = supervisor.get(f"{dialog}/issue/", **HTMX).content.decode()
    assert "李娜" in options
    assert "赵敏" not in options
    assert supervisor.post(f"{dialog}/issue/", {"to": "rep", "quantity": "8"}, **HTMX).status_code == 204
    short = supervisor.post(f"{dialog}/issue/", {"to": "rep", "quantity": "80"}, **HTMX)
    assert (short.status_code, "总库只有 42" in short.content.decode()) == (422, True)
    assert supervisor.post(f"{dialog}/count/", {"holder": "rep", "counted": "7"}, **HTMX).status_code == 204
    assert keeper.post(f"{dialog}/lose/", {"holder": "-", "quantity": "2", "reason": "受潮"}, **HTMX).status_code == 204
    held = dict(SampleBalance.objects.values_list("holder__username", "quantity"))
    assert held == {None: 40, "rep": 7}
    page = supervisor.get(f"/materials/samples/{lot.pk}/").content.decode()
    assert "盘点差异" in page
    assert "阿托伐他汀钙片" in supervisor.get("/materials/samples/").content.decode()


def test_the_card_of_a_customer_gives_and_shows_what_was_given(rep, archive, bags, at, signed_in):
    browser, url = signed_in("rep"), f"/materials/customer/{archive.doctor.pk}/"
    given = {"version_id": bags.version.pk, "quantity": "2"}
    assert browser.post(f"{url}material/", given, **HTMX).status_code == 204
    again = browser.get(f"{url}material/", **HTMX).content.decode()
    assert "（已给过）" in again
    unsigned = browser.post(f"{url}sample/", {"lot_id": bags.lot.pk, "quantity": "1"}, **HTMX)
    assert unsigned.status_code == 422
    signed = {"lot_id": bags.lot.pk, "quantity": "1", "signature": picture()}
    assert browser.post(f"{url}sample/", signed, **HTMX).status_code == 204
    shown = browser.get(url, **HTMX).content.decode()
    assert "核心信息单页 第 1 版" in shown
    assert "240301" in shown


def test_what_was_wrong_is_reversed_from_ones_own_bag(rep, archive, bags, at, signed_in):
    browser = signed_in("rep")
    handout, move = hand_out(rep, archive.doctor, bags.version, at=at), give(rep, archive.doctor, bags.lot, at=at)
    for url in (f"/materials/handouts/{handout.pk}/reversal/", f"/materials/moves/{move.pk}/reversal/"):
        assert browser.post(url, {"reason": ""}, **HTMX).status_code == 204
    assert Handout.objects.filter(reverses=handout).exists()
    page = browser.get("/materials/mine/").content.decode()
    assert page.count("已冲回") == 1
    assert "冲回</button>" not in page
    assert SampleBalance.objects.get(holder=rep.user).quantity == 20


def test_a_signature_is_seen_by_who_sees_the_giving(company, rep, archive, bags, at, signed_in):
    url = f"/materials/moves/{give(rep, archive.doctor, bags.lot, at=at).pk}/signature/"
    for username in ("rep", "supervisor", "auditor"):
        answer = signed_in(username).get(url)
        assert (answer["Content-Type"], b"".join(answer.streaming_content)) == ("image/png", PNG)
    for username in ("teammate", "foreigner"):
        assert signed_in(username).get(url).status_code == 404


def test_a_superior_looks_into_the_bags_below_only(company, bags, at, signed_in):
    issue_samples(bags.lot, at=at, to="foreigner", quantity=1)
    people, supervisor = company.people, signed_in("supervisor")
    assert "240301" in supervisor.get(f"/materials/bags/{people['rep'].pk}/").content.decode()
    assert supervisor.get(f"/materials/bags/{people['foreigner'].pk}/").status_code == 404
    listed = supervisor.get("/materials/samples/").content.decode()
    assert "李娜" in listed
    assert "赵敏" not in listed


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 1), ("?q=hxxx", 1), ("?q=没有", 0), ("?kind=leaflet", 1), ("?kind=reprint", 0), ("?is_electronic=true", 0)],
)
def test_the_list_finds_by_pinyin_and_filters(bags, signed_in, query, found):
    page = signed_in("rep").get(f"/materials/{query}").content.decode()
    assert (f"/materials/{bags.version.material_id}/" in page) == bool(found)


def test_an_unknown_filter_is_refused(bags, signed_in):
    assert signed_in("rep").get("/materials/?search_text=x").status_code == 422
