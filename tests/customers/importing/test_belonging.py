"""Coverage and licences from a spreadsheet. M-PLT-1, M-ORG-4, M-CUS-10."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from repertory.config import checks
from repertory.core.actor import system_actor
from repertory.core.errors import NotAllowed
from repertory.core.time import day_of
from repertory.customers.importing import coverage, licences
from repertory.customers.models import Coverage, Licence
from repertory.organisation.models import Territory
from repertory.platform.exchange import kinds
from repertory.platform.exchange.commands import export_file, import_file
from repertory.platform.exchange.rowwise import RowwiseImporter
from repertory.platform.models import AuditEntry
from tests.factories.archive import open_archive


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


MODULES = {"coverage": coverage, "licences": licences}
COVERAGE_ROWS = (
    ["H1", "E1B", "", ""],
    ["H1", "N1A", "2026-01-01", ""],
    ["H1", "E1", "2026-01-01", "2026-02-01"],
    ["H2", "E1B", "2026-01-01", "2026-03-01"],
    ["H2", "E1B", "2026-03-01", ""],
    ["H2", "N1A", "2099-01-01", ""],
    ["H3", "E1A", "", "2099-01-01"],
    ["H3", "E", "2026-01-01", ""],
    ["H3", "E1A", "", ""],
    ["H4", "N1", "2026-01-01", ""],
)
LICENCE_ROWS = (
    ["H1", "营业执照", "一", "2028-05-31"],
    ["H1", "营业执照", "二", ""],
    ["H1", "药品经营许可证", "一", "2027-01-01"],
    ["H2", "营业执照", "一", "2028-05-31"],
    ["H2", "营业执照", "一", "2029-05-31"],
)


def everything() -> tuple:
    """What an import of coverage or licences may change."""
    return (
        sorted(
            Coverage.objects.values_list("customer__code", "territory__code", "starts_on", "ends_on", "current"),
            key=str,
        ),
        sorted(Licence.objects.values_list("customer__code", "kind", "number", "expires_on"), key=str),
        list(Territory.objects.order_by("code").values_list("code", "customer_count")),
        sorted(AuditEntry.objects.values_list("verb", "object_id", "label", "changes"), key=str),
    )


@pytest.mark.parametrize(
    ("kind", "head", "rows"),
    [
        ("coverage", ["客户编码", "辖区编码", "自", "至"], COVERAGE_ROWS),
        ("licences", ["客户编码", "证照类型", "证号", "有效期至"], LICENCE_ROWS),
    ],
)
def test_rows_written_together_leave_the_same_as_rows_written_one_by_one(company, run_import, at, kind, head, rows):
    for number in range(1, 5):
        open_archive(at=at, territory="E1A", name=f"医院{number}", code=f"H{number}")
    module, known = MODULES[kind], kinds.all_kinds()
    slow = kinds.Kind(
        **{
            **vars(kinds.kind_named(kind)),
            "importer": lambda plan: RowwiseImporter(plan, module.write_row, module.already_so),
        }
    )
    found = {}
    for name, table in (("together", known), ("one by one", [slow])):
        kinds.connect(table)
        with transaction.atomic():
            result = run_import(kind, head, *rows)
            found[name] = (counts(result), result.errors, everything())
            assert [check["name"] for check in checks.verify()["checks"] if not check["ok"]] == []
            transaction.set_rollback(True)
    kinds.connect(known)
    assert found["together"] == found["one by one"]
    assert found["together"][0][0] >= 4


def test_a_wrong_row_among_many_is_the_only_one_that_is_named(company, archive, run_import):
    head = ["客户编码", "辖区编码", "自", "至"]
    wrong = [archive.own.code, "N1A", "2026-05-01", "2026-04-01"]
    result = run_import(
        "coverage", head, [archive.team.code, "N1A", "", ""], wrong, [archive.foreign.code, "E1B", "", ""]
    )
    assert [(error["row"], error["column"]) for error in result.errors] == [(3, "至")]
    assert not Coverage.objects.filter(customer=archive.team, territory__code="N1A").exists()


def test_one_who_is_not_in_charge_of_a_customer_is_refused_in_the_midst_of_many(company, archive, run_import):
    head = ["客户编码", "辖区编码"]
    supervisor = company.actor("supervisor")
    rows = [archive.own.code, "E1B"], [archive.foreign.code, "E1B"], [archive.team.code, "N1A"]
    result = run_import("coverage", head, *rows, actor=supervisor)
    assert [(error["row"], error["code"]) for error in result.errors] == [(3, "unknown_customer"), (4, "invalid")]
    assert not Coverage.objects.filter(customer=archive.own, territory__code="E1B").exists()


def test_licences_of_a_person_are_refused_in_the_midst_of_many(company, archive, run_import):
    rows = [archive.own.code, "营业执照", "1"], [archive.doctor.code, "营业执照", "2"]
    result = run_import("licences", ["客户编码", "证照类型", "证号"], *rows)
    assert [(error["row"], error["message"]) for error in result.errors] == [(3, "证照只登记在机构上。")]
    assert Licence.objects.count() == 1
