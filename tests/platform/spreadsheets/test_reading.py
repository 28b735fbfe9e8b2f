"""Any table file becomes rows of text with their numbers in the file. M-PLT-1."""

from datetime import date, datetime, time
from pathlib import Path

import pytest

from repertory.core.errors import InvalidInput
from repertory.platform.spreadsheets.cells import cell_text
from repertory.platform.spreadsheets.headers import normal_label
from repertory.platform.spreadsheets.reader import open_table
from tests.platform.spreadsheets import files


def rows_in(path: Path, **options) -> list[list[str]]:
    with open_table(path, **options) as table:
        return [cells for _number, cells in table.rows()]


@pytest.mark.parametrize("write", [files.xlsx, files.xls, files.ods])
def test_every_workbook_format_gives_the_same_rows(tmp_path, write):
    assert rows_in(write(tmp_path / "input", files.ROWS)) == files.ROWS_AS_TEXT


@pytest.mark.parametrize("name", ["list.csv", "list.XLSX", "list.xLs", "list"])
def test_the_content_decides_the_format_whatever_the_name_says(tmp_path, name):
    assert rows_in(files.xlsx(tmp_path / name, files.ROWS)) == files.ROWS_AS_TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_encoding_and_delimiter_gives_the_same_rows(tmp_path, encoding, delimiter):
    path = tmp_path / "list.csv"
    path.write_bytes("\r\n".join(delimiter.join(row) for row in files.ROWS_AS_TEXT).encode(encoding))
    assert rows_in(path) == files.ROWS_AS_TEXT


def test_text_that_is_gb18030_only_near_its_end_is_still_recognised(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"name,phone\n" + b"Hospital,1\n" * 200_000 + "医院,2\n".encode("gb18030"))
    assert rows_in(path)[-1] == ["医院", "2"]


def test_commas_inside_quotes_do_not_make_a_semicolon_file_a_comma_file(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('name;address\n"a, b, c";"d, e"\n"f, g";h\n', encoding="utf-8")
    assert rows_in(path) == [["name", "address"], ["a, b, c", "d, e"], ["f, g", "h"]]


def test_the_separator_line_of_a_spreadsheet_program_is_obeyed_and_counts_as_a_row(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("sep=;\nname;address\nA;B\n", encoding="utf-8")
    with open_table(path) as table:
        assert list(table.rows()) == [(2, ["name", "address"]), (3, ["A", "B"])]


def test_row_numbers_are_those_of_the_file_and_blank_rows_are_left_out(tmp_path):
    path = files.xlsx(tmp_path / "list.xlsx", [["名称"], ["甲"], [], ["  "], ["乙"]])
    with open_table(path) as table:
        assert list(table.rows()) == [(1, ["名称"]), (2, ["甲"]), (5, ["乙"])]
        assert table.last_row == 5


def test_a_line_end_inside_quotes_does_not_shift_the_row_numbers(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('name,note\nA,"one\ntwo"\nB,x\n', encoding="utf-8")
    with open_table(path) as table:
        assert list(table.rows()) == [(1, ["name", "note"]), (2, ["A", "one\ntwo"]), (3, ["B", "x"])]


def test_a_sheet_is_found_by_its_name_and_a_missing_one_is_answered_with_the_list(tmp_path):
    path = files.xlsx(tmp_path / "list.xlsx", files.ROWS, sheet="医院 2026")
    assert rows_in(path, sheet="医院 2026 ") == files.ROWS_AS_TEXT
    with pytest.raises(InvalidInput, match="没有名为“药房”的工作表。现有的工作表：医院 2026") as caught:
        open_table(path, sheet="药房")
    assert caught.value.details["file_error"] == "sheet_missing"


def test_a_leading_empty_sheet_is_passed_over(tmp_path):
    with files.xlsxwriter.Workbook(str(tmp_path / "list.xlsx")) as book:
        book.add_worksheet("空")
        book.add_worksheet("客户").write_row(0, 0, ["名称"])
    with open_table(tmp_path / "list.xlsx") as table:
        assert (table.source.sheet, table.source.sheets) == ("客户", ["空", "客户"])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (-3.0, "-3"),
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        (18.619999999999997, "18.62"),
        (1e-7, "0.0000001"),
        (1e20, "100000000000000000000"),
        (True, "TRUE"),
        (None, ""),
        (date(2026, 2, 28), "2026-02-28"),
        (datetime(2026, 2, 28), "2026-02-28"),
        (datetime(2026, 2, 28, 13, 5, 9), "2026-02-28 13:05:09"),
        (time(8, 30), "08:30:00"),
    ],
)
def test_a_cell_reads_as_a_person_sees_it(value, text):
    assert cell_text(value) == text


def test_the_header_is_the_row_with_the_most_known_names(tmp_path):
    rows = [["2026 年客户清单"], ["制表：张三", "", "名称"], ["编号", "* 名 称（必填）", "地址："], ["1", "甲", "乙"]]
    with open_table(files.xlsx(tmp_path / "list.xlsx", rows)) as table:
        header = table.header(["名称", "地址", "电话"])
        assert header.row == 3
        assert list(table.body(header)) == [(4, ["1", "甲", "乙"])]


def test_without_known_names_the_header_is_the_first_dense_row(tmp_path):
    rows = [["Report"], ["a", "b", "c"], ["1", "2", "3"]]
    with open_table(files.xlsx(tmp_path / "list.xlsx", rows)) as table:
        assert table.header().row == 2


def test_a_value_that_looks_like_a_column_name_does_not_make_its_row_the_header(tmp_path):
    rows = [["单位全称", "性质", "住址"], ["甲医院", "医院", "一路"]]
    with open_table(files.xlsx(tmp_path / "list.xlsx", rows)) as table:
        assert table.header(["名称", "医院"]).row == 1


def test_column_names_that_stand_twice_or_are_missing_stay_distinct(tmp_path):
    with open_table(files.xlsx(tmp_path / "list.xlsx", [["电话", "", "电话", "名称"]])) as table:
        assert table.header().names == ("电话", "B", "电话 (2)", "名称")


def test_a_column_name_is_known_by_what_matters():
    assert normal_label(" *单位 名称（必填）：") == normal_label("单位名称") == "单位名称"
