"""What was not accepted, as the phone and the page show it."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.sync import access
from repertory.sync.choices import WAITING
from repertory.sync.commands import label_of, title_of
from repertory.sync.models import PushedItem

MOST = 200


def quarantined(*, actor: Actor) -> QuerySet[PushedItem]:
    """What waits for somebody, in the person's sight, the newest first."""
    return access.visible_items(actor).filter(status__in=WAITING).select_related("user")


def settled(*, actor: Actor, since: datetime) -> QuerySet[PushedItem]:
    """What was in quarantine and is settled, since a moment."""
    rows = access.visible_items(actor).exclude(status__in=WAITING).filter(settled_at__gte=since)
    return rows.select_related("user", "settled_by").order_by("-settled_at", "-pk")


def shown_items(items: QuerySet[PushedItem], *, settled_since: datetime) -> list[dict[str, Any]]:
    """The rows without their content: uid, command, status, what was answered, who settled it."""
    rows = items.filter(Q(status__in=WAITING) | Q(settled_at__gte=settled_since)).select_related("user", "settled_by")
    return [shown(item) for item in rows.order_by("-received_at", "-pk")[:MOST]]


def shown(item: PushedItem, *, with_content: bool = False) -> dict[str, Any]:
    told = {
        "uid": str(item.uid),
        "command": item.command,
        "label": str(label_of(item.command)),
        "title": title_of(item.command, item.payload),
        "person": item.user.name,
        "status": item.status,
        "code": item.code,
        "message": item.answer.get("message", ""),
        "field": item.answer.get("field", ""),
        "details": item.answer.get("details", {}),
        "object_type": item.object_type,
        "object_id": item.object_id,
        "device_at": item.device_at,
        "received_at": item.received_at,
        "attempts": item.attempts,
        "settled_at": item.settled_at,
        "settled_by": item.settled_by.name if item.settled_by else "",
        "reason": item.reason,
    }
    return {**told, "payload": item.payload} if with_content else told


def facts_of(payload: Any) -> list[tuple[str, str]]:
    """The content of a kept item, flat, for a person to read: (name, value)."""
    return list(_flat("", payload)) if isinstance(payload, dict) else []


LONGEST_SHOWN = 300


def _flat(prefix: str, value: Any) -> Any:
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value, 1)
        for name, inner in pairs:
            yield from _flat(f"{prefix}.{name}" if prefix else str(name), inner)
    elif value not in ("", None, False):
        text = str(value)
        yield prefix, text if len(text) <= LONGEST_SHOWN else _("（文件，%(size)s 字符）") % {"size": len(text)}
