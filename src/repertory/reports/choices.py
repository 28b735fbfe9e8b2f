"""Codes and labels of reports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportName(models.TextChoices):
    ATTAINMENT = "attainment", _("达成报表")
    COMPOSITION = "composition", _("销售构成报表")
    TREND = "trend", _("销售趋势报表")
    COVERAGE = "coverage", _("拜访覆盖报表")
    FLOW = "flow", _("流向检查报表")


class Rhythm(models.TextChoices):
    DAILY = "daily", _("每天")
    WEEKLY = "weekly", _("每周一")
    MONTHLY = "monthly", _("每月")
    QUARTERLY = "quarterly", _("每季")
    YEARLY = "yearly", _("每年")


class Audience(models.TextChoices):
    """Whose copy is made: everybody's holds what that person sees."""

    SELF = "self", _("只给我自己")
    TEAM = "team", _("给我带的每个人")
    COMPANY = "company", _("给全公司的主管和经理")


class Format(models.TextChoices):
    PDF = "pdf", "PDF"
    XLSX = "xlsx", "Excel"
