"""Photos lose what the camera wrote into them, and stay turned the way they were."""

import struct
import zlib

import pytest

from repertory.core.pictures import is_picture, without_metadata

PIXELS = b"\xff\xda\x00\x04\x00\x00pixels\xff\xd9"
TABLES = b"\xff\xdb\x00\x05abc"


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(orientation: int | None, *, order: str) -> bytes:
    """With a place, and where one is given the orientation."""
    pairs = [(0x8825, 4, b"\x00\x00\x00\x63")]
    if orientation is not None:
        pairs.insert(0, (0x0112, 3, struct.pack(f"{order}HH", orientation, 0)))
    table = b"".join(struct.pack(f"{order}HHI", tag, kind, 1) + value for tag, kind, value in pairs)
    head = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}HI", 42, 8)
    return segment(0xE1, b"Exif\x00\x00" + head + struct.pack(f"{order}H", len(pairs)) + table + bytes(4) + b"PLACE")


@pytest.mark.parametrize("order", ["<", ">"])
def test_place_time_and_comments_leave_a_jpeg_and_the_picture_stays(order):
    start = b"\xff\xd8" + segment(0xE0, b"JFIF\x00")
    told = exif(None, order=order) + segment(0xE1, b"http://ns.adobe.com/xap") + segment(0xFE, b"comment")
    colours = segment(0xE2, b"ICC_PROFILE\x00")
    assert without_metadata(start + told + colours + TABLES + PIXELS) == start + colours + TABLES + PIXELS


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(("orientation", "kept"), [(6, 6), (1, None), (99, None)])
def test_only_how_it_is_turned_is_kept(order, orientation, kept):
    found = without_metadata(b"\xff\xd8" + exif(orientation, order=order) + TABLES + PIXELS)
    assert b"PLACE" not in found
    if kept is None:
        assert found == b"\xff\xd8" + TABLES + PIXELS
    else:
        assert struct.unpack(">H", found[30:32]) == (kept,)
        assert without_metadata(found) == found


def test_a_second_picture_behind_the_first_goes_with_its_place():
    scans = (
        b"\xff\xda\x00\x04\x00\x00a\xff\x00\xff\xd3b"
        + segment(0xC4, b"\xff\xd9")
        + b"\xff\xda\x00\x04\x00\x00c\xff\xd9"
    )
    first = b"\xff\xd8" + TABLES + scans
    second = b"\xff\xd8" + exif(6, order="<") + TABLES + PIXELS
    assert without_metadata(first + second) == first


def test_what_was_written_into_a_png_leaves_it():
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    start, pixels = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)), chunk(b"IDAT", b"x") + chunk(b"IEND", b"")
    told = chunk(b"eXIf", b"PLACE") + chunk(b"tEXt", b"Author\x00A") + chunk(b"tIME", bytes(7))
    assert without_metadata(start + told + pixels + b"PLACE") == start + pixels


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\xff", b"\x89PNG\r\n\x1a\nbroken", b"GIF89a"]
)
def test_broken_pictures_are_given_back(content):
    assert without_metadata(content) == content
    assert is_picture(content) is content.startswith((b"\xff\xd8\xff", b"\x89PNG"))
