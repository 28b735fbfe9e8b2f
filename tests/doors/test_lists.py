"""Every list has the same filter dialog, choice of columns and saved views."""

import re

import pytest

from repertory.core.time import now
from repertory.customers.web.listing import LIST as CUSTOMERS
from repertory.materials.web.listing import LIST as MATERIALS
from repertory.platform.models import SavedView
from repertory.products.web.listing import LIST as PRODUCTS
from repertory.service.web.columns import CASES, EVENTS
from repertory.visits.web.listing import LIST as VISITS
from tests.factories.archive import build_archive
from tests.factories.cases import open_case
from tests.factories.field import record

LISTS = {
    "/customers/": CUSTOMERS,
    "/products/": PRODUCTS,
    "/visits/": VISITS,
    "/materials/": MATERIALS,
    "/cases/": CASES,
    "/adverse-events/": EVENTS,
}


@pytest.fixture
def archive(company):
    return build_archive(now())


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize("address", LISTS)
def test_a_list_offers_its_dialogs(archive, signed_in, address):
    shown = page(signed_in("boss"), f"{address}?q=x")
    for name in ("filter", "columns", "views"):
        assert f'hx-get="{address}{name}/?q=x"' in shown


@pytest.mark.parametrize("address", LISTS)
def test_each_column_can_be_filtered_by_and_blank_ones_found(archive, signed_in, address):
    client, found = signed_in("boss"), LISTS[address]
    offered = re.findall(r"filter_field=([\w.]+)", page(client, f"{address}filter/"))
    assert offered == list(found.filterable)
    for key in offered:
        dialog = page(client, f"{address}filter/?filter_field={key}")
        assert f'name="{key}' in dialog
        if found.filterable[key].kind != "bool":
            page(client, f"{address}?{key}=-")
    assert client.get(f"{address}filter/?filter_field=secret").status_code == 404


@pytest.mark.parametrize("address", LISTS)
def test_each_column_can_be_shown(archive, signed_in, address):
    client = signed_in("boss")
    dialog = page(client, f"{address}columns/")
    offered = re.findall(r'name="columns" value="([\w.]+)"', dialog)
    assert set(LISTS[address].default) <= set(offered)
    assert dialog.count(" disabled") == 1
    page(client, f"{address}?{'&'.join(f'columns={key}' for key in offered)}")


@pytest.mark.parametrize("address", LISTS)
def test_a_view_is_kept_shown_and_deleted(archive, signed_in, address):
    client = signed_in("boss")
    assert client.post(f"{address}views/?q=abc", {"name": "周报视图"}).url == f"{address}?q=abc"
    view = SavedView.objects.get()
    assert (view.page, view.query) == (LISTS[address].page, "q=abc")
    assert "周报视图" in page(client, f"{address}?q=x")
    assert f"{address}views/{view.pk}/deletion/" in page(client, f"{address}views/?q=abc")
    assert "周报视图" not in page(signed_in("admin"), f"{address}?q=x")
    assert client.post(f"{address}views/{view.pk}/deletion/").url == address
    assert not SavedView.objects.exists()


def test_chosen_columns_stand_in_the_list_in_their_order(company, archive, signed_in):
    at = now()
    record(company.actor("rep"), archive.own, at=at, subject="谈进院")
    open_case(archive.own, at=at)
    client = signed_in("rep")
    for address, keys, heads in (
        ("/visits/", ("subject", "customer"), ["日期", "主题", "客户"]),
        ("/cases/", ("cause", "title"), ["编号", "原因", "标题"]),
        ("/materials/", ("note", "code"), ["资料名称", "备注", "编码"]),
    ):
        answer = client.get(f"{address}?{'&'.join(f'columns={key}' for key in keys)}")
        shown = [str(head.label) for head in answer.context["table"].headers]
        assert shown == heads


def test_conditions_are_read_in_words(company, archive, signed_in):
    client, own = signed_in("rep"), archive.own

    def chips(path):
        return [(str(chip.label), chip.value) for chip in client.get(path).context["chips"]]

    name = company.people["rep"].name
    assert chips("/visits/?user=rep&late=true&mode=phone&mode=email") == [
        ("拜访人", name),
        ("补录", "是"),
        ("方式", "电话、邮件"),
    ]
    assert chips(f"/cases/?customer={own.pk}&mine=1") == [("客户", own.name), ("我负责的", "是")]
    foreign = archive.foreign
    assert chips(f"/cases/?customer={foreign.pk}") == [("客户", str(foreign.pk))]


def test_a_number_is_filtered_by_its_range(company, archive, signed_in):
    visit = record(company.actor("rep"), archive.own, at=now())
    type(visit).objects.filter(pk=visit.pk).update(distance_m=480)
    client = signed_in("rep")

    def count(query):
        return client.get(f"/visits/?{query}").context["pager"]["count"]

    assert [count(f"distance_m{end}") for end in (".from=480", ".from=481", ".to=480", ".to=479", "=480")] == [
        1,
        0,
        1,
        0,
        1,
    ]
    assert client.get("/visits/?distance_m.from=viel").status_code == 422
