"""The rules of this domain that an administrator can date."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from repertory.core.time import Days
from repertory.customers.choices import PERSON_KINDS
from repertory.platform.rules import Part, PartKind, Rule, value_on
from repertory.products import rules as product_rules

MATERIAL_VALIDITY = Rule(
    key="materials.validity",
    label=_("资料有效期"),
    text=_("资料的一个版本从生效之日起最多使用这么久，到期要重新审批。"),
    basis=_("系统默认，由公司自行规定"),
    default={"months": 24},
    parts=(Part("months", _("最长月数"), PartKind.WHOLE),),
)
ONCE = Rule(
    key="materials.once",
    label=_("资料不重复发放"),
    text=_("打开后，同一版本的资料对同一位客户只能给一次；关闭时只提醒。"),
    basis=_("系统默认，由公司自行规定"),
    default={"on": False},
    parts=(Part("on", _("同一版本只给一次"), PartKind.SWITCH),),
)
SAMPLE_LIMIT = Rule(
    key="materials.sample_limit",
    label=_("样品限量"),
    text=_("每位客户每个产品在一个周期内最多领取这么多盒样品；周期从一月起算，3 个月就是自然季度。"),
    basis=_("系统默认，由公司自行规定"),
    default={"on": True, "person": 10, "institution": 60, "months": 3},
    parts=(
        Part("on", _("限量"), PartKind.SWITCH),
        Part("person", _("个人（医生/药师）最多盒数"), PartKind.WHOLE),
        Part("institution", _("机构最多盒数"), PartKind.WHOLE),
        Part("months", _("周期（月）"), PartKind.WHOLE),
    ),
)
SAMPLE_SIGNATURE = Rule(
    key="materials.sample_signature",
    label=_("样品签收"),
    text=_("给客户样品时要有客户的签名。"),
    basis=_("系统默认，由公司自行规定"),
    default={"required": True},
    parts=(Part("required", _("必须签名"), PartKind.SWITCH),),
)

RULES = (MATERIAL_VALIDITY, ONCE, SAMPLE_LIMIT, SAMPLE_SIGNATURE)


def latest_end(start: date) -> date:
    """The last day on which a version may be used that begins on `start`."""
    return product_rules.latest_end(start, MATERIAL_VALIDITY)


def once_only(day: date) -> bool:
    return bool(value_on(ONCE, day)["on"])


def signature_required(day: date) -> bool:
    return bool(value_on(SAMPLE_SIGNATURE, day)["required"])


def sample_limit(day: date, *, kind: str) -> int | None:
    """Packs of one product in one period for a customer of this kind; None where there is no limit."""
    value = value_on(SAMPLE_LIMIT, day)
    return int(value["person" if kind in PERSON_KINDS else "institution"]) if value["on"] else None


def sample_period(day: date) -> Days:
    """The period around a day: as many months as the rule says, counted from January; the year's last may be shorter."""
    months = min(12, max(1, int(value_on(SAMPLE_LIMIT, day)["months"])))
    first = (day.month - 1) // months * months + 1
    following = first + months
    end = date(day.year + 1, 1, 1) if following > 12 else date(day.year, following, 1)
    return Days(date(day.year, first, 1), end)


def last_day(period: Days) -> date:
    return period.end - timedelta(days=1)
