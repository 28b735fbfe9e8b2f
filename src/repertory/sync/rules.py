"""The rules of this domain that an administrator can date."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from repertory.platform.rules import Part, PartKind, Rule, value_on

IDLE = Rule(
    key="sync.idle_days",
    label=_("手机数据保留"),
    text=_("手机这么多天没有联系服务器，上面的客户资料就自动清除；没有发出的记录加密留着，重新登录后再发。"),
    basis=_("《个人信息保护法》第五十一条（采取相应的安全技术措施）；天数由公司规定"),
    default={"days": 14},
    parts=(Part("days", _("天数"), PartKind.WHOLE),),
)

RULES = (IDLE,)


def idle_days(on: date) -> int:
    """After so many days without contact a phone forgets its data."""
    return max(1, int(value_on(IDLE, on)["days"]))
