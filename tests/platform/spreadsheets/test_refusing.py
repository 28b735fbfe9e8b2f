"""A hostile or broken file gets a clear refusal, and the process that asked goes on."""

import os
import zipfile
from pathlib import Path

import pytest

from repertory.core.errors import InvalidInput
from repertory.platform.spreadsheets.reader import ReadLimits, open_table
from tests.platform.spreadsheets import files

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)


def read_whole(path: Path, **options) -> int:
    """The number of the last row."""
    with open_table(path, **options) as table:
        return table.last_row


def refused(path: Path, **options) -> str:
    with pytest.raises(InvalidInput) as caught:
        read_whole(path, **options)
    assert caught.value.status == 422
    assert caught.value.field == "file"
    assert str(caught.value)
    return caught.value.details["file_error"]


def repacked(source: Path, target: Path, entry: str, content: bytes) -> Path:
    """The same archive with one entry's content replaced."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == entry else old.read(name))
    return target


@pytest.mark.parametrize("content", [b"", b"\n \r\n"])
def test_an_empty_file_is_called_empty(tmp_path, content):
    (tmp_path / "a.csv").write_bytes(content)
    assert refused(tmp_path / "a.csv") == "empty"


def test_a_workbook_without_a_filled_cell_is_called_empty(tmp_path):
    assert refused(files.xlsx(tmp_path / "a.xlsx", [])) == "empty"


@pytest.mark.parametrize("content", [b"%PDF-1.7 x", b"\x89PNG\r\n", b"MZ\x90\0", b"\x7fELF", b"\0\1\2\3" * 100])
def test_p31_another_kind_of_file_is_refused_whatever_its_name(tmp_path, content):
    """SuiteCRM: the upload filter was passed by the case of the ending; here the ending decides nothing."""
    for name in ("a.xlsx", "a.CsV", "a.pHaR"):
        (tmp_path / name).write_bytes(content)
        assert refused(tmp_path / name) == "not_a_table"


def test_a_web_page_named_like_a_workbook_is_refused_with_the_reason(tmp_path):
    (tmp_path / "a.xls").write_text("<html><table><tr><td>1</td></tr></table></html>")
    assert refused(tmp_path / "a.xls") == "markup"


def test_a_truncated_workbook_is_broken(tmp_path):
    whole = files.xlsx(tmp_path / "a.xlsx", files.ROWS).read_bytes()
    (tmp_path / "b.xlsx").write_bytes(whole[: len(whole) // 2])
    assert refused(tmp_path / "b.xlsx") == "broken"


def test_a_damaged_old_workbook_is_broken_and_no_panic_escapes(tmp_path):
    whole = bytearray(files.xls(tmp_path / "a.xls", files.ROWS).read_bytes())
    for position in range(1536, 1700):
        whole[position] = 0xEE
    (tmp_path / "b.xls").write_bytes(whole)
    assert refused(tmp_path / "b.xls") == "broken"
    (tmp_path / "c.xls").write_bytes(bytes(whole[:700]))
    assert refused(tmp_path / "c.xls") == "broken"


def test_a_workbook_with_a_password_is_refused_with_the_reason(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(files.compound_file("EncryptedPackage", os.urandom(5000)))
    assert refused(tmp_path / "a.xlsx") == "password"


def test_p33_billion_laughs_neither_expand_nor_harm(tmp_path):
    """The parser's own warning: openpyxl does not guard against quadratic blow-up or billion laughs."""
    source = files.xlsx(tmp_path / "a.xlsx", files.ROWS)
    sheet = LAUGHS + '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&j;</v></c></row></sheetData></worksheet>'
    bomb = repacked(source, tmp_path / "b.xlsx", "xl/worksheets/sheet1.xml", sheet.encode())
    assert refused(bomb, limits=ReadLimits(memory=512 * 1024**2, seconds=20)) in {"broken", "empty"}


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    source = files.xlsx(tmp_path / "a.xlsx", files.ROWS)
    bomb = repacked(source, tmp_path / "b.xlsx", "xl/worksheets/sheet1.xml", bytes(60 * 1024**2))
    assert refused(bomb) == "too_large"


def test_two_far_corners_do_not_take_the_memory_of_the_whole_sheet(tmp_path):
    with files.xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        page = book.add_worksheet()
        page.write_string(0, 0, "名称")
        page.write_string(1_048_575, 16_383, "x")
    assert refused(tmp_path / "a.xlsx", limits=ReadLimits(memory=1024**3, seconds=60)) == "too_large"


def test_a_quote_that_never_closes_is_named_with_its_row(tmp_path):
    (tmp_path / "a.csv").write_text('name,note\nA,ok\nB,"open\n' + "C,more\n" * 3, encoding="utf-8")
    with pytest.raises(InvalidInput, match="第 3 行的引号没有成对"):
        read_whole(tmp_path / "a.csv")


def test_bytes_that_are_no_text_in_any_encoding_are_refused(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"name,phone\n\xff\xff\x81,\xff\n")
    assert refused(tmp_path / "a.csv") == "encoding"


def test_too_many_columns_are_refused_with_the_row(tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n" + "x," * 3000 + "x\n", encoding="utf-8")
    assert refused(tmp_path / "a.csv") == "too_wide"


def test_a_file_that_takes_too_long_is_stopped(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"name,phone\n" + b"A,1\n" * 3_000_000)
    assert refused(path, limits=ReadLimits(seconds=1)) == "timeout"


def test_a_file_name_that_looks_like_an_option_or_a_command_is_only_a_name(tmp_path):
    path = tmp_path / "--sheet=$(touch x).csv"
    path.write_text("名称\n甲\n", encoding="utf-8")
    with open_table(path) as table:
        assert list(table.rows()) == [(1, ["名称"]), (2, ["甲"])]
    assert sorted(os.listdir(tmp_path)) == [path.name]


def test_the_child_sees_none_of_the_servers_settings(tmp_path, monkeypatch):
    monkeypatch.setenv("LD_PRELOAD", "/nonexistent.so")
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    (tmp_path / "a.csv").write_text("名称\n甲\n", encoding="utf-8")
    with open_table(tmp_path / "a.csv") as table:
        assert table.last_row == 2
