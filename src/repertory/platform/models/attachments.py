"""Files that belong to an object: licence scans, consent evidence, photos."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Attachment(models.Model):
    """A stored file, named by its content's hash; the original name is only shown, never used as a path."""

    object_type = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    name = models.CharField(_("文件名"), max_length=200)
    content_type = models.CharField(max_length=100)
    size_bytes = models.BigIntegerField(_("大小"))
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=200)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("上传时间"))
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="attachment_by_object")]
