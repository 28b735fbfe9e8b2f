"""Exports that the worker writes: ordered, watched, fetched, cancelled, broken off. M-PLT-1, M-ORG-6."""

import os
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from repertory.core.actor import system_actor
from repertory.core.time import now
from repertory.customers.importing.kinds import KINDS
from repertory.organisation.actions import end_assignment
from repertory.organisation.inputs import EndAssignment
from repertory.organisation.models import Assignment
from repertory.platform.exchange import exporting, kinds, uploads
from repertory.platform.exchange.actions import begin_export, give_up_broken_exports
from repertory.platform.exchange.jobs import make_export, tidy_up
from repertory.platform.exchange.tables import ExportRun, ExportState
from repertory.platform.exchange.web import exporting as pages
from repertory.platform.models import AuditEntry
from repertory.platform.spreadsheets.reader import open_table
from tests.factories.archive import build_archive, open_archive

OF_ONE = ("export_run", "export_progress", "export_file")


@pytest.fixture(autouse=True)
def every_export_is_large(only_rules, monkeypatch) -> None:
    kinds.connect(KINDS)
    monkeypatch.setattr(pages, "AT_ONCE_ROWS", 0)


@pytest.fixture
def archive(company):
    return build_archive(timezone.now())


@pytest.fixture
def manager(signed_in, archive):
    return signed_in("manager")


def order(client, query: str = "", **form) -> ExportRun:
    answer = client.post(reverse("exchange:export", args=("customers",)) + query, form)
    assert answer.status_code == 302
    return ExportRun.objects.get(pk=int(answer.url.rstrip("/").rpartition("/")[2]))


def made(client, query: str = "", **form) -> ExportRun:
    run = order(client, query, **form)
    make_export.call_local(run.pk)
    run.refresh_from_db()
    return run


def page(client, name: str, run: ExportRun):
    return client.get(reverse(f"exchange:{name}", args=(run.pk,)))


def rows_of(client, run: ExportRun, tmp_path) -> list[list[str]]:
    path = tmp_path / run.file_name
    path.write_bytes(b"".join(page(client, "export_file", run).streaming_content))
    with open_table(path) as table:
        return [cells for _number, cells in table.rows()]


def names_in(client, run: ExportRun, tmp_path) -> set[str]:
    header, *rows = rows_of(client, run, tmp_path)
    column = header.index("名称")
    return {cells[column] for cells in rows if len(cells) > column and cells[column]}


def test_a_large_export_is_ordered_on_a_page_and_nothing_happens_by_looking(manager):
    answer = manager.get(reverse("exchange:export", args=("customers",)), {"kind": "hospital"})
    assert (answer.status_code, answer.context["rows"]) == (200, 2)
    assert not ExportRun.objects.exists()
    assert not AuditEntry.objects.filter(verb="exported").exists()


def test_a_small_one_is_a_download_at_once(manager, monkeypatch):
    monkeypatch.setattr(pages, "AT_ONCE_ROWS", 3)
    answer = manager.get(reverse("exchange:export", args=("customers",)))
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(("file_format", "ending"), [("xlsx", ".xlsx"), ("csv", ".csv"), ("csv-gb18030", ".csv")])
def test_the_worker_writes_the_rows_of_the_list_with_the_watermark(manager, tmp_path, file_format, ending):
    run = made(manager, "?kind=hospital", format=file_format)
    assert (run.status, run.row_count, run.file_name.endswith(ending)) == (ExportState.DONE, 2, True)
    assert names_in(manager, run, tmp_path) == {"南京鼓楼医院", "南京玄武医院"}
    assert any("药程 导出 manager" in cells[0] for cells in rows_of(manager, run, tmp_path))
    assert "下载" in page(manager, "export_run", run).content.decode()


def test_all_values_of_a_filter_reach_the_file(manager, tmp_path):
    run = made(manager, "?kind=hospital&kind=hcp&sort=name")
    assert run.row_count == 3
    hospitals = made(manager, "?kind=hospital&kind=pharmacy&q=&tier=")
    assert names_in(manager, hospitals, tmp_path) == {"南京鼓楼医院", "南京玄武医院"}


def test_it_goes_on_record_as_the_download_at_once_does(manager, monkeypatch):
    run = made(manager, "?kind=hospital")
    monkeypatch.setattr(pages, "AT_ONCE_ROWS", 9)
    manager.get(reverse("exchange:export", args=("customers",)), {"kind": "hospital"})
    first, second = AuditEntry.objects.filter(verb="exported").order_by("batch_id")
    assert first.changes == {"kind": ["", "customers"], "rows": [None, 2], "filters": [None, {"kind": "hospital"}]}
    assert (first.changes, first.label) == (second.changes, second.label)
    assert first.batch.user_label == second.batch.user_label == run.user.username


