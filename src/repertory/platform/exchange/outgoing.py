"""Files of large exports: kept in the store, under names that nobody can guess, until they are fetched or too old."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.crypto import get_random_string

from repertory.core.errors import NotFound
from repertory.platform.exchange import uploads

FOLDER = "exports"
_DRAFTS = ".export-"


def new_name() -> str:
    """The name in the store; the name that a person sees is never part of a path."""
    return f"{FOLDER}/{get_random_string(32)}"


@contextmanager
def draft() -> Iterator[Path]:
    """Where to write the file. Nothing of it stays unless it is kept, or the process is killed: see sweep."""
    with tempfile.TemporaryDirectory(dir=settings.HOME, prefix=_DRAFTS) as folder:
        yield Path(folder) / "export"


def sweep(*, before: datetime) -> None:
    """Delete drafts that a killed process left behind."""
    for folder in Path(settings.HOME).glob(f"{_DRAFTS}*"):
        if folder.stat().st_mtime <= before.timestamp():
            shutil.rmtree(folder, ignore_errors=True)


def keep(path: Path, stored_as: str) -> None:
    """Put a finished draft into the store."""
    with path.open("rb") as content:
        default_storage.save(stored_as, File(content))


def opened(stored_as: str) -> File:
    """Raises NotFound where it was cleared away."""
    if not default_storage.exists(stored_as):
        raise NotFound()
    return default_storage.open(stored_as)


def forget(stored_as: str) -> None:
    """The file and how far it had come."""
    uploads.forget(stored_as)
