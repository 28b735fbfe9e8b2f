"""The product and the steps of its life."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from repertory.products.choices import InsuranceClass, PrescriptionClass, Procurement, SpecialControl, Stage
from repertory.products.models.lines import ProductLine


class Product(models.Model):
    """A drug under one approval, for example 阿托伐他汀钙片（安立坦）, 国药准字H20193043; its sizes are `Pack`s.

    `version` counts the revisions; a write that edits an older one is refused. `search_text` is what lists search in.
    """

    code = models.CharField(_("产品编码"), max_length=40, unique=True)
    generic_name = models.CharField(_("通用名"), max_length=200)
    trade_name = models.CharField(_("商品名"), max_length=100, blank=True)
    english_name = models.CharField(_("英文名"), max_length=200, blank=True)
    approval_number = models.CharField(_("批准文号"), max_length=20, blank=True)
    approval_expires_on = models.DateField(_("批件有效期至"), null=True, blank=True)
    dosage_form = models.CharField(_("剂型"), max_length=60, blank=True)
    manufacturer = models.CharField(_("生产企业"), max_length=200, blank=True)
    holder = models.CharField(_("上市许可持有人"), max_length=200, blank=True)
    atc_code = models.CharField(_("ATC 编码"), max_length=7, blank=True)
    line = models.ForeignKey(
        ProductLine,
        verbose_name=_("产品线"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="products",
    )
    product_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("产品经理"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    insurance_class = models.CharField(_("医保类别"), max_length=10, choices=InsuranceClass.choices, blank=True)
    insurance_note = models.CharField(_("医保支付限定"), max_length=500, blank=True)
    procurement = models.CharField(_("集采状态"), max_length=12, choices=Procurement.choices, blank=True)
    prescription_class = models.CharField(_("处方类别"), max_length=6, choices=PrescriptionClass.choices, blank=True)
    special_control = models.CharField(_("特殊管理"), max_length=14, choices=SpecialControl.choices, blank=True)
    indications = models.CharField(_("适应症"), max_length=2000, blank=True)
    usage = models.CharField(_("用法用量"), max_length=2000, blank=True)
    cautions = models.CharField(_("禁忌与注意事项"), max_length=2000, blank=True)
    selling_points = models.CharField(_("产品特点"), max_length=2000, blank=True)
    stage = models.CharField(_("产品阶段"), max_length=12, choices=Stage.choices, default=Stage.DEVELOPMENT)
    stage_since = models.DateField(_("进入阶段日期"))
    launched_on = models.DateField(_("上市日期"), null=True, blank=True)
    withdrawn_on = models.DateField(_("退市日期"), null=True, blank=True)
    custom = models.JSONField(_("自定义字段"), default=dict, blank=True)
    sort_key = models.CharField(max_length=240, blank=True)
    search_text = models.TextField(blank=True)
    created_at = models.DateTimeField(_("建立时间"))
    updated_at = models.DateTimeField(_("更新时间"))
    removed_at = models.DateTimeField(_("移除时间"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("产品")
        constraints = [
            models.CheckConstraint(condition=~Q(generic_name=""), name="product_has_name"),
            models.UniqueConstraint(
                fields=["approval_number"],
                condition=~Q(approval_number="") & Q(removed_at=None),
                name="product_approval_once",
            ),
            models.UniqueConstraint(
                fields=["generic_name", "trade_name", "dosage_form", "manufacturer"],
                condition=Q(approval_number="", removed_at=None),
                name="product_without_approval_once",
            ),
            models.CheckConstraint(
                condition=Q(launched_on=None) | Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("launched_on")),
                name="product_days_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="product_by_name", condition=Q(removed_at=None)),
            models.Index(fields=["updated_at", "id"], name="product_by_update", condition=Q(removed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.generic_name}（{self.trade_name}）" if self.trade_name else self.generic_name


class ProductStageChange(models.Model):
    """A dated step of the life cycle, for example 上市准备 → 在售 on 2026-03-01."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="stage_changes")
    from_stage = models.CharField(_("原阶段"), max_length=12, choices=Stage.choices, blank=True)
    to_stage = models.CharField(_("新阶段"), max_length=12, choices=Stage.choices)
    on = models.DateField(_("日期"))
    reason = models.CharField(_("原因"), max_length=300, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]
