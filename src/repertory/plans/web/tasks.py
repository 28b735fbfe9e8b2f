"""Tasks: the list, setting one, its page and its steps as dialogs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as T

from repertory.core import formats, time
from repertory.core.errors import NotFound
from repertory.core.listing import Column
from repertory.core.web import addresses, tables
from repertory.core.web.addresses import (
    TEXT,
    filters_of,
    hidden_pairs,
    list_query,
    shown_columns,
    words_of,
)
from repertory.core.web.filters import filter_inputs
from repertory.core.web.forms import InputForm
from repertory.core.web.pages import page
from repertory.core.web.responses import to_page
from repertory.core.web.tables import Table, tag
from repertory.plans import access, actions
from repertory.plans.choices import TaskState
from repertory.plans.models import Task
from repertory.plans.queries import tasks as queries
from repertory.plans.web import forms
from repertory.plans.web.responses import part
from repertory.plans.web.shown import figure
from repertory.platform.web.lists import ListPage

UNPROCESSABLE = 422
SHOWN = ("text", "owner", "kind", "period", "due_on", "reached", "state", "set_by")
QUICK = ("kind", "state")
TONES = {TaskState.OPEN: "note", TaskState.DONE: "warn", TaskState.CHECKED: "good", TaskState.CANCELLED: ""}


def task_columns(today: Any) -> list[tables.Column]:
    return [
        tables.Column("text", _("内容"), lambda row: row.text, title=True, css="clip"),
        tables.Column("owner", _("负责人"), lambda row: row.owner.name),
        tables.Column("kind", _("类型"), lambda row: row.get_kind_display()),
        tables.Column("period", _("期间"), period_words, css="nowrap"),
        tables.Column("due_on", _("截止"), lambda row: due_words(row, today), sort=True, css="nowrap"),
        tables.Column("reached", _("完成/目标"), reached_words, css="num"),
        tables.Column("state", _("状态"), lambda row: tag(TaskState(row.state).label, TONES[TaskState(row.state)])),
        tables.Column("set_by", _("布置人"), lambda row: row.set_by.name if row.set_by else ""),
        tables.Column("created_at", _("布置"), lambda row: formats.human_date(row.created_at, today), sort=True),
        tables.Column("updated_at", _("更新"), lambda row: formats.human_date(row.updated_at, today), sort=True),
    ]


def period_words(row: Task) -> str:
    last = row.ends_on - timedelta(days=1)
    return f"{row.starts_on:%m-%d} – {last:%m-%d}"


def due_words(row: Task, today: Any) -> Any:
    said = formats.human_date(row.due_on, today)
    return (
        tag(_("滞后，%(day)s") % {"day": said}, "bad") if row.state == TaskState.OPEN and row.due_on < today else said
    )


def reached_words(row: Task) -> str:
    if row.goal is None:
        return ""
    return f"{figure(row.reached)} / {figure(row.goal)} {row.unit}"


def inputs(request: HttpRequest, column: Column) -> list[dict[str, Any]]:
    options = queries.owner_options(actor=request.actor) if column.key == "owner" else []
    return filter_inputs(column, request.GET, options=options)


TASKS = ListPage(
    page="tasks",
    url="plans:tasks",
    allow=access.may_see_tasks,
    known=queries.task_columns,
    offered=lambda: task_columns(time.today()),
    inputs=inputs,
    default=SHOWN,
    first="text",
    frame="plans/part.html",
    hidden=frozenset({"set_by"}),
    prefix="tasks_",
)


@page(allow=access.may_see_tasks)
def task_list(request: HttpRequest) -> HttpResponse:
    today, address, actor = time.today(), request.GET, request.actor
    query = list_query(address, sort="due_on")
    found = queries.list_tasks(actor=actor, query=query, on=today)
    table = Table(
        columns=tables.chosen(task_columns(today), shown_columns(address, SHOWN), TASKS.first),
        rows=found.items,
        caption=_("工作任务"),
        url=lambda row: reverse("plans:task", args=(row.pk,)),
        sort=query.sort,
    )
    known = queries.task_columns()
    frame = {
        "table": table,
        "dialogs": TASKS.dialogs,
        "views": _views(request, today),
        "quick": [_quick(known[name], address.get(name, "")) for name in QUICK],
        "kept": hidden_pairs(address, but=(TEXT, *QUICK)),
        "chips": _chips(request, known),
        "pager": {"count": found.count, "cursor": query.cursor, "next": found.next},
        "may_open": access.may_do_tasks(actor),
        "empty": _empty(request),
    }
    return render(request, "plans/tasks.html", frame)


def _views(request: HttpRequest, today: Any) -> list[dict[str, Any]]:
    late = queries.late_count(actor=request.actor, on=today)
    named = [
        (_("全部"), "", None),
        (_("我的"), "mine=1&state=open", None),
        (_("滞后"), "late=1", late),
        (_("等我检查"), "to_check=1", None),
    ]
    present = request.GET.urlencode()
    views = [{"name": name, "url": f"?{query}", "current": present == query, "count": n} for name, query, n in named]
    return [*views, *TASKS.saved(request)]


def _quick(column: Column, chosen: str) -> dict[str, Any]:
    options = [{"value": code, "label": label, "chosen": code == chosen} for code, label in column.choices]
    return {"name": column.key, "label": column.label, "options": options}


def _chips(request: HttpRequest, known: dict[str, Column]) -> Any:
    own = {"mine": _("我的"), "late": _("滞后"), "to_check": _("等我检查")}
    labels = known | {name: Column(name, label, "bool", name) for name, label in own.items()}
    names = dict(queries.owner_options(actor=request.actor))

    def words(key: str, values: list[str]) -> str:
        return words_of(labels.get(key), values, names if key == "owner" else {})

    return addresses.chips(request.GET, filters_of(request.GET), labels, words)


def _empty(request: HttpRequest) -> dict[str, Any]:
    if request.GET:
        return {
            "title": _("没有符合条件的记录"),
            "text": _("换一个条件，或清除全部条件再看。"),
            "icon": "filter",
            "url": "?",
            "action": _("清除条件"),
        }
    return {
        "title": _("这里放每周、每月、每季度要做的事"),
        "text": _("自己列，或由上级布置；记进展，做完后由上级检查。过期没完成的会提醒本人和上级。"),
        "icon": "checklist",
        "url": reverse("plans:open_task") if access.may_do_tasks(request.actor) else "",
        "action": _("新建任务"),
    }


@page(allow=access.may_do_tasks, methods=("GET", "POST"))
def open_task(request: HttpRequest) -> HttpResponse:
    people = queries.possible_owners(actor=request.actor, on=time.today())
    initial = {"kind": "week", "on": f"{time.today()}", "owner": request.GET.get("owner", "")}
    form = forms.OpenTaskForm(request.POST or None, people=people, initial=initial)
    if request.method == "POST" and form.carry_out(
        lambda data: actions.open_task(actor=request.actor, at=time.now(), data=data)
    ):
        return redirect("plans:task", form.result.pk)
    frame = {"form": form, "title": _("新建任务"), "back": reverse("plans:tasks"), "parent": _("工作任务")}
    return render(request, "core/form_page.html", frame, status=UNPROCESSABLE if form.errors else 200)


@dataclass(frozen=True)
class Step:
    """A form in a dialog and the action behind it. states: in which it is there; whose: owner, superior or giver."""

    title: str | Promise
    form: type[InputForm]
    act: Callable[..., Any]
    states: tuple[str, ...]
    whose: str


STEPS: dict[str, Step] = {
    "note": Step(T("记录进展"), forms.NoteTaskForm, actions.note_task, (TaskState.OPEN,), "owner"),
    "completion": Step(T("完成"), forms.FinishTaskForm, actions.finish_task, (TaskState.OPEN,), "owner"),
    "check": Step(T("检查"), forms.CheckTaskForm, actions.check_task, (TaskState.DONE,), "superior"),
    "comment": Step(T("批注"), forms.CommentTaskForm, actions.comment_task, tuple(TaskState.values), "superior"),
    "edit": Step(T("修改任务"), forms.ReviseTaskForm, actions.revise_task, (TaskState.OPEN,), "giver"),
    "cancellation": Step(T("取消任务"), forms.CancelTaskForm, actions.cancel_task, (TaskState.OPEN,), "giver"),
}


def _possible(request: HttpRequest, task: Task, step: Step) -> bool:
    actor = request.actor
    if not access.may_do_tasks(actor) or task.state not in step.states:
        return False
    if step.whose == "owner":
        return task.owner_id == actor.user_id
    leads = access.may_lead_person(actor, task.owner)
    return leads or (step.whose == "giver" and task.set_by_id == actor.user_id)


@page(allow=access.may_see_tasks)
def task_page(request: HttpRequest, task_id: int) -> HttpResponse:
    task, today = access.get_task(request.actor, task_id), time.today()
    frame = {
        "task": task,
        "state": tag(TaskState(task.state).label, TONES[TaskState(task.state)]),
        "due": due_words(task, today),
        "period": period_words(task),
        "reached": reached_words(task),
        "entries": _timeline(queries.steps_of(task), task),
        "steps": [(name, step.title) for name, step in STEPS.items() if _possible(request, task, step)],
    }
    return render(request, "plans/task.html", frame)


def _timeline(steps: Any, task: Task) -> list[dict[str, Any]]:
    """The newest first, for core/_timeline.html."""
    return [
        {
            "at": step.at,
            "who": step.user.name if step.user else _("系统"),
            "title": str(step.get_kind_display())
            + ("" if step.reached is None else f" · {figure(step.reached)} {task.unit}"),
            "changes": [],
            "note": step.text,
        }
        for step in reversed(steps)
    ]


@page(allow=access.may_do_tasks, methods=("GET", "POST"))
def task_step(request: HttpRequest, task_id: int, name: str) -> HttpResponse:
    """Show one of STEPS for a task, and carry it out."""
    task = access.get_task(request.actor, task_id)
    if name not in STEPS:
        raise NotFound()
    step = STEPS[name]
    initial = {field: getattr(task, field) for field in ("text", "unit", "due_on", "version")} if name == "edit" else {}
    if initial and task.goal is not None:
        initial["goal"] = f"{task.goal.normalize():f}"
    form = step.form(request.POST or None, initial=initial)
    if request.method == "POST" and form.carry_out(
        lambda data: step.act(actor=request.actor, at=time.now(), task_id=task_id, data=data)
    ):
        return to_page(request, reverse("plans:task", args=(task_id,)))
    context = {"form": form, "title": step.title, "subject": task}
    return part(request, "core/dialog.html", context, status=UNPROCESSABLE if form.errors else 200)
