"""Flow files of three distributors, each in its own form, in a folder to try the import on."""

import csv
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from django.conf import settings

FOLDER = "demo_files"
Rows = list[list[str]]
"""As demo.sales.HEADER has them: day, customer, pack code, product, size, unit, quantity, price, amount, lot."""


def write_flow_files(month: str, files: Sequence[tuple[str, str, Rows]]) -> list[Path]:
    """One for each (district, distributor, rows): GB18030 text, a workbook with a title above, UTF-16 text with other words."""
    folder = settings.HOME / FOLDER
    folder.mkdir(exist_ok=True)
    shapes = (_with_commas, _workbook, _with_tabs)
    return [write(folder, name, month, rows) for write, (_code, name, rows) in zip(shapes, files, strict=False)]


def _with_commas(folder: Path, name: str, month: str, rows: Rows) -> Path:
    path = folder / f"{name}_{month}_流向.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["开票日期", "购货单位", "品名", "规格", "单位", "批号", "数量", "含税单价", "含税金额", "业务员"]
        )
        for day, customer, _code, product, size, unit, quantity, price, amount, lot in rows:
            writer.writerow(
                [day.replace("-", "/"), customer, product, size, unit, lot, quantity, price, amount, "张三"]
            )
    return path


def _workbook(folder: Path, name: str, month: str, rows: Rows) -> Path:
    path = folder / f"{name}_{month}_销售明细.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("销售")
    sheet.write(0, 0, f"{name} {month} 销售流向明细表")
    sheet.write_row(2, 0, ["序号", "销售日期", "终端名称", "商品编码", "商品名称", "商品规格", "销售数量", "销售金额"])
    for number, (day, customer, code, product, size, _unit, quantity, _price, amount, _lot) in enumerate(rows, 1):
        sheet.write_row(number + 2, 0, [number, day, customer, code, product, size, int(quantity), float(amount)])
    book.close()
    return path


def _with_tabs(folder: Path, name: str, month: str, rows: Rows) -> Path:
    path = folder / f"{name}_{month}.txt"
    with path.open("w", encoding="utf-16", newline="") as file:
        writer = csv.writer(file, delimiter="\t")
        writer.writerow(["商业名称", "出库日期", "销往单位", "药品名称", "包装规格", "出库数量", "金额", "产品批号"])
        for day, customer, _code, product, size, _unit, quantity, _price, amount, lot in rows:
            writer.writerow([name, day.replace("-", ""), customer, product, size, quantity, amount, lot])
    return path
