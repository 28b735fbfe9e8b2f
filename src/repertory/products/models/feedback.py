"""What the field proposes for a product, and the plan of its development."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from repertory.products.choices import SuggestionKind, SuggestionState
from repertory.products.models.product import Product


class ProductSuggestion(models.Model):
    """产品改进建议, for example 李娜 after a visit: 药房希望有 28 片装. `visit_id` and `customer_id`: where it was heard."""

    product = models.ForeignKey(Product, verbose_name=_("产品"), on_delete=models.CASCADE, related_name="suggestions")
    kind = models.CharField(_("类型"), max_length=12, choices=SuggestionKind.choices)
    text = models.CharField(_("建议"), max_length=2000)
    customer_id = models.BigIntegerField(_("客户"), null=True, blank=True)
    visit_id = models.BigIntegerField(_("拜访"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("提出人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("提出时间"))
    state = models.CharField(_("状态"), max_length=10, choices=SuggestionState.choices, default=SuggestionState.NEW)
    answer = models.CharField(_("答复"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("答复人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("产品改进建议")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[SuggestionState.ADOPTED, SuggestionState.DECLINED])
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="suggestion_answered_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["product", "id"], name="suggestion_of_product"),
            models.Index(fields=["asked_by", "id"], name="suggestion_of_person"),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class DevelopmentNote(models.Model):
    """产品发展计划 of the product manager, dated: 2026-09-30 完成 28 片装备案. `done_on`: when it was reached."""

    product = models.ForeignKey(Product, verbose_name=_("产品"), on_delete=models.CASCADE, related_name="milestones")
    due_on = models.DateField(_("计划日期"))
    title = models.CharField(_("节点"), max_length=100)
    text = models.CharField(_("说明"), max_length=2000, blank=True)
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("制作人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("产品发展计划")
        ordering = ["product_id", "due_on", "id"]

    def __str__(self) -> str:
        return self.title
