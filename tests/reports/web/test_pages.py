from datetime import datetime

import pytest

from repertory.core.time import COMPANY_ZONE
from repertory.platform.models import AuditEntry
from repertory.reports.actions import schedule_report
from repertory.reports.inputs import ScheduleReport
from repertory.reports.jobs import issue_due_reports
from repertory.reports.models import IssuedReport, ReportSchedule, SavedAnalysis
from repertory.reports.standard.making import REPORTS

AT = datetime(2026, 4, 6, 0, 50, tzinfo=COMPANY_ZONE)
MARCH = "filter=period:2026-03"


def _text(response):
    return response.content.decode()


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_is_a_page(signed_in, market, name):
    page = signed_in("boss").get(f"/reports/{name}/?period=2026-03")
    assert page.status_code == 200
    assert str(REPORTS[name].name.label) in _text(page)


def test_an_analysis_shows_its_numbers_with_the_rows_behind_them(signed_in, market):
    page = _text(signed_in("boss").get(f"/reports/analysis/?rows=product&columns=region&{MARCH}"))
    assert "900.00" in page
    rows = f"/sales/entries/?month_from=2026-03&amp;month_to=2026-03&amp;territory=E&amp;product={market.one.pk}"
    assert f"{rows}&amp;basis=terminal" in page


def test_a_number_by_tier_opens_the_customers_of_the_tier(signed_in, market):
    page = _text(signed_in("boss").get(f"/reports/analysis/?rows=tier&{MARCH}"))
    assert "filter=period%3A2026-03%3Btier%3AA" in page.replace("&amp;", "&")


def test_a_question_that_cannot_be_answered_says_why_and_the_form_stays(signed_in, market):
    page = signed_in("boss").get("/reports/analysis/?measure=visits&rows=product")
    assert page.status_code == 422
    assert "不能按“产品”看" in _text(page)
    assert 'name="measure"' in _text(page)


def test_the_forms_fields_become_conditions(signed_in, market):
    page = signed_in("boss").get(
        f"/reports/analysis/?measure=amount&rows=customer&from=2026-03&to=2026-03&node=E@region&product={market.two.pk}"
    )
    assert "100.00" in _text(page)
    assert "东城医院" not in _text(page)


def test_a_file_is_put_on_record_and_needs_the_right_to_take_out(signed_in, market):
    taken = signed_in("boss").get(f"/reports/analysis/file.xlsx?rows=product&{MARCH}")
    assert taken.content.startswith(b"PK\x03\x04")
    entry = AuditEntry.objects.get(verb="exported")
    assert entry.changes["kind"] == ["", "analysis"]
    assert signed_in("rep").get(f"/reports/analysis/file.xlsx?{MARCH}").status_code == 404
    assert signed_in("rep").get("/reports/attainment/file.pdf").status_code == 404
    assert signed_in("boss").get(f"/reports/analysis/file.exe?{MARCH}").status_code == 404


def test_an_analysis_is_kept_under_a_name_and_shared_with_everybody_as_a_question_only(signed_in, market):
    query = "measure=amount&rows=product&filter=period:2026-03"
    boss = signed_in("boss")
    kept = boss.post(f"/reports/analysis/saved/?{query}", {"name": "三月产品", "shared": "on"})
    assert kept.status_code == 302
    page = _text(signed_in("rep").get(kept.url))
    assert "三月产品" in page
    assert "700.00" in page
    assert "1,290.00" not in page


def test_a_name_is_given_once(signed_in, market):
    boss = signed_in("boss")
    boss.post(f"/reports/analysis/saved/?{MARCH}", {"name": "三月"})
    again = boss.post(f"/reports/analysis/saved/?{MARCH}", {"name": "三月"})
    assert (again.status_code, SavedAnalysis.objects.count()) == (422, 1)


def test_what_cannot_be_asked_cannot_be_kept(signed_in, market):
    refused = signed_in("boss").post("/reports/analysis/saved/?rows=password", {"name": "试试"})
    assert (refused.status_code, SavedAnalysis.objects.count()) == (422, 0)


def test_only_the_owner_deletes_a_kept_analysis(signed_in, company, market):
    signed_in("boss").post(f"/reports/analysis/saved/?{MARCH}", {"name": "三月", "shared": "on"})
    address = f"/reports/analysis/saved/{SavedAnalysis.objects.get().pk}/deletion/"
    assert signed_in("rep").post(address).status_code == 404
    assert signed_in("boss").post(address).status_code == 302
    assert not SavedAnalysis.objects.exists()


def test_a_schedule_is_made_and_ended_by_its_owner(signed_in, market):
    supervisor = signed_in("supervisor")
    given = {"report": "attainment", "rhythm": "weekly", "audience": "team", "node": "E1A", "file_format": "pdf"}
    assert supervisor.post("/reports/schedules/", given).status_code == 302
    schedule = ReportSchedule.objects.get()
    assert (schedule.owner.username, schedule.node.code) == ("supervisor", "E1A")
    assert "达成报表" in _text(supervisor.get("/reports/"))
    assert signed_in("boss").post(f"/reports/schedules/{schedule.pk}/end/").status_code == 404
    assert supervisor.post(f"/reports/schedules/{schedule.pk}/end/").status_code == 302
    schedule.refresh_from_db()
    assert schedule.ended_at is not None


@pytest.mark.parametrize(
    ("username", "facts", "status"),
    [
        ("supervisor", {"audience": "company"}, 422),
        ("supervisor", {"node": "N1A"}, 404),
        ("product", {"audience": "team"}, 422),
        ("rep", {}, 404),
        ("auditor", {}, 404),
    ],
)
def test_nobody_schedules_more_than_they_lead(signed_in, market, username, facts, status):
    given = {"report": "attainment", "rhythm": "weekly", "audience": "self", "file_format": "pdf", **facts}
    assert signed_in(username).post("/reports/schedules/", given).status_code == status
    assert not ReportSchedule.objects.exists()


def test_an_issued_report_opens_for_its_receiver_only(signed_in, company, market):
    data = ScheduleReport(report="composition", rhythm="monthly", file_format="xlsx", audience="team")
    schedule_report(actor=company.actor("supervisor"), at=AT, data=data)
    issue_due_reports(AT)
    issued = IssuedReport.objects.get(person=company.people["rep"])
    opened = signed_in("rep").get(f"/reports/issued/{issued.pk}/")
    assert b"".join(opened.streaming_content).startswith(b"PK\x03\x04")
    for other in ("supervisor", "teammate", "boss", "admin"):
        assert signed_in(other).get(f"/reports/issued/{issued.pk}/").status_code == 404
