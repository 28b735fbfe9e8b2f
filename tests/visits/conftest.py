import json
from datetime import datetime

import pytest

from repertory.core.time import now
from repertory.customers.models import Customer
from repertory.organisation.actions import issue_token
from repertory.organisation.inputs import IssueToken
from repertory.products.models import MessageVersion, Product
from tests.factories.archive import Archive, build_archive
from tests.factories.catalogue import approve, draft, open_product


@pytest.fixture
def at() -> datetime:
    return now()


@pytest.fixture
def archive(company, at) -> Archive:
    return build_archive(at)


@pytest.fixture
def doctor(archive) -> Customer:
    """单雪, 心内科 of 南京鼓楼医院, the rep's own."""
    return archive.doctor


@pytest.fixture
def product(company, at) -> Product:
    return open_product(at=at, name="阿托伐他汀钙片", number=1)


@pytest.fixture
def message(company, at, product) -> MessageVersion:
    """Approved today, for doctors of 心内科."""
    version = draft(product, at=at, actor=company.actor("product"))
    return approve(version, at=at)


@pytest.fixture
def call_as(company, client, archive, at):
    """call_as("rep")("POST", "visits", body) → status, body."""

    def sign_in(username):
        secret = issue_token(actor=company.actor(username), at=at, data=IssueToken(name="t", scope="write"))[1]

        def call(method, path, body=None, **headers):
            answer = client.generic(
                method,
                f"/api/v1/{path}",
                json.dumps(body) if body is not None else "",
                content_type="application/json",
                headers={"Authorization": f"Bearer {secret}", **headers},
            )
            return answer.status_code, answer.json()

        return call

    return sign_in


@pytest.fixture
def call(call_as):
    return call_as("rep")
