"""What `repertory verify` asks of approvals: nobody their own, nobody twice, nothing ended half way."""

from collections.abc import Callable, Iterator

from repertory.platform.approvals.chain import barred_of, used_of
from repertory.platform.models import ApprovalRequest
from repertory.platform.models.approvals import RequestState, StepState

CHUNK = 2_000
DECIDED = (StepState.APPROVED, StepState.REJECTED)
Problems = Iterator[str]


def approvals_by_others() -> Problems:
    """Nobody decided what they asked for or made, nor two steps of the same request, by whatever hand."""
    for request in _all():
        steps = [step for step in request.steps.all() if step.principal_id is not None]
        if barred_of(request) & used_of(steps):
            yield f"approval {request.pk} was decided by who asked for it"
        people = [person for step in steps for person in {step.principal_id, step.decided_by_id}]
        if len(people) != len(set(people)):
            yield f"approval {request.pk} was decided twice by the same person"


def approval_chains() -> Problems:
    """Approved: every step is. Rejected: the last decided one is the refusal. Waiting: the turn is the first open step's."""
    for request in _all():
        steps = sorted(request.steps.all(), key=lambda step: step.position)
        states = [step.state for step in steps]
        if [step.position for step in steps] != list(range(1, len(steps) + 1)) or not steps:
            yield f"approval {request.pk}: steps do not count from 1"
        elif not _fits(request, states):
            yield f"approval {request.pk}: {request.state} with steps {', '.join(states)} at {request.step}"


def _fits(request: ApprovalRequest, states: list[str]) -> bool:
    approved = states.count(StepState.APPROVED)
    rest = states[approved:]
    if any(state != StepState.APPROVED for state in states[:approved]):
        return False
    if request.state == RequestState.APPROVED:
        return not rest
    if request.state == RequestState.REJECTED:
        return rest[:1] == [StepState.REJECTED] and set(rest[1:]) <= {StepState.DROPPED}
    wanted = StepState.WAITING if request.state == RequestState.WAITING else StepState.DROPPED
    return bool(rest) and set(rest) == {wanted} and request.step == approved + 1


def _all() -> Iterator[ApprovalRequest]:
    return ApprovalRequest.objects.prefetch_related("steps").order_by("pk").iterator(chunk_size=CHUNK)


CHECKS: tuple[Callable[[], Problems], ...] = (approvals_by_others, approval_chains)
