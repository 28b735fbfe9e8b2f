"""Targets as files: what comes out goes back in unchanged; what does not add up says where."""

import csv
from pathlib import Path

import pytest

from repertory.config import plan_checks
from repertory.core.errors import NotAllowed
from repertory.core.time import now
from repertory.plans import actions
from repertory.plans.importing.kinds import TARGETS
from repertory.plans.inputs import BreakDown
from repertory.plans.models import CustomerFigure, TargetFigure
from repertory.platform.exchange.commands import import_file
from repertory.platform.exchange.exporting import export_rows
from repertory.platform.spreadsheets.writing import format_of
from tests.factories.targets import drawn_up, in_force, value_at

HEAD = ["月份", "产品编码", "区域编码", "客户编码", "指标", "已锁定"]


@pytest.fixture
def plan(company, archive, drugs, at):
    """1,000 a month, in equal parts down to customers."""
    plan = drawn_up({drugs.first: 12_000}, at=at)
    down = BreakDown(territory="CO", method="equal", depth="customers")
    actions.break_down(actor=company.actor("boss"), at=at, plan_id=plan.pk, data=down)
    return plan


@pytest.fixture
def run_import(tmp_path: Path, company):
    def run(*rows: list[str], who: str = "finance"):
        path = tmp_path / "targets.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return import_file(actor=company.actor(who), at=now(), kind_name="targets", path=path)

    return run


def stored() -> list[tuple]:
    nodes = TargetFigure.objects.order_by("pk").values_list("pk", "value", "fixed", "parts")
    return [*nodes, *CustomerFigure.objects.order_by("pk").values_list("pk", "value", "fixed")]


def test_what_comes_out_goes_back_in_unchanged(plan, company, at, tmp_path):
    path, before = tmp_path / "out.csv", stored()
    wanted = {"kind": TARGETS, "path": path, "file_format": format_of(path), "filters": {"plan": str(plan.pk)}}
    export_rows(actor=company.actor("finance"), at=at, **wanted)
    result = import_file(actor=company.actor("finance"), at=at, kind_name="targets", path=path)
    assert (result.errors, result.created, result.updated, result.unchanged) == ([], 0, 0, len(before))
    assert stored() == before


def test_figures_of_a_file_stay_and_the_others_share_the_rest(plan, company, drugs, archive, at, run_import):
    month, code = f"{at.year}-03", drugs.first.code
    result = run_import(
        HEAD,
        [month, code, "E", "", "700", ""],
        [month, code, "E1A", "", "200", "是"],
        [month, code, "E1A", archive.own.code, "200", ""],
        [f"{at.year}04", code, "N", "", "500", ""],
    )
    assert (result.errors, result.updated, result.unchanged) == ([], 3, 1)
    march = at.year * 100 + 3
    tree = company.territories
    values = [value_at(plan, tree[node], drugs.first, month=march) for node in ("E", "N", "E1A", "E1B")]
    assert values == [700, 300, 200, 500]
    assert [problem for check in plan_checks.CHECKS for problem in check()] == []


def test_a_file_that_breaks_a_fixed_sum_says_where_and_changes_nothing(plan, drugs, at, run_import):
    before, month, code = stored(), f"{at.year}-03", drugs.first.code
    result = run_import(
        HEAD,
        [f"{at.year}-02", code, "E", "", "400", ""],
        [month, code, "E", "", "700", ""],
        [month, code, "N", "", "301", ""],
    )
    assert [(error["row"], error["code"]) for error in result.errors] == [(3, "sums_disagree")]
    assert "药程公司" in result.errors[0]["message"]
    assert stored() == before


def test_wrong_rows_are_named(plan, company, drugs, archive, at, run_import):
    month, code = f"{at.year}-03", drugs.first.code
    result = run_import(
        HEAD,
        ["三月", code, "E", "", "1", ""],
        ["2020-03", code, "E", "", "1", ""],
        [month, "X", "E", "", "1", ""],
        [month, code, "X", "", "1", ""],
        [month, code, "E1A", archive.foreign.code, "1", ""],
        [month, code, "E1A", archive.doctor.code, "1", ""],
        [month, code, "E", "", "-1", ""],
        [month, code, "E", "", "0.5", ""],
        [month, code, "N", "", "1", ""],
        [month, code, "N", "", "2", ""],
    )
    assert [(error["row"], error["column"], error["code"]) for error in result.errors] == [
        (2, "月份", "period"),
        (3, "月份", "no_draft"),
        (4, "产品编码", "unknown_product"),
        (5, "区域编码", "unknown_territory"),
        (6, "客户编码", "unknown_customer"),
        (7, "客户编码", "person_target"),
        (8, "指标", "range"),
        (9, "指标", "step"),
        (11, "指标", "repeated_row"),
    ]


def test_a_leader_imports_below_the_own_node_only(plan, drugs, at, run_import):
    month, code = f"{at.year}-03", drugs.first.code
    good = run_import(HEAD, [month, code, "E1A", "", "100", ""], who="supervisor")
    assert good.errors == []
    wrong = run_import(HEAD, [month, code, "E1", "", "100", ""], who="supervisor")
    assert [error["code"] for error in wrong.errors] == ["not_allowed"]
    with pytest.raises(NotAllowed):
        run_import(HEAD, [month, code, "E1A", "", "100", ""], who="rep")


def test_an_approved_plan_does_not_change_by_a_file(plan, drugs, at, run_import):
    in_force(plan, at=at)
    result = run_import(HEAD, [f"{at.year}-03", drugs.first.code, "E", "", "700", ""])
    assert [error["code"] for error in result.errors] == ["no_draft"]
