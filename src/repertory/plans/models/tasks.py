"""What people are to do until when (M-PLN-4)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from repertory.core.exact import ExactField
from repertory.plans.choices import TaskKind, TaskState, TaskStepKind


class Task(models.Model):
    """工作任务, for example 李娜, week of 2026-03-09: “开发鼓楼医院心内科，3 家科室会”, due 2026-03-13, 2 of 3 done.

    The period is [starts_on, ends_on). goal and reached are in `unit`, where the task can be counted.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("负责人"),
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    kind = models.CharField(_("类型"), max_length=7, choices=TaskKind.choices)
    starts_on = models.DateField(_("自"))
    ends_on = models.DateField(_("至（不含）"))
    due_on = models.DateField(_("截止日期"))
    text = models.CharField(_("内容"), max_length=500)
    goal = ExactField(_("目标值"), null=True, blank=True)
    reached = ExactField(_("完成值"), default=0)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    state = models.CharField(_("状态"), max_length=9, choices=TaskState.choices, default=TaskState.OPEN)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("布置人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("布置时间"))
    done_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("检查人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(_("检查时间"), null=True, blank=True)
    updated_at = models.DateTimeField(_("更新时间"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("工作任务")
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="task_range"),
            models.CheckConstraint(
                condition=~Q(state=TaskState.CHECKED) | Q(checked_at__isnull=False), name="task_checked_whole"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "due_on"], name="task_of_owner"),
            models.Index(fields=["due_on", "id"], name="task_open_by_due", condition=Q(state=TaskState.OPEN)),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class TaskStep(models.Model):
    """One dated step of a task: progress, done, checked, commented. Steps are never changed."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(_("步骤"), max_length=9, choices=TaskStepKind.choices)
    at = models.DateTimeField(_("时间"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("说明"), max_length=1000, blank=True)
    reached = ExactField(_("完成值"), null=True, blank=True)

    class Meta:
        verbose_name = _("任务步骤")
        ordering = ["task_id", "id"]
