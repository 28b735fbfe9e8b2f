"""A printed list has a sheet for each page: sheets that begin with the same row are read as one. M-PLT-1."""

from pathlib import Path

import pytest
import xlsxwriter

from repertory.platform.spreadsheets.reader import open_table

HEAD = ["名称", "剂型"]


@pytest.fixture
def book(tmp_path: Path):
    def write(*sheets: list[list[str]]) -> Path:
        path = tmp_path / "pages.xlsx"
        with xlsxwriter.Workbook(path) as workbook:
            for rows in sheets:
                sheet = workbook.add_worksheet()
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
        return path

    return write


def names(path: Path, sheet: str | None = None) -> list[str]:
    with open_table(path, sheet=sheet) as table:
        return [cells[0] for _number, cells in table.body(table.header(HEAD))]


def test_sheets_with_the_same_first_row_are_pages_of_one_list(book):
    path = book([HEAD, ["甲", "片"]], [HEAD, ["乙", "片"]], [HEAD, ["丙", "片"]])
    assert names(path) == ["甲", "乙", "丙"]


def test_a_sheet_that_begins_otherwise_ends_the_list(book):
    path = book([HEAD, ["甲", "片"]], [["说明", "x"], ["乙", "片"]], [HEAD, ["丙", "片"]])
    assert names(path) == ["甲"]


def test_a_named_sheet_is_read_alone_and_a_star_means_all(book):
    path = book([HEAD, ["甲", "片"]], [HEAD, ["乙", "片"]], [["丙", "片"]])
    assert names(path, "Sheet2") == ["乙"]
    assert names(path, "*") == ["甲", "乙", "丙"]


def test_a_single_cell_that_is_like_the_header_is_data(book):
    assert names(book([["名称"], ["名称"], ["甲"]])) == ["名称", "甲"]
