"""`repertory import`: what a program reads of it."""

import json

import pytest

from repertory.config.commands import import_kind
from repertory.core.errors import RepertoryError

OPTIONS = {"columns": (), "fixed": (), "key": "", "sheet": None, "dry_run": False}


@pytest.mark.parametrize(
    ("kind", "user", "name", "options", "code"),
    [
        ("customers", None, "nowhere.csv", {}, "no_file"),
        ("customers", None, "names.csv", {"columns": ("没有的列=name",)}, "unknown_column"),
        ("customers", None, "names.csv", {"fixed": ("kind",)}, "bad_option"),
        ("nonsense", None, "names.csv", {}, "unknown_kind"),
        ("customers", "rep", "names.csv", {}, "not_allowed"),
        ("customers", "nobody", "names.csv", {}, "not_found"),
    ],
)
def test_a_file_that_cannot_be_used_is_answered_like_every_other(
    company, tmp_path, capsys, kind, user, name, options, code
):
    (tmp_path / "names.csv").write_text("名称,类别\n南京鼓楼医院,医院/诊所\n")

    def run(*, as_json: bool) -> int:
        return import_kind(kind, tmp_path / name, user=user, as_json=as_json, options=OPTIONS | options, begun=None)

    assert run(as_json=True) == 1
    answer = json.loads(capsys.readouterr().out)
    [error] = answer["errors"]
    assert (error["row"], error["code"], answer["created"]) == (0, code, 0)
    assert error["message"]
    with pytest.raises(RepertoryError):
        run(as_json=False)
