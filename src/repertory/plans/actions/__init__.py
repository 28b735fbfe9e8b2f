from repertory.plans.actions.breaking import break_down
from repertory.plans.actions.figures import set_figures
from repertory.plans.actions.plans import create_plan, decide_plan, discard_plan, revise_plan, rework_plan, submit_plan
from repertory.plans.actions.replies import answer_reply, propose_figure

__all__ = [
    "answer_reply",
    "break_down",
    "create_plan",
    "decide_plan",
    "discard_plan",
    "propose_figure",
    "revise_plan",
    "rework_plan",
    "set_figures",
    "submit_plan",
]
