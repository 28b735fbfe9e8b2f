"""What distributors say of their stock, and chains that may be longer than the rule."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput, RuleViolation
from repertory.core.periods import month_name
from repertory.customers.choices import Kind
from repertory.customers.models import Customer
from repertory.organisation.access import require
from repertory.platform.audit_lines import Line
from repertory.platform.unit import action, record
from repertory.products.models import Product
from repertory.sales import access
from repertory.sales.actions.months import lock_month
from repertory.sales.actions.unknown import unknown
from repertory.sales.inputs import ExemptChain, RecordStock
from repertory.sales.models import ChainExemption, StockStatement

FIGURES = ("opening", "received", "sold", "closing")


@action
def record_stock(*, actor: Actor, at: datetime, data: RecordStock) -> tuple[StockStatement, str]:
    """Keep what a distributor says; ("created", "updated" or "unchanged"). Whether it adds up is shown, not refused: it is
    their statement. RuleViolation for a closed month, InvalidInput for a month that there is not."""
    require(access.may_import(actor))
    if not 1 <= data.month % 100 <= 12:
        raise InvalidInput(_("月份看不懂，请写成 2026-03 这样。"), code="month", field="month")
    if not Customer.objects.filter(pk=data.seller, kind=Kind.DISTRIBUTOR).exists():
        raise unknown("seller")
    if not Product.objects.filter(pk=data.product).exists():
        raise unknown("product")
    known = StockStatement.objects.filter(seller_id=data.seller, month=data.month, product_id=data.product).first()
    figures = {name: getattr(data, name) for name in FIGURES}
    if known is not None and all(getattr(known, name) == value for name, value in figures.items()):
        return known, "unchanged"
    lock_month(data.month)
    before = {name: getattr(known, name) if known else None for name in FIGURES}
    values = {**figures, "at": at, "by_id": actor.user_id}
    row, created = StockStatement.objects.update_or_create(
        seller_id=data.seller, month=data.month, product_id=data.product, defaults=values
    )
    changes = {
        name: [None if before[name] is None else str(before[name]), str(value)] for name, value in figures.items()
    }
    record(Line("stated", "stock_statement", row.pk, month_name(data.month), changes))
    return row, "created" if created else "updated"


@action
def exempt_chain(*, actor: Actor, at: datetime, data: ExemptChain) -> ChainExemption:
    """A longer chain is lawful, and why."""
    require(access.may_keep(actor))
    if data.ends_on is not None and data.ends_on <= data.starts_on:
        raise InvalidInput(_("结束日期要晚于开始日期。"), code="range", field="ends_on")
    if data.seller is not None and not Customer.objects.filter(pk=data.seller, kind=Kind.DISTRIBUTOR).exists():
        raise unknown("seller")
    if data.product is not None and not Product.objects.filter(pk=data.product).exists():
        raise unknown("product")
    same: dict[str, Any] = {"seller_id": data.seller, "product_id": data.product}
    if ChainExemption.objects.filter(**same, ends_on=None).exists():
        raise RuleViolation(_("已经有一条同样的豁免。"), code="exempted", field="seller")
    row = ChainExemption.objects.create(
        seller_id=data.seller,
        product_id=data.product,
        reason=data.reason,
        starts_on=data.starts_on,
        ends_on=data.ends_on,
    )
    record(Line("exempted", "chain_exemption", row.pk, data.reason, {"seller": [None, data.seller]}, data.reason))
    return row
