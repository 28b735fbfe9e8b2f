"""What people are reminded of about cases and adverse events, and the deadlines in their calendars."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core import formats
from repertory.core.actor import Actor
from repertory.core.time import Days, day_of, start_of
from repertory.customers.queries.carers import carers_of
from repertory.organisation.choices import Role
from repertory.organisation.models import User
from repertory.organisation.queries.chain import holders_of, superiors_of
from repertory.platform.reminders.calendar import Entry
from repertory.platform.reminders.sources import DueReminder, Source, reminding
from repertory.service.access import visible_cases, visible_events
from repertory.service.choices import UNFINISHED, EscalationLevel, EventState
from repertory.service.models import AdverseEvent, Case

OPEN = Q(state__in=sorted(UNFINISHED))
RECEIVED = Q(state=EventState.RECEIVED)
DEADLINE_MINUTES = 30


def cases_due(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """Unfinished cases whose deadline comes or has come: told to the owner, without one to who looks after the customer."""
    rows = list(_chosen(Case.objects.filter(OPEN, due_at__lt=_until(day, value)), only))
    carers = carers_of(customer_ids={row.customer_id for row in rows if row.owner_id is None}, on=day)
    for row in rows:
        person_id = row.owner_id or carers.get(row.customer_id)
        if person_id is not None:
            yield _of_case(row, person_id, str(row.due_at))


def cases_escalated(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """Late cases: first the nearest superiors of the owner, then the whole chain, at last the administrators as well."""
    rows = Case.objects.filter(OPEN, escalation__gt=EscalationLevel.NONE)
    chain = _Chain(day)
    for row in _chosen(rows, only):
        people = chain.above(row.owner, whole=row.escalation > EscalationLevel.SUPERVISOR)
        if row.escalation >= EscalationLevel.COMPANY or not people:
            people = [*people, *chain.administrators]
        for person_id in dict.fromkeys(people):
            yield _of_case(row, person_id, f"{row.due_at}:{row.escalation}", person=row.owner)


def _of_case(row: Case, person_id: int, occasion: str, *, person: User | None = None) -> DueReminder:
    values = {"number": row.number, "title": row.title, "customer": row.customer.name, "due": row.due_at.isoformat()}
    values["person"] = person.name if person is not None else ""
    url = reverse("service:case", args=[row.pk])
    return DueReminder(person_id, row.pk, occasion, day_of(row.due_at), url, values, row.due_at)


def events_received(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """A new report: told to the nearest superiors of who took it in, who hand it over."""
    chain = _Chain(day)
    for row in _chosen(AdverseEvent.objects.filter(RECEIVED), only):
        for person_id in chain.above(row.reported_by, whole=False) or chain.administrators:
            yield _of_event(row, person_id, "received")


def events_due(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """The legal term of a report that was not handed over comes or has come: told to who took it in and to the whole chain."""
    chain = _Chain(day)
    for row in _chosen(AdverseEvent.objects.filter(RECEIVED, due_at__lt=_until(day, value)), only):
        own = [row.reported_by_id] if row.reported_by_id else []
        for person_id in dict.fromkeys([*own, *(chain.above(row.reported_by, whole=True) or chain.administrators)]):
            yield _of_event(row, person_id, str(row.due_at))


def _of_event(row: AdverseEvent, person_id: int, occasion: str) -> DueReminder:
    """Neither patient nor reporter are named."""
    values = {"number": row.number, "customer": row.customer.name, "due": row.due_at.isoformat()}
    url = reverse("service:event", args=[row.pk])
    return DueReminder(person_id, row.pk, occasion, day_of(row.due_at), url, values, row.due_at)


def words(values: dict[str, Any], today: date) -> dict[str, Any]:
    return {**values, "due": formats.human_time(datetime.fromisoformat(values["due"]), today)}


def _until(day: date, value: dict[str, Any]) -> datetime:
    return start_of(day + timedelta(days=int(value["days"]) + 1))


def _chosen(rows: Any, only: Collection[int] | None) -> Any:
    chosen = rows if only is None else rows.filter(pk__in=only)
    person = "owner" if rows.model is Case else "reported_by"
    return chosen.select_related("customer", person).order_by("due_at", "pk")


class _Chain:
    """Superiors as of a day, each person looked up once."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.administrators = holders_of({Role.ADMIN}, day=day)
        self.known: dict[tuple[int, bool], list[int]] = {}

    def above(self, person: User | None, *, whole: bool) -> list[int]:
        if person is None:
            return []
        key = (person.pk, whole)
        if key not in self.known:
            found = superiors_of(person=person, day=self.day, whole_chain=whole)
            self.known[key] = [superior.pk for superior in found]
        return self.known[key]


def calendar(actor: Actor, days: Days) -> Iterable[Entry]:
    """Deadlines of the person's own unfinished cases."""
    start, end = days.instants
    rows = visible_cases(actor).filter(OPEN, owner_id=actor.user_id, due_at__gte=start, due_at__lt=end)
    for row in rows.select_related("customer").order_by("due_at", "pk"):
        title = _("个案到期：%(number)s %(customer)s") % {"number": row.number, "customer": row.customer.name}
        starts = row.due_at - timedelta(minutes=DEADLINE_MINUTES)
        yield Entry(f"case-{row.pk}", title, starts, row.updated_at, DEADLINE_MINUTES, category=_("个案"))


REMINDERS = (
    Source(
        rule=reminding(
            "case_due",
            gettext_lazy("个案到期"),
            gettext_lazy("自己负责的服务个案将要到期或已经超时。"),
            days=1,
        ),
        object_type="case",
        sentence=gettext_lazy("个案 %(number)s（%(customer)s，%(title)s）%(due)s到期"),
        due=cases_due,
        visible=visible_cases,
        still=lambda day: OPEN,
        words=words,
        at_once=True,
        deadline=True,
    ),
    Source(
        rule=reminding(
            "case_escalated",
            gettext_lazy("个案超时升级"),
            gettext_lazy("下属负责的个案超时，逐级提醒上级。"),
        ),
        object_type="case",
        sentence=gettext_lazy(
            "%(person)s 负责的个案 %(number)s（%(customer)s，%(title)s）超时，应在 %(due)s前告知客户"
        ),
        due=cases_escalated,
        visible=visible_cases,
        still=lambda day: OPEN,
        words=words,
        at_once=True,
        deadline=True,
    ),
    Source(
        rule=reminding(
            "adverse_event_new",
            gettext_lazy("不良反应待移交"),
            gettext_lazy("收到不良反应报告，提醒登记人的直接上级移交药物警戒部门。"),
        ),
        object_type="adverse_event",
        sentence=gettext_lazy("不良反应 %(number)s（%(customer)s）待移交，法定期限 %(due)s"),
        due=events_received,
        visible=visible_events,
        still=lambda day: RECEIVED,
        words=words,
        at_once=True,
        deadline=True,
    ),
    Source(
        rule=reminding(
            "adverse_event_due",
            gettext_lazy("不良反应法定期限"),
            gettext_lazy("没有移交的不良反应报告临近法定期限，提醒登记人和各级上级。"),
            days=3,
        ),
        object_type="adverse_event",
        sentence=gettext_lazy("不良反应 %(number)s（%(customer)s）还没有移交，法定期限 %(due)s"),
        due=events_due,
        visible=visible_events,
        still=lambda day: RECEIVED,
        words=words,
        at_once=True,
        deadline=True,
    ),
)
