"""What all tests share: a database file and keys of their own, never the developer's."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from repertory.core.crypto import create_keys


@pytest.fixture(scope="session")
def test_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of this worker's run."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session", autouse=True)
def own_data_folder(test_home: Path) -> Iterator[None]:
    """Keys, attachments and the SQLite file of tests lie in a temporary folder, also for processes that tests start."""
    from django.conf import settings  # app loading

    create_keys(test_home / "field_keys.json")
    settings.HOME = test_home
    settings.FIELD_KEYS_FILE = test_home / "field_keys.json"
    settings.MEDIA_ROOT = test_home / "files"
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(test_home / "test.sqlite3")
        # No power failure is tested here; without it each commit waits for the disk.
        database["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    os.environ["REPERTORY_HOME"] = str(test_home)
    yield
