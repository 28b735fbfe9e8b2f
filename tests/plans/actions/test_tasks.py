"""Tasks: given along the tree, worked on by the owner, checked by a superior, never by oneself. M-PLN-4."""

from datetime import date, timedelta

import pytest

from repertory.core.errors import InvalidInput, NotAllowed, NotFound, RuleViolation, Stale
from repertory.core.inputs import read_input
from repertory.core.time import day_of
from repertory.plans import access, actions, reminders
from repertory.plans.choices import TaskState
from repertory.plans.inputs import CancelTask, CheckTask, CommentTask, FinishTask, NoteTask, OpenTask, ReviseTask
from repertory.plans.queries.tasks import steps_of


def open_task(actor, at, **facts):
    given = {"kind": "week", "on": "2026-03-11", "text": "开发鼓楼医院心内科", **facts}
    return actions.open_task(actor=actor, at=at, data=read_input(OpenTask, given))


@pytest.fixture
def task(company, at):
    return open_task(company.actor("supervisor"), at, owner="rep", goal=3, unit="场")


def test_a_week_runs_from_monday_and_is_due_on_its_last_day(task):
    assert (task.starts_on, task.ends_on, task.due_on) == (date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 15))


@pytest.mark.parametrize(
    ("facts", "start", "end"),
    [
        ({"kind": "month"}, date(2026, 3, 1), date(2026, 4, 1)),
        ({"kind": "quarter"}, date(2026, 1, 1), date(2026, 4, 1)),
        ({"kind": "action", "until": "2026-05-20"}, date(2026, 3, 11), date(2026, 5, 21)),
    ],
)
def test_periods_of_the_other_kinds(company, at, facts, start, end):
    task = open_task(company.actor("rep"), at, **facts)
    assert (task.starts_on, task.ends_on) == (start, end)


def test_the_way_of_a_task(task, company, at):
    rep, supervisor = company.actor("rep"), company.actor("supervisor")
    actions.note_task(actor=rep, at=at, task_id=task.pk, data=NoteTask(text="第一场", reached=1))
    actions.comment_task(actor=supervisor, at=at, task_id=task.pk, data=CommentTask(text="抓紧"))
    actions.finish_task(actor=rep, at=at, task_id=task.pk, data=FinishTask(text="完成", reached=2))
    actions.check_task(actor=supervisor, at=at, task_id=task.pk, data=CheckTask(accept=False, text="还差一场"))
    actions.finish_task(actor=rep, at=at, task_id=task.pk, data=FinishTask(reached=3))
    done = actions.check_task(actor=company.actor("manager"), at=at, task_id=task.pk, data=CheckTask(accept=True))
    assert (done.state, done.reached, done.checked_by) == (TaskState.CHECKED, 3, company.people["manager"])
    kinds = [step.kind for step in steps_of(done)]
    assert kinds == ["opened", "noted", "commented", "done", "returned", "done", "checked"]
    with pytest.raises(RuleViolation):
        actions.note_task(actor=rep, at=at, task_id=task.pk, data=NoteTask(text="再记"))


def test_only_the_owner_works_on_it_and_nobody_checks_their_own(task, company, at):
    with pytest.raises(NotAllowed):
        actions.finish_task(actor=company.actor("supervisor"), at=at, task_id=task.pk, data=FinishTask())
    own = open_task(company.actor("supervisor"), at)
    actions.finish_task(actor=company.actor("supervisor"), at=at, task_id=own.pk, data=FinishTask())
    with pytest.raises(NotAllowed):
        actions.check_task(actor=company.actor("supervisor"), at=at, task_id=own.pk, data=CheckTask(accept=True))


def test_tasks_are_given_to_those_below_only(company, at):
    for giver, owner in (("rep", "teammate"), ("manager", "foreigner"), ("supervisor", "manager")):
        with pytest.raises(InvalidInput):
            open_task(company.actor(giver), at, owner=owner)
    with pytest.raises(NotAllowed):
        open_task(company.actor("auditor"), at)


def test_who_sees_a_task(task, company):
    seen = {who for who in company.people if access.visible_tasks(company.actor(who)).filter(pk=task.pk).exists()}
    assert seen == {"rep", "supervisor", "manager", "boss", "admin", "auditor"}
    with pytest.raises(NotFound):
        access.get_task(company.actor("teammate"), task.pk)


def test_an_open_task_is_corrected_or_cancelled_by_its_giver(task, company, at):
    supervisor = company.actor("supervisor")
    data = ReviseTask(goal=5, version=task.version)
    actions.revise_task(actor=supervisor, at=at, task_id=task.pk, data=data)
    with pytest.raises(Stale):
        actions.revise_task(actor=supervisor, at=at, task_id=task.pk, data=data)
    with pytest.raises(NotAllowed):
        actions.cancel_task(actor=company.actor("rep"), at=at, task_id=task.pk, data=CancelTask(reason="不做了"))
    actions.cancel_task(actor=supervisor, at=at, task_id=task.pk, data=CancelTask(reason="改计划"))


def test_a_task_due_before_its_period_is_refused(company, at):
    with pytest.raises(RuleViolation):
        open_task(company.actor("rep"), at, due_on="2026-03-01")


def test_the_owner_is_reminded_before_and_the_superior_after_the_day(task, company, at):
    people = {person.pk: name for name, person in company.people.items()}

    def told(ask, day):
        return [people[one.person_id] for one in ask(day, {"on": True, "days": 1}, None)]

    assert told(reminders.tasks_due, task.due_on - timedelta(days=2)) == []
    assert told(reminders.tasks_due, task.due_on - timedelta(days=1)) == ["rep"]
    assert told(reminders.tasks_lagging, task.due_on) == []
    assert told(reminders.tasks_lagging, task.due_on + timedelta(days=1)) == ["supervisor"]
    actions.finish_task(actor=company.actor("rep"), at=at, task_id=task.pk, data=FinishTask())
    assert told(reminders.tasks_lagging, day_of(at)) == []
    assert told(reminders.tasks_to_check, day_of(at)) == ["supervisor"]
