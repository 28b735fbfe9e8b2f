"""Uploaded files on their way in, and how far a run has come: kept in the store until they are not needed any more."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from repertory.core.errors import InvalidInput

FOLDER = "imports"


def keep(content: File) -> str:
    """Store the bytes under a name that nobody can guess; the sender's name is never part of a path."""
    if content.size > settings.UPLOAD_LIMIT_BYTES:
        limit = settings.UPLOAD_LIMIT_BYTES // 1024**2
        raise InvalidInput(
            _("文件太大，最多 %(limit)s MB；更大的文件请用命令行导入。") % {"limit": limit}, field="file"
        )
    return default_storage.save(f"{FOLDER}/{get_random_string(32)}", content)


def forget(stored_as: str) -> None:
    """The file is not needed any more."""
    if stored_as:
        default_storage.delete(stored_as)
        _progress_file(stored_as).unlink(missing_ok=True)


@contextmanager
def local_path(stored_as: str) -> Iterator[Path]:
    """The file on this machine's disk, fetched from elsewhere if the store is not on it."""
    if not default_storage.exists(stored_as):
        raise InvalidInput(_("上传的文件已经清理，请重新上传。"), code="upload_gone", field="file")
    try:
        yield Path(default_storage.path(stored_as))
        return
    except NotImplementedError:
        pass
    with tempfile.NamedTemporaryFile() as copy, default_storage.open(stored_as) as stored:
        for chunk in stored.chunks():
            copy.write(chunk)
        copy.flush()
        yield Path(copy.name)


def note_progress(stored_as: str, phase: str, done: int, total: int) -> None:
    """Where the run stands, for other processes to see while its transaction is still open."""
    path = _progress_file(stored_as)
    fresh = path.with_suffix(".new")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps([phase, done, total]))
        fresh.replace(path)


def progress_of(stored_as: str) -> tuple[str, int, int]:
    """(phase "" before the start, "check" or "write"; rows done; rows of the file, 0 while unknown)."""
    try:
        phase, done, total = json.loads(_progress_file(stored_as).read_text())
    except (OSError, ValueError):
        return "", 0, 0
    return phase, done, total


def _progress_file(stored_as: str) -> Path:
    return Path(settings.HOME) / "progress" / f"{Path(stored_as).name}.json"
