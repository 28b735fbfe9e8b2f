"""A write from outside happens once however often it is sent: the first answer is stored in its own transaction."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, InvalidInput, RepertoryError
from repertory.platform.models import IdempotentAnswer
from repertory.platform.unit import action

LONGEST_KEY = 200
Answer = tuple[int, Any]


def answer_once(
    *, actor: Actor, at: datetime, key: str, method: str, path: str, body: bytes, work: Callable[[], Answer]
) -> Answer:
    """Run `work` (status, plain body) or return the first answer to this key. Conflict when the key came with another
    request before."""
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise InvalidInput(_("Idempotency-Key 最多 200 个可见字符。"), field="Idempotency-Key")
    fingerprint = hashlib.sha256(b"\0".join([method.encode(), path.encode(), body])).hexdigest()
    earlier = _earlier(actor, key, fingerprint)
    if earlier is not None:
        return earlier
    try:
        return _work_and_remember(actor=actor, at=at, key=key, fingerprint=fingerprint, work=work)
    except (IntegrityError, RepertoryError):
        # Perhaps the same request was faster by another way; then this one could not be done any more.
        earlier = _earlier(actor, key, fingerprint)
        if earlier is None:
            raise
        return earlier


def _earlier(actor: Actor, key: str, fingerprint: str) -> Answer | None:
    rows = IdempotentAnswer.objects.filter(user_id=actor.user_id, key=key)
    found = next(iter(rows.values_list("fingerprint", "status", "body")), None)
    if found is None:
        return None
    first_fingerprint, status, answered = found
    if first_fingerprint != fingerprint:
        message = _("这个 Idempotency-Key 已用于另一个请求，请换一个。")
        raise Conflict(message, code="idempotency_key_reused", field="Idempotency-Key")
    return status, answered


@action
def _work_and_remember(*, actor: Actor, at: datetime, key: str, fingerprint: str, work: Callable[[], Answer]) -> Answer:
    status, body = work()
    IdempotentAnswer.objects.create(
        user_id=actor.user_id, key=key, fingerprint=fingerprint, at=at, status=status, body=body
    )
    return status, body
