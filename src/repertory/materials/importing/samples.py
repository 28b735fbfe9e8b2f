"""Lots of samples: a row is a lot with what came into the store of it. A lot that is known is not received again."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput
from repertory.core.inputs import read_input
from repertory.materials.access import visible_lots
from repertory.materials.actions import receive_lot
from repertory.materials.choices import Move
from repertory.materials.inputs import ReceiveLot
from repertory.materials.models import SampleLot
from repertory.platform.exchange.columns import Column, ColumnType
from repertory.platform.exchange.kinds import ImportPlan
from repertory.platform.exchange.rowwise import Outcome, RowwiseImporter, Values

T = gettext_lazy
COLUMNS = (
    Column("pack", T("规格编码"), aliases=("SKU", "SKU编码", "规格代码"), required=True, example="P00001-01"),
    Column("product", T("产品"), imported=False),
    Column("spec", T("规格"), imported=False),
    Column("lot_number", T("批号"), aliases=("批次", "生产批号"), required=True, example="240301"),
    Column("expires_on", T("有效期至"), ColumnType.DATE, aliases=("有效期", "失效日期"), required=True),
    Column("quantity", T("入库数量"), ColumnType.INTEGER, aliases=("数量", "盒数"), required=True, example="500"),
    Column("on", T("入库日期"), ColumnType.DATE, exported=False, note=T("不填为今天。")),
    Column("reason", T("来源说明"), aliases=("来源", "说明"), exported=False),
    Column("in_store", T("总库结存"), ColumnType.INTEGER, imported=False),
    Column("in_bags", T("人员结存"), ColumnType.INTEGER, imported=False),
    Column("given", T("已给客户"), ColumnType.INTEGER, imported=False),
)


def columns(actor: Actor) -> Sequence[Column]:
    return COLUMNS


def importer(plan: ImportPlan) -> RowwiseImporter:
    return RowwiseImporter(plan, write_row)


def write_row(plan: ImportPlan, values: Values) -> Outcome:
    """Receive a new lot; one that is known must agree."""
    data = read_input(ReceiveLot, {key: "" if value is None else value for key, value in values.items()})
    lot = SampleLot.objects.filter(pack__code=data.pack, lot_number=data.lot_number).first()
    if lot is None:
        receive_lot(actor=plan.actor, at=plan.at, data=data)
        return Outcome.CREATED
    _require_same(lot, data.expires_on, data.quantity)
    return Outcome.UNCHANGED


def _require_same(lot: SampleLot, expires_on: date, quantity: int) -> None:
    if lot.expires_on != expires_on:
        message = _("批号“%(lot)s”登记的有效期是 %(day)s，请核对。") % {"lot": lot.lot_number, "day": lot.expires_on}
        raise InvalidInput(message, code="other_expiry", field="expires_on")
    received = lot.moves.filter(kind=Move.RECEIVED).aggregate(sum=Sum("quantity"))["sum"] or 0
    if received != quantity:
        message = _("批号“%(lot)s”已入库 %(count)s 盒；再次入库请在批次页登记。")
        raise InvalidInput(
            message % {"lot": lot.lot_number, "count": received}, code="received_already", field="quantity"
        )


def export(actor: Actor, filters: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """The lots that the person sees, with where their packs are."""
    moved = {
        "received": Q(moves__kind=Move.RECEIVED),
        "in_store": Q(moves__holder=None),
        "in_bags": Q(moves__holder__isnull=False),
        "given": Q(moves__kind__in=(Move.GIVEN, Move.TAKEN_BACK)),
    }
    sums = {name: Sum("moves__quantity", filter=which, default=0) for name, which in moved.items()}
    rows = visible_lots(actor).select_related("pack__product").annotate(**sums)
    for lot in rows.order_by("pack__product__sort_key", "pack_id", "expires_on", "pk"):
        yield {
            "pack": lot.pack.code,
            "product": str(lot.pack.product),
            "spec": str(lot.pack),
            "lot_number": lot.lot_number,
            "expires_on": lot.expires_on,
            "quantity": lot.received,
            "in_store": lot.in_store,
            "in_bags": lot.in_bags,
            "given": -lot.given,
        }


def count(actor: Actor, filters: Mapping[str, str]) -> int:
    return visible_lots(actor).count()
