"""Tasks and action plans: given, worked on, done, checked and commented (M-PLN-4)."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput, NotAllowed, RuleViolation, Stale
from repertory.core.states import move
from repertory.core.time import Days, month_of, quarter_of, week_of
from repertory.organisation.access import require
from repertory.organisation.models import User
from repertory.plans import access
from repertory.plans.actions import writing
from repertory.plans.choices import TASK_TRANSITIONS, TaskKind, TaskState, TaskStepKind
from repertory.plans.events import TaskChanged
from repertory.plans.inputs import CancelTask, CheckTask, CommentTask, FinishTask, NoteTask, OpenTask, ReviseTask
from repertory.plans.models import Task, TaskStep
from repertory.platform.changes import apply, given
from repertory.platform.unit import action, emit

ONE_DAY = timedelta(days=1)
PERIODS = {TaskKind.WEEK: week_of, TaskKind.MONTH: month_of, TaskKind.QUARTER: quarter_of}


@action
def open_task(*, actor: Actor, at: datetime, data: OpenTask) -> Task:
    """Set oneself a task, or give one to somebody whom one leads."""
    require(access.may_do_tasks(actor))
    owner = _owner(actor, data.owner)
    period = _period(data)
    due_on = data.due_on or period.end - ONE_DAY
    _check_due(due_on, period.start)
    task = Task.objects.create(
        owner=owner,
        kind=data.kind,
        starts_on=period.start,
        ends_on=period.end,
        due_on=due_on,
        text=data.text,
        goal=data.goal,
        unit=data.unit,
        set_by_id=actor.user_id,
        created_at=at,
        updated_at=at,
    )
    _step(task, TaskStepKind.OPENED, actor, at)
    writing.note_task("task_opened", task, {"owner": [None, owner.name], "due_on": [None, due_on.isoformat()]})
    return task


def _owner(actor: Actor, username: str) -> User:
    if not username and actor.user is not None:
        return actor.user
    person = User.objects.filter(username=username, is_active=True).first()
    if person is None or not (actor.is_system or actor.user_id == person.pk or access.may_lead_person(actor, person)):
        message = _("“%(name)s”不是您的下属，不能给他布置任务。") % {"name": username}
        raise InvalidInput(message, code="not_led", field="owner")
    return person


def _period(data: OpenTask) -> Days:
    if data.kind == TaskKind.ACTION:
        return Days(data.on, (data.until or data.on) + ONE_DAY)
    return PERIODS[data.kind](data.on)


def _check_due(due_on: date, starts_on: date) -> None:
    if due_on < starts_on:
        raise RuleViolation(_("截止日期不能早于任务开始的日期。"), code="due_before_start", field="due_on")


@action
def revise_task(*, actor: Actor, at: datetime, task_id: int, data: ReviseTask) -> Task:
    """Correct an open task: by who gave it, or by who leads the owner."""
    task = access.get_task(actor, task_id)
    if not (access.may_do_tasks(actor) and (task.set_by_id == actor.user_id or _leads(actor, task))):
        raise NotAllowed(_("只有布置人和上级能修改任务。"))
    task = Task.objects.select_for_update(of=("self",)).select_related("owner").get(pk=task_id)
    if data.version is not None and data.version != task.version:
        raise Stale()
    if task.state != TaskState.OPEN:
        raise RuleViolation(_("任务已经结束，不能修改。"), code="not_open", field="state")
    changes = apply(task, given(data, ("text", "goal", "unit", "due_on")))
    _check_due(task.due_on, task.starts_on)
    if changes:
        task.updated_at = at
        task.version += 1
        task.save()
        _step(task, TaskStepKind.REVISED, actor, at)
        writing.note_task("revised", task, changes)
    return task


def _leads(actor: Actor, task: Task) -> bool:
    return access.may_lead_person(actor, task.owner)


@action
def note_task(*, actor: Actor, at: datetime, task_id: int, data: NoteTask) -> Task:
    """The owner writes down how far it is."""
    task = access.lock_task(actor, task_id, led=False) if not actor.is_system else _any(task_id)
    if task.state != TaskState.OPEN:
        raise RuleViolation(_("任务已经结束，不能再记进展。"), code="not_open", field="state")
    if data.reached is not None:
        task.reached = data.reached
    task.updated_at = at
    task.version += 1
    task.save(update_fields=["reached", "updated_at", "version"])
    _step(task, TaskStepKind.NOTED, actor, at, text=data.text, reached=data.reached)
    writing.note_task("task_noted", task, reason=data.text)
    return task


@action
def finish_task(*, actor: Actor, at: datetime, task_id: int, data: FinishTask) -> Task:
    """The owner says that it is done; whoever leads the owner checks it."""
    task = access.lock_task(actor, task_id, led=False) if not actor.is_system else _any(task_id)
    reached = task.reached if data.reached is None else data.reached
    return _advance(
        task,
        TaskState.DONE,
        TaskStepKind.DONE,
        actor,
        at,
        text=data.text,
        shown=data.reached,
        reached=reached,
        done_at=at,
    )


@action
def check_task(*, actor: Actor, at: datetime, task_id: int, data: CheckTask) -> Task:
    """A superior finds it done, or gives it back with what is missing."""
    task = access.lock_task(actor, task_id, led=True)
    if data.accept:
        facts = {"checked_by_id": actor.user_id, "checked_at": at}
        return _advance(task, TaskState.CHECKED, TaskStepKind.CHECKED, actor, at, text=data.text, **facts)
    return _advance(task, TaskState.OPEN, TaskStepKind.RETURNED, actor, at, text=data.text, done_at=None)


@action
def comment_task(*, actor: Actor, at: datetime, task_id: int, data: CommentTask) -> Task:
    """A superior's word on it; the state stays as it is."""
    task = access.lock_task(actor, task_id, led=True)
    _step(task, TaskStepKind.COMMENTED, actor, at, text=data.text)
    writing.note_task("task_commented", task, reason=data.text)
    return task


@action
def cancel_task(*, actor: Actor, at: datetime, task_id: int, data: CancelTask) -> Task:
    """It is not needed any more: by who gave it, or by who leads the owner."""
    task = access.get_task(actor, task_id)
    if not (access.may_do_tasks(actor) and (task.set_by_id == actor.user_id or _leads(actor, task))):
        raise NotAllowed(_("只有布置人和上级能取消任务。"))
    return _advance(_any(task_id), TaskState.CANCELLED, TaskStepKind.CANCELLED, actor, at, text=data.reason)


def _any(task_id: int) -> Task:
    return Task.objects.select_for_update(of=("self",)).select_related("owner").get(pk=task_id)


def _advance(
    task: Task,
    to: TaskState,
    kind: TaskStepKind,
    actor: Actor,
    at: datetime,
    *,
    text: str,
    shown: Any = None,
    **values: Any,
) -> Task:
    old = task.state
    move(Task, task.pk, old, to, TASK_TRANSITIONS, field="state", version=task.version + 1, updated_at=at, **values)
    _step(task, kind, actor, at, text=text, reached=shown)
    writing.note_task(f"task_{kind}", task, {"state": [str(old), str(to)]}, reason=text)
    task.refresh_from_db()
    return task


def _step(task: Task, kind: TaskStepKind, actor: Actor, at: datetime, *, text: str = "", reached: Any = None) -> None:
    TaskStep.objects.create(task=task, kind=kind, at=at, user_id=actor.user_id, text=text, reached=reached)
    emit(TaskChanged(task.pk, str(kind), actor.user_id))
