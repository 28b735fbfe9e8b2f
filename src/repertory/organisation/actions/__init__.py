from repertory.organisation.actions.assignments import assign, end_assignment
from repertory.organisation.actions.people import choose_preferences, create_person, revise_person, set_password
from repertory.organisation.actions.settings import (
    archive_custom_field,
    define_custom_field,
    record_audit_export,
    revise_custom_field,
    set_policy,
)
from repertory.organisation.actions.sign_in import (
    change_own_password,
    end_other_sessions,
    end_session,
    record_refused_sign_in,
    record_security_change,
    record_sign_in,
)
from repertory.organisation.actions.territories import (
    close_territory,
    create_territory,
    move_territory,
    reopen_territory,
    revise_territory,
)
from repertory.organisation.actions.tokens import issue_token, revoke_token
from repertory.organisation.actions.workdays import set_workday

__all__ = [
    "archive_custom_field",
    "define_custom_field",
    "revise_custom_field",
    "set_policy",
    "assign",
    "change_own_password",
    "choose_preferences",
    "close_territory",
    "create_person",
    "create_territory",
    "end_assignment",
    "end_other_sessions",
    "end_session",
    "issue_token",
    "move_territory",
    "reopen_territory",
    "record_audit_export",
    "record_refused_sign_in",
    "record_security_change",
    "record_sign_in",
    "revise_person",
    "revise_territory",
    "revoke_token",
    "set_password",
    "set_workday",
]
