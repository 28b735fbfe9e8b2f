"""Customers from a spreadsheet. M-PLT-1, M-CUS-1 to M-CUS-8."""

from decimal import Decimal

import pytest

from repertory.core.actor import system_actor
from repertory.core.errors import NotAllowed
from repertory.customers.choices import Stage
from repertory.customers.models import Coverage, Customer, CustomerCount, DuplicatePair, Profile, StageChange
from repertory.customers.queries.listing import ListQuery, list_customers
from repertory.organisation.actions import define_custom_field
from repertory.organisation.inputs import DefineCustomField
from repertory.organisation.models import Territory
from repertory.platform.audit_chain import batch_hash
from repertory.platform.models import AuditBatch, AuditEntry

HEAD = ["编码", "名称", "类别", "地址"]


def counts(result) -> tuple[int, int, int]:
    return result.created, result.updated, result.unchanged


def test_an_imported_customer_is_a_whole_archive(company, run_import, at):
    result = run_import(
        "customers",
        ["名称", "类别", "地区", "地址", "电话", "经度", "纬度", "员工人数", "辖区", "等级分类"],
        ["南京栖霞医院", "医院", "江苏省-南京市", "栖霞区 1 号", "025-1234567", "118.9", "32.1", "300", "E1A", "a"],
    )
    assert (result.errors, counts(result)) == ([], (1, 0, 0))
    customer = Customer.objects.get()
    assert (customer.code, customer.kind, customer.tier, customer.stage) == ("C0000001", "hospital", "A", "potential")
    assert (customer.province_code, customer.city_code, customer.sort_key) == (
        "320000",
        "320100",
        "nan jing qi xia yi yuan",
    )
    assert (customer.longitude, customer.latitude) == (Decimal("118.9"), Decimal("32.1"))
    assert Profile.objects.get().headcount == 300
    assert customer.completeness == 36
    assert StageChange.objects.values_list("to_stage", flat=True).get() == "potential"
    assert Coverage.objects.get().territory.code == "E1A"
    assert dict(Territory.objects.filter(customer_count=1).values_list("code", "customer_count")).keys() == {
        "CO",
        "E",
        "E1",
        "E1A",
    }
    assert CustomerCount.objects.get().total == 1


@pytest.mark.parametrize("text", ["栖霞", "njqx", "qixia", "1234567"])
def test_an_imported_customer_is_found_before_and_after_it_is_indexed(
    company, run_import, django_capture_on_commit_callbacks, text
):
    with django_capture_on_commit_callbacks(execute=False) as waiting:
        run_import("customers", ["名称", "类别", "电话", "辖区"], ["南京栖霞医院", "医院", "025-1234567", "E1A"])

    def found() -> list[str]:
        return [item.name for item in list_customers(actor=company.actor("boss"), query=ListQuery(text=text)).items]

    assert found() == ["南京栖霞医院"]
    for callback in waiting:
        callback()
    assert found() == ["南京栖霞医院"]


def test_every_import_stands_in_the_audit_chain_row_by_row(company, run_import):
    run_import("customers", HEAD, ["X1", "甲医院", "医院", "一路"], ["X2", "乙医院", "医院", "二路"])
    batch = AuditBatch.objects.latest("id")
    entries = list(AuditEntry.objects.filter(batch=batch).order_by("position"))
    assert [(entry.verb, entry.label, entry.changes["address"]) for entry in entries] == [
        ("created", "甲医院", ["", "一路"]),
        ("created", "乙医院", ["", "二路"]),
    ]
    assert (batch.door, batch.count, batch.hash) == ("import", 2, batch_hash(batch, entries))


def test_rows_find_their_customer_by_code_or_by_name_and_address(company, run_import):
    run_import("customers", HEAD, ["X1", "甲医院", "医院", "一路"], ["", "乙医院", "医院", "二路"])
    result = run_import("customers", HEAD, ["X1", "甲医院改名", "医院", "三路"], ["", "乙医院", "医院", "二路"])
    assert counts(result) == (0, 1, 1)
    assert set(Customer.objects.values_list("code", "name", "address", "version")) == {
        ("X1", "甲医院改名", "三路", 2),
        ("C0000001", "乙医院", "二路", 1),
    }
    assert Customer.objects.get(code="X1").sort_key == "jia yi yuan gai ming"


