"""A year's plan with its versions, and what the field answers to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from repertory.core.exact import ExactField
from repertory.organisation.models import Territory
from repertory.plans.choices import OPEN_STATES, Level, Measure, PlanState, ReplyState
from repertory.products.models import Product


class TargetPlan(models.Model):
    """年度指标 in one version, for example 2026, 金额, version 2: “集采后下调”. Its figures hang at it.

    One version of a year and measure is approved, at most one other is being worked on; the approval of that one replaces
    it. step: figures are multiples of it, 1 or 0.01 CNY, 1 box.
    """

    year = models.PositiveSmallIntegerField(_("年份"))
    measure = models.CharField(_("计量"), max_length=8, choices=Measure.choices)
    number = models.PositiveSmallIntegerField(_("版本"))
    state = models.CharField(_("状态"), max_length=9, choices=PlanState.choices, default=PlanState.DRAFT)
    step = ExactField(_("分解到"))
    reason = models.CharField(_("编制说明"), max_length=300, blank=True)
    based_on = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("编制人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("编制时间"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("提交人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("审批人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("审批时间"), null=True, blank=True)
    decision = models.CharField(_("退回意见"), max_length=300, blank=True)
    updated_at = models.DateTimeField(_("更新时间"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("指标计划")
        ordering = ["-year", "measure", "-number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["year", "measure", "number"], name="target_plan_version_once"),
            models.UniqueConstraint(
                fields=["year", "measure"], condition=Q(state=PlanState.APPROVED), name="target_plan_approved_once"
            ),
            models.UniqueConstraint(
                fields=["year", "measure"], condition=Q(state__in=sorted(OPEN_STATES)), name="target_plan_open_once"
            ),
            models.CheckConstraint(condition=Q(step__gt=0), name="target_plan_step_positive"),
        ]

    def __str__(self) -> str:
        return gettext("%(year)s年%(measure)s指标 第%(number)s版") % {
            "year": self.year,
            "measure": self.get_measure_display(),
            "number": self.number,
        }


class TargetReply(models.Model):
    """A node's leader answers a figure: 南京地区, 安立坦, 2026-Q2: “渠道清库，建议 320 万”. Accepted, it becomes the figure."""

    plan = models.ForeignKey(TargetPlan, on_delete=models.CASCADE, related_name="replies")
    level = models.CharField(_("指标档"), max_length=7, choices=Level.choices)
    territory = models.ForeignKey(Territory, verbose_name=_("区域"), on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, verbose_name=_("产品"), on_delete=models.PROTECT, related_name="+")
    period = models.CharField(_("期间"), max_length=10)
    before = ExactField(_("原指标"))
    proposed = ExactField(_("建议指标"))
    reason = models.CharField(_("理由"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("提出人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("提出时间"))
    state = models.CharField(_("状态"), max_length=8, choices=ReplyState.choices, default=ReplyState.OPEN)
    answer = models.CharField(_("答复"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("答复人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("指标反馈")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(proposed__gte=0), name="target_reply_not_negative"),
            models.CheckConstraint(
                condition=Q(state=ReplyState.OPEN, decided_at=None)
                | (~Q(state=ReplyState.OPEN) & Q(decided_at__isnull=False)),
                name="target_reply_decided_whole",
            ),
        ]
        indexes = [models.Index(fields=["plan", "state"], name="target_reply_open")]
