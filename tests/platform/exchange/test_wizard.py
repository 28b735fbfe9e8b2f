"""The wizard in the browser: upload, map, check, import, mend. M-PLT-1."""

from datetime import timedelta

import pytest
import xlsxwriter
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from repertory.core.time import now
from repertory.customers.importing.kinds import KINDS
from repertory.customers.models import Customer
from repertory.platform.exchange import kinds
from repertory.platform.exchange.jobs import perform, tidy_up
from repertory.platform.exchange.tables import ImportRun, RunState
from repertory.platform.spreadsheets.reader import open_table

GOOD = "单位全称,性质,住址\n甲医院,医院,一路\n乙药店,药店,二路\n"
BAD = "名称,类别,邮箱\n甲医院,医院,无\n乙医院,医院,\n"


@pytest.fixture(autouse=True)
def customers_are_exchanged(only_rules) -> None:
    kinds.connect(KINDS)


@pytest.fixture
def boss(signed_in):
    return signed_in("boss")


def upload(client, text: str, name: str = "清单.csv"):
    content = SimpleUploadedFile(name, text.encode("utf-8"))
    return client.post(reverse("exchange:import", args=("customers",)), {"file": content})


def latest() -> ImportRun:
    return ImportRun.objects.latest("id")


def choose(client, run: ImportRun, **fields):
    return client.post(reverse("exchange:mapping", args=(run.pk,)), fields)


def page(client, name: str, run: ImportRun):
    return client.get(reverse(f"exchange:{name}", args=(run.pk,)))


def test_a_file_is_uploaded_mapped_checked_and_imported(boss):
    assert upload(boss, GOOD).url == reverse("exchange:mapping", args=(latest().pk,))
    run = latest()
    shown = page(boss, "mapping", run).content.decode()
    assert "单位全称" in shown and "甲医院；乙药店" in shown
    chosen = {"column.0": "name", "column.1": "kind", "column.2": "address"}
    assert choose(boss, run, **chosen).url == reverse("exchange:run", args=(run.pk,))
    assert "progress" in page(boss, "run", run).content.decode()
    perform.call_local(run.pk, dry_run=True)
    assert (latest().status, Customer.objects.count()) == (RunState.CHECKED, 0)
    assert "第三步" in page(boss, "run", run).content.decode()
    boss.post(reverse("exchange:complete", args=(run.pk,)))
    perform.call_local(run.pk, dry_run=False)
    assert latest().status == RunState.DONE
    assert set(Customer.objects.values_list("name", "kind", "address")) == {
        ("甲医院", "hospital", "一路"),
        ("乙药店", "pharmacy", "二路"),
    }
    assert not default_storage.exists(run.stored_as)


def test_pages_of_one_list_come_in_together_unless_one_sheet_is_chosen(boss, tmp_path):
    with xlsxwriter.Workbook(tmp_path / "pages.xlsx") as book:
        for name in ("甲医院", "乙医院"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["名称", "类别"])
            sheet.write_row(1, 0, [name, "医院"])
    content = SimpleUploadedFile("pages.xlsx", (tmp_path / "pages.xlsx").read_bytes())
    boss.post(reverse("exchange:import", args=("customers",)), {"file": content})
    for chosen, rows in (("", 2), ("乙医院", 1)):
        address = reverse("exchange:mapping", args=(latest().pk,))
        shown = boss.get(address, {"sheet": chosen}).content.decode()
        assert f'name="sheet" value="{chosen}"' in shown
        choose(boss, latest(), **{"sheet": chosen, "column.0": "name", "column.1": "kind"})
        perform.call_local(latest().pk, dry_run=True)
        assert latest().result["rows"] == rows


def test_the_mapping_is_guessed_and_the_next_time_remembered(boss):
    upload(boss, GOOD)
    choose(boss, latest(), **{"column.0": "name", "column.1": "kind", "column.2": "address"})
    perform.call_local(latest().pk, dry_run=True)
    boss.post(reverse("exchange:complete", args=(latest().pk,)))
    perform.call_local(latest().pk, dry_run=False)
    upload(boss, GOOD)
    rows = page(boss, "mapping", latest()).context["rows"]
    assert [(row["name"], row["field"]) for row in rows] == [
        ("单位全称", "name"),
        ("性质", "kind"),
        ("住址", "address"),
    ]


def test_a_value_can_be_set_for_all_rows(boss):
    upload(boss, "名称\n甲医院\n")
    choose(boss, latest(), **{"column.0": "name", "fixed.kind": "医院/诊所"})
    perform.call_local(latest().pk, dry_run=True)
    assert latest().result["created"] == 1


