"""What comes out goes back in unchanged. M-PLT-1, M-ORG-6."""

import csv
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repertory.core.errors import InvalidInput
from repertory.platform.spreadsheets.corrections import CellError, write_corrections
from repertory.platform.spreadsheets.marks import is_watermark, neutral, original, watermark
from repertory.platform.spreadsheets.reader import open_table
from repertory.platform.spreadsheets.template import TemplateColumn, write_template
from repertory.platform.spreadsheets.writing import FileFormat, format_of, write_table
from tests.platform.spreadsheets import files

NAUGHTY = [
    "=1+1", "+86 138 0000", "-", "@SUM(A1)", "＝1+1", "\t=1", "\r=1", "\n=1", " =1", "\u3000=1", "\u200b=1", "\x01=1",
    "'=1", "''=1", "'abc", "'", "''", "abc", "a,b;c\td", 'say "hi"', "two\nlines", "two\r\nlines", "cr\ronly", "_x0041_",
    "é", "\u202etest", "𠀀 rare", "🏥", "0012", "1e5", "TRUE", "<b>", "' OR 1=1--", "\ufeff=1", " lead", "trail ",
]  # fmt: skip


def round_trip(path: Path, rows, file_format) -> list[list[str]]:
    labels = ["键", "值"]
    write_table(path, labels=labels, rows=rows, file_format=file_format, watermark=watermark(user="甲", at=NOON))
    with open_table(path) as table:
        return [[original(cell) for cell in cells] for _number, cells in table.body(table.header(labels))]


NOON = datetime(2026, 11, 5, 12, 0)


@pytest.mark.parametrize("file_format", list(FileFormat))
def test_awkward_text_comes_back_unchanged_in_every_format(tmp_path, file_format):
    rows = [[str(number), text] for number, text in enumerate(NAUGHTY)]
    assert round_trip(tmp_path / "out", rows, file_format) == rows


@pytest.mark.parametrize("file_format", list(FileFormat))
def test_values_of_every_type_come_back_as_the_same_value(tmp_path, file_format):
    values = [date(2026, 2, 28), date(1899, 12, 31), Decimal("12.50"), Decimal("116.42389326346671"), 7, True, None]
    values.append(datetime(2026, 2, 28, 13, 5))
    back = round_trip(tmp_path / "out", [["x", value] for value in values], file_format)
    texts = [row[1] if len(row) > 1 else "" for row in back]
    assert texts[:2] == ["2026-02-28", "1899-12-31"]
    assert [Decimal(text) for text in texts[2:5]] == [Decimal("12.5"), Decimal("116.42389326346671"), 7]
    assert texts[5:] == ["是", "", "2026-02-28 13:05:00"]


@given(st.text())
def test_neutral_text_gives_back_every_original(text):
    assert original(neutral(text)) == text


def test_p28_no_cell_of_a_csv_export_can_run_as_a_formula(tmp_path):
    """SuiteCRM CVE-2020-15301 and its incomplete fix CVE-2021-25960; EspoCRM CVE-2026-55154 (leading blanks, control characters)."""
    dangerous = [text for text in NAUGHTY if text.lstrip(" \t\r\n\x01\u3000\u200b\ufeff")[:1] in tuple("=+-@＝")]
    write_table(tmp_path / "out.csv", labels=["=名称"], rows=[[text] for text in dangerous], file_format=FileFormat.CSV)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [row[0] for row in csv.reader(file)]
    assert len(cells) == len(dangerous) + 1 > 10
    assert all(cell.startswith("'") for cell in cells)


def test_p28_no_cell_of_a_workbook_is_a_formula(tmp_path):
    """As above: a workbook keeps text as text, and what a person saves from it as CSV is neutral too."""
    rows = [[text] for text in NAUGHTY if text[0] in "=+-@"]
    write_table(tmp_path / "out.xlsx", labels=["名称"], rows=rows, file_format=FileFormat.XLSX)
    with files.zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    with open_table(tmp_path / "out.xlsx") as table:
        assert [cells[0][0] for _number, cells in table.rows()][1:] == ["'"] * len(rows)


def test_the_watermark_is_the_last_row_and_is_skipped_on_the_way_back(tmp_path):
    mark = watermark(user="rep 01", at=NOON)
    assert mark == "药程 导出 rep_01 2026-11-05 12:00 仅限内部使用"
    write_table(tmp_path / "out.csv", labels=["名称"], rows=[["甲"]], file_format=FileFormat.CSV, watermark=mark)
    assert (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines() == ["名称", "甲", mark]
    with open_table(tmp_path / "out.csv") as table:
        assert list(table.body(table.header(["名称"]))) == [(2, ["甲"])]
    assert not is_watermark(["药程 导出 中心药房"])


def test_the_file_name_chooses_the_format_and_another_ending_is_refused():
    assert format_of(Path("a.XLSX")) is FileFormat.XLSX
    assert format_of(Path("a.csv")) is FileFormat.CSV
    with pytest.raises(InvalidInput, match="只能导出为"):
        format_of(Path("a.php"))


def test_a_text_longer_than_a_cell_is_refused_in_a_workbook_and_kept_in_csv(tmp_path):
    long = "长" * 40_000
    with pytest.raises(InvalidInput, match="第 2 行有一格超过"):
        write_table(tmp_path / "out.xlsx", labels=["备注"], rows=[[long]], file_format=FileFormat.XLSX)
    assert round_trip(tmp_path / "out.csv", [["1", long]], FileFormat.CSV) == [["1", long]]


def test_the_template_reads_back_as_a_header_and_explains_every_column(tmp_path):
    columns = [
        TemplateColumn("名称", required=True, allowed="200 字以内", example="中心医院"),
        TemplateColumn("类型", choices=("医院", "药店"), note="不填按医院"),
    ]
    write_template(tmp_path / "t.xlsx", sheet="客户", columns=columns, remarks=["空格不改动原值。"])
    with open_table(tmp_path / "t.xlsx") as table:
        assert list(table.rows()) == [(1, ["名称", "类型"])]
    with open_table(tmp_path / "t.xlsx", sheet="填写说明") as table:
        assert [cells for _number, cells in table.rows()] == [
            ["列名", "必填", "可以填什么", "例子", "说明"],
            ["名称", "必填", "200 字以内", "中心医院"],
            ["类型", "", "医院、药店", "", "不填按医院"],
            ["空格不改动原值。"],
        ]


def test_the_corrections_file_shows_the_own_rows_with_the_errors_and_reads_back_as_it_was(tmp_path):
    source = files.xlsx(tmp_path / "in.xlsx", [["清单"], ["名称", "电话"], ["甲", "'+86"], ["", "12"]])
    errors = [CellError(4, "名称", "不能为空"), CellError(4, "", "整行有误")]
    with open_table(source) as table:
        write_corrections(tmp_path / "out.xlsx", table=table, known=["名称", "电话"], errors=errors)
    with open_table(tmp_path / "out.xlsx") as table:
        assert [cells for _number, cells in table.rows()] == [
            ["错误说明", "名称", "电话"],
            ["", "甲", "'+86"],
            ["名称：不能为空；整行有误", "", "12"],
        ]


def test_every_string_of_the_big_list_of_naughty_strings_survives(tmp_path, naughty_strings):
    rows = [[str(number), text] for number, text in enumerate(naughty_strings)]
    for file_format in FileFormat:
        assert round_trip(tmp_path / "out", rows, file_format) == rows


@pytest.fixture
def naughty_strings() -> list[str]:
    own = Path(__file__).with_name("naughty.json")
    return json.loads(own.read_text(encoding="utf-8"))
