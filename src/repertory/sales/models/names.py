"""What names in distributors' files mean: learned once, used for every later file."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from repertory.core.exact import ExactField
from repertory.customers.models import Customer
from repertory.products.models import Pack, Product


class Learned(models.Model):
    """Who said so and when. seller: whose files; null for everybody's."""

    seller = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.CharField(_("文件里的写法"), max_length=200)
    key = models.CharField(max_length=200)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class CustomerAlias(Learned):
    """“鼓楼医院(总院)” in 国药南京's files is 南京鼓楼医院."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("客户名称对照")
        ordering = ["text", "id"]
        constraints = [models.UniqueConstraint("key", Coalesce("seller", 0), name="customer_alias_once")]


class ProductAlias(Learned):
    """“阿托伐他汀20*7” is 阿托伐他汀钙片（安立坦）, 20mg×7片."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    pack = models.ForeignKey(Pack, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("产品名称对照")
        ordering = ["text", "id"]
        constraints = [models.UniqueConstraint("key", Coalesce("seller", 0), name="product_alias_once")]


class UnitAlias(Learned):
    """One 件 of this product is 200 of its sales units. product null: of any product that says nothing else."""

    product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="+")
    factor = ExactField(_("折合销售单位数"))

    class Meta:
        verbose_name = _("单位换算")
        ordering = ["text", "id"]
        constraints = [
            models.UniqueConstraint("key", Coalesce("seller", 0), Coalesce("product", 0), name="unit_alias_once"),
            models.CheckConstraint(condition=Q(factor__gt=0), name="unit_alias_positive"),
        ]
