"""Materials and sample lots from a spreadsheet, and back. M-PRO-2, M-PRO-3, M-PLT-1."""

import csv

import pytest

from repertory.core.actor import Door, system_actor
from repertory.core.errors import NotAllowed
from repertory.materials.models import Material, MaterialVersion, SampleBalance, SampleLot
from repertory.platform.exchange.commands import export_file, import_file
from tests.factories.materials import approve, draft, give, open_material, usable_version

PAPERS = ["资料名称", "类型", "相关产品", "内容说明", "对象", "有效期至", "电子资料"]
LOTS = ["规格编码", "批号", "有效期", "数量"]


@pytest.fixture
def run_import(tmp_path, at):
    def run(kind, *rows, actor=None, **options):
        path = tmp_path / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        who = actor or system_actor(Door.IMPORT)
        return import_file(actor=who, at=at, kind_name=kind, path=path, **options)

    return run


def counts(result):
    return result.created, result.updated, result.unchanged


def test_a_row_is_a_material_with_its_draft(run_import, product):
    row = ["核心单页", "单页/折页", product.code, "一页讲清", "医生/药师、药店", "2027-12-31", "否"]
    result = run_import("materials", PAPERS, row)
    assert (result.errors, counts(result)) == ([], (1, 0, 0))
    material = Material.objects.get()
    assert (material.kind, list(material.products.all())) == ("leaflet", [product])
    version = MaterialVersion.objects.get()
    assert (version.state, version.audiences, str(version.valid_until)) == ("draft", ["hcp", "pharmacy"], "2027-12-31")
    assert counts(run_import("materials", PAPERS, row)) == (0, 0, 1)


def test_what_differs_from_an_approved_version_becomes_the_next_draft(run_import, at, company):
    version = usable_version(at=at, title="核心单页")
    assert counts(run_import("materials", ["资料名称", "备注"], ["核心单页", "换了封面"])) == (0, 1, 0)
    assert counts(run_import("materials", ["资料名称", "内容说明"], ["核心单页", "新的内容"])) == (0, 1, 0)
    version.refresh_from_db()
    assert (version.state, version.summary) == ("approved", "起效快，耐受好。")
    newest = MaterialVersion.objects.get(number=2)
    assert (newest.state, newest.summary) == ("draft", "新的内容")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["", "单页/折页", "", "", "", "", ""], "资料名称"),
        (["甲", "报纸", "", "", "", "", ""], "类型"),
        (["甲", "", "NONE", "", "", "", ""], "相关产品"),
        (["甲", "", "", "", "外星人", "", ""], "对象"),
        (["甲", "", "", "", "", "2026-02-30", ""], "有效期至"),
    ],
)
def test_a_wrong_row_of_materials_is_named_with_its_column(company, run_import, row, column):
    result = run_import("materials", PAPERS, row)
    assert [(error["row"], error["column"]) for error in result.errors] == [(2, column)]
    assert not Material.objects.exists()


def test_a_title_that_several_bear_asks_for_the_code(company, at, run_import):
    for code in ("A", "B"):
        open_material(at=at, title="同名", code=code)
    result = run_import("materials", ["资料名称", "备注"], ["同名", "x"])
    assert [error["code"] for error in result.errors] == ["ambiguous"]
    assert counts(run_import("materials", ["资料编码", "资料名称", "备注"], ["B", "同名", "x"])) == (0, 1, 0)


def test_a_row_is_a_lot_that_came_into_the_store_and_comes_in_once(run_import, product):
    code = product.packs.get().code
    rows = ([code, "240301", "2099-02-28", "500"], [code, "240302", "2099-03-31", "20"])
    assert counts(run_import("samples", LOTS, *rows)) == (2, 0, 0)
    assert SampleBalance.objects.get(lot__lot_number="240301", holder=None).quantity == 500
    assert counts(run_import("samples", LOTS, *rows)) == (0, 0, 2)
    again = run_import("samples", LOTS, [code, "240301", "2099-02-28", "600"], [code, "240302", "2099-03-30", "20"])
    assert [(error["column"], error["code"]) for error in again.errors] == [
        ("数量", "received_already"),
        ("有效期", "other_expiry"),
    ]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["NONE", "1", "2099-01-01", "5"], "规格编码"),
        (["CODE", "", "2099-01-01", "5"], "批号"),
        (["CODE", "1", "2020-01-01", "5"], "有效期"),
        (["CODE", "1", "2099-01-01", "0"], "数量"),
    ],
)
def test_a_wrong_row_of_lots_is_named_with_its_column(run_import, product, row, column):
    code = product.packs.get().code
    result = run_import("samples", LOTS, [code if cell == "CODE" else cell for cell in row])
    assert [error["column"] for error in result.errors] == [column]
    assert not SampleLot.objects.exists()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_comes_out_goes_back_in_unchanged(company, rep, archive, bags, at, tmp_path, ending):
    draft(open_material(at=at, title="草稿", products=[bags.product.code]), at=at, audiences=["hcp", "pharmacy"])
    open_material(at=at, title="没有版本")
    approve(draft(bags.version.material, at=at), at=at)
    give(rep, archive.doctor, bags.lot, at=at)
    for kind, username, rows in (("materials", "marketer", 3), ("samples", "finance", 1)):
        path = tmp_path / f"{kind}.{ending}"
        assert export_file(actor=company.actor(username), at=at, kind_name=kind, path=path) == rows
        back = import_file(actor=company.actor(username, Door.IMPORT), at=at, kind_name=kind, path=path)
        assert (back.errors, counts(back)) == ([], (0, 0, rows))


def test_only_who_may_imports_and_exports(company, run_import, at, tmp_path):
    for username in ("rep", "boss", "finance", "auditor"):
        with pytest.raises(NotAllowed):
            run_import("materials", ["资料名称"], ["甲"], actor=company.actor(username))
    for username in ("rep", "boss", "auditor"):
        with pytest.raises(NotAllowed):
            run_import("samples", LOTS, ["A", "1", "2099-01-01", "1"], actor=company.actor(username))
    with pytest.raises(NotAllowed):
        export_file(actor=company.actor("rep"), at=at, kind_name="samples", path=tmp_path / "x.csv")
