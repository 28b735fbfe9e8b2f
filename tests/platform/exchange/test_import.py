"""An import checks every row first and writes all of them or none. M-PLT-1."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from repertory.core.actor import system_actor
from repertory.core.errors import InvalidInput, NotAllowed, NotFound
from repertory.platform.exchange.commands import export_file, import_file, pairs
from repertory.platform.exchange.exporting import write_kind_template
from repertory.platform.exchange.kinds import kind_named
from repertory.platform.exchange.reading import ReadingPlan
from repertory.platform.exchange.results import ImportResult
from repertory.platform.exchange.worker import read_batches
from repertory.platform.models import AuditEntry, PolicySetting
from repertory.platform.spreadsheets.headers import Header
from repertory.platform.spreadsheets.reader import open_table
from tests.platform.exchange import shelf

AT = datetime(2026, 11, 5, 4, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def run(folder: Path, text: str, actor=None, **options) -> ImportResult:
    path = folder / "rules.csv"
    path.write_text(text, encoding="utf-8")
    return import_file(actor=actor or system_actor(), at=AT, kind_name="rules", path=path, **options)


def stored() -> dict[str, tuple]:
    return {rule.key: (rule.value, rule.source, rule.note) for rule in PolicySetting.objects.all()}


def test_rows_are_created_updated_and_left_alone_by_their_key(tmp_path):
    first = run(tmp_path, "规则,数值,来源\na,1,x\n\nb,2,y\n")
    assert (first.rows, first.created, first.updated, first.unchanged, first.skipped_blank) == (2, 2, 0, 0, 1)
    second = run(tmp_path, "规则,数值,来源\na,1,x\nb,3,\nc,4,z\n")
    assert (second.rows, second.created, second.updated, second.unchanged) == (3, 1, 1, 1)
    assert stored() == {"a": (1, "x", ""), "b": (3, "y", ""), "c": (4, "z", "")}


def test_a_blank_cell_leaves_the_value_and_the_mark_empties_it(tmp_path):
    run(tmp_path, "key,value,source\na,1,x\nb,1,x\n")
    run(tmp_path, "key,value,source\na,2,\nb,2,#清空\n")
    assert stored() == {"a": (2, "x", ""), "b": (2, "", "")}


def test_one_wrong_row_keeps_all_rows_out_and_every_error_is_listed(tmp_path):
    result = run(tmp_path, "规则,数值,说明\na,1,\nb,x,法规\nc,-1,\nd,1,法律\n,5,\n")
    assert result.errors == [
        {"row": 3, "column": "数值", "code": "not_a_number", "message": "“x”不是数字。"},
        {"row": 4, "column": "数值", "code": "negative", "message": "不能为负。"},
        {
            "row": 5,
            "column": "说明",
            "code": "not_a_choice",
            "message": "没有“法律”这个选项，可以填：法规、内部规定。",
        },
        {"row": 6, "column": "规则", "code": "missing", "message": "规则不能为空。"},
    ]
    assert (result.rows, result.created, result.updated, result.unchanged) == (5, 0, 0, 0)
    assert stored() == {}


def test_a_row_refused_while_writing_takes_back_the_rows_before_it(tmp_path):
    """Between the check and the write somebody else may have been at work."""
    result = run(tmp_path, "规则,数值,来源\n" + "".join(f"k{n},1,x\n" for n in range(2500)) + "z,1,vanished\n")
    assert result.errors == [{"row": 2502, "column": "来源", "code": "vanished", "message": "刚被删除。"}]
    assert stored() == {}


def test_a_dry_run_counts_what_would_happen_and_writes_nothing(tmp_path):
    run(tmp_path, "规则,数值\na,1\n")
    result = run(tmp_path, "规则,数值\na,2\nb,1\n", dry_run=True)
    assert (result.created, result.updated) == (1, 1)
    assert stored() == {"a": (1, "", "")}


def test_the_answer_has_the_promised_words(tmp_path):
    assert set(run(tmp_path, "规则,数值\na,1\n").as_dict()) == {
        "rows", "created", "updated", "unchanged", "skipped_blank", "duplicates", "errors", "warnings", "seconds",
    }  # fmt: skip


def test_an_unknown_column_is_reported_and_the_rest_is_imported(tmp_path):
    result = run(tmp_path, "规则,数值,备注\na,1,x\n")
    assert result.warnings == [
        {"row": 1, "column": "备注", "code": "unknown_column", "message": "没有对应的字段，这一列没有导入。"}
    ]
    assert stored() == {"a": (1, "", "")}


def test_columns_can_be_mapped_and_fields_set_by_hand(tmp_path):
    result = run(tmp_path, "名目,数值,数量\na,1,7\n", columns={"名目": "key", "数量": "value"}, fixed={"依据": "手册"})
    assert result.errors == []
    assert stored() == {"a": (7, "手册", "")}


def test_an_explicitly_ignored_column_is_neither_used_nor_reported(tmp_path):
    result = run(tmp_path, "规则,数值,来源\na,1,x\n", columns={"来源": ""})
    assert (result.warnings, stored()) == ([], {"a": (1, "", "")})


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"columns": {"没有": "key"}}, "unknown_column"),
        ({"columns": {"规则": "没有"}}, "unknown_field"),
        ({"columns": {"规则": "key", "数值": "key"}}, "mapped_twice"),
        ({"fixed": {"没有": "1"}}, "unknown_field"),
        ({"fixed": {"value": "x"}}, "not_a_number"),
        ({"key": "value"}, "unknown_key"),
        ({"sheet": "没有"}, ""),
    ],
)
def test_wrong_options_are_refused_with_the_reason(tmp_path, options, code):
    if "sheet" in options:
        assert run(tmp_path, "规则,数值\na,1\n", **options).created == 1
        return
    with pytest.raises(InvalidInput) as caught:
        run(tmp_path, "规则,数值\na,1\n", **options)
    assert caught.value.code == code
    assert stored() == {}


def test_a_file_without_any_known_column_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match="没有一列能对上。文件的列：x、y。"):
        run(tmp_path, "x,y\n1,2\n")


def test_a_header_below_other_lines_is_found(tmp_path):
    result = run(tmp_path, "2026 年规则表\n,,,制表人\n\n规则,数值\na,1\n")
    assert (result.rows, result.skipped_blank) == (1, 0)
    assert stored() == {"a": (1, "", "")}


def test_an_unknown_kind_and_a_missing_file_are_named(tmp_path):
    with pytest.raises(NotFound, match="没有“cars”这种数据。可以导入导出的有：rules。"):
        import_file(actor=system_actor(), at=AT, kind_name="cars", path=tmp_path / "x.csv")
    with pytest.raises(InvalidInput, match="没有这个文件：x.csv"):
        import_file(actor=system_actor(), at=AT, kind_name="rules", path=tmp_path / "x.csv")


def test_the_mapping_of_a_form_of_file_is_remembered_for_everybody_and_ones_own_counts_first(tmp_path, person):
    anna, ben = person("anna"), person("ben")
    run(tmp_path, "名目,数值,出处\na,1,x\n", actor=anna, columns={"名目": "key", "出处": "source"})
    run(tmp_path, "名目,数值,出处\nb,2,x\n", actor=ben)
    run(tmp_path, "名目,数值,出处\nc,3,x\n", actor=ben, columns={"出处": ""})
    run(tmp_path, "名目,数值,出处\nd,4,x\n", actor=ben)
    run(tmp_path, "名目,数值,出处\ne,5,x\n", actor=anna)
    assert {key: source for key, (_value, source, _note) in stored().items()} == {
        "a": "x",
        "b": "x",
        "c": "",
        "d": "",
        "e": "x",
    }
    assert run(tmp_path, "名目,数值,来源\nc,3,x\n", actor=anna).errors[0]["code"] == "missing"


def test_p66_a_second_import_of_the_same_file_changes_nothing(tmp_path):
    """frappe PR #15829, #12054, #23295: partial rows were committed and a re-run made duplicates; stdm #199 the same."""
    text = "规则,数值\n" + "".join(f"k{n},{n}\n" for n in range(3000))
    assert run(tmp_path, text).created == 3000
    again = run(tmp_path, text)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3000)


