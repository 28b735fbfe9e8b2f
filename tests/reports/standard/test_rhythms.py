from datetime import date, datetime, timedelta

import pytest
from django.core.files.storage import default_storage

from repertory.core.actor import system_actor
from repertory.core.time import COMPANY_ZONE, now
from repertory.platform.models import Attachment, AuditEntry, Reminder
from repertory.platform.reminders.actions import refresh_rule
from repertory.reports.actions import end_schedule, schedule_report
from repertory.reports.inputs import ScheduleReport
from repertory.reports.jobs import issue_due_reports
from repertory.reports.models import IssuedReport
from repertory.reports.standard.rhythms import due

AT = datetime(2026, 4, 6, 0, 50, tzinfo=COMPANY_ZONE)


@pytest.mark.parametrize(
    ("rhythm", "day", "period", "occasion"),
    [
        ("daily", date(2026, 4, 1), "2026-03", "2026-03-31"),
        ("weekly", date(2026, 4, 6), "2026-04", "2026-W15"),
        ("weekly", date(2026, 4, 1), "2026-03", "2026-W14"),
        ("monthly", date(2026, 1, 1), "2025-12", "2025-12"),
        ("quarterly", date(2026, 4, 1), "2026-Q1", "2026-Q1"),
        ("quarterly", date(2026, 6, 30), "2026-Q1", "2026-Q1"),
        ("quarterly", date(2026, 1, 31), "2025-Q4", "2025-Q4"),
        ("yearly", date(2026, 7, 1), "2025", "2025"),
    ],
)
def test_what_is_due_is_the_last_period_that_is_over(rhythm, day, period, occasion):
    found = due(rhythm, day)
    assert (found[0].name, found[1]) == (period, occasion)


def _schedule(company, username, **facts):
    given = {"report": "composition", "rhythm": "monthly", "file_format": "xlsx", **facts}
    return schedule_report(actor=company.actor(username), at=AT, data=ScheduleReport(**given))


def _people():
    return sorted(IssuedReport.objects.values_list("person__username", flat=True))


def test_a_report_is_issued_once_for_each_occasion_and_kept_as_it_was(company, market):
    _schedule(company, "supervisor")
    assert [issue_due_reports(AT), issue_due_reports(AT)] == [1, 0]
    issued = IssuedReport.objects.get()
    file = Attachment.objects.get(object_type="issued_report", object_id=issued.pk)
    assert (issued.period, issued.person.username, file.name) == (
        "2026-03",
        "supervisor",
        "销售构成报表 2026-03.xlsx",
    )
    assert file.sha256 == issued.sha256
    assert default_storage.open(file.stored_as).read(4) == b"PK\x03\x04"
    assert issue_due_reports(AT + timedelta(days=30)) == 1


def test_everybody_of_a_team_gets_what_they_may_see_and_nobody_of_the_past(company, market):
    post = company.people["teammate"].assignments.get()
    post.ends_on = date(2026, 1, 1)
    post.save()
    _schedule(company, "supervisor", audience="team")
    issue_due_reports(AT)
    assert _people() == ["rep", "supervisor"]
    assert len(set(IssuedReport.objects.values_list("sha256", flat=True))) == 2


def test_the_companys_leaders_get_a_report_of_the_company(company, market):
    _schedule(company, "finance", audience="company")
    issue_due_reports(AT)
    assert _people() == ["boss", "finance", "manager", "supervisor"]


def test_a_node_that_a_receiver_has_nothing_to_do_with_gives_no_report(company, market):
    _schedule(company, "boss", audience="team", node="N1")
    issue_due_reports(AT)
    assert "foreigner" in _people()
    assert not {"rep", "teammate", "supervisor", "manager"} & set(_people())


def test_the_academic_side_gets_none(company, market):
    person = company.people["rep"]
    person.side = "academic"
    person.save()
    _schedule(company, "supervisor", audience="team")
    issue_due_reports(AT)
    assert _people() == ["supervisor", "teammate"]


def test_an_ended_schedule_issues_nothing_more(company, market):
    schedule = _schedule(company, "supervisor")
    end_schedule(actor=company.actor("supervisor"), at=AT, schedule_id=schedule.pk)
    assert issue_due_reports(AT) == 0


def test_one_who_left_gets_nothing(company, market):
    _schedule(company, "supervisor")
    person = company.people["supervisor"]
    person.is_active = False
    person.save()
    assert issue_due_reports(AT) == 0


def test_the_receiver_is_reminded_with_a_link_and_the_trail_knows(company, market):
    _schedule(company, "supervisor")
    issue_due_reports(now())
    refresh_rule(actor=system_actor(), at=now(), key="reminders.report_issued")
    issued = IssuedReport.objects.get()
    reminder = Reminder.objects.get(rule="reminders.report_issued")
    assert (reminder.person.username, reminder.url) == ("supervisor", f"/reports/issued/{issued.pk}/")
    assert AuditEntry.objects.filter(verb="issued", object_type="issued_report", object_id=issued.pk).count() == 1
