"""Lists of tasks, one task with its steps, and to whom one can give some."""

from datetime import date

from django.db.models import Q, QuerySet

from repertory.core.actor import Actor
from repertory.core.listing import Column, ListQuery, Page, apply_filters, column_of, page_of
from repertory.core.text import normalise
from repertory.organisation.access import scope_of
from repertory.organisation.models import User
from repertory.organisation.queries.chain import assignments_on
from repertory.plans import access
from repertory.plans.choices import TaskState
from repertory.plans.models import Task, TaskStep

SORTS = {"due_on": "due_on", "created_at": "created_at", "updated_at": "updated_at"}
NAMES = ("kind", "state", "text", "starts_on", "due_on", "created_at", "updated_at")
MINE, LATE, TO_CHECK = "mine", "late", "to_check"
MOST_WORDS = 6


def task_columns() -> dict[str, Column]:
    """Every column by its key."""
    found = {name: column_of(Task, name, sortable=name in SORTS) for name in NAMES}
    people = {"owner": "owner__username", "set_by": "set_by__username"}
    return found | {name: column_of(Task, name, path=path) for name, path in people.items()}


def list_tasks(*, actor: Actor, query: ListQuery, on: date) -> Page[Task]:
    """One page of the tasks that the person may see; the earliest due first."""
    return page_of(matching_tasks(actor=actor, query=query, on=on), query, SORTS)


def matching_tasks(*, actor: Actor, query: ListQuery, on: date) -> QuerySet[Task]:
    """All tasks of the list, without order. Filters: the columns; mine=1, late=1, to_check=1."""
    filters = dict(query.filters)
    rows = access.visible_tasks(actor).select_related("owner", "set_by")
    if _on(filters.pop(MINE, [])):
        rows = rows.filter(owner=actor.user_id)
    if _on(filters.pop(LATE, [])):
        rows = rows.filter(state=TaskState.OPEN, due_on__lt=on)
    if _on(filters.pop(TO_CHECK, [])):
        rows = rows.filter(state=TaskState.DONE).exclude(owner=actor.user_id)
    rows = apply_filters(rows, filters, task_columns())
    for word in normalise(query.text).split()[:MOST_WORDS]:
        rows = rows.filter(Q(text__icontains=word) | Q(owner__name__icontains=word))
    return rows


def _on(values: list[str]) -> bool:
    return values[:1] in (["1"], ["true"], ["yes"])


def steps_of(task: Task) -> list[TaskStep]:
    """From the first on."""
    return list(TaskStep.objects.filter(task=task).select_related("user").order_by("pk"))


def late_count(*, actor: Actor, on: date) -> int:
    return access.visible_tasks(actor).filter(state=TaskState.OPEN, due_on__lt=on).count()


def owner_options(*, actor: Actor) -> list[tuple[str, str]]:
    """(account, name) of those who own tasks in sight."""
    owners = access.visible_tasks(actor).order_by().values("owner_id")
    return list(User.objects.filter(pk__in=owners).order_by("username").values_list("username", "name"))


def possible_owners(*, actor: Actor, on: date) -> list[tuple[str, str]]:
    """(account, name) of oneself and of those below, to whom one can give tasks."""
    scope = scope_of(actor, only=access.TASK_READERS)
    held = assignments_on(on).filter(user__is_active=True)
    if not scope.whole:
        held = held.filter(scope.as_condition("territory__"))
    people = User.objects.filter(pk__in=held.values("user_id")).order_by("username")
    found = [person for person in people if access.may_lead_person(actor, person)]
    return [("", actor.user.name if actor.user else ""), *((person.username, person.name) for person in found)]
