"""The rules of this domain that an administrator can date."""

from django.utils.translation import gettext_lazy as _

from repertory.customers.tiers import DEFAULT_RULES, POLICY_KEY
from repertory.platform.rules import Part, PartKind, Rule

TIERS = Rule(
    key=POLICY_KEY,
    label=_("客户分级"),
    text=_("潜力、使用习惯和往来金额各记分，总分到线的建议为 A、B，其余为 C；系统只建议，由人确认。"),
    basis=_("系统默认，由公司自行规定"),
    default=DEFAULT_RULES,
    parts=(
        Part("tier_a_from", _("A 级起点分"), PartKind.WHOLE),
        Part("tier_b_from", _("B 级起点分"), PartKind.WHOLE),
        Part("potential.high", _("潜力高，计分"), PartKind.WHOLE),
        Part("potential.medium", _("潜力中，计分"), PartKind.WHOLE),
        Part("potential.low", _("潜力低，计分"), PartKind.WHOLE),
        Part("adoption.advocate", _("积极推荐，计分"), PartKind.WHOLE),
        Part("adoption.regular", _("常规使用，计分"), PartKind.WHOLE),
        Part("adoption.trial", _("试用，计分"), PartKind.WHOLE),
        Part("adoption.aware", _("知晓，计分"), PartKind.WHOLE),
        Part("main_from_cny", _("主力客户年往来金额（元）起"), PartKind.AMOUNT),
        Part("scattered_below_cny", _("零散客户年往来金额（元）低于"), PartKind.AMOUNT),
    ),
)

RULES = (TIERS,)
