"""Tier A/B/C and the two other classes, by stated rules: a score, and each reason for it. Pure but for reading rules."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from repertory.customers.choices import PERSON_KINDS, Adoption, CareClass, Potential, Stage, Tier, TradeClass
from repertory.customers.models import Customer, Profile
from repertory.platform.queries import policy_value

POLICY_KEY = "customers.tier_rules"
# Points: potential up to 50, adoption or trade up to 50. An administrator dates other values under 规则.
DEFAULT_RULES: dict[str, Any] = {
    "potential": {"high": 50, "medium": 30, "low": 10, "": 0},
    "adoption": {"advocate": 50, "regular": 40, "trial": 25, "aware": 10, "unaware": 0, "": 0},
    "trade_steps_cny": [[1_000_000, 50], [300_000, 35], [50_000, 20], [1, 10]],
    "tier_a_from": 80,
    "tier_b_from": 45,
    "main_from_cny": 300_000,
    "scattered_below_cny": 50_000,
}


def rules_on(day: date) -> dict[str, Any]:
    return {**DEFAULT_RULES, **policy_value(POLICY_KEY, on=day, default={})}


@dataclass(frozen=True)
class Facts:
    kind: str
    stage: str
    potential: str
    adoption: str
    trade_cny: Decimal

    @classmethod
    def of(cls, customer: Customer, profile: Profile | None) -> "Facts":
        trade = profile.trade_amount_cny if profile is not None else Decimal(0)
        return cls(customer.kind, customer.stage, customer.potential, customer.adoption, trade)


@dataclass(frozen=True)
class Proposed:
    """reasons: (what, value, points), such as ("potential", "high", 50)."""

    tier: str
    trade_class: str
    care_class: str
    score: int
    reasons: tuple[tuple[str, str, int], ...]

    def differs(self, customer: Customer) -> bool:
        return self.score > 0 and self.tier != customer.tier


def propose(facts: Facts, rules: dict[str, Any]) -> Proposed:
    """A person is judged by potential and adoption, never by volume (M-LAW-2); an organisation by potential and trade."""
    reasons = [("potential", facts.potential, rules["potential"].get(facts.potential, 0))]
    if facts.kind in PERSON_KINDS:
        reasons.append(("adoption", facts.adoption, rules["adoption"].get(facts.adoption, 0)))
    else:
        reasons.append(("trade", f"{facts.trade_cny:f}", _trade_points(facts.trade_cny, rules)))
    score = sum(points for _what, _value, points in reasons)
    tier = Tier.A if score >= rules["tier_a_from"] else Tier.B if score >= rules["tier_b_from"] else Tier.C
    return Proposed(tier, _trade_class(facts, rules), _care_class(facts, tier), score, tuple(reasons))


def _trade_points(amount: Decimal, rules: dict[str, Any]) -> int:
    return next((points for limit, points in rules["trade_steps_cny"] if amount >= limit), 0)


def _trade_class(facts: Facts, rules: dict[str, Any]) -> str:
    if facts.kind in PERSON_KINDS or facts.trade_cny <= 0:
        return ""
    if facts.trade_cny >= rules["main_from_cny"]:
        return TradeClass.MAIN
    return TradeClass.SCATTERED if facts.trade_cny < rules["scattered_below_cny"] else TradeClass.ORDINARY


def _care_class(facts: Facts, tier: str) -> str:
    if facts.stage == Stage.ACTIVE and (facts.adoption in (Adoption.REGULAR, Adoption.ADVOCATE) or tier == Tier.A):
        return CareClass.STABLE
    if facts.potential in (Potential.HIGH, Potential.MEDIUM) and facts.stage in (Stage.POTENTIAL, Stage.DEVELOPING):
        return CareClass.DEVELOP
    return CareClass.MAINTAIN
