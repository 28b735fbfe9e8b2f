"""Whom a phone belongs to, and the key that seals what lies on it."""

import base64
from datetime import date
from typing import Any

from repertory.core.actor import Actor
from repertory.core.crypto import derived_key
from repertory.organisation.access import posts
from repertory.sync.rules import idle_days


def session_of(*, actor: Actor, device: str, today: date) -> dict[str, Any]:
    """The same key each time for a person on a device, so that what waits there sealed can be opened after signing in
    again; another person, or another device, has another one."""
    user = actor.user
    assert user is not None
    held = posts(actor)
    return {
        "user_id": user.pk,
        "user": user.username,
        "name": user.name,
        "language": user.language,
        "theme": user.theme,
        "roles": sorted({post.role for post in held}),
        "territories": [post.name for post in held],
        "key": base64.b64encode(derived_key(purpose=f"phone:{user.pk}:{device}")).decode(),
        "idle_days": idle_days(today),
    }
