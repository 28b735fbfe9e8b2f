"""A report as it was issued: the bytes are kept and never change."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile

from repertory.core.actor import Actor
from repertory.platform.actions.attachments import attach
from repertory.platform.audit_lines import Line
from repertory.platform.unit import action, emit, record
from repertory.reports.events import ReportIssued
from repertory.reports.models import IssuedReport, ReportSchedule

ISSUED = "issued_report"


@action
def issue_report(
    *,
    actor: Actor,
    at: datetime,
    schedule: ReportSchedule,
    person_id: int,
    period: str,
    occasion: str,
    name: str,
    content: bytes,
) -> IssuedReport | None:
    """Once for each schedule, person and occasion; None where it has been issued already."""
    ReportSchedule.objects.select_for_update().get(pk=schedule.pk)
    given = {"schedule": schedule, "person_id": person_id, "occasion": occasion}
    if IssuedReport.objects.filter(**given).exists():
        return None
    issued = IssuedReport.objects.create(
        **given, report=schedule.report, period=period, sha256=hashlib.sha256(content).hexdigest(), at=at
    )
    attach(
        actor=actor,
        at=at,
        object_type=ISSUED,
        object_id=issued.pk,
        label=str(issued),
        name=name,
        content=ContentFile(content),
    )
    record(Line("issued", ISSUED, issued.pk, label=str(issued), changes={"person": ["", person_id]}))
    emit(ReportIssued(issued.pk))
    return issued
