"""Cases come and go as files; adverse events only go, without the persons."""

import csv
from pathlib import Path

import pytest

from repertory.core.actor import system_actor
from repertory.core.errors import NotAllowed
from repertory.core.time import now
from repertory.platform.exchange.commands import export_file, import_file
from repertory.service.models import Case
from tests.factories.catalogue import open_product


@pytest.fixture
def run_import(tmp_path: Path):
    def run(kind: str, *rows: list[str], actor=None):
        path = tmp_path / f"{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return import_file(actor=actor or system_actor(), at=now(), kind_name=kind, path=path)

    return run


def exported(tmp_path: Path, kind: str, actor) -> str:
    path = tmp_path / f"{kind}-out.csv"
    export_file(actor=actor, at=now(), kind_name=kind, path=path)
    return path.read_text("utf-8-sig")


def test_cases_are_opened_from_a_file_and_those_there_are_left_alone(archive, company, run_import, at):
    product = open_product(at=at, name="阿托伐他汀钙片", number=1)
    head = ["编号", "客户编码", "类型", "紧急程度", "产品编码", "标题", "内容"]
    first = run_import("cases", head, ["", archive.own.code, "投诉", "高", product.code, "包装破损", "三盒"])
    assert (first.errors, first.created) == ([], 1)
    case = Case.objects.get()
    assert (case.kind, case.severity, case.product, case.owner.username) == ("complaint", "high", product, "rep")
    again = run_import("cases", head, [case.number, archive.own.code, "投诉", "高", "", "包装破损", ""])
    assert (again.created, again.unchanged) == (0, 1)


def test_wrong_rows_are_named_and_none_is_opened(archive, company, run_import):
    head = ["编号", "客户编码", "类型", "标题"]
    rows = (
        ["", archive.own.code, "投诉", "好的"],
        ["", "没有这个", "投诉", "客户不对"],
        ["2020-00001", archive.own.code, "投诉", "编号不对"],
        ["", archive.own.code, "投诉", ""],
    )
    found = run_import("cases", head, *rows)
    assert [(error["row"], error["column"]) for error in found.errors] == [(3, "客户编码"), (4, "编号"), (5, "标题")]
    assert not Case.objects.exists()


def test_the_export_holds_what_the_person_sees(case, event, company, tmp_path):
    assert case.number in exported(tmp_path, "cases", company.actor("supervisor"))
    text = exported(tmp_path, "adverse_events", company.actor("manager"))
    assert event.number in text
    assert "皮疹" in text
    assert "65岁" not in text
    assert "13912340000" not in text


def test_adverse_events_are_not_imported_and_not_given_out_to_everybody(company, run_import, tmp_path):
    with pytest.raises(NotAllowed):
        run_import("adverse_events", ["报告编号"], ["ADR1"])
    with pytest.raises(NotAllowed):
        exported(tmp_path, "adverse_events", company.actor("supervisor"))
    with pytest.raises(NotAllowed):
        exported(tmp_path, "cases", company.actor("rep"))
