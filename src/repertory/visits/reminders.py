"""What people are reminded of about visits, plans, reports and coaching, and the visits in their calendars."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core.actor import Actor
from repertory.core.time import COMPANY_ZONE, Days, day_of, start_of
from repertory.customers.access import visible_customers
from repertory.customers.models import Customer
from repertory.customers.queries.carers import carers_of
from repertory.organisation.choices import Role
from repertory.organisation.queries.chain import superiors_of
from repertory.platform.reminders.calendar import Entry
from repertory.platform.reminders.sources import DueReminder, Source, day_in_words, reminding
from repertory.platform.rules import value_on
from repertory.visits.access import visible_coachings, visible_plans, visible_reports, visible_visits
from repertory.visits.choices import AgreedState, Mode, PlanState, ReportKind, Status
from repertory.visits.models import AgreedAction, Coaching, PersonalReport, ReportReading, Visit, VisitPlan
from repertory.visits.queries.frequencies import frequencies_on
from repertory.visits.rules import SILENCE

# After so many days nobody makes up for a visit, or wants to hear of a decision, a report or a coaching.
FORGOTTEN = timedelta(days=14)
USUAL_MINUTES = 20
PLANNED = Q(status=Status.PLANNED)


def visits_today(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    return _planned(Visit.objects.filter(PLANNED, day=day), only)


def visits_overdue(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """Planned before today, and neither done, moved nor cancelled."""
    return _planned(Visit.objects.filter(PLANNED, day__lt=day, day__gte=day - FORGOTTEN), only)


def _planned(rows: Any, only: Collection[int] | None) -> Iterable[DueReminder]:
    chosen = rows if only is None else rows.filter(pk__in=only)
    for row in chosen.select_related("customer").order_by("day", "pk"):
        values = {"customer": row.customer.name, "mode": row.mode, "day": str(row.day)}
        due_at = datetime.combine(row.day, row.planned_start, tzinfo=COMPANY_ZONE) if row.planned_start else None
        url = reverse("visits:page", args=[row.pk])
        yield DueReminder(row.user_id, row.pk, str(row.day), row.day, url, values, due_at)


def visit_words(values: dict[str, Any], today: date) -> dict[str, Any]:
    return {**values, "mode": Mode(values["mode"]).label, "day": day_in_words(values["day"], today)}


def silent_customers(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """Customers with a call frequency whom nobody has contacted for longer than the rule 多久没有联系要提醒 says, nor will
    soon: of each person those of the highest tier that have waited longest."""
    last = _silent_since(day)
    rows = Customer.objects.filter(_silent(day), removed_at=None).only("name", "kind", "tier", "last_contact_on")
    chosen = rows if only is None else rows.filter(pk__in=only)
    table = frequencies_on(day)
    found = [row for row in chosen if table.per_month(kind=row.kind, tier=row.tier, role=Role.REP)]
    carers = carers_of(customer_ids=[row.pk for row in found], on=day)
    told: dict[int, int] = {}
    for row in sorted(found, key=lambda row: (row.tier or "Z", row.last_contact_on or last, row.pk)):
        person_id = carers.get(row.pk)
        if person_id is None or told.get(person_id, 0) >= int(value["most"]):
            continue
        told[person_id] = told.get(person_id, 0) + 1
        values = {"customer": row.name, "last": str(row.last_contact_on)}
        url = reverse("customers:card", args=[row.pk])
        yield DueReminder(person_id, row.pk, str(row.last_contact_on), day, url, values)


def _silent_since(day: date) -> date:
    return day - timedelta(days=int(value_on(SILENCE, day)["days"]))


def _silent(day: date) -> Q:
    coming = Q(next_contact_on__gte=day)
    return Q(last_contact_on__lt=_silent_since(day)) & ~coming


def silence_words(values: dict[str, Any], today: date) -> dict[str, Any]:
    return {**values, "days": (today - date.fromisoformat(values["last"])).days}


def plans_waiting(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """Submitted plans: told to the nearest superiors."""
    for row in _chosen(VisitPlan.objects.filter(state=PlanState.SUBMITTED), only):
        due_on = day_of(row.submitted_at) if row.submitted_at else day
        for superior in superiors_of(person=row.user, day=day, whole_chain=False):
            yield _of_plan(row, superior.pk, str(row.submitted_at), due_on)


def plans_decided(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    decided = (PlanState.APPROVED, PlanState.RETURNED)
    rows = VisitPlan.objects.filter(state__in=decided, decided_at__gte=start_of(day - FORGOTTEN))
    for row in _chosen(rows, only):
        yield _of_plan(row, row.user_id, str(row.decided_at), day_of(row.decided_at))


def _of_plan(row: VisitPlan, person_id: int, occasion: str, due_on: date) -> DueReminder:
    values = {"person": row.user.name, "month": f"{row.month:%Y-%m}", "state": row.state}
    return DueReminder(person_id, row.pk, occasion, due_on, reverse("visits:plan_page", args=[row.pk]), values)


def plan_words(values: dict[str, Any], today: date) -> dict[str, Any]:
    return {**values, "state": PlanState(values["state"]).label}


def urgent_reports(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """Urgent reports that a superior was given and has not read."""
    rows = ReportReading.objects.filter(read_at=None, report__kind=ReportKind.URGENT)
    rows = rows.filter(report__sent_at__gte=start_of(day - FORGOTTEN))
    chosen = rows if only is None else rows.filter(report__in=only)
    for row in chosen.select_related("report__user").order_by("pk"):
        report = row.report
        url = reverse("visits:report", args=[report.pk])
        values = {"person": report.user.name}
        yield DueReminder(row.user_id, report.pk, str(report.sent_at), day_of(report.sent_at), url, values)


def unread_reports(actor: Actor) -> QuerySet[PersonalReport]:
    """Those that the person was given and has not read."""
    unread = ReportReading.objects.filter(user_id=actor.user_id, read_at=None)
    return visible_reports(actor).filter(pk__in=unread.values("report_id"))


def coachings_unread(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    rows = Coaching.objects.filter(read_at=None, at__gte=start_of(day - FORGOTTEN)).select_related("coach")
    for row in _chosen(rows, only):
        yield _of_coaching(row, row.user_id, "new", day_of(row.at), {"person": row.coach.name})


def agreed_due(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """Agreed actions whose day comes or has come: told to the rep and to the coach."""
    rows = AgreedAction.objects.filter(state=AgreedState.OPEN, due_on__lte=day + timedelta(days=int(value["days"])))
    chosen = rows if only is None else rows.filter(coaching__in=only)
    for row in chosen.select_related("coaching__user").order_by("pk"):
        values = {"person": row.coaching.user.name, "text": row.text, "day": str(row.due_on)}
        for person_id in (row.coaching.user_id, row.coaching.coach_id):
            yield _of_coaching(row.coaching, person_id, f"{row.pk}:{row.due_on}", row.due_on or day, values)


def agreed_words(values: dict[str, Any], today: date) -> dict[str, Any]:
    return {**values, "day": day_in_words(values["day"], today)}


def _of_coaching(row: Coaching, person_id: int, occasion: str, due_on: date, values: dict[str, Any]) -> DueReminder:
    return DueReminder(person_id, row.pk, occasion, due_on, reverse("visits:coaching", args=[row.pk]), values)


def _chosen(rows: Any, only: Collection[int] | None) -> Any:
    return (rows if only is None else rows.filter(pk__in=only)).select_related("user").order_by("pk")


def calendar(actor: Actor, days: Days) -> Iterable[Entry]:
    """The person's own planned visits."""
    rows = Visit.objects.filter(PLANNED, user_id=actor.user_id, day__gte=days.start, day__lt=days.end)
    seen = rows.filter(pk__in=visible_visits(actor).order_by().values("pk"))
    for row in seen.select_related("customer").order_by("day", "pk"):
        starts: date | datetime = row.day
        if row.planned_start is not None:
            starts = datetime.combine(row.day, row.planned_start, tzinfo=COMPANY_ZONE)
        title = _("拜访：%(customer)s") % {"customer": row.customer.name}
        minutes = row.planned_minutes or USUAL_MINUTES
        yield Entry(f"visit-{row.pk}", title, starts, row.updated_at, minutes, row.get_mode_display(), _("拜访"))


