"""What all tests share: a database file and keys of their own, never the developer's."""

import gc
import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from xdist.scheduler import LoadScopeScheduling

from repertory.core.crypto import create_keys
from repertory.core.time import COMPANY_ZONE
from repertory.organisation.models import Territory
from tests.factories.company import Company, build_company, load_company

TOGETHER = ("tests/browser/", "tests/faults/")
"""Folders whose tests share a server: one worker runs all of a folder."""


class ByFolder(LoadScopeScheduling):
    """Tests go to the worker that is free, those of a folder of TOGETHER all to the same one."""

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log) -> ByFolder:
    return ByFolder(config, log)


@pytest.fixture(scope="session")
def test_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of this worker's run."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session", autouse=True)
def own_data_folder(test_home: Path) -> Iterator[None]:
    """Keys, attachments and the SQLite file of tests lie in a temporary folder, also for processes that tests start."""
    create_keys(test_home / "field_keys.json")
    settings.HOME = test_home
    settings.FIELD_KEYS_FILE = test_home / "field_keys.json"
    settings.MEDIA_ROOT = test_home / "files"
    settings.STATIC_ROOT = test_home / "static"
    settings.STATIC_ROOT.mkdir()
    # Looking for static files takes each new client longer than what it asks; browsers are sent to a server of their own.
    settings.WHITENOISE_USE_FINDERS = False
    # The real ones are slow on purpose.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(test_home / "test.sqlite3")
        # No power failure is tested here; without it each commit waits for the disk.
        database["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    os.environ["REPERTORY_HOME"] = str(test_home)
    # As the server does: what is loaded stays, looking through it again and again finds nothing.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    yield


@pytest.fixture(autouse=True)
def noon(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test begins at noon of today, or of TEST_DAY: what happened half an hour ago never happened yesterday. Where
    other processes take part, their clock counts."""
    if request.node.nodeid.startswith(TOGETHER):
        return
    day = date.fromisoformat(os.environ.get("TEST_DAY") or datetime.now(COMPANY_ZONE).date().isoformat())
    shift = datetime.combine(day, time(12), tzinfo=COMPANY_ZONE) - datetime.now(UTC)
    monkeypatch.setattr(timezone, "now", lambda: datetime.now(UTC) + shift)


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> None:
    """Limits of attempts are counted in the cache."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """The company is built once a worker; each test works on it inside a transaction that is rolled back."""
    with django_db_blocker.unblock():
        build_company()


@pytest.fixture
def company(db) -> Company:
    """A small tree with one person of each kind. A test with real transactions leaves nothing behind: build it anew."""
    return load_company() if Territory.objects.exists() else build_company()


@pytest.fixture
def signed_in(company: Company) -> Callable[[str], Client]:
    """A browser in which the named person is signed in."""

    def sign_in(username: str) -> Client:
        client = Client()
        client.force_login(company.people[username], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
