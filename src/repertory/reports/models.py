"""Analyses that people keep, reports that are made on schedule, and what was issued."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from repertory.organisation.models import Territory
from repertory.reports.choices import Audience, Format, ReportName, Rhythm


class SavedAnalysis(models.Model):
    """A question under a name, for example “各大区月销售”: measure=amount&rows=region&columns=month. shared: everybody has it, each
    with the own rows."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(_("名称"), max_length=60)
    query = models.CharField(_("定义"), max_length=2000)
    shared = models.BooleanField(_("所有人可用"), default=False)
    created_at = models.DateTimeField(_("保存时间"))

    class Meta:
        verbose_name = _("保存的分析")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_analysis_once")]
        indexes = [models.Index(fields=["shared", "name"], name="saved_analysis_shared")]

    def __str__(self) -> str:
        return self.name


class ReportSchedule(models.Model):
    """达成报表 every month for each of the people whom 大区经理 leads, as PDF. node null: what each of them sees."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    report = models.CharField(_("报表"), max_length=11, choices=ReportName.choices)
    rhythm = models.CharField(_("频率"), max_length=9, choices=Rhythm.choices)
    audience = models.CharField(_("发给谁"), max_length=7, choices=Audience.choices, default=Audience.SELF)
    node = models.ForeignKey(
        Territory, verbose_name=_("区域"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    file_format = models.CharField(_("格式"), max_length=4, choices=Format.choices, default=Format.PDF)
    created_at = models.DateTimeField(_("建立时间"))
    ended_at = models.DateTimeField(_("停止时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("定期报表")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_report_display()} {self.get_rhythm_display()}"


class IssuedReport(models.Model):
    """李娜's 达成报表 of 2026-02 as it was sent on 2026-03-01. The file is an attachment that nobody changes.

    occasion tells one time from the next: the day, week, month, quarter or year that it was made for.
    """

    schedule = models.ForeignKey(ReportSchedule, on_delete=models.PROTECT, related_name="issued", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    report = models.CharField(_("报表"), max_length=11, choices=ReportName.choices)
    period = models.CharField(_("期间"), max_length=20)
    occasion = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(_("发出时间"))

    class Meta:
        verbose_name = _("已发报表")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "person", "occasion"], name="issued_report_once"),
        ]
        indexes = [models.Index(fields=["person", "-at"], name="issued_report_of_person")]

    def __str__(self) -> str:
        return f"{self.get_report_display()} {self.period}"
