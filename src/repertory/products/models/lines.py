"""Product lines, and the teams that carry them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from repertory.organisation.models import Territory


class ProductLine(models.Model):
    """产品线, for example 心血管线. A limited line is carried by its teams only; any other by the whole field force."""

    code = models.CharField(_("编码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    limited = models.BooleanField(_("只由指定辖区经营"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("产品线")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class LineTeam(models.Model):
    """A territory and all below it carry a line from a day up to, not including, another."""

    line = models.ForeignKey(ProductLine, verbose_name=_("产品线"), on_delete=models.CASCADE, related_name="teams")
    territory = models.ForeignKey(Territory, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("自"))
    ends_on = models.DateField(_("至（不含）"), null=True, blank=True)

    class Meta:
        verbose_name = _("经营辖区")
        ordering = ["line_id", "-starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="line_team_range"),
            models.UniqueConstraint(
                fields=["line", "territory"], condition=Q(ends_on=None), name="line_team_open_once"
            ),
        ]
