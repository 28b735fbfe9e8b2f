"""The rules of this domain that an administrator can date."""

from django.utils.translation import gettext_lazy as _

from repertory.platform.rules import Part, PartKind, Rule

FIREWALL = Rule(
    key="law.role_firewall",
    label=_("学术与销售分开"),
    text=_(
        "备案的医药代表不承担销售任务，没有价格、开票、收款权限；没有有效备案号不能登记拜访；医院要求事先同意的，没有同意不能拜访。"
    ),
    basis=_("《医药代表备案管理办法（试行）》第三、六、十三条"),
    default={"on": True},
    parts=(Part("on", _("执行这条规则"), PartKind.SWITCH),),
)

RULES = (FIREWALL,)
