"""Every address × every role × {own, team's, foreign, formerly mine, removed, not there} against the written policy."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from repertory.config.api import api
from repertory.core.time import now
from repertory.organisation.actions.tokens import digest_of
from repertory.organisation.models import ApiToken
from tests.factories.archive import build_archive
from tests.policy.addresses import ALL, API, PUBLIC, SEES, SEES_OF_PERSON, WEB, Rule
from tests.policy.world import World, build_world

CUSTOMER_TARGETS = tuple(SEES)
ORGANISATION_TARGETS = ("own", "foreign", "missing")
ARGUMENT = {
    "customer": "customer_id",
    "removed customer": "customer_id",
    "fact": "fact_id",
    "pair": "pair_id",
    "person": "person_id",
    "territory": "territory_id",
    "parent": "parent_id",
    "token of boss": "token_id",
    "consent": "consent_id",
    "licence": "licence_id",
    "department": "row_id",
    "coverage": "coverage_id",
    "proposal": "proposal_id",
    "merge": "merge_id",
    "assignment": "assignment_id",
    "field": "field_id",
    "submitted customer": "customer_id",
    "product": "product_id",
    "pack": "pack_id",
    "message": "message_id",
    "version": "version_id",
    "line": "line_id",
    "team": "team_id",
    "case": "case_id",
    "event": "event_id",
    "material": "material_id",
    "material version": "version_id",
    "handout": "handout_id",
    "lot": "lot_id",
    "sample move": "move_id",
    "visit": "visit_id",
    "hours": "hours_id",
    "frequency": "frequency_id",
    "plan": "plan_id",
    "report": "report_id",
    "coaching": "coaching_id",
    "sync item": "uid",
    "entry": "entry_id",
    "stray": "stray_id",
    "task": "task_id",
}
OF_PERSON = frozenset({"plan", "report", "coaching", "sync item", "task"})
GIVEN = {"version_id": "material version", "lot_id": "lot"}
OF_EVERYONE = frozenset({"field", "token of boss", "line", "team", "frequency"})
# Who asks with a key has no session: one client does for all.
KEYHOLDER = Client()
# What a role may do does not depend on the database; what a scope finds does: there one person of each scope is enough.
SCOPES = ("rep", "supervisor", "boss", "foreigner")
ASKING = sorted(ALL if connection.vendor == "sqlite" else SCOPES)
ONCE_COVERED = frozenset({"rep", "supervisor", "manager", "boss", "admin", "finance"})


@pytest.fixture
def world(company) -> World:
    at = now()
    return build_world(company, build_archive(at), at)


@pytest.fixture
def browsers(company) -> dict[str, Client]:
    clients = {}
    for username in ALL:
        clients[username] = Client(raise_request_exception=False)
        clients[username].force_login(
            company.people[username], backend="allauth.account.auth_backends.AuthenticationBackend"
        )
    return clients


@pytest.fixture
def keys(company) -> dict[str, str]:
    at = now()
    for username in ALL:
        ApiToken.objects.create(
            user=company.people[username],
            name="policy",
            prefix="p",
            digest=digest_of(username),
            scope="write",
            created_at=at,
            expires_at=at + timedelta(days=365),
        )
    return {username: username for username in ALL}


def web_addresses() -> dict[str, Any]:
    found: dict[str, Any] = {}

    def walk(patterns: Any, prefix: str) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                found[prefix + (pattern.name or "")] = pattern.callback
            elif pattern.namespace != "api-v1":
                walk(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)

    walk(get_resolver().url_patterns, "")
    return found


def api_addresses() -> set[tuple[str, str]]:
    found = {("GET", "openapi.json")}
    for path, methods in api.get_openapi_schema()["paths"].items():
        written = re.sub(r"\{(?:int:)?(\w+)\}", r"<\1>", path.removeprefix("/api/v1/"))
        found |= {(method.upper(), written) for method in methods}
    return found


def test_every_address_has_a_written_policy_and_every_policy_an_address():
    assert set(web_addresses()) == set(WEB)
    assert api_addresses() == set(API)


def test_every_page_declares_its_rule():
    without = [name for name, view in web_addresses().items() if getattr(view, "access_rule", None) is None]
    assert without == []
    public = {name for name, view in web_addresses().items() if view.access_rule == "public"}
    assert public == {name for name, rule in WEB.items() if rule.who == PUBLIC}


def test_signed_out_no_page_opens(world):
    opened = [
        name
        for name, rule in WEB.items()
        if rule.who != PUBLIC
        and Client().generic(rule.method, _web_path(world, name, rule, _targets(rule)[0])).status_code != 302
    ]
    assert opened == []


@pytest.mark.parametrize("username", ASKING)
def test_a_page_is_there_only_for_those_whom_the_policy_names(world, browsers, username):
    wrong = []
    for name, rule in WEB.items():
        for target in _targets(rule) if rule.who != PUBLIC else ():
            with transaction.atomic():
                status = browsers[username].generic(rule.method, _web_path(world, name, rule, target)).status_code
                transaction.set_rollback(True)
            allowed = username in rule.who and _sees(rule, target, username)
            if status not in ((200, 204, 302, 409, 422) if allowed else (404,)):
                wrong.append((name, target, allowed, status))
    assert wrong == []


def test_without_a_key_no_operation_answers(world):
    answered = [
        address
        for address, rule in API.items()
        if rule.who != PUBLIC and _call(world, address, rule, "missing" if rule.at else "", "").status_code != 401
    ]
    assert answered == []


@pytest.mark.parametrize("username", ASKING)
def test_an_operation_is_there_only_for_those_whom_the_policy_names(world, keys, username):
    wrong = []
    for address, rule in API.items():
        answers = {}
        for target in _targets(rule) if rule.who != PUBLIC else ():
            with transaction.atomic():
                answers[target] = _call(world, address, rule, target, username)
                transaction.set_rollback(True)
        for target, answer in answers.items():
            if not _fits(rule, target, username, answer, answers.get("missing")):
                wrong.append((address, target, answer.status_code, answer.content.decode()[:200]))
    assert wrong == []


def _fits(rule: Rule, target: str, username: str, answer: Any, unknown: Any) -> bool:
    """Allowed: it works, or the rules of the trade say why not. Seen but not allowed: refused. Not seen: the same answer
    as for what is not there."""
    if username in rule.who and _sees(rule, target, username):
        return answer.status_code in (200, 201, 409, 422)
    if _sees(rule, target, username):
        return answer.status_code in (403, 404)
    return answer.status_code in (403, 404) and (answer.status_code, answer.json()) == (
        unknown.status_code,
        unknown.json(),
    )


def _targets(rule: Rule) -> tuple[str, ...]:
    if rule.at == "removed customer":
        return ("removed", "missing")
    if rule.at in OF_PERSON:
        return tuple(SEES_OF_PERSON)
    if rule.at in (
        "token of boss",
        "person",
        "territory",
        "parent",
        "assignment",
        "field",
        "line",
        "team",
        "frequency",
    ):
        return ORGANISATION_TARGETS
    return CUSTOMER_TARGETS if rule.at else ("",)


def _sees(rule: Rule, target: str, username: str) -> bool:
    if not rule.at or (rule.at in OF_EVERYONE and target != "missing"):
        return True
    if rule.at == "removed customer":
        return target == "removed" and username in ONCE_COVERED
    return username in (SEES_OF_PERSON if rule.at in OF_PERSON else SEES)[target]


def _web_path(world: World, name: str, rule: Rule, target: str) -> str:
    return reverse(name, kwargs={**_arguments(world, rule, target), **rule.arguments})


def _arguments(world: World, rule: Rule, target: str) -> dict[str, Any]:
    if not rule.at or rule.at.startswith("body"):
        return {}
    found = world.keys[target]
    if rule.at == "file":
        return {"customer_id": found["customer"], "attachment_id": found["file"]}
    if rule.at == "licence" and target:
        return {"customer_id": found["customer"], "licence_id": found["licence"]}
    thing = {"parent": "territory", "removed customer": "customer"}.get(rule.at, rule.at)
    return {rule.argument or ARGUMENT[rule.at]: found[thing]}


def _call(world: World, address: tuple[str, str], rule: Rule, target: str, username: str) -> Any:
    method, path = address
    for name, value in {**_arguments(world, rule, target), **rule.arguments}.items():
        path = path.replace(f"<{name}>", str(value))
    headers = {"Authorization": f"Bearer {username}"} if username else {}
    body = {**rule.body, **dict(_body(world, rule, target, username))}
    return KEYHOLDER.generic(
        method, f"/api/v1/{path}", json.dumps(body), content_type="application/json", headers=headers
    )


def _body(world: World, rule: Rule, target: str, username: str) -> Iterator[tuple[str, Any]]:
    """Keys that stand in the body: of the target, and of something that the caller does see."""
    if rule.body.get("territory") == "own":
        yield "territory", {"teammate": "E1B", "foreigner": "N1A"}.get(username, "E1A")
    if not rule.at.startswith("body"):
        return
    found = world.keys[target]
    if rule.at == "body person":
        yield "person", found["person row"]
        yield "institution", world.keys[_own_side(username)]["twin"]
    elif rule.at == "body source":
        yield "source", found["person row"]
        yield "target", world.keys[_own_side(username)]["other person"]
    elif rule.at == "body customer":
        own = world.keys[_own_side(username)]
        yield "customer_id", found["customer"]
        yield from ((name, own[thing]) for name, thing in GIVEN.items() if name in rule.body)
    else:
        yield "kept", found["customer"]
        yield "gone", found["twin"]


def _own_side(username: str) -> str:
    """A target that the person does see."""
    return {"foreigner": "foreign", "teammate": "team"}.get(username, "own")
