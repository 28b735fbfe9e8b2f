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

PRESCRIPTIONS = Rule(
    key="law.no_prescription_counts",
    label=_("不得统方"),
    text=_(
        "医生、科室的用药统计不记录、不导入；拜访记录里像统方的文字要确认。只有当地法律允许时才可以关闭，关闭会记入审计日志。"
    ),
    basis=_("《加强医疗卫生行风建设“九不准”》第五条；《医疗机构工作人员廉洁从业九项准则》"),
    default={"on": True},
    parts=(Part("on", _("执行这条规则"), PartKind.SWITCH),),
)

RULES = (TIERS, PRESCRIPTIONS)
