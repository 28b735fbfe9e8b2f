"""Audit lines in words."""

from typing import Any

from repertory.platform.audit_words import field_label, value_label, verb_label
from repertory.platform.models import AuditEntry


def entry_in_words(entry: AuditEntry) -> dict[str, Any]:
    """What core/_timeline.html shows of an audit line."""
    batch = entry.batch
    changes = [
        {
            "label": str(field_label(entry.object_type, name)).removeprefix("custom."),
            "old": value_label(entry.object_type, name, pair[0]),
            "new": value_label(entry.object_type, name, pair[1]),
        }
        for name, pair in entry.changes.items()
        if isinstance(pair, list) and len(pair) == 2
    ]
    who = (batch.user.name if batch.user else "") or batch.user_label
    return {
        "at": batch.at,
        "who": f"{who} · {batch.get_door_display()}",
        "title": verb_label(entry.verb),
        "changes": changes,
        "note": entry.reason,
    }
