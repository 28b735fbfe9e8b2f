"""Late cases become known further up (M-SER-1)."""

from datetime import datetime

from repertory.core.actor import Actor
from repertory.organisation.access import may_administer, require
from repertory.platform.unit import action, emit
from repertory.service.actions import writing
from repertory.service.choices import UNFINISHED, EscalationLevel, StepKind
from repertory.service.events import CaseEscalated
from repertory.service.models import Case
from repertory.service.rules import escalation_level


@action
def escalate_late_cases(*, actor: Actor, at: datetime) -> int:
    """Raise every unfinished case that is late to the level that its lateness asks for, each level once; returns how many
    were raised. Running it again changes nothing."""
    require(may_administer(actor))
    late = Case.objects.select_for_update(of=("self",)).filter(
        state__in=UNFINISHED, due_at__lt=at, escalation__lt=EscalationLevel.COMPANY
    )
    raised = 0
    for case in late.order_by("pk"):
        level = escalation_level(case.due_at, at=at)
        if level <= case.escalation:
            continue
        old, case.escalation, case.escalated_at = case.escalation, level, at
        case.version += 1
        case.save(update_fields=["escalation", "escalated_at", "version"])
        writing.step(case, StepKind.ESCALATED, actor=actor, at=at, level=level)
        writing.note("case_escalated", case, {"escalation": [int(old), int(level)]})
        emit(CaseEscalated(case.pk, int(level), case.owner_id))
        raised += 1
    return raised
