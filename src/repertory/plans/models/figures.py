"""The figures of a plan: months × products × nodes of the tree, and their customers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from repertory.core.exact import ExactField
from repertory.customers.models import Customer
from repertory.organisation.models import Territory
from repertory.plans.choices import Level, Parts
from repertory.plans.models.plans import TargetPlan
from repertory.products.models import Product


class TargetFigure(models.Model):
    """A month's target of a product at a node, for example 2026-03 × 安立坦 × 南京地区: 3,200,000.

    parts says what it is broken down into: figures of the nodes below (whose `parent` it is) or of customers; in either case
    they add up to it exactly. What is not broken down into nodes counts, so that sums by month, product and territory
    never read customers. fixed: typed by somebody, other parts share what it leaves.
    """

    plan = models.ForeignKey(TargetPlan, on_delete=models.CASCADE, related_name="figures", db_index=False)
    level = models.CharField(_("指标档"), max_length=7, choices=Level.choices)
    month = models.PositiveIntegerField(_("月份"))
    product = models.ForeignKey(
        Product, verbose_name=_("产品"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    territory = models.ForeignKey(
        Territory, verbose_name=_("区域"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="parts_below")
    parts = models.CharField(_("分解"), max_length=9, choices=Parts.choices, blank=True, default=Parts.NONE)
    value = ExactField(_("指标"))
    fixed = models.BooleanField(_("已锁定"), default=False)

    class Meta:
        verbose_name = _("指标")
        ordering = ["plan_id", "level", "territory_id", "product_id", "month", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "level", "territory", "product", "month"], name="target_figure_once"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="target_figure_not_negative"),
        ]


class CustomerFigure(models.Model):
    """A customer's part of a figure, for example of 2026-03 × 安立坦 × 南京鼓楼: 南京鼓楼医院 120,000."""

    figure = models.ForeignKey(TargetFigure, on_delete=models.CASCADE, related_name="customers", db_index=False)
    customer = models.ForeignKey(Customer, verbose_name=_("客户"), on_delete=models.PROTECT, related_name="+")
    value = ExactField(_("指标"))
    fixed = models.BooleanField(_("已锁定"), default=False)

    class Meta:
        verbose_name = _("客户指标")
        ordering = ["figure_id", "customer_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["figure", "customer"], name="customer_figure_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="customer_figure_not_negative"),
        ]
