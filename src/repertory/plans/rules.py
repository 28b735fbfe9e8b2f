"""The rules of this domain that an administrator can date."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from repertory.customers.choices import PERSON_KINDS, Kind, Potential
from repertory.customers.rules import PRESCRIPTIONS
from repertory.platform.rules import Part, PartKind, Rule, value_on

POTENTIAL_WEIGHTS = Rule(
    key="plans.potential_weights",
    label=_("按潜力分解指标的权重"),
    text=_("按客户潜力分解指标时，每个客户按潜力等级计权重，区域的权重是其客户之和。"),
    basis=_("系统默认，由公司自行规定"),
    default={"high": 5, "medium": 3, "low": 1, "unknown": 1},
    parts=(
        Part("high", _("潜力高，权重"), PartKind.WHOLE),
        Part("medium", _("潜力中，权重"), PartKind.WHOLE),
        Part("low", _("潜力低，权重"), PartKind.WHOLE),
        Part("unknown", _("潜力未评，权重"), PartKind.WHOLE),
    ),
)

RULES = (POTENTIAL_WEIGHTS,)
# Nobody buys for an authority.
NO_BUYERS = frozenset({Kind.GOVERNMENT})


def kinds_with_targets(day: date) -> frozenset[str]:
    """Which customers may have a target: institutions, pharmacies and distributors; persons only where the rule against
    counting prescriptions is switched off (M-LAW-2)."""
    persons_too = not value_on(PRESCRIPTIONS, day)["on"]
    return frozenset(kind for kind in Kind if kind not in NO_BUYERS and (persons_too or kind not in PERSON_KINDS))


def potential_weight(potential: str, weights: dict[str, int]) -> int:
    return max(0, int(weights[potential if potential in set(Potential) else "unknown"]))
