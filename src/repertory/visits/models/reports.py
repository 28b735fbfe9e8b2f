"""Personal reports, and coaching on joint visits."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from repertory.visits.choices import AgreedState, ReportKind, Skill
from repertory.visits.models.visits import Visit


class PersonalReport(models.Model):
    """日报 of 李娜 for 2026-03-02 (weekly and monthly ones: the first day). `figures` is what was composed from the records
    when it was sent; it does not change afterwards. An urgent one stands by itself, several a day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("报告人"), on_delete=models.PROTECT, related_name="reports"
    )
    kind = models.CharField(_("类型"), max_length=7, choices=ReportKind.choices)
    starts_on = models.DateField(_("自"))
    ends_on = models.DateField(_("至（不含）"))
    figures = models.JSONField(default=dict)
    text = models.TextField(_("总结"), blank=True)
    tomorrow = models.TextField(_("下一步安排"), blank=True)
    sent_at = models.DateTimeField(_("发送时间"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("个人报告")
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "starts_on"], condition=~Q(kind=ReportKind.URGENT), name="report_once"
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="report_range"),
        ]
        indexes = [models.Index(fields=["starts_on", "kind", "user"], name="report_by_day")]


class ReportComment(models.Model):
    """What a superior, or the author in answer, says to a report."""

    report = models.ForeignKey(PersonalReport, on_delete=models.CASCADE, related_name="comments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))
    text = models.CharField(_("点评"), max_length=1000)

    class Meta:
        ordering = ["report_id", "at", "id"]


class ReportReading(models.Model):
    """Who of the chain was to read a report, and when they first did."""

    report = models.ForeignKey(PersonalReport, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(_("阅读时间"), null=True)

    class Meta:
        ordering = ["report_id", "id"]
        constraints = [models.UniqueConstraint(fields=["report", "user"], name="report_reading_once")]


class Coaching(models.Model):
    """协访: what 地区主管 saw when joining a visit of 李娜. Nobody coaches oneself."""

    visit = models.ForeignKey(Visit, null=True, blank=True, on_delete=models.PROTECT, related_name="coachings")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("代表"), on_delete=models.PROTECT, related_name="coachings"
    )
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("辅导人"), on_delete=models.PROTECT, related_name="+"
    )
    on = models.DateField(_("日期"))
    observed = models.TextField(_("观察到的"))
    strengths = models.TextField(_("做得好的"), blank=True)
    improvements = models.TextField(_("可以提高的"), blank=True)
    at = models.DateTimeField(_("记录时间"))
    read_at = models.DateTimeField(_("代表阅读时间"), null=True)
    reply = models.CharField(_("代表反馈"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("协访辅导")
        ordering = ["-on", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(user=F("coach")), name="coaching_not_of_oneself")]


class SkillRating(models.Model):
    """One skill from 1 (to be learned) to 5 (an example to others)."""

    coaching = models.ForeignKey(Coaching, on_delete=models.CASCADE, related_name="ratings")
    skill = models.CharField(_("技能"), max_length=12, choices=Skill.choices)
    score = models.PositiveSmallIntegerField(_("评分"))

    class Meta:
        ordering = ["coaching_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["coaching", "skill"], name="skill_rated_once"),
            models.CheckConstraint(condition=Q(score__range=(1, 5)), name="skill_in_five_steps"),
        ]


class AgreedAction(models.Model):
    """What the two agreed on; looked at again at the next coaching."""

    coaching = models.ForeignKey(Coaching, on_delete=models.CASCADE, related_name="agreed")
    text = models.CharField(_("行动"), max_length=300)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    state = models.CharField(_("结果"), max_length=6, choices=AgreedState.choices, default=AgreedState.OPEN)
    reviewed_in = models.ForeignKey(Coaching, null=True, blank=True, on_delete=models.SET_NULL, related_name="reviewed")

    class Meta:
        ordering = ["coaching_id", "id"]
