"""How cases and adverse events look in lists and heads."""

from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from repertory.core import formats
from repertory.core.time import day_of
from repertory.core.web.tables import tag
from repertory.service.choices import UNFINISHED, CaseState, Clock, Element, EscalationLevel, EventState, Severity
from repertory.service.models import AdverseEvent, Case

STATE_TONES = {
    CaseState.OPEN: "note",
    CaseState.IN_PROGRESS: "accent",
    CaseState.ANSWERED: "good",
    CaseState.CLOSED: "",
    CaseState.REOPENED: "warn",
}
SEVERITY_TONES = {Severity.LOW: "", Severity.NORMAL: "", Severity.HIGH: "warn", Severity.URGENT: "bad"}
EVENT_TONES = {EventState.RECEIVED: "note", EventState.HANDED_OVER: "good", EventState.CLOSED: ""}
CLOCK_TONES = {Clock.AT_ONCE: "bad", Clock.SERIOUS_OR_NEW: "warn", Clock.OTHER: ""}
HOURS_A_DAY = 24


def state_tag(case: Case) -> SafeString:
    return tag(CaseState(case.state).label, STATE_TONES[CaseState(case.state)])


def severity_tag(case: Case) -> SafeString:
    return tag(Severity(case.severity).label, SEVERITY_TONES[Severity(case.severity)])


def escalation_tag(case: Case) -> SafeString:
    return tag(EscalationLevel(case.escalation).label, "bad") if case.escalation else SafeString("")


def is_late(case: Case, at: datetime) -> bool:
    return case.state in UNFINISHED and case.due_at < at


def due_words(case: Case, at: datetime) -> SafeString | str:
    """When it is due, in red where that is over; nothing once the customer was told."""
    if case.state not in UNFINISHED:
        return ""
    said = formats.human_time(case.due_at, day_of(at))
    return tag(_("已超时 %(at)s") % {"at": said}, "bad") if is_late(case, at) else said


def event_state_tag(event: AdverseEvent) -> SafeString:
    return tag(EventState(event.state).label, EVENT_TONES[EventState(event.state)])


def clock_tag(event: AdverseEvent) -> SafeString:
    return tag(Clock(event.clock).label, CLOCK_TONES[Clock(event.clock)])


def time_left(event: AdverseEvent, at: datetime) -> SafeString | str:
    """The clock: days or hours left until the report must be out, and how late it is; when it was handed over."""
    if event.handed_over_at is not None:
        late = event.handed_over_at > event.due_at
        said = formats.human_time(event.handed_over_at, day_of(at))
        return tag(_("%(at)s 移交，已超期") % {"at": said}, "bad") if late else _("%(at)s 移交") % {"at": said}
    hours = (event.due_at - at).total_seconds() / 3600
    said = _("%(n)s 天") % {"n": int(abs(hours) // HOURS_A_DAY)} if abs(hours) >= 2 * HOURS_A_DAY else ""
    said = said or _("%(n)s 小时") % {"n": int(abs(hours))}
    if hours < 0:
        return tag(_("已超期 %(time)s") % {"time": said}, "bad")
    return tag(_("还剩 %(time)s") % {"time": said}, "warn" if hours < 3 * HOURS_A_DAY else "")


def missing_words(event: AdverseEvent) -> SafeString | str:
    if not event.missing:
        return ""
    return tag(_("待补齐 %(n)s 项") % {"n": len(event.missing)}, "warn")


def missing_labels(event: AdverseEvent) -> list[str]:
    return [str(Element(one).label) for one in event.missing]


def timeline(steps: Any) -> list[dict[str, Any]]:
    """Steps, the newest first, for core/_timeline.html."""
    return [
        {
            "at": step.at,
            "who": step.user.name if step.user else _("系统"),
            "title": " · ".join(
                [str(step.get_kind_display()), *([str(step.get_level_display())] if getattr(step, "level", 0) else [])]
            ),
            "changes": [],
            "note": step.text,
        }
        for step in reversed(steps)
    ]
