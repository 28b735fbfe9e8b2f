"""`repertory verify` names what somebody broke in plans and tasks behind the program's back. M-PLN-1, M-PLT-4."""

from datetime import timedelta

import pytest
from django.db import connection

from repertory.config import plan_checks
from repertory.core.actor import system_actor
from repertory.core.inputs import read_input
from repertory.core.time import now
from repertory.plans import actions
from repertory.plans.inputs import BreakDown, FinishTask, NoteTask, OpenTask, ReviseFigures
from tests.factories.archive import open_archive
from tests.factories.catalogue import open_product
from tests.factories.targets import drawn_up, in_force

# Name of the check → statements that break what it guards.
BREAKS = {
    "target_sums": (
        "UPDATE plans_targetfigure SET value = value + 100000 WHERE parts = 'nodes'",
        "UPDATE plans_targetfigure SET value = value + 100000 WHERE parts = 'customers'",
        "UPDATE plans_customerfigure SET value = value + 100000",
        "UPDATE plans_targetfigure SET parts = '' WHERE parts = 'customers'",
        "UPDATE plans_targetfigure SET parts = 'nodes' WHERE parts = 'customers'",
        "DELETE FROM plans_customerfigure",
    ),
    "target_tree": (
        "UPDATE plans_targetfigure SET level = 'stretch' WHERE parts = 'customers'",
        "UPDATE plans_targetplan SET year = year + 1",
        "UPDATE plans_targetplan SET step = 700000",
    ),
    "plan_versions": (
        "UPDATE plans_targetplan SET number = 7 WHERE number = 2",
        "UPDATE plans_targetplan SET author_id = decided_by_id WHERE number = 1",
        "UPDATE plans_targetplan SET decided_at = NULL WHERE number = 1",
    ),
    "task_steps": (
        "UPDATE plans_task SET state = 'open'",
        "UPDATE plans_task SET reached = 0",
        "DELETE FROM plans_taskstep WHERE kind = 'done'",
    ),
}


@pytest.fixture
def whole(company):
    """A plan in force, its next version, and a task that is done."""
    at = now() - timedelta(hours=1)
    system = {"actor": system_actor(), "at": at}
    open_archive(at=at, territory="E1A", name="南京鼓楼医院")
    plan = drawn_up({open_product(at=at, name="阿托伐他汀钙片", number=1): 12_000}, at=at)
    down = BreakDown(territory="CO", method="equal", depth="customers")
    actions.break_down(**system, plan_id=plan.pk, data=down)
    in_force(plan, at=at)
    actions.revise_plan(**system, plan_id=plan.pk, data=ReviseFigures(reason="集采"))
    facts = {"kind": "week", "on": at.date(), "text": "开发鼓楼医院", "goal": 3, "unit": "场", "owner": "rep"}
    task = actions.open_task(**system, data=read_input(OpenTask, facts))
    actions.note_task(**system, task_id=task.pk, data=NoteTask(text="开了一场", reached=1))
    actions.finish_task(**system, task_id=task.pk, data=FinishTask(reached=3))
    return plan


def found() -> dict[str, list[str]]:
    return {check.__name__: problems for check in plan_checks.CHECKS if (problems := list(check()))}


def test_what_the_actions_wrote_is_whole(whole):
    assert found() == {}


@pytest.mark.parametrize(("check", "statement"), [(check, one) for check, all_ in BREAKS.items() for one in all_])
def test_a_broken_row_is_named_by_its_check(whole, check, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount
    assert check in found()


def test_every_check_has_something_that_breaks_it():
    assert {check.__name__ for check in plan_checks.CHECKS} == set(BREAKS)