def test_errors_are_shown_and_come_back_as_a_table_to_mend(boss, tmp_path):
    upload(boss, BAD)
    choose(boss, latest(), **{"column.0": "name", "column.1": "kind", "column.2": "email"})
    perform.call_local(latest().pk, dry_run=True)
    run = latest()
    assert (run.status, run.result["errors_count"]) == (RunState.REFUSED, 1)
    assert "电子邮箱不对" in page(boss, "run", run).content.decode()
    answer = page(boss, "corrections", run)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    mended = tmp_path / "mended.xlsx"
    mended.write_bytes(b"".join(answer.streaming_content))
    with open_table(mended) as table:
        assert [cells for _number, cells in table.rows()][:2] == [
            ["错误说明", "名称", "类别", "邮箱"],
            ["邮箱：电子邮箱不对，应像 name@example.com 这样。", "甲医院", "医院", "无"],
        ]
    assert not Customer.objects.exists()


@pytest.mark.parametrize("content", ["", "%PDF-1.7", "<html></html>", 'a,b\nc,"d\ne,f\n'])
def test_a_file_that_can_not_be_read_is_refused_at_once_and_not_kept(boss, content):
    assert upload(boss, content).status_code == 422
    assert not ImportRun.objects.exists()


def test_a_step_that_does_not_fit_is_refused(boss):
    upload(boss, GOOD)
    assert boss.post(reverse("exchange:complete", args=(latest().pk,))).status_code == 409
    choose(boss, latest(), **{"column.0": "name"})
    assert choose(boss, latest(), **{"column.0": "name"}).status_code == 409


def test_the_worker_does_a_run_once_only(boss):
    upload(boss, GOOD)
    choose(boss, latest(), **{"column.0": "name", "column.1": "kind", "column.2": "address"})
    perform.call_local(latest().pk, dry_run=True)
    perform.call_local(latest().pk, dry_run=True)
    assert latest().status == RunState.CHECKED


def test_what_goes_wrong_as_a_whole_is_told(boss):
    upload(boss, GOOD)
    choose(boss, latest(), **{"column.0": "name", "fixed.没有": "x"})
    perform.call_local(latest().pk, dry_run=True)
    assert latest().status == RunState.FAILED
    assert "没有“没有”这个字段" in page(boss, "run", latest()).content.decode()


@pytest.mark.parametrize("name", ["run", "mapping", "progress", "corrections"])
def test_p1_a_run_its_file_and_its_errors_belong_to_its_owner_alone(boss, signed_in, name):
    """EspoCRM CVE-2026-46691, -109957: the error export handed out other people's CSV files."""
    upload(boss, BAD)
    choose(boss, latest(), **{"column.0": "name", "column.1": "kind", "column.2": "email"})
    perform.call_local(latest().pk, dry_run=True)
    for other in ("admin", "manager", "finance"):
        assert page(signed_in(other), name, latest()).status_code == 404
        assert signed_in(other).post(reverse("exchange:complete", args=(latest().pk,))).status_code == 404
    assert page(signed_in("rep"), name, latest()).status_code == 404


def test_who_lost_the_right_meanwhile_imports_nothing(boss, company):
    upload(boss, GOOD)
    choose(boss, latest(), **{"column.0": "name", "column.1": "kind", "column.2": "address"})
    company.people["boss"].assignments.all().delete()
    perform.call_local(latest().pk, dry_run=False)
    assert (latest().status, Customer.objects.count()) == (RunState.FAILED, 0)


def test_the_name_of_an_uploaded_file_is_never_a_path(boss):
    upload(boss, GOOD, name="../../etc/passwd.csv")
    assert latest().stored_as.startswith("imports/")
    assert ".." not in latest().stored_as


@pytest.mark.parametrize(("file_format", "ending"), [("xlsx", ".xlsx"), ("csv", ".csv"), ("csv-gb18030", ".csv")])
def test_an_export_is_a_download_in_every_format(boss, tmp_path, file_format, ending):
    answer = boss.get(reverse("exchange:export", args=("customers",)), {"format": file_format})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    path = tmp_path / f"out{ending}"
    path.write_bytes(b"".join(answer.streaming_content))
    with open_table(path) as table:
        assert next(table.rows())[1][0] == "客户编码"


def test_the_template_is_a_download(boss):
    answer = boss.get(reverse("exchange:template", args=("customers",)))
    assert b"".join(answer.streaming_content).startswith(b"PK")


@pytest.mark.parametrize("username", ["rep", "supervisor", "product", "auditor"])
def test_who_may_not_import_does_not_find_the_page(signed_in, username):
    assert signed_in(username).get(reverse("exchange:import", args=("customers",))).status_code == 404


def test_broken_runs_are_told_and_old_files_go(boss):
    upload(boss, GOOD)
    run = latest()
    ImportRun.objects.filter(pk=run.pk).update(status=RunState.RUNNING, queued_at=now() - timedelta(hours=3))
    tidy_up()
    assert latest().status == RunState.FAILED
    ImportRun.objects.filter(pk=run.pk).update(at=now() - timedelta(days=15))
    tidy_up()
    assert not ImportRun.objects.exists()
    assert not default_storage.exists(run.stored_as)
