"""Audit lines in words."""

from typing import Any

from repertory.customers import audit_words
from repertory.platform.audit_words import verb_label
from repertory.platform.models import AuditEntry


def entry_in_words(entry: AuditEntry) -> dict[str, Any]:
    """What core/_timeline.html shows of an audit line."""
    batch = entry.batch
    changes = [
        {
            "label": _label(name),
            "old": audit_words.value_label(name, pair[0]),
            "new": audit_words.value_label(name, pair[1]),
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


def _label(name: str) -> str:
    try:
        return str(audit_words.field_label(name))
    except KeyError:
        return name.removeprefix("custom.")
