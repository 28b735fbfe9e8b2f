"""The list: what its address says is what it shows, and only inside the person's scope."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from repertory.platform.models import CustomField, SavedView


def rows(answer) -> list[str]:
    return [row.name for row in answer.context["table"].rows]


def test_a_rep_sees_the_own_customers_and_the_manager_of_everything_all(own, own_doctor, foreign, signed_in):
    assert rows(signed_in("rep").get("/customers/")) == ["南京鼓楼医院", "王磊"]
    assert rows(signed_in("foreigner").get("/customers/")) == ["北京协和医院"]
    assert rows(signed_in("boss").get("/customers/")) == ["北京协和医院", "南京鼓楼医院", "王磊"]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("kind=hcp", ["王磊"]),
        ("kind=hcp&kind=hospital", ["南京鼓楼医院", "王磊"]),
        ("tier=A", ["南京鼓楼医院"]),
        ("tier=-", ["王磊"]),
        ("q=gulou", ["南京鼓楼医院"]),
        ("q=njgl", ["南京鼓楼医院"]),
        ("q=协和", []),
        ("city_code=320100", ["南京鼓楼医院"]),
        ("title=主任", ["王磊"]),
        ("completeness.from=0&completeness.to=100", ["南京鼓楼医院", "王磊"]),
        ("first_contact_on.from=2020-01-01", []),
        ("territory=E1A", ["南京鼓楼医院", "王磊"]),
        ("territory=N1A", []),
        ("sort=-name", ["王磊", "南京鼓楼医院"]),
        ("tier=&stage=", ["南京鼓楼医院", "王磊"]),
    ],
)
def test_the_address_says_what_is_shown(own, own_doctor, foreign, signed_in, address, found):
    assert rows(signed_in("rep").get(f"/customers/?{address}")) == found


@pytest.mark.parametrize(
    "address", ["nonsense=1", "sort=phone", "cursor=bnVsbA", "completeness.from=x", "private_phone=1"]
)
def test_an_address_that_makes_no_sense_is_told(own, signed_in, address):
    assert signed_in("rep").get(f"/customers/?{address}").status_code == 422


def test_each_condition_is_a_chip_with_the_address_that_drops_it(own, signed_in):
    answer = signed_in("rep").get("/customers/?tier=A&kind=hospital&q=南京")
    chips = [(str(chip.label), chip.value, chip.without) for chip in answer.context["chips"]]
    assert chips == [
        ("搜索", "南京", "?tier=A&kind=hospital"),
        ("等级分类", "A", "?kind=hospital&q=%E5%8D%97%E4%BA%AC"),
        ("类别", "医院/诊所", "?tier=A&q=%E5%8D%97%E4%BA%AC"),
    ]


def test_a_chip_says_a_reference_by_its_name(own, own_doctor, signed_in):
    answer = signed_in("rep").get(f"/customers/?institution={own.pk}&territory=E1A")
    assert rows(answer) == ["王磊"]
    assert [chip.value for chip in answer.context["chips"]] == ["南京鼓楼医院", "南京鼓楼"]


@pytest.mark.parametrize(
    ("column", "looked_up_at"),
    [
        ("institution", "/customers/pick/organisation/"),
        ("parent", "/customers/pick/organisation/"),
        ("territory", "/customers/pick/territory/"),
        ("custom.twin", "/customers/pick/customer/"),
    ],
)
def test_a_reference_is_filtered_by_looking_it_up(company, signed_in, column, looked_up_at):
    CustomField.objects.create(object_type="customer", key="twin", label="关联客户", kind="reference")
    dialog = signed_in("rep").get(f"/customers/filter/?filter_field={column}").content.decode()
    assert f'data-picker="{looked_up_at}"' in dialog
    assert f'<input type="hidden" name="{column}" value="">' in dialog


def test_the_filter_dialog_shows_the_present_reference_by_name(own, signed_in):
    dialog = signed_in("rep").get(f"/customers/filter/?filter_field=institution&institution={own.pk}").content.decode()
    assert f'<input type="hidden" name="institution" value="{own.pk}">' in dialog
    assert 'value="南京鼓楼医院"' in dialog


def test_a_foreign_reference_is_not_named(foreign, signed_in):
    """A4: neither the chip nor the dialog turns a key into a name."""
    client = signed_in("rep")
    chips = client.get(f"/customers/?institution={foreign.pk}").context["chips"]
    assert [chip.value for chip in chips] == [str(foreign.pk)]
    dialog = client.get(f"/customers/filter/?filter_field=institution&institution={foreign.pk}").content.decode()
    assert foreign.name not in dialog


def test_any_customer_is_found_by_the_picker_for_all_kinds(own, own_doctor, foreign, signed_in):
    client = signed_in("rep")
    assert own.name in client.get("/customers/pick/customer/?q=njgl").content.decode()
    assert own_doctor.name in client.get("/customers/pick/customer/?q=王磊").content.decode()
    assert foreign.name not in client.get("/customers/pick/customer/?q=北京").content.decode()


def test_a_custom_field_is_a_column_and_a_filter(own, own_doctor, signed_in):
    CustomField.objects.create(object_type="customer", key="beds", label="床位数", kind="number")
    own.custom = {"beds": "1200"}
    own.save()
    answer = signed_in("rep").get("/customers/?columns=name&columns=custom.beds&custom.beds.from=1000")
    assert rows(answer) == ["南京鼓楼医院"]
    assert '<td class="num" data-label="床位数">1,200</td>' in answer.content.decode()


def test_chosen_columns_are_shown_and_unknown_ones_are_left_out(own, signed_in):
    answer = signed_in("rep").get("/customers/?columns=phone&columns=nonsense")
    assert [str(head.label) for head in answer.context["table"].headers] == ["名称", "办公电话"]


def test_the_list_costs_the_same_queries_with_one_row_and_with_three(own, open_archive, signed_in):
    client = signed_in("rep")
    address = "/customers/?" + "&".join(f"columns={key}" for key in ("name", "institution", "territory", "headcount"))
    client.get(address)
    with CaptureQueriesContext(connection) as with_one:
        client.get(address)
    open_archive("王磊", "E1A", kind="hcp", institution=own.pk)
    open_archive("益丰大药房", "E1A", kind="pharmacy")
    with CaptureQueriesContext(connection) as with_three:
        assert len(rows(client.get(address))) == 3
    assert len(with_three) <= len(with_one) + 1, "the second row brought the institutions, nothing else"


def test_a_saved_view_is_ones_own_until_it_is_shared(own, signed_in):
    signed_in("rep").post("/customers/views/?tier=A", {"name": "A级"})
    signed_in("rep").post("/customers/views/?tier=B", {"name": "大家的", "shared": "on"})
    names = [view["name"] for view in signed_in("teammate").get("/customers/").context["views"]]
    assert [str(name) for name in names] == ["全部客户", "大家的"]
    mine = signed_in("rep").get("/customers/?tier=A").context["views"]
    assert [(str(view["name"]), view["current"]) for view in mine] == [
        ("全部客户", False),
        ("A级", True),
        ("大家的", False),
    ]


def test_nobody_deletes_the_view_of_somebody_else(own, signed_in):
    signed_in("rep").post("/customers/views/?tier=B", {"name": "大家的", "shared": "on"})
    view = SavedView.objects.get()
    assert signed_in("teammate").post(f"/customers/views/{view.pk}/deletion/").status_code == 404
    assert signed_in("rep").post(f"/customers/views/{view.pk}/deletion/").status_code == 302
    assert not SavedView.objects.exists()


def test_a_view_name_is_used_once(own, signed_in):
    client = signed_in("rep")
    client.post("/customers/views/?tier=A", {"name": "A级"})
    answer = client.post("/customers/views/?tier=B", {"name": "A级"})
    assert answer.status_code == 422
    assert "已有同名视图" in answer.content.decode()


def test_suggestions_and_pickers_tell_nothing_of_foreign_customers(own, foreign, signed_in):
    client = signed_in("rep")
    for address in ("/customers/search/?q=医院", "/customers/pick/organisation/?q=医院"):
        text = client.get(address, headers={"HX-Request": "true"}).content.decode()
        assert "南京鼓楼医院" in text
        assert "协和" not in text


def test_likely_duplicates_while_typing_are_only_ones_own(own, foreign, signed_in):
    client = signed_in("rep")
    assert "南京鼓楼医院" in client.get("/customers/similar/?name=南京鼓楼医院&kind=hospital").content.decode()
    assert "协和" not in client.get("/customers/similar/?name=北京协和医院&kind=hospital").content.decode()


def test_each_number_of_the_composition_opens_as_many_rows(own, own_doctor, open_archive, foreign, signed_in):
    open_archive("益丰大药房", "E1A", kind="pharmacy", tier="B")
    client = signed_in("rep")
    answer = client.get("/customers/composition/")
    assert answer.context["total"] == 3
    cells = [row["cells"][0] for chart in answer.context["charts"] for row in chart["rows"]]
    assert cells
    for cell in cells:
        assert client.get(cell["url"]).context["pager"]["count"] == int(cell["text"])


def test_a_custom_reference_is_a_column_of_names_that_the_person_sees(own, own_doctor, foreign, signed_in):
    CustomField.objects.create(object_type="customer", key="twin", label="关联客户", kind="reference")
    for row, named in ((own, own_doctor), (own_doctor, foreign)):
        row.custom = {"twin": named.pk}
        row.save()
    shown = signed_in("rep").get("/customers/?columns=name&columns=custom.twin").content.decode()
    assert shown.count(own_doctor.name) > signed_in("rep").get("/customers/").content.decode().count(own_doctor.name)
    assert foreign.name not in shown
