"""Which territories cover which customer when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from repertory.customers.models.customer import Customer
from repertory.organisation.models import Territory


class Coverage(models.Model):
    """A customer belongs to a territory from a day up to, not including, another; several product lines, several
    territories. `current` says whether today lies inside: kept by the writes and by the nightly turn of the day,
    because the row scope is an index lookup on it."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="coverages")
    territory = models.ForeignKey(Territory, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="coverages")
    starts_on = models.DateField(_("自"))
    ends_on = models.DateField(_("至（不含）"), null=True, blank=True)
    current = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("覆盖")
        ordering = ["customer_id", "-starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="coverage_range"),
            models.UniqueConstraint(
                fields=["customer", "territory"], condition=Q(ends_on=None), name="coverage_open_once"
            ),
        ]
        indexes = [
            models.Index(fields=["territory", "customer"], name="coverage_scope", condition=Q(current=True)),
            models.Index(fields=["customer", "territory"], name="coverage_of_customer", condition=Q(current=True)),
        ]
