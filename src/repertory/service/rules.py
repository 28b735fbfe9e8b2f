"""The rules of this domain that an administrator can date, and the times that follow from them (M-SER-1, M-LAW-5)."""

from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from repertory.core.time import day_of
from repertory.platform.rules import Part, PartKind, Rule, value_on
from repertory.platform.workdays import add_working_time
from repertory.service.choices import Clock, EscalationLevel, Expectedness, Outcome, Seriousness, Severity

CASE_HOURS = Rule(
    key="service.case_hours",
    label=_("服务个案时限"),
    text=_("从登记（或重新打开）起，多少工作小时内要有结果并告知客户。一个工作日按工作时间计算，默认 8 小时。"),
    basis=_("系统默认，由公司自行规定"),
    default={"urgent": 4, "high": 8, "normal": 24, "low": 40},
    parts=(
        Part("urgent", _("紧急（工作小时）"), PartKind.AMOUNT),
        Part("high", _("高（工作小时）"), PartKind.AMOUNT),
        Part("normal", _("一般（工作小时）"), PartKind.AMOUNT),
        Part("low", _("低（工作小时）"), PartKind.AMOUNT),
    ),
)
ESCALATION = Rule(
    key="service.escalation",
    label=_("服务个案超时升级"),
    text=_("到期没有告知客户的个案升级到主管；再超过下面的工作小时，升级到经理、公司。每一级只升一次。"),
    basis=_("系统默认，由公司自行规定"),
    default={"manager_after": 8, "company_after": 24},
    parts=(
        Part("manager_after", _("超时多少工作小时升级到经理"), PartKind.AMOUNT),
        Part("company_after", _("超时多少工作小时升级到公司"), PartKind.AMOUNT),
    ),
)
ADVERSE_EVENT_TERMS = Rule(
    key="service.adverse_event_terms",
    label=_("药品不良反应报告时限"),
    text=_("从公司任何人首次获知起，按自然日计算。没有判断是否新的，先按新的计时。"),
    basis=_(
        "《药品不良反应报告和监测管理办法》（卫生部令第81号）第二十一条：新的、严重的15日内报告，其中死亡病例须立即报告，其他30日内报告。"
        "“立即”默认按24小时掌握。"
    ),
    default={"death_hours": 24, "serious_or_new_days": 15, "other_days": 30},
    parts=(
        Part("death_hours", _("死亡病例（小时）"), PartKind.WHOLE),
        Part("serious_or_new_days", _("严重的或新的（天）"), PartKind.WHOLE),
        Part("other_days", _("其他（天）"), PartKind.WHOLE),
    ),
)
RULES = (CASE_HOURS, ESCALATION, ADVERSE_EVENT_TERMS)
SHORTEST_HOURS = Decimal("0.5")


def hours_of(severity: str, *, opened_at: datetime) -> Decimal:
    """Working hours that a case of this severity may take, by the rule of the day on which its clock began."""
    hours = Decimal(str(value_on(CASE_HOURS, day_of(opened_at))[Severity(severity)]))
    return max(hours, SHORTEST_HOURS).quantize(Decimal("0.01"))


def case_due(clock_from: datetime, hours: Decimal) -> datetime:
    return add_working_time(clock_from, hours)


def escalation_level(due_at: datetime, *, at: datetime) -> EscalationLevel:
    """How far up a case must be known that is not finished at `at`."""
    if at <= due_at:
        return EscalationLevel.NONE
    value = value_on(ESCALATION, day_of(at))
    for level, name in ((EscalationLevel.COMPANY, "company_after"), (EscalationLevel.MANAGER, "manager_after")):
        if at > add_working_time(due_at, Decimal(str(value[name]))):
            return level
    return EscalationLevel.SUPERVISOR


def clock_of(*, seriousness: Collection[str], expectedness: str, outcome: str) -> Clock:
    """Which legal term runs."""
    if Seriousness.DEATH in seriousness or outcome == Outcome.DEATH:
        return Clock.AT_ONCE
    return Clock.SERIOUS_OR_NEW if seriousness or expectedness != Expectedness.KNOWN else Clock.OTHER


def event_due(aware_at: datetime, clock: str) -> datetime:
    """By when the report must be out: natural days from the first awareness, by the rule of that day."""
    value = value_on(ADVERSE_EVENT_TERMS, day_of(aware_at))
    if clock == Clock.AT_ONCE:
        return aware_at + timedelta(hours=max(1, int(value["death_hours"])))
    days = value["serious_or_new_days"] if clock == Clock.SERIOUS_OR_NEW else value["other_days"]
    return aware_at + timedelta(days=max(1, int(days)))
