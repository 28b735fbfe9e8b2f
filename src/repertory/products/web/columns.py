"""How each column of the list looks."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from repertory.core import formats
from repertory.core.listing import Column
from repertory.core.web import tables
from repertory.core.web.tables import tag
from repertory.platform.custom_forms import shown_text
from repertory.products.choices import MessageState, Stage, Standing
from repertory.products.models import Product
from repertory.products.queries.product import Wording

DEFAULT = (
    "generic_name",
    "trade_name",
    "approval_number",
    "dosage_form",
    "line",
    "insurance_class",
    "prescription_class",
    "stage",
    "packs",
    "product_manager",
)
FIRST = "generic_name"
STAGE_TONES = {
    Stage.DEVELOPMENT: "",
    Stage.PREPARATION: "accent",
    Stage.ON_SALE: "good",
    Stage.SUSPENDED: "warn",
    Stage.WITHDRAWN: "bad",
}
STATE_TONES = {
    MessageState.DRAFT: "",
    MessageState.SUBMITTED: "note",
    MessageState.RETURNED: "warn",
    MessageState.APPROVED: "good",
    MessageState.WITHDRAWN: "bad",
}
STANDING_TONES = {Standing.USABLE: "good", Standing.UPCOMING: "note", Standing.SUPERSEDED: ""}
SHORT = {"stage": _("阶段"), "insurance_class": _("医保"), "prescription_class": _("类别"), "packs": _("规格数")}
# Where the longer label would widen the list.
BRIEF = {"rx": _("处方药"), "otc_a": _("甲类 OTC"), "otc_b": _("乙类 OTC")}
Cell = Callable[[Product], Any]


def table_columns(known: Mapping[str, Column], keys: tuple[str, ...], *, today: date) -> list[tables.Column]:
    """The columns of these keys, in this order, the name always first."""
    wanted = [known[key] for key in dict.fromkeys((FIRST, *keys)) if key in known]
    return [_shown(column, _cell(column, today)) for column in wanted]


def _shown(column: Column, cell: Cell) -> tables.Column:
    css = "num" if column.kind == "number" else ""
    label = SHORT.get(column.key, column.label)
    return tables.Column(column.key, label, cell, sort=column.sortable, css=css, title=column.key == FIRST)


def _cell(column: Column, today: date) -> Cell:
    key = column.key
    if key == "stage":
        return lambda row: stage_tag(row.stage)
    if column.custom:
        name = key.removeprefix("custom.")
        return lambda row: shown_text(row.custom.get(name))
    if column.kind == "choice":
        labels = {code: str(label) for code, label in column.choices}
        labels |= {code: str(label) for code, label in BRIEF.items() if code in labels}
        return lambda row: labels.get(getattr(row, key), "")
    if column.kind in ("date", "datetime"):
        return lambda row: formats.human_date(getattr(row, key), today)
    if column.kind == "number":
        return lambda row: formats.number(row.pack_count) if row.pack_count else ""
    return lambda row: str(getattr(row, key) or "")


def stage_tag(stage: str) -> str:
    return tag(Stage(stage).label, STAGE_TONES[Stage(stage)])


def wording_tag(wording: Wording) -> str:
    """Of what is approved how it stands today, of anything else its state."""
    if wording.version.state != MessageState.APPROVED:
        state = MessageState(wording.version.state)
        return tag(state.label, STATE_TONES[state])
    if wording.expiring:
        return tag(_("即将到期"), "warn")
    return tag(wording.standing.label, STANDING_TONES.get(wording.standing, "bad"))
