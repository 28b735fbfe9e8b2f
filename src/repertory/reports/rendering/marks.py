"""The line on everything that leaves the house: who took it out, and when."""

from datetime import datetime

from repertory.core.actor import Actor
from repertory.core.time import COMPANY_ZONE
from repertory.platform.spreadsheets.marks import watermark


def mark_of(actor: Actor, at: datetime) -> str:
    return watermark(user=actor.label, at=at.astimezone(COMPANY_ZONE))
