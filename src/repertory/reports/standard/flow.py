"""流向检查报表: goods found elsewhere, stock that does not add up, rows that wait."""

from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, Min, Sum, When
from django.utils.translation import gettext as _

from repertory.core.exact import ExactField
from repertory.core.periods import month_name, shifted
from repertory.organisation.models import path_end
from repertory.reports.choices import ReportName
from repertory.reports.rendering.document import Document, Figure, Head, Kind, Row, Section, Table
from repertory.reports.standard.orders import Order, document
from repertory.sales import access
from repertory.sales.choices import FileState, RowState, StrayState
from repertory.sales.links import entries_url
from repertory.sales.models import HeldRow, StockStatement, StrayFlow

MOST_LINES = 500
OPEN_FIRST = Case(When(state=StrayState.OPEN, then=0), default=1)


def build(order: Order) -> Document:
    """Stock and held rows say something of whole files: only to those who see files."""
    sections = [_stray(order)]
    if access.may_see_files(order.actor):
        sections += [_stock(order), _held(order)]
    return document(order, ReportName.FLOW, sections)


def _stray(order: Order) -> Section:
    rows = _of_period(access.visible_sales(order.actor, StrayFlow.objects.all()), order)
    if order.node is not None and order.node.depth > 1:
        rows = rows.filter(territory__path__gte=order.node.path, territory__path__lt=path_end(order.node.path))
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    amount = rows.aggregate(amount=Sum("amount"))["amount"] or Decimal(0)
    figures = [
        Figure("open", _("待处理"), counts.get(StrayState.OPEN, 0), tone="bad" if counts.get(StrayState.OPEN) else ""),
        Figure("confirmed", _("确认窜货"), counts.get(StrayState.CONFIRMED, 0)),
        Figure("amount", _("涉及金额（元）"), amount, Kind.MONEY),
    ]
    heads = [
        Head("month", _("月份")),
        Head("seller", _("商业公司")),
        Head("customer", _("客户")),
        Head("territory", _("流入区域")),
        Head("product", _("产品")),
        Head("quantity", _("数量"), Kind.QUANTITY),
        Head("amount", _("金额（元）"), Kind.MONEY),
        Head("state", _("状态")),
    ]
    listed = rows.select_related("seller", "customer", "product", "territory").order_by(OPEN_FIRST, "-amount", "pk")
    lines = [
        Row(
            (month_name(row.month), row.seller.name, row.customer.name, row.territory.name if row.territory else "",
             str(row.product), row.quantity, row.amount, row.get_state_display()),
            {"amount": entries_url(period=order.period, product=row.product_id, customer=row.customer_id)},
        )
        for row in listed[:MOST_LINES]
    ]  # fmt: skip
    return Section("stray", _("哪些货流到了别的区域？"), figures, table=Table(heads, lines, empty=_("没有发现窜货。")))


def _stock(order: Order) -> Section:
    """Where opening + received − sold is not closing, or the opening is not the closing of the month before."""
    rows = _of_period(StockStatement.objects.all(), order).select_related("seller", "product")
    before = {
        (row.seller_id, row.product_id, shifted(row.month, 1)): row.closing
        for row in StockStatement.objects.filter(
            month__gte=shifted(order.period.first, -1), month__lte=order.period.last
        )
    }
    lines = []
    for row in rows.order_by("month", "seller__sort_key", "product__sort_key", "pk"):
        expected = row.opening + row.received - row.sold
        earlier = before.get((row.seller_id, row.product_id, row.month))
        jump = None if earlier is None else row.opening - earlier
        if expected != row.closing or jump:
            lines.append(
                Row(
                    (month_name(row.month), row.seller.name, str(row.product), row.opening, row.received, row.sold,
                     row.closing, row.closing - expected, jump)
                )
            )  # fmt: skip
    heads = [
        Head("month", _("月份")),
        Head("seller", _("商业公司")),
        Head("product", _("产品")),
        Head("opening", _("期初"), Kind.QUANTITY),
        Head("received", _("购进"), Kind.QUANTITY),
        Head("sold", _("销售"), Kind.QUANTITY),
        Head("closing", _("期末"), Kind.QUANTITY),
        Head("difference", _("差异"), Kind.QUANTITY),
        Head("jump", _("期初比上月期末多"), Kind.QUANTITY),
    ]
    figures = [
        Figure("statements", _("进销存"), rows.count()),
        Figure("wrong", _("对不上"), len(lines), tone="bad" if lines else "good"),
    ]
    table = Table(heads, lines[:MOST_LINES], empty=_("进销存都对得上。"))
    return Section("stock", _("哪些库存对不上？"), figures, table=table)


def _held(order: Order) -> Section:
    held = HeldRow.objects.filter(
        file__state=FileState.CURRENT, file__month__gte=order.period.first, file__month__lte=order.period.last
    )
    found = held.order_by().values_list("state", "code").annotate(n=Count("pk"), a=_amount(), m=Min("message"))
    words = dict(RowState.choices)
    lines = [
        Row((str(words.get(state, state)), code, message, count, amount or Decimal(0)))
        for state, code, count, amount, message in sorted(found, key=lambda row: (-row[2], row[0], row[1]))
    ]
    heads = [
        Head("state", _("状态")),
        Head("code", _("代码")),
        Head("message", _("原因")),
        Head("rows", _("行数"), Kind.WHOLE),
        Head("amount", _("金额（元）"), Kind.MONEY),
    ]
    waiting = sum(count for state, _code, count, *_rest in found if state == RowState.WAITING)
    figures = [Figure("waiting", _("待对应"), waiting, tone="warn" if waiting else "good")]
    return Section("held", _("还有哪些行没有入账？"), figures, table=Table(heads, lines, empty=_("所有行都已入账。")))


def _amount() -> Sum:
    return Sum(F("amount"), output_field=ExactField())


def _of_period(rows: Any, order: Order) -> Any:
    return rows.filter(month__gte=order.period.first, month__lte=order.period.last)
