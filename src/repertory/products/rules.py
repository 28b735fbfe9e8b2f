"""The rules of this domain that an administrator can date."""

from datetime import MAXYEAR, date

from django.utils.translation import gettext_lazy as _

from repertory.platform.rules import Part, PartKind, Rule, value_on

MESSAGE_VALIDITY = Rule(
    key="products.message_validity",
    label=_("关键信息有效期"),
    text=_("关键信息从生效之日起最多使用这么久，到期要重新审批。"),
    basis=_("系统默认，由公司自行规定"),
    default={"months": 24},
    parts=(Part("months", _("最长月数"), PartKind.WHOLE),),
)

RULES = (MESSAGE_VALIDITY,)


def latest_end(start: date, rule: Rule = MESSAGE_VALIDITY) -> date:
    """The last day on which a message, or what else a rule of `months` is for, may be used that begins on `start`."""
    months = max(1, int(value_on(rule, start)["months"]))
    years, month = divmod(start.month - 1 + months, 12)
    if start.year + years >= MAXYEAR:
        return date.max
    first_of_month = date(start.year + years, month + 1, 1)
    return date.fromordinal(min(first_of_month.toordinal() + start.day - 1, _end_of(first_of_month)) - 1)


def _end_of(first: date) -> int:
    """The ordinal of the day after the month's last, so that 31 August and six months end with February."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1).toordinal()
