"""The territory tree and who holds which node when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from repertory.organisation.choices import Level, Role
from repertory.organisation.models.people import User

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Territory(MP_Node):
    """A node of the sales tree, for example 公司 → 华东大区 → 南京地区 → 南京鼓楼. Its path prefix is the row scope."""

    code = models.CharField(_("编码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    level = models.CharField(_("层级"), max_length=12, choices=Level.choices)
    line = models.CharField(_("产品线"), max_length=40, blank=True)
    closed_on = models.DateField(_("停用日期"), null=True, blank=True)
    customer_count = models.PositiveIntegerField(_("现有客户数"), default=0)
    version = models.PositiveIntegerField(default=1)

    alphabet = ALPHABET
    node_order_by: list[str] = []

    class Meta:
        verbose_name = _("辖区")

    def __str__(self) -> str:
        return self.name

    @property
    def path_end(self) -> str:
        """The subtree is the half-open range [path, path_end)."""
        return path_end(self.path)


def path_end(path: str) -> str:
    """The next path of the same length; digits come before letters in every collation, so a range works everywhere."""
    kept = path.rstrip(ALPHABET[-1])
    if not kept:
        raise ValueError("The last possible path has no end.")
    return kept[:-1] + ALPHABET[ALPHABET.index(kept[-1]) + 1]


class Assignment(models.Model):
    """A person holds a role at a node from a day up to, not including, another; the past is kept for ever."""

    user = models.ForeignKey(User, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="assignments")
    territory = models.ForeignKey(
        Territory, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="assignments"
    )
    role = models.CharField(_("岗位"), max_length=20, choices=Role.choices)
    starts_on = models.DateField(_("自"))
    ends_on = models.DateField(_("至（不含）"), null=True, blank=True)

    class Meta:
        ordering = ["user_id", "-starts_on", "id"]
        verbose_name = _("任职")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="assignment_range"),
            models.UniqueConstraint(fields=["user", "territory", "role", "starts_on"], name="assignment_once"),
        ]
        indexes = [models.Index(fields=["territory", "role"], name="assignment_by_node")]
