"""What the API shows of people and territories."""

from datetime import date
from typing import Any

from ninja import Schema

from repertory.organisation.models import Assignment, Territory, User


class PersonOut(Schema):
    id: int
    username: str
    name: str
    employee_number: str
    email: str
    phone: str
    side: str
    filing_number: str
    filing_expires_on: date | None
    is_active: bool
    version: int


class TerritoryOut(Schema):
    id: int
    code: str
    name: str
    level: str
    line: str
    parent: str | None
    customer_count: int
    closed_on: date | None
    version: int


class AssignmentOut(Schema):
    id: int
    username: str
    territory: str
    role: str
    starts_on: date
    ends_on: date | None


class MeOut(Schema):
    username: str
    name: str
    language: str
    roles: list[str]
    territories: list[str]


class People(Schema):
    items: list[PersonOut]
    count: int
    next: str | None


class Territories(Schema):
    items: list[TerritoryOut]
    count: int
    next: str | None


class Assignments(Schema):
    items: list[AssignmentOut]
    count: int
    next: str | None


def person(row: User) -> dict[str, Any]:
    return {name: getattr(row, name) for name in PersonOut.model_fields}


def territory(row: Territory, parents: dict[str, str]) -> dict[str, Any]:
    """parents: code of each node by its path."""
    shown = {name: getattr(row, name) for name in TerritoryOut.model_fields if name != "parent"}
    return {**shown, "parent": parents.get(row.path[: -row.steplen])}


def assignment(row: Assignment) -> dict[str, Any]:
    return {
        "id": row.pk,
        "username": row.user.username,
        "territory": row.territory.code,
        "role": row.role,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
    }
