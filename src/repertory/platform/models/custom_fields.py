"""Fields that an administrator adds to an object without code."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FieldKind(models.TextChoices):
    TEXT = "text", _("文本")
    NUMBER = "number", _("数字")
    DATE = "date", _("日期")
    CHOICE = "choice", _("单选")
    CHOICES = "choices", _("多选")
    REFERENCE = "reference", _("引用客户")


class CustomField(models.Model):
    """For example `customer.bed_count`, a number called 床位数. Values live in the object's `custom` column."""

    object_type = models.CharField(_("对象"), max_length=40)
    key = models.SlugField(_("代码"), max_length=40)
    label = models.CharField(_("名称"), max_length=60)
    label_en = models.CharField(_("英文名称"), max_length=60, blank=True)
    kind = models.CharField(_("类型"), max_length=10, choices=FieldKind.choices)
    options = models.JSONField(_("选项"), default=list, blank=True)
    required = models.BooleanField(_("必填"), default=False)
    help = models.CharField(_("填写说明"), max_length=200, blank=True)
    position = models.PositiveIntegerField(_("顺序"), default=0)
    archived_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        ordering = ["object_type", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["object_type", "key"], name="custom_field_key_once")]

    def __str__(self) -> str:
        return self.label
