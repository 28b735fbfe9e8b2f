from io import BytesIO

from python_calamine import CalamineWorkbook

from repertory.reports.rendering.document import Section, Table
from repertory.reports.rendering.workbook import workbook
from tests.factories.documents import HEADS, document


def _sheets(content: bytes) -> dict[str, list[list]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_every_table_and_picture_has_a_sheet_and_the_figures_stand_in_front():
    sheets = _sheets(workbook(document()))
    assert list(sheets) == ["概要", "各大区达成如何？", "会到多少？", "各产品占多少？"]
    front = [row[:3] for row in sheets["概要"]]
    assert front[0][0] == "达成报表"
    assert ["期间", "2026", ""] in front
    assert ["实际", 1.2469, "同比 +3%"] in front


def test_a_table_is_written_with_its_total_and_the_mark_below():
    rows = [row[:3] for row in _sheets(workbook(document()))["各大区达成如何？"]]
    assert rows == [
        ["辖区", "实际（元）", "达成率"],
        ["南京0", 0.12345, 0.5],
        ["南京1", 1.12345, ""],
        ["合计", 1.2469, 0.25],
        ["rep01 2026-03-05 12:00", "", ""],
    ]


def test_a_picture_without_a_table_is_written_as_one():
    rows = [row[:3] for row in _sheets(workbook(document()))["各产品占多少？"]]
    assert rows[:3] == [["", "甲", "乙"], ["一月", 1, 3], ["二月", 2, 0]]


def test_a_title_that_looks_like_a_formula_runs_nowhere():
    sheets = _sheets(workbook(document(title="=1+1")))
    assert sheets["概要"][0][0] == "'=1+1"


def test_two_sections_of_the_same_title_have_sheets_of_different_names():
    twice = tuple(Section(key, "产品" * 20, table=Table(HEADS, [])) for key in ("a", "b"))
    names = list(_sheets(workbook(document(sections=twice))))
    assert names == ["概要", ("产品" * 20)[:31], ("产品" * 20)[:28] + " 2"]
