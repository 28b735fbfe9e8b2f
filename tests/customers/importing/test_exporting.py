"""What comes out of the archive, for whom, and that it goes back in unchanged. M-PLT-1, M-ORG-6."""

import csv
from pathlib import Path

import pytest

from repertory.core.actor import system_actor
from repertory.core.errors import InvalidInput, NotAllowed
from repertory.customers.importing.exporting import export_customers
from repertory.customers.models import Customer
from repertory.platform.exchange.commands import export_file, import_file
from tests.factories.archive import PRIVATE_PHONE, open_archive

EVERYTHING = {
    "alias": "鼓楼", "grade": "三级甲等", "address": "中山路 321 号", "phone": "025-83106666", "province_code": "320000",
    "city_code": "320100", "county_code": "320106", "longitude": "118.783400", "latitude": "32.058600", "source": "visit",
    "first_contact_on": "2025-03-31", "founded_on": "1892-01-01", "assets_cny": "1200000000.50", "headcount": 5200,
    "potential": "high", "attitude": "supportive", "problems": "=付款慢", "strengths": "'口碑好", "tier": "A", "stage": "active",
}  # fmt: skip


def names(actor) -> list[str]:
    return [row["name"] for row in export_customers(actor, {})]


def exported(company, username: str, path: Path, at) -> list[list[str]]:
    export_file(actor=company.actor(username), at=at, kind_name="customers", path=path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_whole_archive_comes_out_and_goes_back_in_unchanged(company, archive, at, tmp_path, ending):
    open_archive(at=at, territory="E1A", name="+南京“第一”医院", **EVERYTHING)
    path = tmp_path / f"customers.{ending}"
    count = export_file(actor=company.actor("boss"), at=at, kind_name="customers", path=path)
    result = import_file(actor=system_actor(), at=at, kind_name="customers", path=path)
    assert (result.rows, result.unchanged, result.errors, result.warnings) == (count, count, [], [])


def test_everybody_exports_the_own_scope_only(company, archive):
    assert names(company.actor("boss")) == ["南京鼓楼医院", "南京玄武医院", "北京东城医院", "南京秦淮医院", "单雪"]
    assert names(company.actor("manager")) == ["南京鼓楼医院", "南京玄武医院", "单雪"]
    assert names(company.actor("rep")) == ["南京鼓楼医院", "单雪"]


def test_an_export_takes_the_filters_of_the_list(company, archive):
    rows = export_customers(company.actor("boss"), {"kind": "hcp", "sort": "name"})
    assert [row["name"] for row in rows] == ["单雪"]
    assert [row["name"] for row in export_customers(company.actor("boss"), {"q": "东城"})] == ["北京东城医院"]


@pytest.mark.parametrize("username", ["rep", "product", "marketer"])
def test_p17_without_the_right_to_export_there_is_no_file(company, archive, at, tmp_path, username):
    """Frappe PR #7433, #43146, #28721: exports and reports without the export right."""
    with pytest.raises(NotAllowed):
        exported(company, username, tmp_path / "out.csv", at)
    assert not (tmp_path / "out.csv").exists()


def test_p22_related_rows_come_out_only_as_far_as_the_person_sees_them(company, archive, at, tmp_path):
    """django-admin-csvexport #10: related models exported without the right to see them."""
    Customer.objects.filter(pk=archive.team.pk).update(parent_id=archive.foreign.pk)
    rows = list(export_customers(company.actor("manager"), {}))
    assert {row["name"]: row["parent"] for row in rows} == {"南京鼓楼医院": None, "南京玄武医院": None, "单雪": None}


def test_private_fields_stay_in_the_house(company, archive, at, tmp_path):
    rows = exported(company, "boss", tmp_path / "out.csv", at)
    assert "私人电话" not in rows[0] and "出生日期" not in rows[0]
    assert PRIVATE_PHONE not in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("filters", [{"conditions": "gASVCgAAAA=="}, {"fields": "private_phone"}, {"custom.x": "1"}])
def test_p27_parameters_of_an_export_are_names_of_known_columns_and_never_unpacked(company, archive, filters):
    """EspoCRM CVE-2026-47168: deserialisation of export parameters."""
    with pytest.raises(InvalidInput, match="没有“.+”这个筛选条件"):
        list(export_customers(company.actor("boss"), filters))


def test_p23_text_that_looks_like_sql_is_only_text(company, archive, at, tmp_path):
    """SuiteCRM CVE-2022-50589: SQL injection in the export."""
    assert list(export_customers(company.actor("boss"), {"q": "' OR 1=1 --"})) == []
    rows = list(export_customers(company.actor("boss"), {"name": "x'); DROP TABLE customers_customer; --"}))
    assert (rows, Customer.objects.count()) == ([], 6)
