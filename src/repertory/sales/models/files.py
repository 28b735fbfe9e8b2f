"""Where ledger entries come from: a month of a distributor's flow, or of our own shipments, as a file with its versions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from repertory.core.exact import ExactField
from repertory.customers.models import Customer
from repertory.products.models import Product
from repertory.sales.choices import FileState, RowState, Source


class SalesFile(models.Model):
    """A file's version for one month, for example 国药南京's flow of 2026-03, second version. The next version replaces it
    exactly: its entries leave the ledger, its rows stay in `SourceRows`.

    rows = entered + waiting + refused + dismissed; quantity and amount are those of the entered ones. valued: the entered
    ones whose amount comes from a price list. digest tells whether another file says the same.
    """

    source = models.CharField(_("来源"), max_length=4, choices=Source.choices)
    seller = models.ForeignKey(
        Customer, verbose_name=_("商业公司"), null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    month = models.PositiveIntegerField(_("月份"))
    number = models.PositiveIntegerField(_("版本"))
    state = models.CharField(_("状态"), max_length=8, choices=FileState.choices, default=FileState.CURRENT)
    name = models.CharField(_("文件名"), max_length=200, blank=True)
    header = models.JSONField(_("表头"), default=list)
    digest = models.CharField(max_length=64)
    reason = models.CharField(_("更正原因"), max_length=300, blank=True)
    rows = models.PositiveIntegerField(_("行数"))
    entered = models.PositiveIntegerField(_("入账"), default=0)
    waiting = models.PositiveIntegerField(_("待对应"), default=0)
    refused = models.PositiveIntegerField(_("退回"), default=0)
    dismissed = models.PositiveIntegerField(_("不入账"), default=0)
    valued = models.PositiveIntegerField(_("按价格表计价"), default=0)
    quantity = ExactField(_("数量合计"), default=0)
    amount = ExactField(_("金额合计（元）"), default=0)
    at = models.DateTimeField(_("导入时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("导入人"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("流向文件")
        ordering = ["-month", "seller_id", "-number", "id"]
        constraints = [
            models.UniqueConstraint("source", "month", Coalesce("seller", 0), "number", name="sales_file_version_once"),
            models.UniqueConstraint(
                "source",
                "month",
                Coalesce("seller", 0),
                condition=Q(state=FileState.CURRENT),
                name="sales_file_current",
            ),
            models.CheckConstraint(
                condition=Q(source=Source.OWN, seller=None) | Q(source=Source.FLOW, seller__isnull=False),
                name="sales_file_seller",
            ),
        ]
        indexes = [models.Index(fields=["seller", "month"], name="sales_file_of_seller")]


class SourceRows(models.Model):
    """Up to some hundred rows as the file had them, packed: see sales.packing. For every entry the row that it was made of."""

    file = models.ForeignKey(SalesFile, on_delete=models.CASCADE, related_name="source_rows", db_index=False)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    packed = models.BinaryField()
    marks = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "first"], name="source_rows_once")]


class HeldRow(models.Model):
    """A row that did not go into the ledger at once: a name is not known yet, or it can't be right. Nothing is dropped.

    Values that could be read are kept so that the row can be entered once its names are known; see the source row for
    the others. A replaced file's rows stay as a record.
    """

    file = models.ForeignKey(SalesFile, on_delete=models.CASCADE, related_name="held_rows", db_index=False)
    row = models.PositiveIntegerField(_("源文件行号"))
    state = models.CharField(_("状态"), max_length=9, choices=RowState.choices)
    code = models.CharField(_("原因"), max_length=30)
    message = models.CharField(_("说明"), max_length=300)
    day = models.DateField(_("日期"), null=True)
    customer_text = models.CharField(_("客户名称"), max_length=200, blank=True)
    customer_code = models.CharField(max_length=40, blank=True)
    product_text = models.CharField(_("产品名称"), max_length=200, blank=True)
    product_code = models.CharField(max_length=50, blank=True)
    unit_text = models.CharField(_("单位"), max_length=20, blank=True)
    quantity = ExactField(_("数量"), null=True)
    amount = ExactField(_("金额（元）"), null=True)
    lot = models.CharField(_("批号"), max_length=40, blank=True)
    note = models.CharField(_("处理说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("待处理行")
        constraints = [models.UniqueConstraint(fields=["file", "row"], name="held_row_once")]
        indexes = [
            models.Index(fields=["file", "state"], name="held_row_open", condition=Q(state=RowState.WAITING)),
        ]


class Restatement(models.Model):
    """What a new version changed against the one before, by customer and product; nothing where they agree."""

    file = models.ForeignKey(SalesFile, on_delete=models.CASCADE, related_name="restatements")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    quantity_before = ExactField(_("原数量"))
    quantity_after = ExactField(_("现数量"))
    amount_before = ExactField(_("原金额（元）"))
    amount_after = ExactField(_("现金额（元）"))

    class Meta:
        verbose_name = _("更正差异")
        ordering = ["customer_id", "product_id", "id"]
        constraints = [models.UniqueConstraint(fields=["file", "customer", "product"], name="restatement_once")]


class ClosedMonth(models.Model):
    """A month whose figures are final (月结). Its entries, held rows and files can't change through any door. rows, quantity
    and amount are those of all its entries then."""

    month = models.PositiveIntegerField(_("月份"), unique=True)
    rows = models.PositiveIntegerField(_("行数"))
    quantity = ExactField(_("数量"))
    amount = ExactField(_("金额（元）"))
    at = models.DateTimeField(_("月结时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("月结人"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("月结")
        ordering = ["-month"]


class MonthLock(models.Model):
    """The row that everybody who writes into a month, or closes it, locks first."""

    month = models.PositiveIntegerField(unique=True)
