"""The engine's tests run on one small kind of object."""

from collections.abc import Iterator

import pytest
from django.utils import timezone

from repertory.core.actor import Actor, Door
from repertory.organisation.models import User
from repertory.platform.exchange import kinds
from tests.platform.exchange import shelf


@pytest.fixture(autouse=True)
def only_rules() -> Iterator[None]:
    before = kinds.all_kinds()
    kinds.connect([shelf.RULES])
    yield
    kinds.connect(before)


@pytest.fixture
def person(db):
    def make(username: str) -> Actor:
        user = User.objects.create(username=username, name=username, created_at=timezone.now())
        return Actor(user=user, door=Door.IMPORT)

    return make
