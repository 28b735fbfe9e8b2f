from repertory.materials.actions.giving import (
    give_sample,
    hand_out,
    keep_signature,
    take_back_handout,
    take_back_sample,
)
from repertory.materials.actions.materials import create_material, remove_material, revise_material
from repertory.materials.actions.samples import (
    count_samples,
    issue_samples,
    lose_samples,
    receive_lot,
    return_samples,
)
from repertory.materials.actions.stock import count_stock, issue_stock, lose_stock, receive_stock, return_stock
from repertory.materials.actions.versions import (
    attach_version_file,
    decide_version,
    discard_version,
    draft_version,
    revise_version,
    submit_version,
    withdraw_version,
)

__all__ = [
    "attach_version_file",
    "count_samples",
    "count_stock",
    "create_material",
    "decide_version",
    "discard_version",
    "draft_version",
    "give_sample",
    "hand_out",
    "issue_samples",
    "issue_stock",
    "keep_signature",
    "lose_samples",
    "lose_stock",
    "receive_lot",
    "receive_stock",
    "remove_material",
    "return_samples",
    "return_stock",
    "revise_material",
    "revise_version",
    "submit_version",
    "take_back_handout",
    "take_back_sample",
    "withdraw_version",
]
