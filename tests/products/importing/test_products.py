"""Products and packs from a spreadsheet, and back. M-PRO-1, M-PLT-1."""

import csv

import pytest
import xlsxwriter

from repertory.core.actor import Door, system_actor
from repertory.core.errors import InvalidInput, NotAllowed
from repertory.organisation.actions import define_custom_field
from repertory.organisation.inputs import DefineCustomField
from repertory.platform.exchange.commands import export_file, import_file
from repertory.products.models import Pack, Product
from tests.factories.catalogue import open_line, open_product

HEAD = ["药品名称", "商品名", "批准文号", "剂型", "生产厂家", "医保", "规格", "包装规格", "条码"]
TEN = ["阿托伐他汀钙片", "立坦", "国药准字H20193043", "片剂", "药程药业", "乙", "10mg", "7片/盒", "6901234567892"]
TWENTY = ["阿托伐他汀钙片", "立坦", "国药准字H20193043", "片剂", "药程药业", "乙", "20mg", "7片/盒", ""]
# A reimbursement list as it is published: pages of one table, headings among the drugs, the code in a column of its own.
LIST_HEAD = ["药品分类代码", "药品分类", "", "", "", "", "编号", "药品名称", "剂型", "备注"]
LIST_PAGES = (
    (
        ["XA", "消化道和代谢方面的药物", "", "", "", "", "", "", "", ""],
        ["XA02BC", "", "质子泵抑制剂", "", "", "", "", "", "", ""],
        ["", "", "", "", "", "甲", 15, "奥美拉唑", "口服常释剂型", ""],
        ["", "", "", "", "", "乙", "★(15)", "奥美拉唑", "注射剂", "限不能口服的患者"],
    ),
    (
        ["", "", "", "", "", "乙", 18, "兰索拉唑", "口服常释剂型", ""],
        ["XA03F", "", "", "胃肠动力药", "", "", "", "", "", ""],
        ["", "", "", "", "", "甲", 37, "多潘立酮", "口服常释剂型", ""],
    ),
)


@pytest.fixture
def run_import(tmp_path, at):
    def run(*rows, actor=None, **options):
        path = tmp_path / "products.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        who = actor or system_actor(Door.IMPORT)
        return import_file(actor=who, at=at, kind_name="products", path=path, **options)

    return run


def counts(result):
    return result.created, result.updated, result.unchanged


def test_several_rows_of_one_approval_number_are_packs_of_one_product(company, run_import):
    result = run_import(HEAD, TEN, TWENTY)
    assert (result.errors, counts(result)) == ([], (1, 1, 0))
    product = Product.objects.get()
    assert (product.generic_name, product.insurance_class, product.stage) == ("阿托伐他汀钙片", "b", "on_sale")
    assert list(product.packs.values_list("spec", "pack", "barcode")) == [
        ("10mg", "7片/盒", "6901234567892"),
        ("20mg", "7片/盒", ""),
    ]


def test_the_same_file_again_changes_nothing_and_another_only_what_it_says(company, run_import):
    run_import(HEAD, TEN, TWENTY)
    assert counts(run_import(HEAD, TEN, TWENTY)) == (0, 0, 2)
    changed = run_import(
        ["批准文号", "药品名称", "规格", "包装规格", "有效期", "剂型"], [TEN[2], "", "10mg", "7片/盒", "24", "#清空"]
    )
    assert (changed.errors, counts(changed)) == ([], (0, 1, 0))
    product = Product.objects.get()
    assert (product.dosage_form, product.trade_name) == ("", "立坦")
    assert Pack.objects.get(spec="10mg").shelf_life_months == 24


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["甲片", "", "H123", "", "", "", "", "", ""], "批准文号"),
        (["甲片", "", "", "", "", "戊", "", "", ""], "医保"),
        (["甲片", "", "", "", "", "", "", "7片/盒", ""], "规格"),
        (["甲片", "", "", "", "", "", "5mg", "", "6901234567893"], "条码"),
        (["", "", "", "片剂", "", "", "", "", ""], "药品名称"),
    ],
)
def test_a_wrong_row_is_named_with_its_column_and_nothing_is_written(company, run_import, row, column):
    result = run_import(HEAD, TEN, row)
    assert [(error["row"], error["column"]) for error in result.errors] == [(3, column)]
    assert not Product.objects.exists()


