"""What people are reminded of about tasks and targets."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from repertory.core import formats
from repertory.core.actor import Actor
from repertory.core.time import Days, day_of, start_of
from repertory.organisation.models import User
from repertory.organisation.queries.chain import superiors_of
from repertory.plans.access import visible_replies, visible_tasks
from repertory.plans.choices import ReplyState, TaskState
from repertory.plans.models import TargetReply, Task
from repertory.platform.reminders.calendar import Entry
from repertory.platform.reminders.sources import DueReminder, Source, reminding

OPEN = Q(state=TaskState.OPEN)
DONE = Q(state=TaskState.DONE)
WAITING = Q(state=ReplyState.OPEN)
FORGOTTEN = timedelta(days=14)


def tasks_due(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """Open tasks whose day comes or has come: told to the owner."""
    for row in _chosen(Task.objects.filter(OPEN, due_on__lte=day + timedelta(days=int(value["days"]))), only):
        yield _of(row, row.owner_id, str(row.due_on))


def tasks_lagging(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """Open tasks whose day is over: told to the owner's nearest superiors."""
    above: dict[int, list[User]] = {}
    for row in _chosen(Task.objects.filter(OPEN, due_on__lt=day), only):
        if row.owner_id not in above:
            above[row.owner_id] = superiors_of(person=row.owner, day=day, whole_chain=False)
        for superior in above[row.owner_id]:
            yield _of(row, superior.pk, str(row.due_on))


def tasks_to_check(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """Tasks that are done: told to the owner's nearest superiors, who check them."""
    for row in _chosen(Task.objects.filter(DONE), only):
        for superior in superiors_of(person=row.owner, day=day, whole_chain=False):
            yield _of(row, superior.pk, str(row.done_at))


def _of(row: Task, person_id: int, occasion: str) -> DueReminder:
    values = {"text": row.text[:60], "person": row.owner.name, "due": row.due_on.isoformat()}
    return DueReminder(person_id, row.pk, occasion, row.due_on, reverse("plans:task", args=[row.pk]), values)


def _chosen(rows: Any, only: Collection[int] | None) -> Any:
    chosen = rows if only is None else rows.filter(pk__in=only)
    return chosen.select_related("owner").order_by("due_on", "pk")


def replies_waiting(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """Proposed figures that nobody has answered: told to the nearest superiors of who proposed them."""
    for row in _replies(WAITING, only):
        for superior in superiors_of(person=row.by, day=day, whole_chain=False):
            yield _of_reply(row, superior.pk, str(row.at), day_of(row.at))


def replies_answered(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """What became of a proposal, for two weeks: told to who made it."""
    for row in _replies(Q(decided_at__gte=start_of(day - FORGOTTEN)), only):
        yield _of_reply(row, row.by_id or 0, row.state, day_of(row.decided_at or row.at))


def _replies(condition: Q, only: Collection[int] | None) -> Any:
    rows = TargetReply.objects.filter(condition, by__isnull=False)
    chosen = rows if only is None else rows.filter(pk__in=only)
    return chosen.select_related("by", "territory", "product").order_by("at", "pk")


def _of_reply(row: TargetReply, person_id: int, occasion: str, due_on: date) -> DueReminder:
    values = {
        "person": str(row.by),
        "place": f"{row.territory.name} {row.period} {row.product}",
        "answer": row.state,
    }
    return DueReminder(person_id, row.pk, occasion, due_on, reverse("plans:plan", args=[row.plan_id]), values)


def reply_words(values: dict[str, Any], today: date) -> dict[str, Any]:
    return {**values, "answer": ReplyState(values["answer"]).label}


def words(values: dict[str, Any], today: date) -> dict[str, Any]:
    return {**values, "due": formats.human_date(date.fromisoformat(values["due"]), today)}


def calendar(actor: Actor, days: Days) -> Iterable[Entry]:
    """Last days of the person's own open tasks."""
    rows = visible_tasks(actor).filter(OPEN, owner=actor.user_id, due_on__gte=days.start, due_on__lt=days.end)
    for row in rows.order_by("due_on", "pk"):
        yield Entry(f"task-{row.pk}", row.text[:60], row.due_on, row.updated_at, category=str(_("工作任务")))


REMINDERS = (
    Source(
        rule=reminding("task_due", _("任务到期"), _("自己的工作任务将要到期或已经过期。"), days=1),
        object_type="task",
        sentence=_("任务“%(text)s”%(due)s到期"),
        due=tasks_due,
        visible=visible_tasks,
        still=lambda day: OPEN,
        words=words,
    ),
    Source(
        rule=reminding("task_lagging", _("下属任务滞后"), _("下属的工作任务过了截止日期还没有完成。")),
        object_type="task",
        sentence=_("%(person)s 的任务“%(text)s”滞后，应在%(due)s完成"),
        due=tasks_lagging,
        visible=visible_tasks,
        still=lambda day: OPEN & Q(due_on__lt=day),
        words=words,
    ),
    Source(
        rule=reminding("task_to_check", _("任务待检查"), _("下属的工作任务已经完成，等上级检查。")),
        object_type="task",
        sentence=_("%(person)s 完成了任务“%(text)s”，请检查"),
        due=tasks_to_check,
        visible=visible_tasks,
        still=lambda day: DONE,
        words=words,
    ),
    Source(
        rule=reminding("target_reply_waiting", _("指标反馈待答复"), _("下属对指标提出了不同意见，等上级答复。")),
        object_type="target_reply",
        sentence=_("%(person)s 反馈了%(place)s的指标，请答复"),
        due=replies_waiting,
        visible=visible_replies,
        still=lambda day: WAITING,
    ),
    Source(
        rule=reminding("target_reply_answered", _("指标反馈有了答复"), _("上级答复了自己对指标的意见，两周内提醒。")),
        object_type="target_reply",
        sentence=_("%(place)s的指标反馈：%(answer)s"),
        due=replies_answered,
        visible=visible_replies,
        still=lambda day: ~WAITING,
        words=reply_words,
    ),
)
