from datetime import datetime
from types import SimpleNamespace

import pytest

from repertory.core.time import now
from tests.factories.archive import Archive, build_archive
from tests.factories.catalogue import open_product


@pytest.fixture
def at() -> datetime:
    return now()


@pytest.fixture
def archive(company, at) -> Archive:
    return build_archive(at)


@pytest.fixture
def drugs(company, at) -> SimpleNamespace:
    """Two products that everybody carries."""
    return SimpleNamespace(
        first=open_product(at=at, name="阿托伐他汀钙片", number=1),
        second=open_product(at=at, name="缬沙坦胶囊", number=2),
    )
