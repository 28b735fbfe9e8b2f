"""The rules of this domain that an administrator can date."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from repertory.core.time import day_of, start_of
from repertory.platform.rules import Part, PartKind, Rule, value_on

ENTRY = Rule(
    key="visits.entry",
    label=_("拜访录入期限"),
    text=_("拜访当天之后过了规定小时才录入的，记为补录；超过规定天数的不能再录。"),
    basis=_("系统默认，由公司自行规定"),
    default={"late_after_hours": 24, "closed_after_days": 31},
    parts=(
        Part("late_after_hours", _("当天结束后多少小时起算补录"), PartKind.WHOLE),
        Part("closed_after_days", _("多少天后不能再录"), PartKind.WHOLE),
    ),
)
CHECK_IN = Rule(
    key="visits.check_in",
    label=_("签到距离"),
    text=_("签到位置离客户超过这个距离的，在拜访上标出。"),
    basis=_("系统默认，由公司自行规定"),
    default={"metres": 500},
    parts=(Part("metres", _("允许的距离（米）"), PartKind.WHOLE),),
)
CYCLE = Rule(
    key="visits.cycle",
    label=_("周期计划"),
    text=_("自动排月计划时，一天从几点到几点、最多拜访多少次、每次多长、路上多快。"),
    basis=_("系统默认，由公司自行规定"),
    default={"most_a_day": 12, "minutes": 20, "starts_hour": 8, "ends_hour": 18, "kilometres_per_hour": 25},
    parts=(
        Part("most_a_day", _("一天最多几次"), PartKind.WHOLE),
        Part("minutes", _("每次多少分钟"), PartKind.WHOLE),
        Part("starts_hour", _("几点开始"), PartKind.WHOLE),
        Part("ends_hour", _("几点结束"), PartKind.WHOLE),
        Part("kilometres_per_hour", _("路上平均时速（公里）"), PartKind.WHOLE),
    ),
)
SILENCE = Rule(
    key="visits.silence",
    label=_("多久没有联系要提醒"),
    text=_("有拜访频率要求的客户超过这么多天没有联系，列入“接下来做什么”。"),
    basis=_("系统默认，由公司自行规定"),
    default={"days": 45},
    parts=(Part("days", _("天数"), PartKind.WHOLE),),
)

RULES = (ENTRY, CHECK_IN, CYCLE, SILENCE)


class EntryTerms(NamedTuple):
    """What the rule says on the day of the entry. first_open_day: the earliest day for which one may still enter."""

    late_after: timedelta
    first_open_day: date

    def is_late(self, visited_on: date, recorded_at: datetime) -> bool:
        """So many hours after the end of the day of the visit."""
        return recorded_at > start_of(visited_on + timedelta(days=1)) + self.late_after


def entry_terms(at: datetime) -> EntryTerms:
    """Read once an entry."""
    today = day_of(at)
    rule = value_on(ENTRY, today)
    return EntryTerms(
        timedelta(hours=int(rule["late_after_hours"])), today - timedelta(days=int(rule["closed_after_days"]))
    )


def farthest_metres(on: date) -> int:
    return int(value_on(CHECK_IN, on)["metres"])
