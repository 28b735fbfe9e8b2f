from datetime import datetime

import pytest

from repertory.core.time import now
from tests.factories.archive import Archive, build_archive


@pytest.fixture
def at() -> datetime:
    return now()


@pytest.fixture
def archive(company, at) -> Archive:
    return build_archive(at)
