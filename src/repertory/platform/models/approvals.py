"""What waits for somebody's approval, the chain that it goes through, who stands in for whom, and the routes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from repertory.core.exact import ExactField


class RequestState(models.TextChoices):
    WAITING = "waiting", _("审批中")
    APPROVED = "approved", _("已批准")
    REJECTED = "rejected", _("已驳回")
    WITHDRAWN = "withdrawn", _("已撤回")


class StepState(models.TextChoices):
    WAITING = "waiting", _("待审批")
    APPROVED = "approved", _("已同意")
    REJECTED = "rejected", _("已驳回")
    DROPPED = "dropped", _("未走到")


REQUEST_TRANSITIONS: dict[str, tuple[str, ...]] = {
    RequestState.WAITING: (RequestState.APPROVED, RequestState.REJECTED, RequestState.WITHDRAWN),
    RequestState.APPROVED: (),
    RequestState.REJECTED: (),
    RequestState.WITHDRAWN: (),
}
STEP_TRANSITIONS: dict[str, tuple[str, ...]] = {
    StepState.WAITING: (StepState.APPROVED, StepState.REJECTED, StepState.DROPPED),
    StepState.APPROVED: (),
    StepState.REJECTED: (),
    StepState.DROPPED: (),
}


class ApprovalRoute(models.Model):
    """Who approves one kind of thing from a day on, for example price lists since 2026-01-01: the region's manager, from
    500,000 on the company's too. `steps`: [{"role", "level", "from_cny"}], in their order."""

    kind = models.CharField(_("事项"), max_length=40)
    starts_on = models.DateField(_("生效日期"))
    steps = models.JSONField(_("步骤"))
    source = models.CharField(_("依据"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("审批路线")
        ordering = ["kind", "-starts_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["kind", "starts_on"], name="approval_route_once_a_day")]


class Deputy(models.Model):
    """王芳 decides in the name of 陈刚 from 2026-05-01 up to, not including, 2026-05-08."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("本人"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("代理人"), on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField(_("自"))
    ends_on = models.DateField(_("至（不含）"))
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    named_at = models.DateTimeField(_("指定时间"))

    class Meta:
        verbose_name = _("审批代理")
        ordering = ["-starts_on", "-id"]
        constraints = [
            # An end on the first day takes back what had not begun.
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="deputy_range"),
            models.CheckConstraint(condition=~Q(person=F("deputy")), name="deputy_is_another"),
        ]
        indexes = [models.Index(fields=["person", "starts_on"], name="deputy_of_person")]


class ApprovalRequest(models.Model):
    """A thing of another area that waits until its chain has approved it, for example the price list “2026 年医院价” with
    floor prices below 20%. `step`: the position of the step whose turn it is; after the end, of the last one decided.
    `authors`: keys of those who made the thing, who decide nothing either."""

    kind = models.CharField(_("事项"), max_length=40)
    object_id = models.BigIntegerField()
    title = models.CharField(_("标题"), max_length=200)
    amount_cny = ExactField(_("金额（元）"), null=True)
    node_id = models.BigIntegerField(_("辖区"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("提交人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    authors = models.JSONField(default=list)
    asked_at = models.DateTimeField(_("提交时间"))
    reason = models.CharField(_("理由"), max_length=1000, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=RequestState.choices, default=RequestState.WAITING)
    step = models.PositiveSmallIntegerField(default=1)
    ended_at = models.DateTimeField(_("办结时间"), null=True)
    ended_why = models.CharField(_("撤回原因"), max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("审批")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"], condition=Q(state=RequestState.WAITING), name="approval_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.WAITING, ended_at=None)
                | (~Q(state=RequestState.WAITING) & Q(ended_at__isnull=False)),
                name="approval_ended_when",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_by", "id"], name="approval_of_person"),
            models.Index(fields=["state", "id"], name="approval_by_state"),
            models.Index(fields=["kind", "object_id", "id"], name="approval_of_object"),
        ]

    def __str__(self) -> str:
        return self.title


class ApprovalStep(models.Model):
    """One step of a request's chain, as the route stood when it was asked. `node_id`: where the deciders hold `role`.
    `principal`: in whose name it was decided; `decided_by`: who did it, another person where a deputy stood in."""

    request = models.ForeignKey(ApprovalRequest, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(_("岗位"), max_length=20)
    node_id = models.BigIntegerField(_("辖区"))
    state = models.CharField(_("状态"), max_length=10, choices=StepState.choices, default=StepState.WAITING)
    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("审批人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("经办人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("时间"), null=True)
    comment = models.CharField(_("意见"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("审批步骤")
        ordering = ["request_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="approval_step_once"),
            models.UniqueConstraint(fields=["request", "principal"], name="approval_nobody_twice"),
            models.UniqueConstraint(fields=["request", "decided_by"], name="approval_no_hand_twice"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[StepState.WAITING, StepState.DROPPED], principal=None, decided_by=None, decided_at=None
                )
                | Q(
                    state__in=[StepState.APPROVED, StepState.REJECTED],
                    principal__isnull=False,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="approval_step_decided_whole",
            ),
        ]
        indexes = [models.Index(fields=["role", "node_id"], name="approval_step_by_post")]
