"""Background work of this domain."""

import logging
from datetime import date, datetime

from django.utils import translation

from repertory.core.actor import Door, system_actor
from repertory.core.time import day_of, now
from repertory.organisation.models import User
from repertory.reports.actions import issue_report
from repertory.reports.models import IssuedReport, ReportSchedule
from repertory.reports.standard.making import file_of, make
from repertory.reports.standard.orders import Order
from repertory.reports.standard.rhythms import due, receivers, view_of

log = logging.getLogger(__name__)


def issue_due_reports(at: datetime | None = None) -> int:
    """Make and keep every scheduled report whose time has come; may run twice. Returns how many. One that fails does not
    keep the others waiting."""
    at = at or now()
    issued = 0
    for schedule in ReportSchedule.objects.filter(ended_at=None).select_related("owner", "node").order_by("pk"):
        for person in receivers(schedule, day=day_of(at)):
            try:
                issued += _issue(schedule, person, at, day_of(at))
            except Exception:
                log.exception("report schedule %s, person %s failed", schedule.pk, person.pk)
    return issued


def _issue(schedule: ReportSchedule, person: User, at: datetime, day: date) -> int:
    period, occasion = due(schedule.rhythm, day)
    if IssuedReport.objects.filter(schedule=schedule, person=person, occasion=occasion).exists():
        return 0
    view = view_of(person, schedule.node)
    if view is None:
        return 0
    reader, node = view
    with translation.override(person.language):
        document = make(schedule.report, Order(reader, at, period, node))
        content = file_of(document, schedule.file_format)
        made = issue_report(
            actor=system_actor(Door.JOB),
            at=at,
            schedule=schedule,
            person_id=person.pk,
            period=period.name,
            occasion=occasion,
            name=f"{document.title} {period.name}.{schedule.file_format}",
            content=content,
        )
    return made is not None
