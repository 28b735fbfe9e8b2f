"""销售构成报表: what the sales of a period consist of."""

from django.utils.translation import gettext as _

from repertory.reports.choices import ReportName
from repertory.reports.rendering.document import Document, Section
from repertory.reports.standard.orders import Order, analysed, document


def build(order: Order) -> Document:
    below = order.level_below
    return document(order, ReportName.COMPOSITION, [
        _of(order, "product", _("卖的是哪些产品？")),
        _of(order, below, _("卖到了哪些区域？")),
        _of(order, "tier", _("卖给了哪一级客户？")),
        _of(order, "kind", _("卖给了哪类客户？")),
        _of(order, "province", _("卖到了哪些省份？")),
        _of(order, "credit_grade", _("客户的信用等级如何？")),
        analysed(order, "products_in_regions", _("各区域卖的产品一样吗？"), rows=below, columns="product"),
    ])  # fmt: skip


def _of(order: Order, dimension: str, title: str) -> Section:
    measures = "amount,quantity" if dimension == "product" else "amount,customers"
    return analysed(order, dimension, title, measure=measures, rows=dimension)
