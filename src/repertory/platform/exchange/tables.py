"""What the engine keeps: how a person mapped a form of file, the imports and the large exports that were started."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportMapping(models.Model):
    """How a person maps the columns of one form of file, for example 单位全称 → name for the month's list of a distributor."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    shape = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        app_label = "platform"
        constraints = [models.UniqueConstraint(fields=["user", "kind", "shape"], name="mapping_once_per_shape")]


class RunState(models.TextChoices):
    UPLOADED = "uploaded", _("待对应列")
    QUEUED = "queued", _("排队中")
    RUNNING = "running", _("处理中")
    CHECKED = "checked", _("已检查，待导入")
    REFUSED = "refused", _("有错误，未导入")
    DONE = "done", _("已导入")
    FAILED = "failed", _("已中断")


RUN_TRANSITIONS: dict[str, tuple[str, ...]] = {
    RunState.UPLOADED: (RunState.QUEUED,),
    RunState.QUEUED: (RunState.RUNNING, RunState.FAILED),
    RunState.RUNNING: (RunState.CHECKED, RunState.REFUSED, RunState.DONE, RunState.FAILED),
    RunState.CHECKED: (RunState.QUEUED,),
    RunState.REFUSED: (RunState.QUEUED,),
    RunState.FAILED: (RunState.QUEUED,),
    RunState.DONE: (),
}


class ImportRun(models.Model):
    """One uploaded file on its way in. It is its owner's alone: nobody else sees the file, its errors or its result."""

    kind = models.CharField(_("数据"), max_length=40)
    file_name = models.CharField(_("文件名"), max_length=200)
    stored_as = models.CharField(max_length=100)
    size_bytes = models.BigIntegerField(_("大小"))
    status = models.CharField(_("状态"), max_length=10, choices=RunState.choices, default=RunState.UPLOADED)
    options = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    problem = models.CharField(_("问题"), max_length=500, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("上传时间"), db_index=True)
    queued_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True)

    class Meta:
        app_label = "platform"
        ordering = ["-at", "-id"]


class ExportState(models.TextChoices):
    AWAITING = "awaiting", _("等待审批")
    QUEUED = "queued", _("排队中")
    RUNNING = "running", _("处理中")
    DONE = "done", _("已生成")
    FAILED = "failed", _("已中断")
    CANCELLED = "cancelled", _("已取消")


EXPORT_TRANSITIONS: dict[str, tuple[str, ...]] = {
    ExportState.AWAITING: (ExportState.QUEUED, ExportState.FAILED, ExportState.CANCELLED),
    ExportState.QUEUED: (ExportState.RUNNING, ExportState.FAILED, ExportState.CANCELLED),
    ExportState.RUNNING: (ExportState.DONE, ExportState.FAILED, ExportState.CANCELLED),
    ExportState.DONE: (),
    ExportState.FAILED: (),
    ExportState.CANCELLED: (),
}


class ExportRun(models.Model):
    """A large file on its way out, for example 客户-2026-11-05.xlsx with 800,000 rows. Its owner's alone, like an import.
    What stands in it is decided by the owner's rights at the moment when the worker writes it."""

    kind = models.CharField(_("数据"), max_length=40)
    filters = models.JSONField(default=dict)
    file_format = models.CharField(max_length=12)
    file_name = models.CharField(_("文件名"), max_length=200)
    stored_as = models.CharField(max_length=100)
    status = models.CharField(_("状态"), max_length=10, choices=ExportState.choices, default=ExportState.QUEUED)
    rows_expected = models.PositiveIntegerField()
    row_count = models.PositiveIntegerField(_("行数"), null=True)
    size_bytes = models.BigIntegerField(_("大小"), null=True)
    problem = models.CharField(_("问题"), max_length=500, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("开始时间"), db_index=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True)

    class Meta:
        app_label = "platform"
        ordering = ["-at", "-id"]
