"""Codes and labels of plans, targets and tasks, and which state may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Measure(models.TextChoices):
    """What a plan counts."""

    AMOUNT = "amount", _("金额（元）")
    QUANTITY = "quantity", _("数量（销售单位）")


class Level(models.TextChoices):
    BASE = "base", _("基本指标")
    STRETCH = "stretch", _("挑战指标")


class PlanState(models.TextChoices):
    DRAFT = "draft", _("编制中")
    SUBMITTED = "submitted", _("待审批")
    APPROVED = "approved", _("现行")
    REPLACED = "replaced", _("已被替换")


PLAN_TRANSITIONS: dict[str, frozenset[str]] = {
    PlanState.DRAFT: frozenset({PlanState.SUBMITTED}),
    PlanState.SUBMITTED: frozenset({PlanState.APPROVED, PlanState.DRAFT}),
    PlanState.APPROVED: frozenset({PlanState.REPLACED}),
    PlanState.REPLACED: frozenset(),
}
# Being worked on: one such version of a year and measure at a time.
OPEN_STATES = frozenset({PlanState.DRAFT, PlanState.SUBMITTED})


class Parts(models.TextChoices):
    """What a figure is broken down into."""

    NONE = "", _("未分解")
    NODES = "nodes", _("下级区域")
    CUSTOMERS = "customers", _("客户")


class ReplyState(models.TextChoices):
    OPEN = "open", _("待答复")
    ACCEPTED = "accepted", _("已采纳")
    DECLINED = "declined", _("未采纳")


class TaskKind(models.TextChoices):
    WEEK = "week", _("周任务")
    MONTH = "month", _("月任务")
    QUARTER = "quarter", _("季度任务")
    ACTION = "action", _("行动计划")


class TaskState(models.TextChoices):
    OPEN = "open", pgettext_lazy("任务", "进行中")
    DONE = "done", pgettext_lazy("任务", "已完成待检查")
    CHECKED = "checked", pgettext_lazy("任务", "已检查")
    CANCELLED = "cancelled", pgettext_lazy("任务", "已取消")


TASK_TRANSITIONS: dict[str, frozenset[str]] = {
    TaskState.OPEN: frozenset({TaskState.DONE, TaskState.CANCELLED}),
    TaskState.DONE: frozenset({TaskState.CHECKED, TaskState.OPEN}),
    TaskState.CHECKED: frozenset(),
    TaskState.CANCELLED: frozenset(),
}


class TaskStepKind(models.TextChoices):
    OPENED = "opened", pgettext_lazy("任务", "布置")
    REVISED = "revised", pgettext_lazy("任务", "修改")
    NOTED = "noted", pgettext_lazy("任务", "进展")
    DONE = "done", pgettext_lazy("任务", "完成")
    CHECKED = "checked", pgettext_lazy("任务", "检查通过")
    RETURNED = "returned", pgettext_lazy("任务", "退回继续")
    COMMENTED = "commented", pgettext_lazy("任务", "上级意见")
    CANCELLED = "cancelled", pgettext_lazy("任务", "取消")
