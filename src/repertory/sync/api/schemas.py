"""What the sync API answers."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from repertory.sync.choices import Answer, ItemStatus


class ItemAnswer(BaseModel):
    """first: of a duplicate, the status of the answer that it got the first time."""

    uid: str
    status: Answer
    first: ItemStatus | None = None
    code: str
    message: str
    field: str
    details: dict[str, Any]
    object_type: str
    object_id: int | None


class PushAnswer(BaseModel):
    items: list[ItemAnswer]
    server_at: datetime


class ItemOut(BaseModel):
    """An item that waits in quarantine, or was settled. payload: as it was sent, only when asked for by itself."""

    uid: str
    command: str
    label: str
    title: str
    person: str
    status: ItemStatus
    code: str
    message: str
    field: str
    details: dict[str, Any]
    object_type: str
    object_id: int | None
    device_at: datetime
    received_at: datetime
    attempts: int
    settled_at: datetime | None
    settled_by: str
    reason: str
    payload: Any = None


class Items(BaseModel):
    items: list[ItemOut]
    count: int
    next: str | None = None


class Shelf(BaseModel):
    rows: list[dict[str, Any]]
    gone: list[int]
    all: list[int] | None


class PulledReminders(BaseModel):
    """count: all that are open; due: of these the overdue ones and those of today."""

    rows: list[dict[str, Any]]
    count: int
    due: int


class Pulled(BaseModel):
    """reset: drop everything that was pulled before. calendar, catalogue and words are whole, null where unchanged."""

    model_config = ConfigDict(extra="allow")

    next: str
    reset: bool
    server_at: datetime
    customers: Shelf
    calendar: list[dict[str, Any]] | None
    catalogue: dict[str, list[dict[str, Any]]] | None
    words: dict[str, dict[str, str]] | None
    results: dict[str, Any]
    reminders: PulledReminders
    items: list[ItemOut]


class SessionOut(BaseModel):
    """key: seals what lies on the phone, base64 of 32 bytes. csrf: for the X-CSRFToken header of writes."""

    user_id: int
    user: str
    name: str
    language: str
    theme: str
    roles: list[str]
    territories: list[str]
    key: str
    idle_days: int
    server_at: datetime
    csrf: str
