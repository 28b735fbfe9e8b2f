"""The sizes in which a product is sold."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from repertory.products.choices import Storage
from repertory.products.models.product import Product


class Pack(models.Model):
    """规格包装 (SKU), for example 20mg, 7片×2板/盒: 14 tablets a box, 200 boxes a case. One that is no longer made is
    switched off, never deleted: sales point at it."""

    product = models.ForeignKey(Product, verbose_name=_("产品"), on_delete=models.CASCADE, related_name="packs")
    code = models.CharField(_("规格编码"), max_length=50, unique=True)
    spec = models.CharField(_("规格"), max_length=100)
    pack = models.CharField(_("包装"), max_length=100, blank=True)
    unit = models.CharField(_("销售单位"), max_length=20, default="盒")
    units_per_pack = models.PositiveIntegerField(_("每盒数量"), null=True, blank=True)
    packs_per_case = models.PositiveIntegerField(_("每箱盒数"), null=True, blank=True)
    barcode = models.CharField(_("商品条码"), max_length=14, blank=True)
    trace_prefix = models.CharField(_("追溯码前缀"), max_length=7, blank=True)
    shelf_life_months = models.PositiveSmallIntegerField(_("有效期（月）"), null=True, blank=True)
    storage = models.CharField(_("储存条件"), max_length=10, choices=Storage.choices, blank=True)
    storage_note = models.CharField(_("储存说明"), max_length=200, blank=True)
    is_active = models.BooleanField(_("在用"), default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("规格")
        ordering = ["product_id", "spec", "pack", "id"]
        constraints = [
            models.UniqueConstraint(fields=["product", "spec", "pack"], name="pack_once"),
            models.UniqueConstraint(fields=["barcode"], condition=~Q(barcode=""), name="pack_barcode_once"),
            models.CheckConstraint(condition=~Q(spec=""), name="pack_has_spec"),
        ]

    def __str__(self) -> str:
        return f"{self.spec} {self.pack}".strip()
