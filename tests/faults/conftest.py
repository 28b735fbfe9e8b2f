"""One installation for the tests that leave it whole; those that break one make their own."""

from collections.abc import Iterator

import pytest

from tests.faults.installation import Installation, Server, copy_of, new_installation


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The test company, never at work: what the others are copies of."""
    with new_installation(tmp_path_factory.mktemp("founded")) as found:
        found.found_company()
        yield found


@pytest.fixture(scope="session")
def installation(founded: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The test company, with nobody at work in it."""
    with copy_of(founded, tmp_path_factory.mktemp("installation")) as found:
        yield found


@pytest.fixture(scope="session")
def server(installation: Installation) -> Iterator[Server]:
    with installation.server() as running:
        yield running


@pytest.fixture(scope="module")
def fragile(founded: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation whose server may be killed."""
    with copy_of(founded, tmp_path_factory.mktemp("fragile")) as found:
        yield found
