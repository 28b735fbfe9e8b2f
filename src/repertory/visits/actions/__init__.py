from repertory.visits.actions.coaching import read_coaching, record_coaching, reply_coaching
from repertory.visits.actions.emails import claim_emails, send_email, settle_emails
from repertory.visits.actions.photos import attach_photo
from repertory.visits.actions.planning import (
    cancel_visit,
    move_visit,
    plan_visit,
    revise_planned,
    take_up_visit,
    turn_next_contacts,
)
from repertory.visits.actions.plans import decide_plan, propose_plan, submit_plan
from repertory.visits.actions.recording import (
    amend_visit,
    bring_in_visit,
    complete_visit,
    record_visit,
    update_brought_in,
)
from repertory.visits.actions.reports import comment_report, read_report, send_report
from repertory.visits.actions.routes import apply_route
from repertory.visits.actions.settings import (
    drop_frequency,
    drop_hours,
    record_institution_consent,
    set_frequency,
    set_hours,
    set_institution_terms,
)

__all__ = [
    "amend_visit",
    "apply_route",
    "attach_photo",
    "bring_in_visit",
    "cancel_visit",
    "claim_emails",
    "comment_report",
    "complete_visit",
    "decide_plan",
    "drop_frequency",
    "drop_hours",
    "move_visit",
    "plan_visit",
    "propose_plan",
    "read_coaching",
    "read_report",
    "record_coaching",
    "record_institution_consent",
    "record_visit",
    "reply_coaching",
    "revise_planned",
    "send_email",
    "send_report",
    "set_frequency",
    "set_hours",
    "set_institution_terms",
    "settle_emails",
    "submit_plan",
    "take_up_visit",
    "turn_next_contacts",
    "update_brought_in",
]
