from repertory.customers.actions.card import (
    affiliate,
    delete_part,
    link_influence,
    note_date,
    record_department,
    record_key_person,
)
from repertory.customers.actions.contacts import note_contact, note_contacts, note_next_contact, restate_contact
from repertory.customers.actions.coverage import cover_customer, cover_customers, end_coverage, reassign_customers
from repertory.customers.actions.customer import create_customer, remove_customer, restore_customer, revise_customer
from repertory.customers.actions.duplicates import declare_distinct, find_duplicates
from repertory.customers.actions.facts import (
    decide_fact,
    invite_to_fill_in,
    receive_form,
    receive_survey,
    revoke_invitation,
)
from repertory.customers.actions.licences import (
    decide_first_trade,
    record_licence,
    record_licences,
    revise_licence,
    revoke_licence,
    submit_first_trade,
)
from repertory.customers.actions.life import accept_tier_proposal, decide_tier, move_stage, propose_tiers
from repertory.customers.actions.merging import merge_customers, undo_merge
from repertory.customers.actions.privacy import (
    erase_person,
    give_consent,
    log_opening,
    reveal_private,
    withdraw_consent,
)

__all__ = [
    "accept_tier_proposal",
    "affiliate",
    "cover_customer",
    "cover_customers",
    "create_customer",
    "decide_fact",
    "decide_first_trade",
    "decide_tier",
    "declare_distinct",
    "delete_part",
    "end_coverage",
    "erase_person",
    "find_duplicates",
    "give_consent",
    "invite_to_fill_in",
    "link_influence",
    "log_opening",
    "merge_customers",
    "move_stage",
    "note_contact",
    "note_contacts",
    "note_date",
    "note_next_contact",
    "propose_tiers",
    "reassign_customers",
    "receive_form",
    "receive_survey",
    "record_department",
    "record_key_person",
    "record_licence",
    "record_licences",
    "remove_customer",
    "restate_contact",
    "restore_customer",
    "reveal_private",
    "revise_customer",
    "revise_licence",
    "revoke_invitation",
    "revoke_licence",
    "submit_first_trade",
    "undo_merge",
    "withdraw_consent",
]
