"""People and territories from a spreadsheet. M-PLT-1, M-ORG-1, M-ORG-2."""

import csv
from pathlib import Path

import pytest

from repertory.core.actor import system_actor
from repertory.core.errors import NotAllowed
from repertory.core.time import now
from repertory.organisation.models import Assignment, Territory, User
from repertory.platform.exchange.commands import export_file, import_file
from repertory.platform.workdays import year_is_published


@pytest.fixture
def run_import(tmp_path: Path):
    def run(kind: str, *rows: list[str], actor=None):
        path = tmp_path / f"{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return import_file(actor=actor or system_actor(), at=now(), kind_name=kind, path=path)

    return run


def counts(result) -> tuple[int, int, int]:
    return result.created, result.updated, result.unchanged


def test_a_tree_grows_from_its_file_and_nodes_are_renamed_and_moved(company, run_import):
    head = ["编码", "名称", "层级", "上级编码"]
    grown = run_import("territories", head, ["E2", "苏州地区", "地区", "E"], ["E2A", "姑苏", "辖区", "E2"])
    assert (grown.errors, counts(grown)) == ([], (2, 0, 0))
    again = run_import("territories", head, ["E2", "苏州地区", "地区", "E"], ["E2A", "姑苏区", "", "E1"])
    assert counts(again) == (0, 1, 1)
    node = Territory.objects.get(code="E2A")
    assert (node.name, node.path.startswith(Territory.objects.get(code="E1").path)) == ("姑苏区", True)


def test_wrong_nodes_are_named_and_nothing_grows(company, run_import):
    result = run_import(
        "territories",
        ["编码", "名称", "层级", "上级编码"],
        ["X1", "好的", "辖区", "E1"],
        ["X2", "", "辖区", "E1"],
        ["X3", "孤儿", "辖区", "没有"],
        ["X4", "公司二", "公司", ""],
        ["E", "华东大区", "", "E1A"],
    )
    assert [(error["row"], error["column"]) for error in result.errors] == [
        (3, "名称"),
        (4, "上级编码"),
        (5, "上级编码"),
        (6, "上级编码"),
    ]
    assert not Territory.objects.filter(code="X1").exists()


def test_people_get_accounts_and_posts_and_existing_ones_are_revised(company, run_import):
    head = ["账号", "姓名", "工号", "在用", "岗位", "辖区编码", "任职自"]
    result = run_import(
        "people",
        head,
        ["newrep", "新人", "007", "", "销售代表", "E1B", "2026-01-01"],
        ["newrep", "新人", "007", "", "销售主管", "E1", ""],
        ["rep", "李娜娜", "", "", "", "", ""],
        ["teammate", "", "", "否", "", "", ""],
        ["boss", "总经理", "", "", "销售经理", "CO", ""],
    )
    assert (result.errors, counts(result)) == ([], (1, 3, 1))
    person = User.objects.get(username="newrep")
    assert (person.name, person.employee_number, person.has_usable_password()) == ("新人", "007", False)
    assert set(Assignment.objects.filter(user=person).values_list("role", "territory__code")) == {
        ("rep", "E1B"),
        ("supervisor", "E1"),
    }
    assert User.objects.get(username="rep").name == "李娜娜"
    assert not User.objects.get(username="teammate").is_active


def test_wrong_people_are_named_and_nobody_gets_in(company, run_import):
    result = run_import(
        "people",
        ["账号", "姓名", "邮箱", "岗位", "辖区编码"],
        ["good", "好人", "", "", ""],
        ["有空 格", "甲", "", "", ""],
        ["noname", "", "", "", ""],
        ["mail", "乙", "无", "", ""],
        ["half", "丙", "", "销售代表", ""],
        ["where", "丁", "", "销售代表", "没有"],
    )
    assert [(error["row"], error["column"]) for error in result.errors] == [
        (3, "账号"),
        (4, "姓名"),
        (5, "邮箱"),
        (6, "辖区编码"),
        (7, "辖区编码"),
    ]
    assert not User.objects.filter(username="good").exists()


@pytest.mark.parametrize("kind", ["people", "territories"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_comes_out_goes_back_in_unchanged(company, tmp_path, kind, ending):
    path = tmp_path / f"{kind}.{ending}"
    count = export_file(actor=company.actor("admin"), at=now(), kind_name=kind, path=path)
    result = import_file(actor=company.actor("admin"), at=now(), kind_name=kind, path=path)
    assert (result.rows, result.unchanged, result.errors, result.warnings) == (count, count, [], [])
    assert count == {"people": 11, "territories": 8}[kind]


@pytest.mark.parametrize("username", ["rep", "supervisor", "boss", "finance", "auditor", "product"])
@pytest.mark.parametrize("kind", ["people", "territories"])
def test_only_administrators_import_them(company, run_import, username, kind):
    with pytest.raises(NotAllowed):
        run_import(kind, ["编码", "账号"], ["X", "x"], actor=company.actor(username))


def test_the_adjusted_days_of_a_new_year_are_imported_and_taken_back(company, run_import):
    head = ["日期", "上班", "说明"]
    rows = (["2027-02-14", "是", "春节调休"], ["2027/2/15", "否", ""])
    assert counts(run_import("workdays", head, *rows)) == (2, 0, 0)
    assert year_is_published(2027)
    again = (["2027-02-14", "是", "春节调休"], ["2027-02-15", "否", "公司放假"])
    assert counts(run_import("workdays", head, *again)) == (0, 1, 1)
    with pytest.raises(NotAllowed):
        run_import("workdays", head, *rows, actor=company.actor("boss"))
