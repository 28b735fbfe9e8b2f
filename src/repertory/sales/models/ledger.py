"""The sales ledger and the sums that every write keeps beside it."""

from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from repertory.core.exact import ExactField
from repertory.customers.models import Customer
from repertory.organisation.models import Territory
from repertory.products.models import Pack, Product
from repertory.sales.choices import Stream
from repertory.sales.models.files import SalesFile

# PostgreSQL would look up each of five keys of each row at the commit, which takes half of an import: see
# docs/decisions/ledger-keys-unguarded.md. Nothing that entries point at is ever deleted, and `verify` looks them all up.
UNGUARDED: dict[str, Any] = {"db_index": False, "db_constraint": False}


class Entry(models.Model):
    """One sale fact, for example 2026-03-12: 国药南京 sold 120 盒 安立坦 for 4,212.00 to 南京鼓楼医院. A return is negative.

    territory is the one that covered the customer on that day, null where nobody did. `row` is the row of the file that says
    so. Entries of a closed month never change.
    """

    file = models.ForeignKey(SalesFile, on_delete=models.PROTECT, related_name="entries", **UNGUARDED)
    row = models.PositiveIntegerField(_("源文件行号"))
    day = models.DateField(_("日期"))
    month = models.PositiveIntegerField(_("月份"))
    stream = models.CharField(_("流转"), max_length=8, choices=Stream.choices)
    customer = models.ForeignKey(
        Customer, verbose_name=_("客户"), on_delete=models.PROTECT, related_name="+", **UNGUARDED
    )
    product = models.ForeignKey(
        Product, verbose_name=_("产品"), on_delete=models.PROTECT, related_name="+", **UNGUARDED
    )
    pack = models.ForeignKey(
        Pack, verbose_name=_("规格"), null=True, on_delete=models.PROTECT, related_name="+", **UNGUARDED
    )
    territory = models.ForeignKey(
        Territory, verbose_name=_("辖区"), null=True, on_delete=models.PROTECT, related_name="+", **UNGUARDED
    )
    quantity = ExactField(_("数量"))
    amount = ExactField(_("金额（元）"))
    lot = models.CharField(_("批号"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("销售账")
        indexes = [
            models.Index(fields=["file", "row"], name="entry_of_file"),
            models.Index(fields=["month", "id"], name="entry_of_month"),
            models.Index(fields=["customer", "month"], name="entry_of_customer"),
            models.Index(fields=["territory", "month"], name="entry_of_territory"),
            models.Index(fields=["product", "month"], name="entry_of_product"),
        ]


class Summed(models.Model):
    """A month's rows of a stream in a territory, added up."""

    month = models.PositiveIntegerField()
    territory = models.ForeignKey(Territory, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    stream = models.CharField(max_length=8, choices=Stream.choices)
    rows = models.IntegerField()
    quantity = ExactField()
    amount = ExactField()

    class Meta:
        abstract = True


class MonthSale(Summed):
    """The sums of a month by product, territory and stream: what figures are read from."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("month", "product", Coalesce("territory", 0), "stream", name="month_sale_once"),
        ]
        indexes = [models.Index(fields=["territory", "month"], name="month_sale_of_territory")]


class CustomerSale(Summed):
    """The sums of a month by customer, territory and stream."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("customer", "month", Coalesce("territory", 0), "stream", name="customer_sale_once"),
        ]
        indexes = [models.Index(fields=["month", "customer"], name="customer_sale_of_month")]
