from repertory.products.actions.feedback import (
    answer_suggestion,
    plan_milestone,
    revise_milestone,
    suggest_change,
)
from repertory.products.actions.lines import add_line_team, create_line, end_line_team, revise_line
from repertory.products.actions.messages import (
    decide_message,
    discard_draft,
    draft_message,
    draft_next_version,
    revise_draft,
    submit_message,
    withdraw_message,
)
from repertory.products.actions.packs import add_pack, revise_pack
from repertory.products.actions.prices import (
    add_price,
    discard_price_list,
    draft_next_price_list,
    draft_price_list,
    remove_price,
    revise_price,
    revise_price_list,
    submit_price_list,
    take_back_price_list,
    withdraw_price_list,
)
from repertory.products.actions.product import create_product, move_product_stage, remove_product, revise_product

__all__ = [
    "add_price",
    "discard_price_list",
    "draft_next_price_list",
    "draft_price_list",
    "remove_price",
    "revise_price",
    "revise_price_list",
    "submit_price_list",
    "take_back_price_list",
    "withdraw_price_list",
    "answer_suggestion",
    "plan_milestone",
    "revise_milestone",
    "suggest_change",
    "add_line_team",
    "add_pack",
    "create_line",
    "create_product",
    "decide_message",
    "discard_draft",
    "draft_message",
    "draft_next_version",
    "end_line_team",
    "move_product_stage",
    "remove_product",
    "revise_draft",
    "revise_line",
    "revise_pack",
    "revise_product",
    "submit_message",
    "withdraw_message",
]
