from repertory.service.actions.adverse import (
    close_event,
    correct_adverse_event,
    follow_up_event,
    hand_over_event,
    report_adverse_event,
    reveal_persons,
)
from repertory.service.actions.cases import (
    answer_case,
    note_progress,
    open_case,
    reopen_case,
    revise_case,
    take_case,
    tell_customer,
)
from repertory.service.actions.escalation import escalate_late_cases
from repertory.service.actions.owners import assign_case, hand_over_cases

__all__ = [
    "answer_case",
    "assign_case",
    "close_event",
    "correct_adverse_event",
    "escalate_late_cases",
    "follow_up_event",
    "hand_over_cases",
    "hand_over_event",
    "note_progress",
    "open_case",
    "reopen_case",
    "report_adverse_event",
    "reveal_persons",
    "revise_case",
    "take_case",
    "tell_customer",
]
