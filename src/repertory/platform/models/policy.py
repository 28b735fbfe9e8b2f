"""Rules as dated rows: what the law or the company demands from a day on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PolicySetting(models.Model):
    """The value of one rule from a day on, for example `customers.tier_a_score` = 80 from 2026-01-01 (source: 销售制度)."""

    key = models.CharField(_("规则"), max_length=80)
    starts_on = models.DateField(_("生效日期"))
    value = models.JSONField(_("值"))
    source = models.CharField(_("依据"), max_length=200, blank=True)
    note = models.CharField(_("说明"), max_length=400, blank=True)

    class Meta:
        ordering = ["key", "-starts_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["key", "starts_on"], name="policy_once_a_day")]
