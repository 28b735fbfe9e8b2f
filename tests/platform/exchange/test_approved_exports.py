"""Large exports with personal data wait for approval where the rule is on. M-PLT-3, M-ORG-6."""

import pytest
from django.urls import reverse

from repertory import wiring
from repertory.core.errors import NotAllowed
from repertory.core.time import day_of, now
from repertory.customers.importing.kinds import KINDS
from repertory.organisation.actions import set_policy
from repertory.platform.approvals import kinds as approvals
from repertory.platform.approvals.actions import approve_step, reject_request
from repertory.platform.approvals.inputs import ApproveStep, RejectRequest
from repertory.platform.approvals.queries import last_of
from repertory.platform.exchange import kinds
from repertory.platform.exchange.commands import export_file
from repertory.platform.exchange.jobs import make_export
from repertory.platform.exchange.tables import ExportRun
from tests.factories.archive import build_archive

ADDRESS = "/exchange/customers/export/"


@pytest.fixture
def at():
    return now()


@pytest.fixture(autouse=True)
def rule_is_on(company, only_rules, at):
    """From one row on."""
    kinds.connect(KINDS)
    approvals.connect(wiring.APPROVALS, wiring.DIRECTORY)
    build_archive(at)
    value = {"on": True, "from_rows": 1}
    key = "exchange.personal_exports"
    set_policy(actor=company.actor("admin"), at=at, key=key, starts_on=day_of(at), value=value)


@pytest.fixture
def ordered(signed_in):
    """What the manager of the region asked for, waiting."""
    signed_in("manager").post(ADDRESS, {"format": "csv", "reason": "核对辖区客户"})
    return ExportRun.objects.get()


def test_nothing_is_a_download_at_once_and_the_purpose_must_be_said(signed_in):
    client = signed_in("manager")
    page = client.get(ADDRESS)
    assert "导出用途" in page.content.decode()
    refused = client.post(ADDRESS, {"format": "csv", "reason": ""})
    assert refused.status_code == 422 and "请写明导出的用途" in refused.content.decode()
    assert not ExportRun.objects.exists()


def test_it_is_written_once_it_is_approved_and_fetched_by_who_asked(company, ordered, signed_in, at, monkeypatch):
    assert ordered.status == "awaiting"
    client = signed_in("manager")
    assert "等待审批" in client.get(reverse("exchange:export_run", args=[ordered.pk])).content.decode()
    assert client.get(reverse("exchange:export_file", args=[ordered.pk])).status_code == 404
    make_export.call_local(ordered.pk)
    request = last_of(kind="export", object_id=ordered.pk)
    assert "核对辖区客户" in request.reason
    approve_step(actor=company.actor("boss"), at=at, request_id=request.pk, data=ApproveStep(version=1))
    ordered.refresh_from_db()
    assert ordered.status == "queued"
    make_export.call_local(ordered.pk)
    ordered.refresh_from_db()
    assert ordered.status == "done"
    assert client.get(reverse("exchange:export_file", args=[ordered.pk])).status_code == 200
    assert signed_in("boss").get(reverse("exchange:export_file", args=[ordered.pk])).status_code == 404


def test_what_is_refused_is_never_written(company, ordered, signed_in, at):
    request = last_of(kind="export", object_id=ordered.pk)
    no = RejectRequest(version=1, comment="用途不清")
    reject_request(actor=company.actor("boss"), at=at, request_id=request.pk, data=no)
    make_export.call_local(ordered.pk)
    ordered.refresh_from_db()
    assert (ordered.status, ordered.row_count) == ("failed", None)
    assert (
        "审批没有通过" in signed_in("manager").get(reverse("exchange:export_run", args=[ordered.pk])).content.decode()
    )


def test_cancelling_takes_the_request_back(company, ordered, signed_in):
    signed_in("manager").post(reverse("exchange:cancel_export", args=[ordered.pk]))
    ordered.refresh_from_db()
    assert (ordered.status, last_of(kind="export", object_id=ordered.pk).state) == ("cancelled", "withdrawn")


def test_no_other_door_gives_the_rows(company, at, tmp_path):
    with pytest.raises(NotAllowed) as error:
        export_file(actor=company.actor("manager"), at=at, kind_name="customers", path=tmp_path / "a.csv")
    assert error.value.code == "approval_needed"


def test_by_default_and_below_the_limit_nobody_waits(company, signed_in, at):
    key, admin = "exchange.personal_exports", company.actor("admin")
    for value in ({"on": False, "from_rows": 1}, {"on": True, "from_rows": 10_000}):
        set_policy(actor=admin, at=at, key=key, starts_on=day_of(at), value=value)
        assert signed_in("manager").get(f"{ADDRESS}?format=csv")["Content-Disposition"].startswith("attachment")