def test_a_blank_cell_changes_nothing_and_the_mark_empties(company, run_import):
    head = ["编码", "名称", "类别", "电话", "服务区域", "经度", "纬度"]
    run_import("customers", head, ["X1", "甲医院", "医院", "123456", "全市", "118", "32"])
    assert counts(run_import("customers", head, ["X1", "甲医院", "", "", "", "", ""])) == (0, 0, 1)
    assert counts(run_import("customers", head, ["X1", "甲医院", "", "#清空", "#清空", "#清空", "#清空"])) == (0, 1, 0)
    customer = Customer.objects.select_related("profile").get()
    assert (customer.phone, customer.profile.service_area, customer.longitude) == ("", "", None)


@pytest.mark.parametrize(
    ("head", "cells", "codes"),
    [
        (["地区"], ["江苏省-南京市"], ("320000", "320100", "")),
        (["地区"], ["北京市-朝阳区"], ("110000", "110100", "110105")),
        (["省", "市"], ["北京市", "北京市"], ("110000", "110100", "")),
        (["省份", "城市", "区县"], ["江苏", "南京", "鼓楼区"], ("320000", "320100", "320106")),
        (["地址"], ["江苏省南京市鼓楼区中山路 1 号"], ("320000", "320100", "320106")),
        (["地址"], ["中山路 1 号"], ("", "", "")),
    ],
)
def test_places_are_understood_in_one_cell_in_several_and_in_the_address(company, run_import, head, cells, codes):
    result = run_import("customers", ["名称", *head], ["甲医院", *cells], fixed={"kind": "hospital"})
    assert result.errors == []
    assert Customer.objects.values_list("province_code", "city_code", "county_code").get() == codes


def test_a_row_without_the_county_leaves_the_known_county_alone(company, run_import):
    run_import("customers", ["名称", "类别", "地区", "地址"], ["甲医院", "医院", "江苏省-南京市-鼓楼区", "一路"])
    again = run_import("customers", ["名称", "省", "市", "地址"], ["甲医院", "江苏省", "南京市", "一路"])
    assert counts(again) == (0, 0, 1)
    moved = run_import("customers", ["名称", "省", "市", "地址"], ["甲医院", "江苏省", "苏州市", "一路"])
    assert counts(moved) == (0, 1, 0)
    assert Customer.objects.values_list("city_code", "county_code").get() == ("320500", "")


def test_what_is_wrong_is_listed_with_row_and_column_and_nothing_is_written(company, run_import):
    result = run_import(
        "customers",
        ["名称", "类别", "地区", "信用代码", "邮箱", "经度", "纬度", "电话", "辖区", "所在机构"],
        ["", "医院"],
        ["甲医院", ""],
        ["乙医院", "银行"],
        ["丙医院", "医院", "火星省"],
        ["丁医院", "医院", "", "123"],
        ["戊医院", "医院", "", "", "无"],
        ["己医院", "医院", "", "", "", "200", "30"],
        ["庚医院", "医院", "", "", "", "118"],
        ["辛医院", "医院", "", "", "", "", "", "1" * 61],
        ["壬医院", "医院", "", "", "", "", "", "", "没有"],
        ["癸医生", "医生", "", "", "", "", "", "", "", "没有的医院"],
        ["子医院", "银行", "火星省"],
    )
    assert [(error["row"], error["column"], error["code"]) for error in result.errors] == [
        (2, "名称", "missing"),
        (3, "类别", "missing"),
        (4, "类别", "not_a_choice"),
        (5, "地区", "unknown_region"),
        (6, "信用代码", "value_error"),
        (7, "邮箱", "value_error"),
        (8, "经度", "value_error"),
        (9, "经度", "value_error"),
        (10, "电话", "string_too_long"),
        (11, "辖区", "unknown_territory"),
        (12, "所在机构", "unknown_link"),
        (13, "类别", "not_a_choice"),
        (13, "地区", "unknown_region"),
    ]
    assert all(error["message"] for error in result.errors)
    assert not Customer.objects.exists()


def test_coordinates_of_nowhere_are_emptied_with_a_warning(company, run_import):
    result = run_import(
        "customers", ["名称", "longitude_wgs84", "latitude_wgs84"], ["甲医院", "0.0", "0.0"], fixed={"kind": "hospital"}
    )
    assert [(one["row"], one["column"], one["code"]) for one in result.warnings] == [
        (2, "longitude_wgs84", "position_emptied")
    ]
    assert Customer.objects.values_list("longitude", "latitude").get() == (None, None)


