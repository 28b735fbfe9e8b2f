"""E-mails of the program: plain text, with a mark by which a mail system can tell a second copy after a crash from a new
letter."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.core.mail import EmailMessage


def letter(
    *,
    to: str,
    subject: str,
    body: str,
    mark: str,
    reply_to: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
) -> EmailMessage:
    """A letter to one person. mark: the same for the same letter, whenever it is tried."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    own = {"Message-ID": f"<{mark}@{domain}>", **(headers or {})}
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to], reply_to=reply_to, headers=own)


def can_send() -> bool:
    """Whether the installation names a mail server."""
    return bool(settings.EMAIL_HOST)
