from repertory.organisation.actions.assignments import assign, end_assignment
from repertory.organisation.actions.people import choose_preferences, create_person, revise_person, set_password
from repertory.organisation.actions.territories import (
    close_territory,
    create_territory,
    move_territory,
    reopen_territory,
    revise_territory,
)
from repertory.organisation.actions.tokens import issue_token, revoke_token

__all__ = [
    "assign",
    "choose_preferences",
    "close_territory",
    "create_person",
    "create_territory",
    "end_assignment",
    "issue_token",
    "move_territory",
    "reopen_territory",
    "revise_person",
    "revise_territory",
    "revoke_token",
    "set_password",
]
