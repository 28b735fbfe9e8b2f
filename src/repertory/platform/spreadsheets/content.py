"""What a file is, decided by what is in it; the name decides nothing."""

import zipfile
from pathlib import Path

from .refusals import Refused

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"MZ": "EXE",
    b"\x7fELF": "ELF",
    b"SQLite format 3": "SQLite",
}
_SHEETS_OF_XLSX = "xl/workbook.xml"
_SHEETS_OF_XLSB = "xl/workbook.bin"
_SHEETS_OF_ODS = "content.xml"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

# Above these a file is a bomb or a mistake: a million rows of 12 columns unpack to about 1.2 GB.
MAX_UNPACKED_BYTES = 4 * 1024**3
MAX_RATIO = 300
_ALWAYS_ALLOWED_BYTES = 32 * 1024**2


def kind_of(path: Path) -> str:
    """ "xlsx", "xls", "ods" or "text". Raises Refused where the content is none of them."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip():
        raise Refused("empty")
    if head.startswith((_ZIP, _EMPTY_ZIP)):
        return _kind_of_archive(path)
    if head.startswith(_OLE):
        return _kind_of_compound_file(path)
    for magic, name in _FOREIGN.items():
        if head.startswith(magic):
            raise Refused("not_a_table", content=name)
    _refuse_markup(head)
    return "text"


def _kind_of_archive(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused("broken") from error
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES or unpacked > max(_ALWAYS_ALLOWED_BYTES, MAX_RATIO * path.stat().st_size):
        raise Refused("too_large")
    names = {entry.filename.lower() for entry in entries}
    if _SHEETS_OF_XLSX in names or _SHEETS_OF_XLSB in names:
        return "xlsx"
    if _SHEETS_OF_ODS in names:
        return "ods"
    raise Refused("not_a_table", content="ZIP")


def _kind_of_compound_file(path: Path) -> str:
    with path.open("rb") as file:
        if _ENCRYPTED_STREAM in file.read(16 * 1024**2):
            raise Refused("password")
    return "xls"


def _refuse_markup(head: bytes) -> None:
    """Many systems write a web page and call it .xls."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        raise Refused("markup")