def test_the_same_name_elsewhere_is_reported_and_kept_for_review_but_not_merged(company, run_import):
    first = run_import("customers", HEAD, ["", "人民医院", "医院", "一路"], ["", "人民医院", "医院", "二路"])
    assert [(one["row"], one["code"], one["name"], one["rows"]) for one in first.duplicates] == [
        (3, "same_name", "人民医院", [2, 3])
    ]
    assert Customer.objects.count() == 2
    assert DuplicatePair.objects.count() == 1
    again = run_import("customers", HEAD, ["", "人民医院", "医院", "一路"], ["", "人民医院", "医院", "三路"])
    assert counts(again) == (1, 0, 1)
    assert again.duplicates[0]["existing"] == ["C0000001", "C0000002"]


def test_a_repeated_row_counts_once_and_a_contradiction_is_an_error(company, run_import):
    head = [*HEAD, "电话"]
    same = run_import("customers", head, ["", "甲医院", "医院", "一路", "1"], ["", "甲医院", "医院", "一路", "1"])
    assert (counts(same), same.duplicates[0]["code"]) == ((1, 0, 1), "repeated_row")
    other = run_import("customers", head, ["", "甲医院", "医院", "一路", "2"], ["", "甲医院", "医院", "一路", "3"])
    assert [(error["row"], error["code"]) for error in other.errors] == [(3, "contradicts_row")]
    assert Customer.objects.values_list("phone", flat=True).get() == "1"


def test_one_code_for_two_rows_is_an_error(company, run_import):
    result = run_import("customers", HEAD, ["X1", "甲医院", "医院", "一路"], ["X1", "乙医院", "医院", "二路"])
    assert [(error["row"], error["code"]) for error in result.errors] == [(3, "contradicts_row")]


def test_doctors_may_come_in_the_same_file_as_their_hospital_in_any_order(company, run_import):
    result = run_import(
        "customers",
        ["编码", "名称", "类别", "所在机构", "上级单位"],
        ["", "王磊", "医生", "H2", ""],
        ["H2", "分院", "医院", "", "总院"],
        ["H1", "总院", "医院", "", ""],
        ["", "李娜", "医生", "总院", ""],
    )
    assert (result.errors, counts(result)) == ([], (4, 0, 0))
    links = dict(Customer.objects.values_list("name", "institution__code"))
    assert (links["王磊"], links["李娜"]) == ("H2", "H1")
    assert Customer.objects.get(code="H2").parent.code == "H1"


def test_people_of_one_name_are_told_apart_by_their_institution(company, run_import):
    head = ["编码", "名称", "类别", "所在机构", "职称"]
    run_import(
        "customers",
        head,
        ["H1", "总院", "医院"],
        ["H2", "分院", "医院"],
        ["", "王磊", "医生", "H1"],
        ["", "王磊", "医生", "H2"],
    )
    assert counts(run_import("customers", head, ["", "王磊", "医生", "H2", "主任医师"])) == (0, 1, 0)
    assert list(Customer.objects.filter(name="王磊").order_by("pk").values_list("title", flat=True)) == ["", "主任医师"]


def test_p64_a_stage_moves_only_along_the_life_cycle(company, run_import):
    """Frappe PR #8323: what was done in bulk skipped the workflow."""
    run_import("customers", HEAD, ["X1", "甲医院", "医院", ""])
    wrong = run_import("customers", ["编码", "阶段"], ["X1", "休眠"])
    assert [(error["column"], error["code"]) for error in wrong.errors] == [("阶段", "stage_order")]
    assert counts(run_import("customers", ["编码", "阶段"], ["X1", "合作中"])) == (0, 1, 0)
    assert Customer.objects.get().stage == Stage.ACTIVE
    assert list(StageChange.objects.order_by("pk").values_list("from_stage", "to_stage")) == [
        ("", "potential"),
        ("potential", "active"),
    ]


def test_custom_fields_are_columns_like_the_others(company, run_import, at):
    for key, kind, options in (("beds", "number", []), ("wards", "choices", ["内科", "外科"])):
        field = DefineCustomField(key=key, label={"beds": "床位数", "wards": "病区"}[key], kind=kind, options=options)
        define_custom_field(actor=system_actor(), at=at, data=field)
    head = ["名称", "类别", "床位数", "病区"]
    assert run_import("customers", head, ["甲医院", "医院", "1,200", "外科、内科"]).errors == []
    assert Customer.objects.get().custom == {"beds": "1200", "wards": ["内科", "外科"]}
    assert counts(run_import("customers", head, ["甲医院", "医院", "1200", "内科、外科"])) == (0, 0, 1)
    wrong = run_import("customers", head, ["甲医院", "医院", "很多", "牙科"])
    assert [error["column"] for error in wrong.errors] == ["床位数", "病区"]


