"""People at institutions, and who listens to whom: the decision chain."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from repertory.customers.choices import DecisionRole, InfluenceKind
from repertory.customers.models.customer import Customer


class Affiliation(models.Model):
    """A person works at an institution in a role, for example 王磊 is 决策者 in 心内科 of 鼓楼医院 since 2021."""

    person = models.ForeignKey(Customer, verbose_name=_("人员"), on_delete=models.CASCADE, related_name="affiliations")
    institution = models.ForeignKey(
        Customer, verbose_name=_("机构"), on_delete=models.CASCADE, related_name="affiliated"
    )
    role = models.CharField(_("决策角色"), max_length=16, choices=DecisionRole.choices)
    department = models.CharField(_("科室/部门"), max_length=80, blank=True)
    position = models.CharField(_("职务"), max_length=80, blank=True)
    starts_on = models.DateField(_("自"), null=True, blank=True)
    ends_on = models.DateField(_("至（不含）"), null=True, blank=True)

    class Meta:
        verbose_name = _("任职机构")
        ordering = ["institution_id", "role", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "institution", "role"], name="affiliation_once"),
            models.CheckConstraint(condition=~Q(person=F("institution")), name="affiliation_of_two"),
        ]


class Influence(models.Model):
    """One person's word counts with another, for example a teacher's; strength 1 (weak) to 5 (decides)."""

    source = models.ForeignKey(Customer, verbose_name=_("影响者"), on_delete=models.CASCADE, related_name="influences")
    target = models.ForeignKey(
        Customer, verbose_name=_("被影响者"), on_delete=models.CASCADE, related_name="influenced_by"
    )
    kind = models.CharField(_("关系"), max_length=12, choices=InfluenceKind.choices)
    strength = models.PositiveSmallIntegerField(_("强度（1-5）"), default=3)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("影响关系")
        ordering = ["source_id", "-strength", "id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="influence_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="influence_of_two"),
            models.CheckConstraint(condition=Q(strength__range=(1, 5)), name="influence_strength"),
        ]