def test_p17_without_the_right_nothing_is_imported_exported_or_even_read(tmp_path, person):
    """Frappe PR #7433, #43146: exports without the export right."""
    reader = person("reader")
    with pytest.raises(NotAllowed):
        run(tmp_path, "规则,数值\na,1\n", actor=reader)
    with pytest.raises(NotAllowed):
        export_file(actor=reader, at=AT, kind_name="rules", path=tmp_path / "out.xlsx")
    with pytest.raises(NotAllowed):
        write_kind_template(actor=reader, kind=kind_named("rules"), path=tmp_path / "template.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


@pytest.mark.parametrize("name", ["out.xlsx", "out.csv"])
def test_what_comes_out_goes_back_in_unchanged(tmp_path, person, name):
    texts = ["=1+1", "'+86", "#清空", 'c "d"', "two\nlines", "-", "0012"]
    for number, text in enumerate(texts):
        PolicySetting.objects.create(key=f"k{number}", starts_on=shelf.DAY, value=number, source=text, note="law")
    assert export_file(actor=person("carl"), at=AT, kind_name="rules", path=tmp_path / name) == 7
    before = stored()
    back = import_file(actor=system_actor(), at=AT, kind_name="rules", path=tmp_path / name)
    assert (back.rows, back.created, back.updated, back.unchanged, back.errors) == (7, 0, 0, 7, [])
    assert stored() == before


def test_an_export_carries_a_watermark_and_stands_in_the_audit_trail(tmp_path, person):
    run(tmp_path, "规则,数值\na,1\n")
    export_file(actor=person("anna"), at=AT, kind_name="rules", path=tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "规则,数值,依据,说明",
        "a,1,,",
        "药程 导出 anna 2026-11-05 12:00 仅限内部使用",
    ]
    entry = AuditEntry.objects.get(verb="exported")
    assert (entry.object_type, entry.batch.user_label) == ("export", "anna")
    assert (entry.changes["kind"], entry.changes["rows"]) == (["", "rules"], [None, 1])


def test_the_template_can_be_filled_in_and_imported(tmp_path):
    write_kind_template(actor=system_actor(), kind=kind_named("rules"), path=tmp_path / "t.xlsx")
    with open_table(tmp_path / "t.xlsx", sheet="填写说明") as table:
        notes = [cells for _number, cells in table.rows()]
    assert notes[1:5] == [
        ["规则", "必填", "文字", "a.b"],
        ["数值", "必填", "整数"],
        ["依据", "", "文字"],
        ["说明", "", "法规、内部规定"],
    ]


def test_a_long_file_is_read_with_the_help_of_a_second_process_and_the_result_is_the_same(tmp_path):
    lines = [f"k{number},{number},法规" for number in range(14_000)]
    lines[13_500] = "k13500,无,法规"
    lines[13_600] = "k13600,-1,法规"
    lines[13_700] = "k13700,1,法律"
    result = run(tmp_path, "规则,数值,说明\n" + "\n".join(lines), dry_run=True)
    assert [(error["row"], error["column"], error["code"]) for error in result.errors] == [
        (13_502, "数值", "not_a_number"),
        (13_602, "数值", "negative"),
        (13_702, "说明", "not_a_choice"),
    ]
    assert result.errors[0]["message"] == "“无”不是数字。"
    assert result.rows == 14_000


def test_the_second_process_answers_in_the_order_in_which_it_was_asked():
    header = Header(0, ("键", "数值"))
    plan = ReadingPlan(header, {0: shelf.COLUMNS[0], 1: shelf.COLUMNS[1]}, {"source": "手册"}, None, "zh-hans")
    lines = (
        json.dumps({"rows": [[number, [f"k{number}", str(number)]]]}, separators=(",", ":")).encode()
        for number in range(1, 201)
    )
    read = [row for batch in read_batches(plan, lines) for row in batch.rows]
    assert read == [(number, {"key": f"k{number}", "value": number, "source": "手册"}) for number in range(1, 201)]


def test_options_of_the_command_line_are_cut_at_the_right_sign():
    assert pairs(("a=b=name", "c = code"), option="--map") == {"a=b": "name", "c": "code"}
    assert pairs(("name=a=b",), option="--set") == {"name": "a=b"}
    with pytest.raises(InvalidInput, match="--map 要写成"):
        pairs(("nonsense",), option="--map")
