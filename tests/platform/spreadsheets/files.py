"""Small files of every format, written byte by byte where no library writes them."""

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

ROWS = [["名称", "数量", "单价"], ["人民医院", 12.0, 0.1], ["中心药房", 3.0, 18.5]]
ROWS_AS_TEXT = [["名称", "数量", "单价"], ["人民医院", "12", "0.1"], ["中心药房", "3", "18.5"]]


def xlsx(path: Path, rows: Sequence[Sequence], sheet: str = "客户") -> Path:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return path


def ods(path: Path, rows: Sequence[Sequence], sheet: str = "客户") -> Path:
    def cell(value):
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="{sheet}">{body}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr("content.xml", content)
    return path


def xls(path: Path, rows: Sequence[Sequence], sheet: str = "Sheet1") -> Path:
    path.write_bytes(compound_file("Workbook", _biff8(rows, sheet)))
    return path


def compound_file(stream_name: str, stream: bytes) -> bytes:
    """A compound file (OLE) with one stream of at least 4,096 bytes: header, one FAT sector, one directory sector."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * 432
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    directory = _entry("Root Entry", kind=5, child=1, start=0xFFFFFFFE, size=0)
    directory += _entry(stream_name, kind=2, child=0xFFFFFFFF, start=2, size=len(stream))
    return header + table + directory.ljust(512, b"\0") + stream


def _entry(name: str, *, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    entry = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1)
    entry += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36) + struct.pack("<IQ", start, size)
    return entry


def _biff8(rows: Sequence[Sequence], sheet: str) -> bytes:
    def record(kind: int, body: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def cell(row: int, column: int, value) -> bytes:
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(value, str):
            return record(0x0204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
        return record(0x0203, place + struct.pack("<d", value))

    start = struct.pack("<HHHHII", 0x0600, 5, 0x0DBB, 1996, 0, 6)
    page = record(0x0809, start.replace(struct.pack("<HH", 0x0600, 5), struct.pack("<HH", 0x0600, 0x10)))
    page += record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    page += b"".join(cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row)) + record(0x0A)
    opening = record(0x0809, start) + record(0x0042, struct.pack("<H", 1200))
    name = struct.pack("<BB", len(sheet), 0) + sheet.encode("ascii")
    offset = len(opening) + len(record(0x85, bytes(6) + name)) + len(record(0x0A))
    return opening + record(0x85, struct.pack("<IBB", offset, 0, 0) + name) + record(0x0A) + page
