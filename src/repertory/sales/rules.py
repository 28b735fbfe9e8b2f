"""The rules of this domain that an administrator can date."""

from django.utils.translation import gettext_lazy as _

from repertory.platform.rules import Part, PartKind, Rule

LAW_CHAIN = Rule(
    key="law.two_invoices",
    label=_("两票制"),
    text=_("药品从生产企业到医院最多开两次发票：生产企业 → 商业公司 → 医院。更长的链条会列出来。"),
    basis=_("国医改办发〔2016〕4号《关于在公立医疗机构药品采购中推行“两票制”的实施意见（试行）》"),
    default={"on": True, "most_invoices": 2},
    parts=(
        Part("on", _("执行这条规则"), PartKind.SWITCH),
        Part("most_invoices", _("最多开票次数"), PartKind.WHOLE),
    ),
)

FLOW_PRICES = Rule(
    key="sales.flow_prices",
    label=_("流向按价格表计价"),
    text=_("商业公司的流向只有数量、没有单价和金额时，按当天有效的价格表计算金额；文件里有金额的以文件为准。"),
    basis=_("系统默认，由公司自行规定"),
    default={"on": True},
    parts=(Part("on", _("按价格表计价"), PartKind.SWITCH),),
)

RULES = (LAW_CHAIN, FLOW_PRICES)
