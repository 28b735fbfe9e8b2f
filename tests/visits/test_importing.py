"""Visits from a spreadsheet, and back. M-VIS-1, M-PLT-1."""

import csv
from datetime import timedelta

import pytest

from repertory.core.actor import Door, system_actor
from repertory.core.errors import NotAllowed
from repertory.core.time import COMPANY_ZONE, day_of
from repertory.platform.exchange.commands import export_file, import_file
from repertory.visits.models import Visit
from tests.factories.field import plan, record

HEAD = ["客户编码", "拜访人账号", "日期", "开始时间", "结束时间", "方式", "目的", "产品编码", "达成共识"]


@pytest.fixture
def run_import(tmp_path, at, archive):
    def run(*rows, actor=None):
        path = tmp_path / "visits.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return import_file(actor=actor or system_actor(Door.IMPORT), at=at, kind_name="visits", path=path)

    return run


def row(customer, day, clock="09:10", **more):
    given = {
        "user": "rep",
        "ends": "09:30",
        "mode": "实地",
        "purpose": "产品推广",
        "products": "",
        "consensus": "",
    } | more
    return [customer.code, given["user"], str(day), clock, *(given[name] for name in list(given)[1:])]


def counts(result):
    return result.created, result.updated, result.unchanged


@pytest.mark.parametrize("username", ["admin", "manager"])
def test_a_file_is_taken_over_and_again_changes_only_what_it_says(company, at, archive, product, run_import, username):
    last_year, actor = day_of(at) - timedelta(days=300), company.actor(username)
    first = [
        HEAD,
        row(archive.doctor, last_year, products=product.code, consensus="试用"),
        row(archive.own, last_year, "14：05", ends=""),
    ]
    result = run_import(*first, actor=actor)
    assert (result.errors, counts(result)) == ([], (2, 0, 0))
    visit = Visit.objects.get(customer=archive.doctor)
    assert (visit.status, visit.user.username, visit.day, visit.late) == ("done", "rep", last_year, True)
    assert f"{visit.starts_at.astimezone(COMPANY_ZONE):%H:%M}" == "09:10"
    assert [talked.product_id for talked in visit.products.all()] == [product.pk]
    assert counts(run_import(*first, actor=actor)) == (0, 0, 2)
    changed = [HEAD, row(archive.doctor, last_year, consensus="同意试用两周"), first[2]]
    result = run_import(*changed, actor=actor)
    assert (result.errors, counts(result)) == ([], (0, 1, 1))
    visit.refresh_from_db()
    assert (visit.consensus, visit.products.count()) == ("同意试用两周", 1)


def test_what_comes_out_goes_back_in_unchanged(company, at, archive, product, tmp_path):
    talked = [{"product_id": product.pk}]
    record(company.actor("rep"), archive.doctor, at=at, products=talked, focus="每月科会 80 人", consensus="试用")
    asked = {"questions": "患者服药后出现皮疹", "adverse_event": "none"}
    record(company.actor("rep"), archive.own, at=at, starts_at=at - timedelta(days=1), **asked)
    for ending in ("csv", "xlsx"):
        path = tmp_path / f"out.{ending}"
        assert export_file(actor=company.actor("supervisor"), at=at, kind_name="visits", path=path) == 2
        back = import_file(actor=company.actor("admin"), at=at, kind_name="visits", path=path)
        assert (back.errors, counts(back)) == ([], (0, 0, 2))


def test_planned_visits_are_exported_but_not_taken_for_done_ones(company, at, archive, tmp_path):
    plan(company.actor("rep"), archive.own, at=at - timedelta(days=9), on=day_of(at) - timedelta(days=2))
    path = tmp_path / "out.csv"
    export_file(actor=company.actor("supervisor"), at=at, kind_name="visits", path=path)
    back = import_file(actor=company.actor("admin"), at=at, kind_name="visits", path=path)
    assert [(error["row"], error["column"]) for error in back.errors] == [(2, "状态")]
    assert not Visit.objects.filter(status="done").exists()


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({0: "没有这个"}, "客户编码"),
        ({1: "nobody"}, "拜访人账号"),
        ({3: "上午"}, "开始时间"),
        ({5: "骑马"}, "方式"),
        ({7: "P9999"}, "产品编码"),
        ({8: "患者服药后出现皮疹"}, "达成共识"),
    ],
)
def test_a_wrong_row_is_named_with_its_column_and_nothing_is_written(at, archive, run_import, change, column):
    right = row(archive.own, day_of(at) - timedelta(days=3))
    wrong = [change.get(place, value) for place, value in enumerate(row(archive.doctor, right[2]))]
    result = run_import(HEAD, right, wrong)
    assert [(error["row"], error["column"]) for error in result.errors] == [(3, column)]
    assert not Visit.objects.exists()


def test_a_manager_brings_in_only_visits_of_the_own_people(company, at, archive, run_import):
    foreign = row(archive.foreign, day_of(at) - timedelta(days=3), user="foreigner")
    assert [error["column"] for error in run_import(HEAD, foreign, actor=company.actor("manager")).errors] == [
        "客户编码"
    ]
    theirs = row(archive.own, day_of(at) - timedelta(days=3), user="foreigner")
    result = run_import(HEAD, theirs, actor=company.actor("manager"))
    assert [error["column"] for error in result.errors] == ["拜访人账号"]


def test_text_that_a_spreadsheet_would_calculate_comes_out_as_text(company, at, archive, tmp_path):
    record(company.actor("rep"), archive.own, at=at, subject="=cmd|' /C calc'!A0", consensus="+1", next_step="@SUM(1)")
    path = tmp_path / "out.csv"
    export_file(actor=company.actor("supervisor"), at=at, kind_name="visits", path=path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = next(csv.DictReader(file))
    assert [cells[name] for name in ("主题", "达成共识", "下一步")] == ["'=cmd|' /C calc'!A0", "'+1", "'@SUM(1)"]
    back = import_file(actor=company.actor("admin"), at=at, kind_name="visits", path=path)
    assert (back.errors, counts(back)) == ([], (0, 0, 1))


@pytest.mark.parametrize("username", ["rep", "supervisor", "auditor", "finance"])
def test_only_managers_and_the_administrator_import(company, at, archive, run_import, username):
    with pytest.raises(NotAllowed):
        run_import(HEAD, row(archive.own, day_of(at)), actor=company.actor(username))


def test_an_export_holds_only_what_the_person_sees(company, at, archive, tmp_path):
    record(company.actor("rep"), archive.own, at=at)
    record(company.actor("foreigner"), archive.foreign, at=at)
    path = tmp_path / "out.csv"
    assert export_file(actor=company.actor("supervisor"), at=at, kind_name="visits", path=path) == 1
    assert "北京东城医院" not in path.read_text("utf-8-sig")
    with pytest.raises(NotAllowed):
        export_file(actor=company.actor("rep"), at=at, kind_name="visits", path=path)
