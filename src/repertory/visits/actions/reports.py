"""Daily, weekly and monthly reports of a person, urgent ones, who read them and what was said to them."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import NotFound, RuleViolation
from repertory.core.time import day_of
from repertory.organisation.access import may_write, require
from repertory.organisation.models import User
from repertory.organisation.queries.chain import superiors_of
from repertory.platform.audit_lines import Line
from repertory.platform.unit import action, emit, record
from repertory.visits import access
from repertory.visits.choices import ReportKind
from repertory.visits.events import ReportSent
from repertory.visits.inputs import CommentReport, SendReport
from repertory.visits.models import PersonalReport, ReportComment, ReportReading
from repertory.visits.queries.composing import compose, days_of

REPORT = "personal_report"


@action
def send_report(*, actor: Actor, at: datetime, data: SendReport) -> PersonalReport:
    """Send the report of a day, a week or a month with the figures as they are now, to the superiors; sent again, it
    replaces the text and figures and is to be read again. An urgent one goes up the whole chain and always stands anew."""
    require(access.may_record(actor))
    person = access.person_for(actor, "")
    if data.on > day_of(at):
        raise RuleViolation(_("不能报将来的事。"), code="in_future", field="on")
    days = days_of(data.kind, data.on)
    figures = compose(actor=actor, person=person, kind=data.kind, on=data.on)
    values = {
        "ends_on": days.end,
        "figures": figures,
        "text": data.text,
        "tomorrow": data.tomorrow,
        "sent_at": at,
    }
    report = None
    if data.kind != ReportKind.URGENT:
        report = (
            PersonalReport.objects.select_for_update().filter(user=person, kind=data.kind, starts_on=days.start).first()
        )
    if report is None:
        report = PersonalReport.objects.create(user=person, kind=data.kind, starts_on=days.start, **values)
    else:
        for name, value in values.items():
            setattr(report, name, value)
        report.version += 1
        report.save()
        report.readings.update(read_at=None)
    _give(report, superiors_of(person=person, day=day_of(at), whole_chain=data.kind == ReportKind.URGENT))
    _note("report_sent", report)
    emit(ReportSent(report.pk, data.kind == ReportKind.URGENT))
    return report


@action
def read_report(*, actor: Actor, at: datetime, report_id: int) -> PersonalReport:
    """The first reading of those to whom it was given is kept as the receipt."""
    report = access.visible_reports(actor).select_related("user").filter(pk=report_id).first()
    if report is None:
        raise NotFound()
    receipt = ReportReading.objects.filter(report=report, user_id=actor.user_id, read_at=None)
    if receipt.update(read_at=at):
        _note("report_read", report)
    return report


@action
def comment_report(*, actor: Actor, at: datetime, report_id: int, data: CommentReport) -> ReportComment:
    """The superior comments, the author answers."""
    report = access.visible_reports(actor).select_related("user").filter(pk=report_id).first()
    if report is None:
        raise NotFound()
    require(may_write(actor))
    report.readings.filter(user_id=actor.user_id, read_at=None).update(read_at=at)
    comment = ReportComment.objects.create(report=report, user_id=actor.user_id, at=at, text=data.text)
    _note("report_commented", report, {"comment": ["", data.text]})
    return comment


def _give(report: PersonalReport, readers: list[User]) -> None:
    known = set(report.readings.values_list("user_id", flat=True))
    ReportReading.objects.bulk_create(
        ReportReading(report=report, user=reader) for reader in readers if reader.pk not in known
    )


def _note(verb: str, report: PersonalReport, changes: dict[str, list[Any]] | None = None) -> None:
    label = f"{report.user.name} {report.get_kind_display()} {report.starts_on}"
    record(Line(verb, REPORT, report.pk, label=label, changes=changes or {}))
