"""`repertory verify` finds what was damaged of issued reports."""

from datetime import datetime

import pytest

from repertory.config.figure_checks import issued_reports
from repertory.core.time import COMPANY_ZONE
from repertory.platform.models import Attachment
from repertory.reports.actions import schedule_report
from repertory.reports.inputs import ScheduleReport
from repertory.reports.jobs import issue_due_reports
from tests.factories.market import build_market

AT = datetime(2026, 4, 6, 0, 50, tzinfo=COMPANY_ZONE)


@pytest.fixture
def market(company):
    found = build_market()
    data = ScheduleReport(report="flow", rhythm="monthly", file_format="xlsx")
    schedule_report(actor=company.actor("boss"), at=AT, data=data)
    issue_due_reports(AT)
    return found


def test_what_is_whole_is_not_complained_of(market):
    assert [*issued_reports()] == []


def test_an_issued_report_whose_file_was_exchanged_or_lost_is_named(market):
    file = Attachment.objects.get(object_type="issued_report")
    Attachment.objects.filter(pk=file.pk).update(sha256="0" * 64)
    assert len(list(issued_reports())) == 1
    Attachment.objects.filter(pk=file.pk).delete()
    assert len(list(issued_reports())) == 1
