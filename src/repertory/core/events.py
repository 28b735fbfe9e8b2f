"""Facts that a domain tells others, in the past tense."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    """Base of all events; each is a frozen dataclass of plain values and keys."""