def test_headings_give_their_code_to_the_drugs_below_and_are_left_out(company, run_import):
    result = run_import(
        ["药品分类代码", "药品名称", "剂型"],
        ["XA02BC", "", ""],
        ["", "奥美拉唑", "口服常释剂型"],
        ["XC10", "", ""],
        ["", "奥美拉唑", "注射剂"],
        ["C10AA05", "阿托伐他汀", "口服常释剂型"],
        ["药品分类代码", "药品名称", "剂型"],
        ["第 1 页，共 74 页", "", ""],
        fixed={"insurance_class": "乙"},
    )
    assert (result.errors, counts(result)) == ([], (3, 0, 0))
    found = set(Product.objects.values_list("generic_name", "dosage_form", "atc_code", "insurance_class", "stage"))
    assert found == {
        ("奥美拉唑", "口服常释剂型", "A02BC", "b", "development"),
        ("奥美拉唑", "注射剂", "C10", "b", "development"),
        ("阿托伐他汀", "口服常释剂型", "C10AA05", "b", "development"),
    }
    assert [warning["code"] for warning in result.warnings] == ["headings_left_out"]


def test_a_name_that_several_products_bear_asks_for_a_number(company, at, run_import):
    open_product(at=at, name="甲片", number=1, dosage_form="片剂")
    open_product(at=at, name="甲片", number=2, dosage_form="胶囊剂")
    result = run_import(["药品名称", "商品名"], ["甲片", ""])
    assert [(error["column"], error["code"]) for error in result.errors] == [("药品名称", "ambiguous")]
    assert counts(run_import(["药品名称", "剂型"], ["甲片", "胶囊剂"])) == (0, 0, 1)


def test_the_key_may_be_said(company, at, run_import):
    open_product(at=at, name="甲片", number=1, code="K1")
    head, row = ["编码", "药品名称", "批准文号"], ["K1", "甲片", "国药准字H20260001"]
    assert counts(run_import(head, row, key="code")) == (0, 0, 1)
    assert counts(run_import(head, row, key="approval_number")) == (0, 0, 1)
    with pytest.raises(InvalidInput):
        run_import(head, row, key="trade_name")


def test_what_comes_out_goes_back_in_unchanged(company, at, run_import, tmp_path):
    field = DefineCustomField(object_type="product", key="gross", label="毛重", kind="number")
    define_custom_field(actor=company.actor("admin"), at=at, data=field)
    open_line(at=at, code="CV")
    run_import([*HEAD, "产品线", "毛重", "规格在用"], [*TEN, "CV", "12.5", "否"], [*TWENTY, "CV", "12.5", "是"])
    open_product(at=at, name="没有规格的片", product_manager="product")
    for ending in ("csv", "xlsx"):
        path = tmp_path / f"out.{ending}"
        assert export_file(actor=company.actor("product"), at=at, kind_name="products", path=path) == 3
        back = import_file(actor=system_actor(), at=at, kind_name="products", path=path)
        assert (back.errors, counts(back)) == ([], (0, 0, 3))
    assert Product.objects.get(generic_name="阿托伐他汀钙片").custom == {"gross": "12.5"}
    assert Pack.objects.filter(is_active=False).count() == 1


@pytest.mark.parametrize("username", ["rep", "boss", "marketer", "finance", "auditor"])
def test_only_product_managers_and_the_administrator_import(company, run_import, username):
    with pytest.raises(NotAllowed):
        run_import(HEAD, TEN, actor=company.actor(username))


def test_an_export_holds_only_what_the_person_sees(company, catalogue, at, tmp_path):
    path = tmp_path / "out.csv"
    export_file(actor=company.actor("supervisor"), at=at, kind_name="products", path=path)
    text = path.read_text(encoding="utf-8-sig")
    assert "阿托伐他汀钙片" in text
    assert "二甲双胍片" not in text
    assert "研发中注射液" not in text
    with pytest.raises(NotAllowed):
        export_file(actor=company.actor("rep"), at=at, kind_name="products", path=path)


def test_a_reimbursement_list_of_many_sheets_goes_in_and_again_changes_nothing(company, at, tmp_path):
    path = tmp_path / "目录.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for page in LIST_PAGES:
            sheet = book.add_worksheet()
            for number, row in enumerate((LIST_HEAD, *page)):
                sheet.write_row(number, 0, row)
    given = {"path": path, "columns": {"F": "insurance_class", "备注": "insurance_note"}}
    first = import_file(actor=system_actor(), at=at, kind_name="products", **given)
    assert (first.errors, counts(first)) == ([], (4, 0, 0))
    rows = Product.objects.order_by("pk").values_list("generic_name", "dosage_form", "insurance_class", "atc_code")
    assert list(rows) == [
        ("奥美拉唑", "口服常释剂型", "a", "A02BC"),
        ("奥美拉唑", "注射剂", "b", "A02BC"),
        ("兰索拉唑", "口服常释剂型", "b", "A02BC"),
        ("多潘立酮", "口服常释剂型", "a", "A03F"),
    ]
    assert Product.objects.get(dosage_form="注射剂").insurance_note == "限不能口服的患者"
    again = import_file(actor=system_actor(), at=at, kind_name="products", **given)
    assert (again.errors, counts(again)) == ([], (0, 0, 4))
