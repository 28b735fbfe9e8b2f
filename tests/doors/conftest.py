"""The same write through each door; the answer of every door in one form."""

import csv
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from repertory.core.actor import Door
from repertory.core.time import now
from repertory.organisation.actions import issue_token
from repertory.organisation.inputs import IssueToken
from repertory.platform.exchange.commands import import_file
from repertory.sync.actions import push
from repertory.sync.inputs import PushedEntry
from tests.factories.archive import Archive, build_archive


@dataclass(frozen=True)
class Outcome:
    """saved: whether it is in. field: the field that was refused, "" otherwise."""

    saved: bool
    field: str = ""


@pytest.fixture
def at() -> datetime:
    return now()


@pytest.fixture
def archive(company, at) -> Archive:
    return build_archive(at)


@pytest.fixture
def call(company, at) -> Callable[..., Any]:
    """call(username, method, path, body) → response of the API."""
    keys: dict[str, str] = {}

    def run(username: str, method: str, path: str, body: Any = None, **headers: str) -> Any:
        if username not in keys:
            data = IssueToken(name="test", scope="write")
            _token, keys[username] = issue_token(actor=company.actor(username), at=at, data=data)
        return Client().generic(
            method,
            f"/api/v1{path}",
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={"Authorization": f"Bearer {keys[username]}", **headers},
        )

    return run


@pytest.fixture
def create_by(company, at, signed_in, call, tmp_path) -> dict[str, Callable[[str, dict], Outcome]]:
    """Opening a customer through the page, the API, a file and the phone, as the named person."""

    def page(username: str, facts: dict) -> Outcome:
        response = signed_in(username).post("/customers/new/", facts)
        if response.status_code == 302:
            return Outcome(saved=True)
        form = response.context["form"]
        return Outcome(saved=False, field=next(name for name in form.errors if name != "__all__"))

    def api(username: str, facts: dict) -> Outcome:
        response = call(username, "POST", "/customers", facts)
        return Outcome(saved=response.status_code == 201, field=response.json().get("field", ""))

    def file(username: str, facts: dict) -> Outcome:
        path = tmp_path / "rows.csv"
        with path.open("w", newline="", encoding="utf-8") as handle:
            csv.writer(handle).writerows([list(facts), list(facts.values())])
        result = import_file(
            actor=company.actor(username, Door.IMPORT), at=at, kind_name="customers", path=path
        ).as_dict()
        field = result["errors"][0]["column"] if result["errors"] else ""
        return Outcome(saved=result["created"] == 1, field=field)

    def phone(username: str, facts: dict) -> Outcome:
        entry = PushedEntry(uid=uuid.uuid4(), command="customer.create", payload=facts, device_at=at)
        [answer] = push(actor=company.actor(username, Door.PHONE), at=at, device="phone", entries=[entry])
        return Outcome(saved=answer["status"] == "applied", field=answer["field"])

    return {"page": page, "api": api, "file": file, "phone": phone}