def test_what_stands_in_the_file_is_what_the_person_may_see_when_it_is_written(company, manager, tmp_path):
    run = order(manager)
    assert run.rows_expected == 3
    held = Assignment.objects.get(user=company.people["manager"])
    Assignment.objects.filter(pk=held.pk).update(territory=company.territories["E1B"])
    make_export.call_local(run.pk)
    run.refresh_from_db()
    assert names_in(manager, run, tmp_path) == {"南京玄武医院"}


def test_who_has_lost_the_right_or_the_account_meanwhile_gets_no_file(company, manager):
    post = Assignment.objects.get(user=company.people["manager"])
    first, second = order(manager), order(manager, "?kind=hcp")
    end_assignment(actor=system_actor(), at=now(), assignment_id=post.pk, data=EndAssignment())
    make_export.call_local(first.pk)
    company.people["manager"].is_active = False
    company.people["manager"].save()
    make_export.call_local(second.pk)
    for run in (first, second):
        run.refresh_from_db()
        assert run.status == ExportState.FAILED and run.problem
        assert not default_storage.exists(run.stored_as)
    assert not AuditEntry.objects.filter(verb="exported").exists()


def test_who_loses_the_right_after_it_was_written_does_not_get_the_file_any_more(company, manager):
    run = made(manager)
    Assignment.objects.filter(user=company.people["manager"]).update(role="rep")
    for name in OF_ONE:
        assert page(manager, name, run).status_code == 404, name


def test_p1_an_export_belongs_to_who_ordered_it_alone(manager, signed_in):
    """EspoCRM CVE-2026-46691, -109957: an export's file was handed to others who knew its number."""
    run = made(manager)
    for other in ("admin", "boss", "finance", "auditor", "rep"):
        client = signed_in(other)
        for name in OF_ONE:
            assert page(client, name, run).status_code == 404, (other, name)
        assert client.post(reverse("exchange:cancel_export", args=(run.pk,))).status_code == 404
    assert run.file_name not in signed_in("boss").get(reverse("exchange:exports")).content.decode()
    assert run.file_name in manager.get(reverse("exchange:exports")).content.decode()


def test_progress_is_shown_while_it_runs_and_the_page_comes_anew_at_the_end(company, manager):
    run = order(manager)
    assert "正在排队" in page(manager, "export_run", run).content.decode()
    begin_export(actor=company.actor("manager"), at=now(), export_id=run.pk)
    uploads.note_progress(run.stored_as, "export", 1, 3)
    shown = page(manager, "export_progress", run).content.decode()
    assert 'value="1" max="3"' in shown
    assert page(manager, "export_file", run).status_code == 404
    ExportRun.objects.filter(pk=run.pk).update(status=ExportState.DONE)
    assert page(manager, "export_progress", run).headers["HX-Refresh"] == "true"


def test_the_worker_says_how_far_it_has_come(company, manager, monkeypatch):
    monkeypatch.setattr(exporting, "TELL_EVERY", 1)
    run = made(manager)
    assert uploads.progress_of(run.stored_as) == ("export", 2, 3)


def test_p40_a_double_click_orders_one_file(manager):
    """Dolibarr #8933: the second click is a second job."""
    assert order(manager, "?kind=hcp").pk == order(manager, "?kind=hcp").pk
    assert order(manager, "?kind=hcp", format="csv").pk != order(manager, "?kind=hcp").pk


def test_nobody_fills_the_queue(manager):
    for kind in ("hcp", "hospital", "pharmacy"):
        order(manager, f"?kind={kind}")
    assert manager.post(reverse("exchange:export", args=("customers",))).status_code == 409


def test_one_that_is_cancelled_in_the_queue_is_not_written(manager):
    run = order(manager)
    manager.post(reverse("exchange:cancel_export", args=(run.pk,)))
    make_export.call_local(run.pk)
    run.refresh_from_db()
    assert (run.status, default_storage.exists(run.stored_as)) == (ExportState.CANCELLED, False)
    assert not AuditEntry.objects.filter(verb="exported").exists()
    assert "已取消" in page(manager, "export_run", run).content.decode()


def test_one_that_is_cancelled_under_way_stops_at_the_next_rows(company, manager, monkeypatch):
    monkeypatch.setattr(exporting, "TELL_EVERY", 1)
    run, seen = order(manager), []

    def rows(actor, filters):
        for number in range(9):
            if number == 2:
                manager.post(reverse("exchange:cancel_export", args=(run.pk,)))
            seen.append(number)
            yield {"name": f"医院{number}"}

    kinds.connect([exchange_with(rows)])
    make_export.call_local(run.pk)
    run.refresh_from_db()
    assert (run.status, seen) == (ExportState.CANCELLED, [0, 1, 2])
    assert not default_storage.exists(run.stored_as)


