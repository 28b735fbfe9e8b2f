"""A phone of the rep, as the server sees it."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from repertory.core.actor import Actor, Door
from repertory.core.time import now
from repertory.sync.actions import push
from repertory.sync.inputs import PushBatch, PushedEntry
from tests.factories.archive import Archive, build_archive

DEVICE = "phone-1"


@pytest.fixture
def at() -> datetime:
    return now().replace(microsecond=0)


@pytest.fixture
def archive(company, at) -> Archive:
    return build_archive(at)


@pytest.fixture
def phone(company) -> Callable[[str], Actor]:
    """phone("rep"): the person at the phone's door."""
    return lambda username: company.actor(username, Door.PHONE)


@pytest.fixture
def send(company, at) -> Callable[..., list[dict[str, Any]]]:
    """send(entry, …, by="rep"): what the server answers to a batch."""

    def run(*entries: PushedEntry, by: str = "rep", when: datetime | None = None) -> list[dict[str, Any]]:
        batch = PushBatch(device=DEVICE, items=list(entries))
        return push(actor=company.actor(by, Door.PHONE), at=when or at, device=batch.device, entries=batch.items)

    return run


def entry(command: str, /, uid: uuid.UUID | None = None, when: datetime | None = None, **payload: Any) -> PushedEntry:
    corrected = payload.pop("corrected", False)
    return PushedEntry(
        uid=uid or uuid.uuid4(),
        command=command,
        payload=payload,
        device_at=when or now() - timedelta(hours=3),
        corrected=corrected,
    )


def new_customer(name: str, **facts: Any) -> PushedEntry:
    uid = facts.pop("uid", None)
    return entry("customer.create", uid, **{"kind": "hcp", "name": name, **facts})


def ref(of: PushedEntry) -> dict[str, str]:
    return {"$ref": str(of.uid)}
