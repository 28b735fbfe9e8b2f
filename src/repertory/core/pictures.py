"""Photos without what a camera writes into them: place, time, device. How the picture is turned stays."""

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
EXIF, COLOURS = b"Exif\x00\x00", b"ICC_PROFILE"
FIRST_APPLICATION, LAST_APPLICATION, COMMENT, PIXELS = 0xE0, 0xEF, 0xFE, 0xDA
END, RESTARTS = b"\xff\xd9", range(0xD0, 0xD8)
# How the file is read, and its colours.
KEPT_APPLICATIONS = frozenset({0xE0, 0xEE})
TOLD_OF_CAMERA = frozenset({b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"})
ORIENTATION = 0x0112


def is_picture(content: bytes) -> bool:
    return content.startswith((JPEG, PNG))


def without_metadata(content: bytes) -> bytes:
    """The same picture. What can't be read as PNG or JPEG is given back as it is."""
    if content.startswith(PNG):
        return _png(content)
    return _jpeg(content) if content.startswith(JPEG) else content


def _png(content: bytes) -> bytes:
    kept, place = [PNG], len(PNG)
    while place + 12 <= len(content):
        kind, end = content[place + 4 : place + 8], place + 12 + int.from_bytes(content[place : place + 4])
        if kind not in TOLD_OF_CAMERA:
            kept.append(content[place:end])
        place = end
        if kind == b"IEND":
            return b"".join(kept)
    return b"".join([*kept, content[place:]])


def _jpeg(content: bytes) -> bytes:
    kept, place = [content[:2]], 2
    while place + 4 <= len(content) and content[place] == 0xFF and content[place + 1] != END[1]:
        end = place + 2 + int.from_bytes(content[place + 2 : place + 4])
        if content[place + 1] == PIXELS:
            end = _behind_pixels(content, end)
            kept.append(content[place:end])
        else:
            kept.append(_segment(content[place:end]))
        place = end
    # Behind the end some cameras put a second picture, with its own place and time.
    rest = END if content.startswith(END, place) else content[place:]
    return b"".join([*kept, rest])


def _behind_pixels(content: bytes, place: int) -> int:
    """Where the next marker stands: among pixels 0xFF is followed by zero or by a restart."""
    while (place := content.find(b"\xff", place)) >= 0:
        following = content[place + 1 : place + 2]
        if following and following[0] not in (0, 0xFF, *RESTARTS):
            return place
        place += 1
    return len(content)


def _segment(segment: bytes) -> bytes:
    """The segment as it may stay; nothing where it tells of the camera."""
    marker, body = segment[1], segment[4:]
    if body.startswith(EXIF):
        return _turned(body[len(EXIF) :])
    application = FIRST_APPLICATION <= marker <= LAST_APPLICATION and marker not in KEPT_APPLICATIONS
    return b"" if marker == COMMENT or (application and not body.startswith(COLOURS)) else segment


def _turned(tiff: bytes) -> bytes:
    """A segment that holds the orientation only; nothing where the picture stands upright."""
    order = "little" if tiff.startswith(b"II") else "big"

    def number(place: int, size: int) -> int:
        return int.from_bytes(tiff[place : place + size], order)  # type: ignore[arg-type]

    table = number(4, 4)
    entries = (table + 2 + 12 * index for index in range(number(table, 2)))
    found = next((number(place + 8, 2) for place in entries if number(place, 2) == ORIENTATION), 1)
    if not 1 < found <= 8:
        return b""
    value = found.to_bytes(2)
    table_bytes = b"\x00\x01" + ORIENTATION.to_bytes(2) + b"\x00\x03\x00\x00\x00\x01" + value + bytes(2) + bytes(4)
    body = EXIF + b"MM\x00*\x00\x00\x00\x08" + table_bytes
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body
