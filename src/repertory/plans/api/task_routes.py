"""Tasks over the API; each step is a noun: POST tasks/7/notes."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from repertory.core.listing import ListQuery
from repertory.core.time import now, today
from repertory.plans import access, actions
from repertory.plans.api import schemas
from repertory.plans.inputs import CancelTask, CheckTask, CommentTask, FinishTask, NoteTask, OpenTask, ReviseTask
from repertory.plans.models import Task
from repertory.plans.queries import tasks as queries
from repertory.platform.api.writing import expected_version, respond, write

router = Router(tags=["tasks"])
RESERVED = frozenset({"q", "sort", "cursor", "limit"})
ONE = "/tasks/{int:task_id}"
ANSWERS = {200: schemas.TaskOut}


class TaskQuery(Schema):
    """Besides these, every column is a filter: state=open, kind=week, owner=rep01 (account), due_on.to=2026-03-31;
    mine=1, late=1, to_check=1."""

    q: str = Field("", max_length=200, description="text or owner's name, any part")
    sort: str = Field("due_on", max_length=40, description="due_on, created_at, updated_at; - before it: descending")
    cursor: str = Field("", max_length=800)
    limit: int = Field(50, ge=1, le=200)


@router.get("/tasks", response={200: schemas.Tasks}, operation_id="list_tasks")
def list_(request: HttpRequest, query: Query[TaskQuery]) -> HttpResponse:
    """One's own tasks, those that one gave, and those of one's people."""
    filters = {key: request.GET.getlist(key) for key in request.GET if key not in RESERVED}
    asked = ListQuery(text=query.q, filters=filters, sort=query.sort, cursor=query.cursor, limit=query.limit)
    page = queries.list_tasks(actor=request.actor, query=asked, on=today())
    items = [schemas.task(row, on=today()) for row in page.items]
    return respond({"items": items, "count": page.count, "next": page.next})


@router.post("/tasks", response={201: schemas.TaskOut}, operation_id="open_task")
def open_(request: HttpRequest, data: OpenTask) -> HttpResponse:
    """Set oneself a task, or give one to somebody whom one leads."""

    def work() -> Task:
        return actions.open_task(actor=request.actor, at=now(), data=data)

    return write(request, work, show=_shown, status=201)


@router.get(ONE, response={200: schemas.TaskWithSteps}, operation_id="show_task")
def show(request: HttpRequest, task_id: int) -> HttpResponse:
    """The task with its steps."""
    task = access.get_task(request.actor, task_id)
    return respond({**_shown(task), "steps": [schemas.step(row) for row in queries.steps_of(task)]})


@router.patch(ONE, response=ANSWERS, operation_id="revise_task")
def revise(request: HttpRequest, task_id: int, data: ReviseTask) -> HttpResponse:
    """Change the given fields. If-Match: the ETag that was read, 409 when it is no longer the newest."""
    expected = expected_version(request)
    wanted = data if expected is None else data.model_copy(update={"version": expected})
    return _step(request, task_id, actions.revise_task, wanted)


@router.post(f"{ONE}/notes", response=ANSWERS, operation_id="note_task")
def note(request: HttpRequest, task_id: int, data: NoteTask) -> HttpResponse:
    """The owner: how far it is."""
    return _step(request, task_id, actions.note_task, data)


@router.post(f"{ONE}/completion", response=ANSWERS, operation_id="finish_task")
def finish(request: HttpRequest, task_id: int, data: FinishTask) -> HttpResponse:
    """The owner: it is done."""
    return _step(request, task_id, actions.finish_task, data)


@router.post(f"{ONE}/check", response=ANSWERS, operation_id="check_task")
def check(request: HttpRequest, task_id: int, data: CheckTask) -> HttpResponse:
    """A superior finds it done, or gives it back."""
    return _step(request, task_id, actions.check_task, data)


@router.post(f"{ONE}/comments", response=ANSWERS, operation_id="comment_task")
def comment(request: HttpRequest, task_id: int, data: CommentTask) -> HttpResponse:
    """A superior's word on it."""
    return _step(request, task_id, actions.comment_task, data)


@router.post(f"{ONE}/cancellation", response=ANSWERS, operation_id="cancel_task")
def cancel(request: HttpRequest, task_id: int, data: CancelTask) -> HttpResponse:
    """It is not needed any more."""
    return _step(request, task_id, actions.cancel_task, data)


def _step(request: HttpRequest, task_id: int, act: Callable[..., Task], data: Any) -> HttpResponse:
    def work() -> Task:
        return act(actor=request.actor, at=now(), task_id=task_id, data=data)

    return write(request, work, show=_shown)


def _shown(task: Task) -> dict[str, Any]:
    return schemas.task(task, on=today())
