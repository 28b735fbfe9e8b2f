"""That a report was issued, and where it lies."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from repertory.core.time import day_of, start_of
from repertory.platform.reminders.sources import DueReminder, Source, reminding
from repertory.reports.access import own_issued
from repertory.reports.choices import ReportName
from repertory.reports.models import IssuedReport

FORGOTTEN = timedelta(days=7)


def issued_reports(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    rows = IssuedReport.objects.filter(at__gte=start_of(day - FORGOTTEN))
    chosen = rows if only is None else rows.filter(pk__in=only)
    for row in chosen.order_by("pk"):
        url = reverse("reports:issued", args=[row.pk])
        values = {"report": row.report, "period": row.period}
        yield DueReminder(row.person_id, row.pk, row.occasion, day_of(row.at), url, values)


def report_words(values: dict[str, Any], today: date) -> dict[str, Any]:
    return {**values, "report": ReportName(values["report"]).label}


REMINDERS = (
    Source(
        rule=reminding("report_issued", _("定期报表已生成"), _("定期报表生成之后，通知收报表的人去打开。")),
        object_type="issued_report",
        sentence=_("%(report)s %(period)s 已经生成，点开查看"),
        due=issued_reports,
        visible=own_issued,
        words=report_words,
    ),
)
