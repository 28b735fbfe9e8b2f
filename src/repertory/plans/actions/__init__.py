from repertory.plans.actions.breaking import break_down
from repertory.plans.actions.figures import set_figures
from repertory.plans.actions.plans import create_plan, discard_plan, revise_plan, submit_plan, take_back_plan
from repertory.plans.actions.replies import answer_reply, propose_figure
from repertory.plans.actions.tasks import (
    cancel_task,
    check_task,
    comment_task,
    finish_task,
    note_task,
    open_task,
    revise_task,
)

__all__ = [
    "answer_reply",
    "break_down",
    "cancel_task",
    "check_task",
    "comment_task",
    "create_plan",
    "discard_plan",
    "finish_task",
    "note_task",
    "open_task",
    "propose_figure",
    "revise_plan",
    "revise_task",
    "set_figures",
    "submit_plan",
    "take_back_plan",
]