def _source(key: str, label: Any, text: Any, sentence: Any, **more: Any) -> Source:
    figures = {name: more.pop(name) for name in ("days", "most") if name in more}
    return Source(rule=reminding(key, label, text, **figures), sentence=sentence, **more)


OF_VISIT: dict[str, Any] = {
    "object_type": "visit",
    "visible": visible_visits,
    "still": lambda day: PLANNED,
    "words": visit_words,
}
OF_PLAN: dict[str, Any] = {"object_type": "visit_plan", "visible": visible_plans, "words": plan_words, "at_once": True}
OF_COACHING: dict[str, Any] = {"object_type": "coaching", "visible": visible_coachings}

REMINDERS = (
    _source(
        "visits_today",
        gettext_lazy("今天要拜访"),
        gettext_lazy("当天计划中的拜访。"),
        gettext_lazy("拜访%(customer)s（%(mode)s）"),
        due=visits_today,
        **OF_VISIT,
    ),
    _source(
        "visits_overdue",
        gettext_lazy("拜访逾期"),
        gettext_lazy("计划的日子过了，没有完成、改期或取消的拜访，提醒两周。"),
        gettext_lazy("计划%(day)s拜访%(customer)s，还没有完成、改期或取消"),
        due=visits_overdue,
        **OF_VISIT,
    ),
    _source(
        "visits_silence",
        gettext_lazy("多久没有联系"),
        gettext_lazy(
            "有拜访频率要求的客户很久没有联系，天数见规则“多久没有联系要提醒”；每人只列等级最高、最久没有联系的几位。"
        ),
        gettext_lazy("%(customer)s 已有 %(days)s 天没有联系"),
        most=10,
        due=silent_customers,
        object_type="customer",
        visible=visible_customers,
        still=_silent,
        words=silence_words,
    ),
    _source(
        "plan_waiting",
        gettext_lazy("月计划待审批"),
        gettext_lazy("下属提交的月计划，提醒直接上级。"),
        gettext_lazy("%(person)s 提交了 %(month)s 月计划，等待审批"),
        due=plans_waiting,
        still=lambda day: Q(state=PlanState.SUBMITTED),
        **OF_PLAN,
    ),
    _source(
        "plan_decided",
        gettext_lazy("月计划已审批"),
        gettext_lazy("自己的月计划被批准或退回。"),
        gettext_lazy("您的 %(month)s 月计划%(state)s"),
        due=plans_decided,
        still=lambda day: Q(state__in=[PlanState.APPROVED, PlanState.RETURNED]),
        **OF_PLAN,
    ),
    _source(
        "urgent_report",
        gettext_lazy("紧急报告"),
        gettext_lazy("下属发来紧急报告，读过就不再提醒。"),
        gettext_lazy("%(person)s 发来紧急报告，请阅读"),
        due=urgent_reports,
        object_type="personal_report",
        visible=unread_reports,
        at_once=True,
    ),
    _source(
        "coaching_unread",
        gettext_lazy("协访辅导"),
        gettext_lazy("上级记录了协访辅导，读过就不再提醒。"),
        gettext_lazy("%(person)s 记录了对您的协访辅导，请阅读"),
        due=coachings_unread,
        still=lambda day: Q(read_at=None),
        at_once=True,
        **OF_COACHING,
    ),
    _source(
        "agreed_actions",
        gettext_lazy("约定的行动到期"),
        gettext_lazy("协访辅导时约定的行动将要到期，提醒代表和辅导人。"),
        gettext_lazy("%(person)s 约定的行动“%(text)s”%(day)s到期"),
        days=3,
        due=agreed_due,
        words=agreed_words,
        **OF_COACHING,
    ),
)
