"""Days on which the company works, or does not, otherwise than the official calendar says."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkdayOverride(models.Model):
    """One day that an administrator decided: 2027-02-14, a Sunday, is a working day (调休), or 12 May is the company's own
    holiday (公司放假)."""

    day = models.DateField(_("日期"), unique=True)
    working = models.BooleanField(_("上班"))
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        ordering = ["day"]
