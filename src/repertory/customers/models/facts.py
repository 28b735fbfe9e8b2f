"""Facts that wait for review: from a form that the customer filled in, or from a survey file."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from repertory.customers.choices import FactState, Source
from repertory.customers.models.customer import Customer


class FillInInvitation(models.Model):
    """A signed link to the public form for one customer; it expires and works once."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="invitations")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("链接有效至"))
    used_at = models.DateTimeField(_("填写时间"), null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]


class ProposedFact(models.Model):
    """One field's proposed value with where it came from; a person confirms or declines it."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="proposed_facts")
    field = models.CharField(_("字段"), max_length=60)
    value = models.TextField(_("新值"))
    source = models.CharField(_("来源"), max_length=10, choices=Source.choices)
    source_note = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=FactState.choices, default=FactState.WAITING)
    received_at = models.DateTimeField(_("收到时间"))
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["customer_id", "received_at", "id"]
        indexes = [models.Index(fields=["state", "customer"], name="fact_by_state")]
