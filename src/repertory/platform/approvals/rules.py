"""The rule of approvals that an administrator can date."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from repertory.platform.rules import Part, PartKind, Rule, value_on

TWO_PERSONS = Rule(
    key="approvals.two_persons",
    label=_("大额双人审批"),
    text=_("金额达到这个数的申请，至少要由两个不同的人审批；路线上只有一步的，同一岗位再加一步。提交人和制作人不算。"),
    basis=_("系统默认，由公司自行规定"),
    default={"on": True, "from_cny": 500_000},
    parts=(Part("on", _("执行这条规则"), PartKind.SWITCH), Part("from_cny", _("金额达到（元）"), PartKind.AMOUNT)),
)

RULES = (TWO_PERSONS,)


def persons_needed(amount_cny: Decimal | None, day: date) -> int:
    """How many different persons must approve."""
    value = value_on(TWO_PERSONS, day)
    return 2 if value["on"] and amount_cny is not None and abs(amount_cny) >= Decimal(str(value["from_cny"])) else 1
