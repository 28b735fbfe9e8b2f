"""Prices from a spreadsheet, and back. M-PRO-4, M-PLT-1."""

import csv

import pytest

from repertory.core.actor import Door
from repertory.core.errors import NotAllowed
from repertory.core.time import day_of
from repertory.platform.exchange.commands import export_file, import_file
from repertory.products.models import Price, PriceList
from tests.factories.catalogue import add_pack, open_product

HEAD = [
    "价格表编码",
    "规格编码",
    "产品编码",
    "客户类型",
    "省份",
    "月份",
    "起订量",
    "单价（元）",
    "底价（元）",
    "自",
    "至（不含）",
]


@pytest.fixture
def pack(company, at):
    return add_pack(open_product(at=at, name="定价片", number=66), at=at)


@pytest.fixture
def run_import(company, tmp_path, at):
    def run(*rows, who="product"):
        path = tmp_path / "prices.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEAD, *rows])
        return import_file(actor=company.actor(who, Door.IMPORT), at=at, kind_name="prices", path=path)

    return run


def counts(result):
    return result.created, result.updated, result.unchanged


def test_each_row_is_a_price_of_a_draft_and_comes_back_the_same(company, run_import, pack, at, tmp_path):
    hospital = ["H-2026", pack.code, "", "医院/诊所", "江苏省", "3-5", "100", "40.5", "30", "", ""]
    everybody = ["H-2026", "", pack.product.code, "", "", "", "", "50", "35", "", ""]
    result = run_import(hospital, everybody)
    assert (result.errors, counts(result)) == ([], (2, 0, 0))
    found = PriceList.objects.get(code="H-2026")
    assert (found.state, found.starts_on) == ("draft", day_of(at))
    row = Price.objects.get(customer_kind="hospital")
    assert (row.province, row.season, row.from_quantity, row.price_cny) == ("320000", 28, 100, 40.5)
    assert counts(run_import(hospital, everybody)) == (0, 0, 2)
    cheaper = [*everybody[:7], "49", *everybody[8:]]
    assert counts(run_import(hospital, cheaper)) == (0, 1, 1)
    path = tmp_path / "out.csv"
    assert export_file(actor=company.actor("product"), at=at, kind_name="prices", path=path) == 2
    again = import_file(actor=company.actor("product", Door.IMPORT), at=at, kind_name="prices", path=path)
    assert (again.errors, counts(again)) == ([], (0, 0, 2))


@pytest.mark.parametrize(
    ("position", "wrong", "column"),
    [
        (1, "nothing", "规格编码"),
        (3, "国王", "客户类型"),
        (4, "火星", "省份"),
        (5, "13", "月份"),
        (7, "-1", "单价（元）"),
    ],
)
def test_a_wrong_row_is_named_with_its_column_and_nothing_is_written(run_import, pack, position, wrong, column):
    row = ["H-2026", pack.code, "", "", "", "", "", "50", "35", "", ""]
    row[position] = wrong
    result = run_import(row)
    assert [(error["row"], error["column"]) for error in result.errors] == [(2, column)]
    assert not PriceList.objects.exists()


def test_only_pricers_bring_prices_in(run_import, pack):
    for username in ("rep", "boss", "marketer"):
        with pytest.raises(NotAllowed):
            run_import(["H", pack.code, "", "", "", "", "", "50", "35", "", ""], who=username)
