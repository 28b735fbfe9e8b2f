"""Reports that are made by themselves, and for whom."""

from datetime import datetime

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.organisation.access import require, visible_territories
from repertory.platform.audit_lines import Line
from repertory.platform.unit import action, record
from repertory.reports import access
from repertory.reports.inputs import ScheduleReport
from repertory.reports.models import ReportSchedule

SCHEDULE = "report_schedule"


@action
def schedule_report(*, actor: Actor, at: datetime, data: ScheduleReport) -> ReportSchedule:
    """For oneself, for those whom one leads, or for all leaders of the company; each gets what that person may see."""
    require(access.may_schedule(actor, data.audience))
    node = visible_territories(actor).filter(code=data.node).first() if data.node else None
    if data.node and node is None:
        raise NotFound()
    schedule = ReportSchedule.objects.create(
        owner_id=actor.user_id,
        report=data.report,
        rhythm=data.rhythm,
        audience=data.audience,
        node=node,
        file_format=data.file_format,
        created_at=at,
    )
    changes = {name: ["", getattr(data, name)] for name in ("report", "rhythm", "audience", "node", "file_format")}
    record(Line("created", SCHEDULE, schedule.pk, label=str(schedule), changes=changes))
    return schedule


@action
def end_schedule(*, actor: Actor, at: datetime, schedule_id: int) -> None:
    """Only one's own; what was issued stays."""
    schedule = access.own_schedules(actor).select_for_update().filter(pk=schedule_id, ended_at=None).first()
    if schedule is None:
        raise NotFound()
    require(access.may_write_reports(actor))
    schedule.ended_at = at
    schedule.save(update_fields=["ended_at"])
    record(Line("ended", SCHEDULE, schedule.pk, label=str(schedule)))