def test_one_that_is_cancelled_at_the_last_moment_leaves_no_file(company, manager):
    run = order(manager)

    def rows(actor, filters):
        yield {"name": "医院"}
        manager.post(reverse("exchange:cancel_export", args=(run.pk,)))

    kinds.connect([exchange_with(rows)])
    make_export.call_local(run.pk)
    run.refresh_from_db()
    assert (run.status, default_storage.exists(run.stored_as)) == (ExportState.CANCELLED, False)


def exchange_with(rows) -> kinds.Kind:
    customers = KINDS[0]
    return kinds.Kind(**{**vars(customers), "export_rows": rows})


def test_what_has_ended_can_not_be_cancelled(manager):
    run = made(manager)
    assert manager.post(reverse("exchange:cancel_export", args=(run.pk,))).status_code == 409
    assert page(manager, "export_file", run).status_code == 200


def test_the_worker_writes_it_once_only(manager):
    run = made(manager)
    make_export.call_local(run.pk)
    assert AuditEntry.objects.filter(verb="exported").count() == 1
    assert ExportRun.objects.get(pk=run.pk).status == ExportState.DONE


def test_a_fault_of_the_program_is_told_and_leaves_nothing(manager, caplog):
    run = order(manager)

    def rows(actor, filters):
        yield {"name": "医院"}
        raise ZeroDivisionError

    kinds.connect([exchange_with(rows)])
    make_export.call_local(run.pk)
    run.refresh_from_db()
    assert (run.status, default_storage.exists(run.stored_as)) == (ExportState.FAILED, False)
    assert "程序出错" in page(manager, "export_run", run).content.decode()


def test_one_whose_worker_died_is_told_as_broken_off(company, manager):
    run, waiting = order(manager), order(manager, "?kind=hcp")
    begin_export(actor=company.actor("manager"), at=now(), export_id=run.pk)
    tidy_up()
    assert ExportRun.objects.get(pk=run.pk).status == ExportState.RUNNING
    # The worker starts anew: nobody else can be at it.
    tidy_up(running_for=timedelta(0))
    assert ExportRun.objects.get(pk=run.pk).status == ExportState.FAILED
    assert ExportRun.objects.get(pk=waiting.pk).status == ExportState.QUEUED
    assert "程序中断了" in page(manager, "export_run", run).content.decode()
    assert give_up_broken_exports(actor=system_actor(), at=now() + timedelta(hours=3)) == 1


def test_what_a_killed_worker_had_written_does_not_stay(db, settings):
    left = settings.HOME / ".export-left"
    left.mkdir()
    (left / "export").write_text("half a file")
    os.utime(left, (now().timestamp(),) * 2)
    tidy_up()
    assert left.exists()
    tidy_up(running_for=timedelta(0))
    assert not left.exists()


def test_files_leave_the_house_after_a_week(manager):
    run = made(manager)
    ExportRun.objects.filter(pk=run.pk).update(at=now() - timedelta(days=6, hours=23))
    tidy_up()
    assert page(manager, "export_file", run).status_code == 200
    ExportRun.objects.filter(pk=run.pk).update(at=now() - timedelta(days=7, minutes=1))
    tidy_up()
    assert not default_storage.exists(run.stored_as)
    for name in OF_ONE:
        assert page(manager, name, run).status_code == 404


def test_a_file_that_is_gone_is_not_there(manager):
    run = made(manager)
    default_storage.delete(run.stored_as)
    assert page(manager, "export_file", run).status_code == 404


@pytest.mark.parametrize("query", ["?name__startswith=1", "?private_phone=139", "?custom.beds=1"])
def test_p27_an_unknown_filter_is_refused_when_it_is_ordered(manager, query):
    """EspoCRM CVE-2026-47168: parameters of an export, here kept until a worker reads them."""
    assert manager.post(reverse("exchange:export", args=("customers",)) + query).status_code == 422
    assert not ExportRun.objects.exists()


def test_a_format_that_there_is_not_is_refused(manager):
    assert manager.post(reverse("exchange:export", args=("customers",)), {"format": "pdf"}).status_code == 422


def test_more_rows_than_a_workbook_holds_are_refused_before_the_work(manager):
    many = kinds.Kind(**{**vars(KINDS[0]), "count_rows": lambda actor, filters: 1_048_575})
    kinds.connect([many])
    address = reverse("exchange:export", args=("customers",))
    assert manager.post(address).status_code == 422
    assert manager.post(address, {"format": "csv"}).status_code == 302


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("username", ["boss", "manager", "supervisor"])
def test_as_many_rows_are_told_as_come_out(company, archive, kind, username):
    open_archive(at=timezone.now(), territory="N1A", name="北京西城医院")
    actor = company.actor(username)
    assert kind.count_rows(actor, {}) == len(list(kind.export_rows(actor, {})))
