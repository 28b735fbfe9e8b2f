"""Codes of the sales ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Whose record a sale is."""

    OWN = "own", _("本公司发货")
    FLOW = "flow", _("商业流向")


class Stream(models.TextChoices):
    """From whom to whom goods went. What a shipment brings to a distributor comes back as that distributor's flow, so the
    two are never added up."""

    DIRECT = "direct", _("直销终端")
    FLOW = "flow", _("流向终端")
    SHIPMENT = "shipment", _("发货给商业")
    TRANSFER = "transfer", _("商业调拨")


class Basis(models.TextChoices):
    """What counts as sales."""

    TERMINAL = "terminal", _("终端纯销")
    SHIPPED = "shipped", _("公司发货")


STREAMS_OF: dict[str, tuple[str, ...]] = {
    Basis.TERMINAL: (Stream.DIRECT, Stream.FLOW),
    Basis.SHIPPED: (Stream.DIRECT, Stream.SHIPMENT),
}


class FileState(models.TextChoices):
    CURRENT = "current", _("现行")
    REPLACED = "replaced", _("已被替换")


class RowState(models.TextChoices):
    """What became of a row that did not go straight into the ledger."""

    WAITING = "waiting", _("待对应")
    REFUSED = "refused", _("已退回")
    ENTERED = "entered", _("已入账")
    DISMISSED = "dismissed", _("不入账")


class NameKind(models.TextChoices):
    CUSTOMER = "customer", _("客户名称")
    PRODUCT = "product", _("产品名称")
    UNIT = "unit", _("单位")


class StrayState(models.TextChoices):
    OPEN = "open", _("待处理")
    ALLOWED = "allowed", _("属实允许")
    CONFIRMED = "confirmed", _("确认窜货")
    CLEARED = "cleared", _("已处理")
