"""Key messages: what may be said of a product, to whom, on what evidence, and since when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from repertory.products.choices import OPEN, MessageState, Theme
from repertory.products.models.product import Product


class KeyMessage(models.Model):
    """关键信息 of a product; what it says stands in its versions."""

    product = models.ForeignKey(Product, verbose_name=_("产品"), on_delete=models.CASCADE, related_name="messages")
    created_at = models.DateTimeField(_("建立时间"))

    class Meta:
        verbose_name = _("关键信息")
        ordering = ["product_id", "id"]


class MessageVersion(models.Model):
    """One wording, for example 第 2 版 of “降低 LDL-C 达 50%”: to 医生 of 心内科, on 说明书 and a trial, approved by another
    person than its author, from a day through an expiry day. A visit points at the version that was said, so what was
    approved is never edited: the next version takes its place from its own first day on (`superseded_on`)."""

    message = models.ForeignKey(
        KeyMessage, verbose_name=_("关键信息"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("版本"))
    theme = models.CharField(_("主题"), max_length=12, choices=Theme.choices)
    title = models.CharField(_("标题"), max_length=60)
    text = models.CharField(_("内容"), max_length=1000)
    audiences = models.JSONField(_("对象"), default=list, blank=True)
    departments = models.JSONField(_("科室/专科"), default=list, blank=True)
    evidence = models.CharField(_("依据"), max_length=500, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=MessageState.choices, default=MessageState.DRAFT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("建立时间"))
    submitted_at = models.DateTimeField(_("提交时间"), null=True)
    decided_at = models.DateTimeField(_("审批时间"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decision_note = models.CharField(_("审批意见"), max_length=300, blank=True)
    valid_from = models.DateField(_("生效日期"), null=True, blank=True)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    superseded_on = models.DateField(_("新版生效日期"), null=True, blank=True)
    withdrawn_on = models.DateField(_("撤下日期"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("撤下原因"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("关键信息版本")
        ordering = ["message_id", "-number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="message_version_once"),
            models.UniqueConstraint(
                fields=["message"], condition=Q(state__in=sorted(OPEN)), name="message_one_version_open"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from=None) | Q(valid_until__gte=F("valid_from")),
                name="message_validity_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[MessageState.APPROVED, MessageState.WITHDRAWN])
                | Q(valid_from__isnull=False, valid_until__isnull=False, decided_at__isnull=False),
                name="message_approved_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[MessageState.APPROVED, MessageState.WITHDRAWN])
                | (
                    (Q(author=None) | Q(decided_by=None) | ~Q(author=F("decided_by")))
                    & (Q(edited_by=None) | Q(decided_by=None) | ~Q(edited_by=F("decided_by")))
                ),
                name="message_not_approved_by_author",
            ),
        ]
        indexes = [
            models.Index(fields=["valid_until", "id"], name="message_by_expiry", condition=Q(state="approved")),
            models.Index(fields=["state", "id"], name="message_by_state"),
        ]

    def __str__(self) -> str:
        return self.title