def test_a_required_custom_field_is_asked_of_new_customers_only(company, run_import, at):
    run_import("customers", ["编码", "名称", "类别"], ["X1", "甲医院", "医院"])
    field = DefineCustomField(key="beds", label="床位数", kind="number", required=True)
    define_custom_field(actor=system_actor(), at=at, data=field)
    result = run_import(
        "customers", ["编码", "名称", "类别", "电话"], ["X1", "甲医院", "医院", "1"], ["X2", "乙医院", "医院", "2"]
    )
    assert [(error["row"], error["column"], error["code"]) for error in result.errors] == [
        (3, "custom.beds", "missing")
    ]


def test_the_key_can_be_chosen(company, run_import):
    run_import("customers", HEAD, ["X1", "甲医院", "医院", "一路"])
    assert counts(run_import("customers", ["名称", "电话"], ["甲医院", "1"], key="name")) == (0, 1, 0)
    run_import("customers", HEAD, ["X2", "甲医院", "医院", "二路"])
    result = run_import("customers", ["名称", "电话"], ["甲医院", "2"], key="name")
    assert [error["code"] for error in result.errors] == ["ambiguous"]


def test_an_import_checks_again_what_changed_while_it_was_checked(company, run_import, at):
    """Somebody opens the same archive between the check and the write: it is found, not opened twice."""
    from tests.factories.archive import open_archive

    def meanwhile(phase: str, done: int, total: int) -> None:
        if phase == "check" and not Customer.objects.exists():
            open_archive(at=at, territory="E1A", name="甲医院", address="一路", phone="1")

    result = run_import("customers", [*HEAD, "电话"], ["", "甲医院", "医院", "一路", "2"], progress=meanwhile)
    assert counts(result) == (0, 1, 0)
    assert Customer.objects.values_list("phone", flat=True).get() == "2"


def test_a_long_file_goes_in_whole(company, run_import):
    rows = [[f"L{number}", f"第{number}医院", "医院", f"江苏省南京市中山路{number}号"] for number in range(9_000)]
    result = run_import("customers", HEAD, *rows)
    assert (result.errors, counts(result)) == ([], (9_000, 0, 0))
    assert Customer.objects.filter(city_code="320100", sort_key__startswith="di ").count() == 9_000
    assert counts(run_import("customers", HEAD, *rows)) == (0, 0, 9_000)


def test_a_rep_may_not_import_customers(company, run_import):
    with pytest.raises(NotAllowed):
        run_import("customers", HEAD, ["", "甲医院", "医院", ""], actor=company.actor("rep"))


def test_a_regional_manager_imports_into_the_own_region_only(company, archive, run_import):
    manager = company.actor("manager")
    head = [*HEAD, "辖区"]
    without = run_import("customers", head, ["", "甲医院", "医院", "一路", ""], actor=manager)
    assert [(error["column"], error["code"]) for error in without.errors] == [("辖区", "missing")]
    outside = run_import("customers", head, ["", "甲医院", "医院", "一路", "N1A"], actor=manager)
    assert [(error["column"], error["code"]) for error in outside.errors] == [("辖区", "unknown_territory")]
    assert run_import("customers", head, ["", "甲医院", "医院", "一路", "E1B"], actor=manager).created == 1


def test_p1_an_import_tells_nothing_of_foreign_customers_and_does_not_touch_them(company, archive, run_import):
    """EspoCRM CVE-2026-46691, -109957: import errors leaked other people's rows."""
    manager, foreign = company.actor("manager"), archive.foreign
    head = ["编码", "名称", "类别", "电话", "辖区"]
    by_code = run_import("customers", head, [foreign.code, "随便", "医院", "1", "E1A"], actor=manager)
    assert by_code.errors[0]["message"] == f"客户编码“{foreign.code}”不能使用，请换一个。"
    assert foreign.name not in str(by_code.as_dict()) and foreign.phone not in str(by_code.as_dict())
    by_name = run_import("customers", head, ["", foreign.name, "医院", "1", "E1A"], actor=manager)
    assert (counts(by_name), by_name.duplicates) == ((1, 0, 0), [])
    foreign.refresh_from_db()
    assert (foreign.phone, foreign.version) == ("010-65287777", 1)


def test_private_fields_are_neither_imported_nor_exported(company, archive, run_import):
    result = run_import("customers", ["编码", "私人电话", "微信"], [archive.doctor.code, "13800000000", "x"])
    assert [one["column"] for one in result.warnings] == ["私人电话", "微信"]
    assert counts(result) == (0, 0, 1)
