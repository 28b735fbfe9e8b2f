"""The audit trail."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from repertory.core.actor import Door


class AuditHead(models.Model):
    """The end of the chain: one row, locked while a batch is appended."""

    last_batch_id = models.BigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="")


class AuditBatch(models.Model):
    """What one action did, for example `rep01` revised a customer and its coverage on the phone at 14:03."""

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(_("时间"), db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("人员"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    user_label = models.CharField(_("账号"), max_length=150)
    door = models.CharField(_("入口"), max_length=10, choices=Door.choices)
    request_id = models.CharField(max_length=64, blank=True)
    address = models.CharField(_("网络地址"), max_length=64, blank=True)
    count = models.PositiveIntegerField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-id"]


class AuditEntry(models.Model):
    """One line of a batch: which object, what happened, which fields from what to what."""

    batch = models.ForeignKey(AuditBatch, on_delete=models.PROTECT, related_name="entries", db_index=False)
    position = models.PositiveIntegerField()
    verb = models.CharField(_("动作"), max_length=40)
    object_type = models.CharField(_("对象"), max_length=40)
    object_id = models.BigIntegerField()
    label = models.CharField(_("名称"), max_length=200, blank=True)
    changes = models.JSONField(_("变更"), default=dict)
    reason = models.TextField(_("事由"), blank=True)

    class Meta:
        ordering = ["-batch_id", "position"]
        indexes = [models.Index(fields=["object_type", "object_id", "-batch"], name="audit_by_object")]
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="audit_position_once")]
