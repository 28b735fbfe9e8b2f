"""Requests made from our own OpenAPI document, right ones and wrong ones: no 5xx, and every answer is what it promises."""

import functools
import re
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks

from repertory.core.time import now
from repertory.organisation.actions import issue_token
from repertory.organisation.inputs import IssueToken
from tests.factories.archive import build_archive
from tests.policy.world import World, build_world

# PostgreSQL refuses more than SQLite: it gets the more requests.
EXAMPLES = {"admin": 5, "rep": 2} if connection.vendor == "postgresql" else {"admin": 2, "rep": 1}
JSON = "application/json"
# Names in paths and bodies that stand for something: half of the requests name what is really there.
OF_CUSTOMER = ("customer_id", "institution", "parent", "kept", "person", "source")
THINGS = {
    "fact_id": "fact",
    "pair_id": "pair",
    "consent_id": "consent",
    "licence_id": "licence",
    "row_id": "department",
    "coverage_id": "coverage",
    "proposal_id": "proposal",
    "merge_id": "merge",
    "person_id": "person",
    "assignment_id": "assignment",
    "field_id": "field",
    "gone": "twin",
    "target": "other person",
    "product_id": "product",
    "product": "product",
    "pack_id": "pack",
    "message_id": "message",
    "version_id": "version",
    "line_id": "line",
    "team_id": "team",
    "uid": "sync item",
    "material_id": "material",
    "handout_id": "handout",
    "lot_id": "lot",
    "move_id": "sample move",
    "case_id": "case",
    "event_id": "event",
    "visit_id": "visit",
    "hours_id": "hours",
    "frequency_id": "frequency",
    "plan_id": "plan",
    "report_id": "report",
    "coaching_id": "coaching",
}
CODES = {"code": "E1B", "territory": "E1A", "from_territory": "E1A", "to_territory": "E1B", "username": "teammate"}
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
QUIET = hypothesis.settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)


@pytest.fixture
def real(company) -> dict[str, Any]:
    """What really is there, by the name under which the API asks for it."""
    at = now()
    world: World = build_world(company, build_archive(at), at)
    own = world.keys["own"]
    named = dict.fromkeys(OF_CUSTOMER, own["customer"]) | {name: own[thing] for name, thing in THINGS.items()}
    return {**named, **CODES, "person": own["person row"], "source": own["person row"], "customers": [own["customer"]]}


@pytest.fixture
def secret_of(company) -> Callable[[str], str]:
    def issue(username: str) -> str:
        data = IssueToken(name="test", scope="write")
        return issue_token(actor=company.actor(username), at=now(), data=data)[1]

    return issue


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The requests share the test's transaction, as those of Django's own test client do."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@functools.cache
def operations() -> tuple[Any, ...]:
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    return tuple(found.ok() for found in document.get_all_operations())


def point_at(case: Any, real: dict[str, Any]) -> None:
    """Let the request be about things that are there, as far as the world has such a thing."""
    for name, value in (case.path_parameters or {}).items():
        case.path_parameters[name] = real.get(name, value)
    if isinstance(case.body, dict):
        case.body = {name: real.get(name, value) if value is not None else None for name, value in case.body.items()}


def ask(operation: Any, mode: GenerationMode, secret: str, real: dict[str, Any], examples: int) -> None:
    @hypothesis.seed(20_260_301)
    @hypothesis.settings(QUIET, max_examples=examples)
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode), pointed=st.booleans())
    def run(case: Any, pointed: bool) -> None:
        if pointed:
            point_at(case, real)
        # The test's client does not unpack what is compressed.
        headers = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}
        case.call_and_validate(headers=headers, checks=CHECKS)

    run()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
@pytest.mark.parametrize("username", EXAMPLES)
def test_every_operation_answers_what_the_document_promises(one_connection, real, secret_of, username, mode):
    secret, wrong = secret_of(username), []
    for operation in operations():
        try:
            ask(operation, mode, secret, real, EXAMPLES[username])
        except hypothesis.errors.Unsatisfiable:
            continue  # nothing can be wrong with a request that takes nothing
        except (Exception, FailureGroup) as error:
            wrong.append(f"{operation.label}: {error}")
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("number", [10**30, 2**63, 2**31, -1])
def test_a_key_that_no_database_holds_is_not_there(one_connection, call, archive, number):
    """In the path it is 404; in a body it is not there or not a key. Never an error of the database."""
    wrong = []
    for operation in operations():
        if re.search(r"_id\}", operation.path):
            path = re.sub(r"\{\w+\}", str(number), operation.path.removeprefix("/api/v1"))
            answer = call("admin", operation.method.upper(), path, {})
            if answer.status_code not in (404, 422) or not answer["Content-Type"].startswith(JSON):
                wrong.append((operation.label, answer.status_code))
    own = archive.own.pk
    for method, path, body in (
        ("POST", "/customers", {"kind": "hospital", "name": "大数医院", "institution": number}),
        ("PATCH", f"/customers/{own}", {"parent": number}),
        ("PATCH", f"/customers/{own}", {"phone": "1", "version": number}),
        ("POST", "/customers/reassignments", {"from_territory": "E1A", "to_territory": "E1B", "customers": [number]}),
        ("POST", "/affiliations", {"person": number, "institution": own, "role": "kol"}),
        ("POST", "/affiliations", {"person": archive.doctor.pk, "institution": number, "role": "kol"}),
        ("POST", "/influences", {"source": archive.doctor.pk, "target": number, "kind": "peer"}),
        ("POST", "/merges", {"kept": own, "gone": number}),
        ("GET", f"/people?cursor={number}", None),
        ("GET", f"/customers?headcount.from={number}&institution={number}", None),
    ):
        answer = call("admin", method, path, body)
        if answer.status_code >= 500 or (body and answer.status_code not in (404, 409, 422)):
            wrong.append((method, path, answer.status_code))
    assert wrong == []
