"""Running numbers, and what a merge of customers moved."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class NumberSeries(models.Model):
    """The last number of a year, for example case 2026 → 128. The row is locked while the next one is given, so that there
    is neither a gap nor a double."""

    name = models.CharField(_("编号"), max_length=10)
    year = models.PositiveSmallIntegerField(_("年份"))
    last = models.PositiveIntegerField(_("最后编号"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "year"], name="number_series_once")]


class MovedByMerge(models.Model):
    """A case or an adverse event that a merge of two customers took along, so that undoing it gives it back."""

    merge_id = models.BigIntegerField(_("合并"))
    case = models.ForeignKey("service.Case", null=True, on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey("service.AdverseEvent", null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["merge_id", "id"]
        indexes = [models.Index(fields=["merge_id", "id"], name="service_moved_by_merge")]
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=True, event__isnull=False) | Q(case__isnull=False, event__isnull=True),
                name="service_moved_one_thing",
            )
        ]
