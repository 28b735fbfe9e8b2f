"""What phones have sent."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from repertory.sync.choices import WAITING, ItemStatus


class PushedItem(models.Model):
    """A visit that 李娜 recorded in the basement of 鼓楼医院 at 9:10 and that arrived at 12:31: written in the transaction
    of its own effect and kept for good, so that sending it again, even after months, gets the first answer.

    `payload` stays only while the item waits in quarantine, or where it was discarded; the hash stays for ever.
    `waits_for` is the item, not accepted yet, that this one refers to.
    """

    uid = models.UUIDField(unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    device = models.CharField(_("设备"), max_length=60)
    command = models.CharField(_("操作"), max_length=60)
    payload_hash = models.CharField(max_length=64)
    device_at = models.DateTimeField(_("手机时间"))
    received_at = models.DateTimeField(_("收到时间"))
    status = models.CharField(_("状态"), max_length=10, choices=ItemStatus.choices)
    code = models.CharField(max_length=60, blank=True)
    object_type = models.CharField(max_length=40, blank=True)
    object_id = models.BigIntegerField(null=True)
    answer = models.JSONField(default=dict)
    payload = models.JSONField(_("内容"), null=True)
    waits_for = models.UUIDField(null=True)
    attempts = models.PositiveIntegerField(_("尝试次数"), default=1)
    settled_at = models.DateTimeField(_("处理时间"), null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("手机记录")
        ordering = ["-received_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=ItemStatus.APPLIED) | Q(object_id__isnull=False), name="pushed_applied_has_object"
            ),
            models.CheckConstraint(
                condition=Q(status=ItemStatus.APPLIED) | Q(payload__isnull=False), name="pushed_refused_is_kept"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-received_at"], name="pushed_by_person"),
            models.Index(fields=["waits_for"], name="pushed_that_waits", condition=~Q(waits_for=None)),
            models.Index(
                fields=["status", "-received_at"],
                name="pushed_in_quarantine",
                condition=Q(status__in=sorted(WAITING)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.command} {self.uid}"
