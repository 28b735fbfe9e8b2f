"""How each column of the list looks."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from repertory.core import formats, regions
from repertory.core.web import tables
from repertory.core.web.tables import tag
from repertory.customers.choices import Stage, Tier
from repertory.customers.models import Customer
from repertory.customers.queries.columns import Column
from repertory.customers.queries.shown import Carer
from repertory.platform.custom_forms import shown_text

DEFAULT = ("name", "kind", "tier", "stage", "city_code", "institution", "territory", "last_contact_on", "completeness")
FIRST = "name"
STAGE_TONES = {
    Stage.POTENTIAL: "",
    Stage.DEVELOPING: "accent",
    Stage.ACTIVE: "good",
    Stage.DORMANT: "warn",
    Stage.LOST: "bad",
}
TIER_TONES = {Tier.A: "strong", Tier.B: "accent", Tier.C: ""}
# Headings of the list that are shorter than, or other than, the field's label.
SHORT = {
    "tier": _("等级"),
    "stage": _("阶段"),
    "province_code": _("省份"),
    "city_code": _("城市"),
    "institution": _("机构"),
    "territory": _("负责人"),
    "completeness": _("完整度"),
}

Cell = Callable[[Customer], Any]


def table_columns(
    known: Mapping[str, Column],
    keys: tuple[str, ...],
    *,
    carers: Mapping[int, list[Carer]],
    linked: Mapping[int, str],
    today: date,
) -> list[tables.Column]:
    """The columns of these keys, in this order, the name always first. linked: names of the customers that custom values
    refer to, by key."""
    wanted = [known[key] for key in dict.fromkeys((FIRST, *keys)) if key in known]
    return [_shown(column, _cell(column, carers, linked, today)) for column in wanted]


def _shown(column: Column, cell: Cell) -> tables.Column:
    css = "num" if column.kind == "number" else ""
    return tables.Column(
        column.key, SHORT.get(column.key, column.label), cell, sort=column.sortable, css=css, title=column.key == FIRST
    )


def _cell(column: Column, carers: Mapping[int, list[Carer]], linked: Mapping[int, str], today: date) -> Cell:
    if column.key == "territory":
        return lambda row: _("、").join(carer.person or carer.territory for carer in carers.get(row.pk, ()))
    if column.key in OWN:
        return OWN[column.key]
    if column.key == "stage":
        stages = {stage: stage_tag(stage) for stage in Stage.values}
        return lambda row: stages[row.stage]
    if column.key == "tier":
        tiers = {tier: tier_tag(tier) for tier in ("", *Tier.values)}
        return lambda row: tiers[row.tier]
    if column.custom:
        key = column.key.removeprefix("custom.")
        if column.kind == "number":
            return lambda row: formats.number(Decimal(row.custom[key])) if row.custom.get(key) else ""
        if column.kind == "reference":
            return lambda row: linked.get(row.custom.get(key)) or shown_text(row.custom.get(key))
        return lambda row: shown_text(row.custom.get(key))
    read = _reader(column.path)
    if column.kind == "choice":
        labels = {code: str(label) for code, label in column.choices}
        return lambda row: labels.get(read(row), "")
    if column.kind in ("date", "datetime"):
        return lambda row: formats.human_date(read(row), today)
    if column.kind == "number":
        return lambda row: formats.number(read(row))
    return lambda row: read(row) or ""


def _reader(path: str) -> Cell:
    holder, _, name = path.rpartition("__")
    if not holder:
        return lambda row: getattr(row, name)
    return lambda row: getattr(getattr(row, holder, None), name, None)


def stage_tag(stage: str) -> str:
    return tag(Stage(stage).label, STAGE_TONES[Stage(stage)])


def tier_tag(tier: str) -> str:
    return tag(tier, TIER_TONES.get(tier, ""))  # type: ignore[call-overload]


def place(code: str) -> str:
    """The name of the deepest level of a region code."""
    region = regions.by_code(code) if code else None
    return (region.county or region.city or region.province) if region else ""


OWN: dict[str, Cell] = {
    "province_code": lambda row: place(row.province_code),
    "city_code": lambda row: place(row.city_code),
    "county_code": lambda row: place(row.county_code),
    "completeness": lambda row: f"{row.completeness}%",
}
