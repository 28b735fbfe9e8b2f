"""What `repertory verify` asks of plans: that every sum agrees with its parts."""

from collections.abc import Callable, Iterator

from django.db.models import BigIntegerField, ExpressionWrapper, F, Sum

from repertory.plans.choices import OPEN_STATES, Parts, TaskState, TaskStepKind
from repertory.plans.models import CustomerFigure, TargetFigure, TargetPlan, Task, TaskStep

Problems = Iterator[str]
UNITS = ExpressionWrapper(F("value"), output_field=BigIntegerField())
CHUNK = 2_000


def target_sums() -> Problems:
    """A figure is the sum of the figures below it, or of its customers, exactly; what is not broken down has no parts."""
    of_nodes = TargetFigure.objects.exclude(parent=None).order_by().values_list("parent").annotate(units=Sum("value"))
    of_customers = CustomerFigure.objects.order_by().values_list("figure").annotate(units=Sum("value"))
    sums = {Parts.NODES: dict(of_nodes), Parts.CUSTOMERS: dict(of_customers), Parts.NONE: {}}
    figures = TargetFigure.objects.order_by("pk").values_list("pk", "parts", "value")
    for key, parts, value in figures.iterator(chunk_size=CHUNK):
        for kind, found in sums.items():
            if (key in found) != (kind == parts != Parts.NONE):
                yield f"figure {key}: parts {parts or 'none'}"
        if parts and sums[Parts(parts)].get(key) != value:
            yield f"figure {key}: {value}, its {parts} {sums[Parts(parts)].get(key)}"


def target_tree() -> Problems:
    """A figure's parts are of its own plan, level, month and product; figures are whole steps of their plan."""
    torn = TargetFigure.objects.exclude(parent=None).exclude(
        parent__plan=F("plan"), parent__level=F("level"), parent__month=F("month"), parent__product=F("product")
    )
    for key in torn.values_list("pk", flat=True):
        yield f"figure {key}: another cell than the one above"
    for plan in TargetPlan.objects.order_by("pk"):
        step = TargetPlan._meta.get_field("step").get_prep_value(plan.step)
        rows = TargetFigure.objects.filter(plan=plan).annotate(units=UNITS, rest=F("units") % step)
        for key in rows.exclude(rest=0).values_list("pk", flat=True):
            yield f"figure {key}: no whole step"
        for key in (
            TargetFigure.objects.filter(plan=plan)
            .exclude(month__gte=plan.year * 100 + 1, month__lte=plan.year * 100 + 12)
            .values_list("pk", flat=True)
        ):
            yield f"figure {key}: another year"


def plan_versions() -> Problems:
    """Versions count from 1; whoever drew one up or submitted it did not approve it."""
    numbers: dict[tuple[int, str], int] = {}
    for plan in TargetPlan.objects.order_by("year", "measure", "number", "pk"):
        last = numbers.get((plan.year, plan.measure), 0)
        if plan.number != last + 1:
            yield f"plan {plan.pk}: version {plan.number} after {last}"
        numbers[plan.year, plan.measure] = plan.number
        if plan.decided_by_id is not None and plan.decided_by_id in (plan.author_id, plan.submitted_by_id):
            yield f"plan {plan.pk}: decided by its author"
        if (plan.state not in OPEN_STATES) != (plan.decided_at is not None):
            yield f"plan {plan.pk}: {plan.state} and yet decided at {plan.decided_at}"


def task_steps() -> Problems:
    """A task stands where its last step left it, and holds what was reached last."""
    stands = {
        TaskStepKind.OPENED: TaskState.OPEN,
        TaskStepKind.RETURNED: TaskState.OPEN,
        TaskStepKind.DONE: TaskState.DONE,
        TaskStepKind.CHECKED: TaskState.CHECKED,
        TaskStepKind.CANCELLED: TaskState.CANCELLED,
    }
    state: dict[int, str] = {}
    reached: dict[int, object] = {}
    for step in TaskStep.objects.order_by("task_id", "pk").iterator(chunk_size=CHUNK):
        state[step.task_id] = stands.get(TaskStepKind(step.kind), state.get(step.task_id))
        if step.reached is not None:
            reached[step.task_id] = step.reached
    for task in Task.objects.order_by("pk").iterator(chunk_size=CHUNK):
        if state.get(task.pk) != task.state:
            yield f"task {task.pk}: {task.state} after {state.get(task.pk)}"
        if reached.get(task.pk, 0) != task.reached:
            yield f"task {task.pk}: reached {task.reached}"


CHECKS: tuple[Callable[[], Problems], ...] = (target_sums, target_tree, plan_versions, task_steps)
