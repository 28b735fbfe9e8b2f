from repertory.platform.approvals.actions.deciding import (
    approve_step,
    reject_request,
    request_approval,
    withdraw_of,
    withdraw_request,
)
from repertory.platform.approvals.actions.deputies import end_deputy, name_deputy
from repertory.platform.approvals.actions.routes import set_route

__all__ = [
    "approve_step",
    "end_deputy",
    "name_deputy",
    "reject_request",
    "request_approval",
    "set_route",
    "withdraw_of",
    "withdraw_request",
]
