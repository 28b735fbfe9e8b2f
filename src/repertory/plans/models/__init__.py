from repertory.plans.models.figures import CustomerFigure, TargetFigure
from repertory.plans.models.plans import TargetPlan, TargetReply
from repertory.plans.models.tasks import Task, TaskStep

__all__ = [
    "CustomerFigure",
    "TargetFigure",
    "TargetPlan",
    "TargetReply",
    "Task",
    "TaskStep",
]
