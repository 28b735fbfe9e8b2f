"""Coverage and licences from a spreadsheet. M-PLT-1, M-ORG-4, M-CUS-10."""

from datetime import date, timedelta

import pytest

from repertory.core.actor import system_actor
from repertory.core.errors import NotAllowed
from repertory.core.time import day_of
from repertory.customers.models import Coverage, Licence
from repertory.organisation.models import Territory
from repertory.platform.exchange.commands import export_file, import_file
from repertory.platform.models import AuditEntry


def counts(result) -> tuple[int, int, int]:
    return result.created, result.updated, result.unchanged


def test_coverage_is_added_and_ended_and_the_counters_follow(company, archive, run_import, at):
    head = ["客户编码", "辖区编码", "自", "至"]
    today = day_of(at)
    code = archive.foreign.code
    assert counts(run_import("coverage", head, [code, "E1B", today.isoformat(), ""])) == (1, 0, 0)
    assert Territory.objects.get(code="E1B").customer_count == 2
    assert counts(run_import("coverage", head, [code, "E1B", today.isoformat(), ""])) == (0, 0, 1)
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert counts(run_import("coverage", head, [code, "E1B", today.isoformat(), tomorrow])) == (0, 1, 0)
    assert Coverage.objects.get(customer=archive.foreign, territory__code="E1B").ends_on.isoformat() == tomorrow


def test_wrong_coverage_rows_are_named_and_the_rehearsal_leaves_nothing(company, archive, run_import):
    before = (Coverage.objects.count(), AuditEntry.objects.count())
    result = run_import(
        "coverage",
        ["客户编码", "辖区编码", "自", "至"],
        [archive.foreign.code, "E1B", "", ""],
        ["没有", "E1B", "", ""],
        [archive.own.code, "没有", "", ""],
        [archive.own.code, "N1A", "2026-05-01", "2026-04-01"],
        [archive.own.code, "", "", ""],
    )
    assert [(error["row"], error["column"], error["code"]) for error in result.errors] == [
        (3, "客户编码", "unknown_customer"),
        (4, "辖区编码", "invalid"),
        (5, "至", "invalid"),
        (6, "辖区编码", "missing"),
    ]
    assert (Coverage.objects.count(), AuditEntry.objects.count()) == before
    assert Territory.objects.get(code="E1B").customer_count == 1


def test_p1_a_foreign_and_a_missing_customer_get_the_same_answer(company, archive, run_import):
    """EspoCRM CVE-2026-46691: an import's errors must not tell what lies outside the scope."""
    supervisor = company.actor("supervisor")
    result = run_import(
        "coverage", ["客户编码", "辖区编码"], [archive.foreign.code, "E1B"], ["X9", "E1B"], actor=supervisor
    )
    told = [error["message"].replace(archive.foreign.code, "X9") for error in result.errors]
    assert told[0] == told[1] == "没有编码为“X9”的客户，或者不在您的查看范围内。"


def test_licences_are_recorded_and_renewed(company, archive, run_import):
    head = ["客户编码", "证照类型", "证号", "有效期至", "许可范围"]
    code = archive.team.code
    assert counts(run_import("licences", head, [code, "营业执照", "A1", "2026-12-31", "药品"])) == (1, 0, 0)
    assert counts(run_import("licences", head, [code, "营业执照", "A1", "2026-12-31", ""])) == (0, 0, 1)
    assert counts(run_import("licences", head, [code, "营业执照", "A1", "2031-12-31", "#清空"])) == (0, 1, 0)
    licence = Licence.objects.get(customer=archive.team)
    assert (licence.expires_on, licence.scope) == (date(2031, 12, 31), "")
    wrong = run_import("licences", head, [archive.doctor.code, "营业执照", "A1"], [code, "", "A2"])
    assert [error["row"] for error in wrong.errors] == [2, 3]


@pytest.mark.parametrize("kind", ["coverage", "licences"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_comes_out_goes_back_in_unchanged(company, archive, at, tmp_path, kind, ending):
    path = tmp_path / f"{kind}.{ending}"
    count = export_file(actor=company.actor("boss"), at=at, kind_name=kind, path=path)
    result = import_file(actor=system_actor(), at=at, kind_name=kind, path=path)
    assert (result.rows, result.unchanged, result.errors, result.warnings) == (count, count, [], [])
    assert count > 0


def test_reps_neither_import_nor_export_them(company, archive, run_import, at, tmp_path):
    for kind in ("coverage", "licences"):
        with pytest.raises(NotAllowed):
            run_import(kind, ["客户编码"], [archive.own.code], actor=company.actor("rep"))
        with pytest.raises(NotAllowed):
            export_file(actor=company.actor("rep"), at=at, kind_name=kind, path=tmp_path / "x.csv")
