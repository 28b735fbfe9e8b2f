"""Says where figures do not agree: which node, product and month, and what to do."""

from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from repertory.core.errors import InvalidInput, RuleViolation
from repertory.core.exact import from_units
from repertory.core.periods import month_name
from repertory.plans.actions.rows import Cell, Row
from repertory.plans.choices import Level, Parts
from repertory.plans.nodes import Node, Nodes
from repertory.plans.splitting import Reason, Unsplittable
from repertory.products.models import Product


class Figures(Protocol):
    """The figures that a place is in."""

    level: str
    step: int
    nodes: Nodes


def sums_disagree(sheet: Figures, row: Row, error: Unsplittable) -> RuleViolation:
    """The fixed parts of a row exceed it, or nothing free is left to take the rest."""
    if error.reason == Reason.EXCEEDED:
        message = _(
            "%(place)s：已锁定的各部分合计 %(fixed)s，超过上级指标 %(total)s。请调低其中几项、解除锁定，或先调高上级指标。"
        )
    else:
        message = _(
            "%(place)s：各部分合计 %(fixed)s，与上级指标 %(total)s 不符，而且都已锁定，没有可以分摊的部分。请解除一项锁定。"
        )
    sums = {"fixed": amount(sheet, error.fixed), "total": amount(sheet, error.total)}
    return _refusal(sheet, row.territory_id, row.cell, message, "sums_disagree", **sums)


def nothing_above(sheet: Figures, node: Node, cell: Cell) -> RuleViolation:
    message = _("%(place)s：上级区域还没有这个产品当月的指标，请先给上级定指标。")
    return _refusal(sheet, node.pk, cell, message, "nothing_above")


def broken_into_customers(sheet: Figures, row: Row) -> RuleViolation:
    message = _("%(place)s：指标已经直接分解到客户，不能再分给下级区域。请先按“下级区域”重新分解。")
    return _refusal(sheet, row.territory_id, row.cell, message, Parts.CUSTOMERS)


def broken_into_nodes(sheet: Figures, row: Row) -> RuleViolation:
    message = _("%(place)s：指标已经分给下级区域，客户的指标请填在下级区域里。")
    return _refusal(sheet, row.territory_id, row.cell, message, Parts.NODES)


def unknown_part(code: str, number: int) -> InvalidInput:
    message = _("“%(code)s”不是这里的下级区域，也不是这里的客户。") % {"code": code}
    return InvalidInput(message, code="unknown_part", field=f"weights.{number}.code")


def amount(sheet: Figures, steps: int) -> str:
    value: Decimal = from_units(steps * sheet.step)
    return f"{value:,.2f}".removesuffix(".00")


def _refusal(sheet: Figures, territory_id: int, cell: Cell, message: str, code: str, **facts: str) -> RuleViolation:
    product = str(Product.objects.filter(pk=cell.product_id).first() or "")
    level = "" if sheet.level == Level.BASE else f" {Level(sheet.level).label}"
    place = f"{sheet.nodes.named(territory_id)} {month_name(cell.month)} {product}{level}"
    details = {
        "territory_id": territory_id,
        "month": cell.month,
        "product_id": cell.product_id,
        "level": str(sheet.level),
    }
    return RuleViolation(message % {"place": place, **facts}, code=code, field="value", details=details)
