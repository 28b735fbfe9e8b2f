"""Materials: what is shown or left with customers, in numbered versions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from repertory.materials.choices import OPEN, MaterialKind, VersionState
from repertory.platform.models import Attachment
from repertory.products.models import Product


class Material(models.Model):
    """资料, for example 单页 “安立坦核心信息” about 阿托伐他汀钙片. An electronic one is shown or sent and needs no stock.
    `search_text` is what lists search in."""

    code = models.CharField(_("资料编码"), max_length=40, unique=True)
    title = models.CharField(_("资料名称"), max_length=100)
    kind = models.CharField(_("资料类型"), max_length=12, choices=MaterialKind.choices)
    is_electronic = models.BooleanField(_("电子资料"), default=False)
    products = models.ManyToManyField(Product, verbose_name=_("相关产品"), blank=True, related_name="materials")
    note = models.CharField(_("备注"), max_length=300, blank=True)
    sort_key = models.CharField(max_length=240, blank=True)
    search_text = models.TextField(blank=True)
    created_at = models.DateTimeField(_("建立时间"))
    updated_at = models.DateTimeField(_("更新时间"))
    removed_at = models.DateTimeField(_("移除时间"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("资料")
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="material_has_title")]
        indexes = [models.Index(fields=["sort_key", "id"], name="material_by_title", condition=Q(removed_at=None))]

    def __str__(self) -> str:
        return self.title


class MaterialVersion(models.Model):
    """One edition, for example 第 2 版 of the leaflet: its file (of an e-mail template subject and body), for 医生, approved by another person than its author, from a
    day through an expiry day. What was handed out points at it, so what was approved is never edited: the next version
    takes its place from its own first day on (`superseded_on`)."""

    material = models.ForeignKey(Material, verbose_name=_("资料"), on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("版本"))
    summary = models.CharField(_("内容说明"), max_length=1000, blank=True)
    subject = models.CharField(_("邮件主题"), max_length=200, blank=True)
    body = models.TextField(_("邮件正文"), blank=True)
    audiences = models.JSONField(_("对象"), default=list, blank=True)
    file = models.ForeignKey(
        Attachment, verbose_name=_("文件"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(_("状态"), max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
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
        verbose_name = _("资料版本")
        ordering = ["material_id", "-number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["material", "number"], name="material_version_once"),
            models.UniqueConstraint(
                fields=["material"], condition=Q(state__in=sorted(OPEN)), name="material_one_version_open"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from=None) | Q(valid_until__gte=F("valid_from")),
                name="material_validity_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[VersionState.APPROVED, VersionState.WITHDRAWN])
                | Q(valid_from__isnull=False, valid_until__isnull=False, decided_at__isnull=False),
                name="material_approved_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[VersionState.APPROVED, VersionState.WITHDRAWN])
                | (
                    (Q(author=None) | Q(decided_by=None) | ~Q(author=F("decided_by")))
                    & (Q(edited_by=None) | Q(decided_by=None) | ~Q(edited_by=F("decided_by")))
                ),
                name="material_not_approved_by_author",
            ),
        ]
        indexes = [
            models.Index(fields=["valid_until", "id"], name="material_by_expiry", condition=Q(state="approved")),
            models.Index(fields=["state", "id"], name="material_by_state"),
        ]

    def __str__(self) -> str:
        return str(_("%(title)s 第 %(number)s 版") % {"title": self.material.title, "number": self.number})
