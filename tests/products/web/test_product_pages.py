"""The product pages: list, page, dialogs, messages, lines. M-PRO-1."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from repertory.core.time import day_of
from repertory.organisation.actions import define_custom_field
from repertory.organisation.inputs import DefineCustomField
from repertory.platform.models import SavedView
from repertory.products.models import KeyMessage, LineTeam, MessageVersion, Pack, Product, ProductLine
from tests.factories.catalogue import add_pack, approve, draft, submit

HTMX = {"HX-Request": "true"}


@pytest.fixture
def product_manager(signed_in):
    return signed_in("product")


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_what_the_person_sees_and_offers_only_what_the_person_may(signed_in, catalogue):
    rep = page(signed_in("rep"), "/products/")
    assert "布洛芬缓释胶囊" in rep
    assert "二甲双胍片" not in rep
    assert "新产品" not in rep
    everything = page(signed_in("product"), "/products/")
    assert all(word in everything for word in ("二甲双胍片", "研发中注射液", "新产品", "导入", "导出"))


def test_the_address_is_the_list_with_its_chips(signed_in, catalogue):
    shown = page(signed_in("boss"), "/products/?stage=on_sale&line=TEAM&q=aldp&launched_on.to=2099-01-01")
    assert "氨氯地平片" in shown
    assert "阿托伐他汀钙片" not in shown
    for word in ("搜索", "产品阶段", "在售", "TEAM线", "上市日期 到"):
        assert word in shown
    assert "没有符合条件的产品" in page(signed_in("boss"), "/products/?q=没有这个")
    assert signed_in("boss").get("/products/?magic=1").status_code == 422


def test_columns_are_chosen_and_custom_fields_are_among_them(company, at, signed_in, product):
    field = DefineCustomField(object_type="product", key="team", label="小组", kind="choice", options=["一组"])
    define_custom_field(actor=company.actor("admin"), at=at, data=field)
    Product.objects.filter(pk=product.pk).update(custom={"team": "一组"})
    shown = page(signed_in("boss"), "/products/?columns=custom.team&columns=manufacturer&custom.team=一组")
    assert "小组" in shown
    assert "批准文号</th>" not in shown
    assert 'name="custom.team"' in page(signed_in("boss"), "/products/filter/?filter_field=custom.team")
    assert 'value="custom.team"' in page(signed_in("boss"), "/products/columns/")


def test_a_view_is_kept_shown_and_deleted(signed_in, catalogue):
    boss = signed_in("boss")
    assert boss.post("/products/views/?stage=on_sale", {"name": "在售的"}).status_code == 302
    assert "在售的" in page(boss, "/products/")
    view = SavedView.objects.get()
    assert (view.page, view.query) == ("products", "stage=on_sale")
    assert boss.post(f"/products/views/{view.pk}/deletion/").status_code == 302
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("tab", ["facts", "packs", "messages", "history", "nothing"])
@pytest.mark.parametrize("username", ["rep", "product", "auditor"])
def test_every_tab_opens_by_itself_and_in_its_page(signed_in, catalogue, username, tab):
    whole = page(signed_in(username), f"/products/{catalogue.own.pk}/?tab={tab}")
    assert "阿托伐他汀钙片" in whole
    part = signed_in(username).get(f"/products/{catalogue.own.pk}/tab/{tab}/", headers=HTMX).content.decode()
    assert "<html" not in part


def test_the_field_reads_what_it_may_say_and_nothing_of_who_changed_what(company, at, signed_in, catalogue):
    draft(catalogue.own, at=at, title="还是草稿")
    shown = page(signed_in("rep"), f"/products/{catalogue.own.pk}/?tab=messages")
    assert "起效快" in shown
    assert "可使用" in shown
    assert "还是草稿" not in shown
    assert "谁在什么时候改了什么" not in page(signed_in("rep"), f"/products/{catalogue.own.pk}/?tab=history")


def test_a_section_is_edited_in_place_and_not_over_a_newer_version(product_manager, product):
    path = f"/products/{product.pk}/section/basic/edit/"
    typed = {"generic_name": product.generic_name, "code": product.code, "dosage_form": "薄膜衣片", "version": "1"}
    typed["approval_number"] = product.approval_number
    assert "薄膜衣片" in product_manager.post(path, typed, headers=HTMX).content.decode()
    product.refresh_from_db()
    assert (product.dosage_form, product.version) == ("薄膜衣片", 2)
    again = product_manager.post(path, {**typed, "dosage_form": "另一种"}, headers=HTMX)
    assert again.status_code == 422
    assert "刚被别人改过" in again.content.decode()


def test_a_wrong_number_is_said_at_its_field_and_what_was_typed_stays(product_manager, product):
    path = f"/products/{product.pk}/section/basic/edit/"
    answer = product_manager.post(path, {"generic_name": "甲", "code": product.code, "approval_number": "123"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["approval_number"]
    assert 'value="123"' in answer.content.decode()


def test_the_stage_is_moved_in_a_dialog_that_offers_only_what_may_follow(product_manager, product):
    path = f"/products/{product.pk}/dialog/stage/"
    offered = product_manager.get(path, headers=HTMX).content.decode()
    assert "退市" in offered
    assert "研发" not in offered
    done = product_manager.post(path, {"stage": "suspended", "reason": "改线"}, headers=HTMX)
    assert done.headers["HX-Redirect"] == f"/products/{product.pk}/"
    assert Product.objects.get().stage == "suspended"


def test_packs_are_added_and_corrected_in_dialogs(product_manager, product):
    path = f"/products/{product.pk}/dialog/pack/"
    wrong = product_manager.post(path, {"spec": "5mg", "barcode": "1"}, headers=HTMX)
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["barcode"])
    done = product_manager.post(path, {"spec": "5mg", "unit": "盒", "is_active": "on"}, headers=HTMX)
    assert "card:changed" in json.loads(done.headers["HX-Trigger"])
    pack = Pack.objects.get()
    changed = {"spec": "5mg", "code": pack.code, "unit": "瓶", "version": "1"}
    assert product_manager.post(f"/products/packs/{pack.pk}/edit/", changed).status_code == 302
    pack.refresh_from_db()
    assert (pack.unit, pack.is_active) == ("瓶", False)


def test_a_product_entered_by_mistake_is_removed(product_manager, product):
    answer = product_manager.post(f"/products/{product.pk}/dialog/remove/", {"reason": "录错了"}, headers=HTMX)
    assert answer.headers["HX-Redirect"] == "/products/"
    assert product_manager.get(f"/products/{product.pk}/").status_code == 404


def test_a_message_goes_its_way_through_the_pages(company, at, signed_in, product_manager, product):
    typed = {
        "theme": "safety",
        "title": "安全",
        "text": "监测肝酶",
        "audiences": ["hcp"],
        "departments": "心内科、老年科",
    }
    assert product_manager.post(f"/products/{product.pk}/messages/new/", typed).status_code == 302
    version = MessageVersion.objects.get()
    assert (version.departments, version.audiences, version.author) == (
        ["心内科", "老年科"],
        ["hcp"],
        company.people["product"],
    )
    refused = product_manager.post(f"/products/versions/{version.pk}/submission/", headers=HTMX)
    assert (refused.status_code, "依据" in refused.content.decode()) == (422, True)
    edit = f"/products/versions/{version.pk}/edit/"
    assert "心内科、老年科" in page(product_manager, edit)
    product_manager.post(edit, {**typed, "evidence": "说明书", "version": "1"})
    assert product_manager.post(f"/products/versions/{version.pk}/submission/", headers=HTMX).status_code == 204
    marketer = signed_in("marketer")
    assert "监测肝酶" in page(marketer, "/products/messages/")
    decision = f"/products/versions/{version.pk}/decision/"
    assert "监测肝酶" in marketer.get(decision, headers=HTMX).content.decode()
    assert marketer.post(decision, {"approve": "no"}, headers=HTMX).status_code == 422
    assert marketer.post(decision, {"approve": "yes"}, headers=HTMX).status_code == 204
    assert "可使用" in page(signed_in("rep"), f"/products/{product.pk}/?tab=messages")
    newer = f"/products/messages/{version.message_id}/versions/new/"
    assert "监测肝酶" in page(product_manager, newer)
    assert product_manager.post(newer, {**typed, "text": "第二版"}).status_code == 302
    withdrawal = f"/products/versions/{version.pk}/withdrawal/"
    assert marketer.post(withdrawal, {"reason": "说明书已改"}, headers=HTMX).status_code == 204
    version.refresh_from_db()
    assert (version.state, version.withdrawn_on) == ("withdrawn", day_of(at))


def test_a_draft_is_thrown_away_on_its_page(product_manager, at, product):
    version = draft(product, at=at)
    assert product_manager.post(f"/products/versions/{version.pk}/deletion/", headers=HTMX).status_code == 204
    assert not KeyMessage.objects.exists()


def test_what_is_approved_is_not_offered_for_editing(product_manager, at, product):
    version = approve(draft(product, at=at), at=at)
    answer = product_manager.get(f"/products/versions/{version.pk}/edit/")
    assert (answer.status_code, answer.url) == (302, f"/products/{product.pk}/?tab=messages")


def test_one_s_own_wording_is_not_offered_for_decision(company, at, signed_in, product):
    submit(draft(product, at=at, actor=company.actor("marketer")), at=at)
    assert "decision" not in page(signed_in("marketer"), "/products/messages/")
    assert "decision" in page(signed_in("admin"), "/products/messages/")


def test_lines_are_made_carried_and_given_up_on_their_pages(product_manager, at):
    product_manager.post("/products/lines/new/", {"code": "CV", "name": "心血管", "limited": "on"})
    line = ProductLine.objects.get()
    assert line.limited
    assert "心血管" in page(product_manager, "/products/lines/")
    product_manager.post(f"/products/lines/{line.pk}/edit/", {"name": "心脑血管", "version": "1"})
    line.refresh_from_db()
    assert (line.name, line.limited) == ("心脑血管", False)
    product_manager.post(f"/products/lines/{line.pk}/teams/new/", {"territory": "E1", "starts_on": "2026-01-01"})
    team = LineTeam.objects.get()
    assert "南京地区" in page(product_manager, f"/products/lines/{line.pk}/")
    assert "E1A" in page(product_manager, "/products/pick/territory/?q=鼓楼")
    product_manager.post(f"/products/teams/{team.pk}/end/")
    team.refresh_from_db()
    assert team.ends_on == day_of(at)


@pytest.mark.parametrize("username", ["boss", "product"])
def test_pages_cost_the_same_queries_with_one_row_and_with_three(company, at, signed_in, product, username):
    """The lists are in tests/test_query_counts.py; here what hangs at one product."""
    browser, tabs = signed_in(username), ("facts", "packs", "messages", "history")

    def counts():
        found = {}
        for tab in tabs:
            browser.get(f"/products/{product.pk}/?tab={tab}")
            with CaptureQueriesContext(connection) as captured:
                browser.get(f"/products/{product.pk}/?tab={tab}")
            found[tab] = len(captured)
        return found

    def more(number):
        add_pack(product, at=at, spec=f"{number}mg")
        approve(draft(product, at=at, title=f"信息{number}"), at=at)

    more(1)
    with_one = counts()
    more(2)
    more(3)
    assert counts() == with_one
