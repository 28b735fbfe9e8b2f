"""What flow files show beyond sums: stock at distributors, areas that they may sell in, goods found elsewhere."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from repertory.core.exact import ExactField
from repertory.customers.models import Customer
from repertory.organisation.models import Territory
from repertory.products.models import Product
from repertory.sales.choices import StrayState


class StockStatement(models.Model):
    """进销存: what a distributor says to have had, received, sold and left of a product in a month. opening + received − sold
    must be closing, opening the closing of the month before."""

    seller = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.PositiveIntegerField(_("月份"))
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    opening = ExactField(_("期初库存"))
    received = ExactField(_("购进"))
    sold = ExactField(_("销售"))
    closing = ExactField(_("期末库存"))
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("商业进销存")
        ordering = ["-month", "seller_id", "product_id", "id"]
        constraints = [models.UniqueConstraint(fields=["seller", "month", "product"], name="stock_statement_once")]


class SellerArea(models.Model):
    """A distributor may sell into a node of the tree, from a day up to, not including, another; of all products, or of one."""

    seller = models.ForeignKey(Customer, verbose_name=_("商业公司"), on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey(Territory, verbose_name=_("可销售区域"), on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(
        Product, verbose_name=_("产品"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField(_("自"))
    ends_on = models.DateField(_("至（不含）"), null=True, blank=True)

    class Meta:
        verbose_name = _("经销区域")
        ordering = ["seller_id", "-starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="seller_area_range")
        ]


class StrayFlow(models.Model):
    """窜货: a month's sales of a product by a distributor to a customer outside its area; somebody says what it was."""

    seller = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.PositiveIntegerField(_("月份"))
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey(Territory, null=True, on_delete=models.PROTECT, related_name="+")
    quantity = ExactField(_("数量"))
    amount = ExactField(_("金额（元）"))
    state = models.CharField(_("状态"), max_length=9, choices=StrayState.choices, default=StrayState.OPEN)
    note = models.CharField(_("处理说明"), max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("窜货")
        ordering = ["-month", "seller_id", "customer_id", "product_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["seller", "month", "customer", "product"], name="stray_flow_once")
        ]
        indexes = [models.Index(fields=["state", "month"], name="stray_flow_open")]


class ChainExemption(models.Model):
    """A chain longer than the rule allows is lawful for a reason: remote places, emergencies, a group's own companies. Of a
    distributor, of a product, or both; from a day up to, not including, another."""

    seller = models.ForeignKey(
        Customer, verbose_name=_("商业公司"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    product = models.ForeignKey(
        Product, verbose_name=_("产品"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("豁免原因"), max_length=300)
    starts_on = models.DateField(_("自"))
    ends_on = models.DateField(_("至（不含）"), null=True, blank=True)

    class Meta:
        verbose_name = _("两票制豁免")
        ordering = ["-starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="chain_exemption_range"
            ),
            models.CheckConstraint(
                condition=Q(seller__isnull=False) | Q(product__isnull=False), name="chain_exemption_of_something"
            ),
        ]
