"""Files that people attach: which kinds are taken, and where their bytes lie."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from repertory.core.errors import InvalidInput

LARGEST_BYTES = 20 * 1024 * 1024
LONGEST_NAME = 200
ZIPPED = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
# Ending → how a file of it begins, and the type under which it is handed out. Nothing that a browser would run: no HTML,
# no SVG. The type never comes from the sender.
KINDS: dict[str, tuple[bytes, str]] = {
    ".pdf": (b"%PDF-", "application/pdf"),
    ".png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    ".jpg": (b"\xff\xd8\xff", "image/jpeg"),
    ".jpeg": (b"\xff\xd8\xff", "image/jpeg"),
    ".docx": (ZIPPED, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": (ZIPPED, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".pptx": (ZIPPED, "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ".doc": (OLD_OFFICE, "application/msword"),
    ".xls": (OLD_OFFICE, "application/vnd.ms-excel"),
    ".ppt": (OLD_OFFICE, "application/vnd.ms-powerpoint"),
}


@dataclass(frozen=True)
class Stored:
    """A file that lies in the store, named by its content."""

    name: str
    content_type: str
    size_bytes: int
    sha256: str
    stored_as: str


def store(name: str, content: File) -> Stored:
    """Check and keep the bytes. The same content twice is kept once. InvalidInput for other kinds, and for large files."""
    shown = PurePath(name.replace("\\", "/")).name.replace("\x00", "").strip()[-LONGEST_NAME:] or _("未命名")
    ending = PurePath(shown).suffix.lower()
    content.seek(0)  # a retried action reads it again
    head = content.read(8)
    if ending not in KINDS or not head.startswith(KINDS[ending][0]):
        raise InvalidInput(_("只能上传 PDF、图片（PNG、JPG）和 Office 文件，内容要与扩展名相符。"), field="file")
    if content.size > LARGEST_BYTES:
        raise InvalidInput(_("文件太大，最多 20 MB。"), field="file")
    sha256 = _hash_of(content)
    path = f"attachments/{sha256[:2]}/{sha256}"
    if not default_storage.exists(path):
        content.seek(0)
        default_storage.save(path, content)
    return Stored(shown, KINDS[ending][1], content.size, sha256, path)


def _hash_of(content: File) -> str:
    digest = hashlib.sha256()
    content.seek(0)
    for chunk in content.chunks():
        digest.update(chunk)
    return digest.hexdigest()
