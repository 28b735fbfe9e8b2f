"""What a phone sends. The only validation of incoming data; what a command carries, the command's own input judges."""

import base64
import binascii
import json
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import Field, field_validator

from repertory.core.inputs import Input, Key, Moment, Text, Text60, Text100

LARGEST_PICTURE_BYTES = 2 * 1024 * 1024
LARGEST_PAYLOAD_BYTES = 4 * 1024 * 1024
DEEPEST = 12
PICTURES = {b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}


def depth_of(value: Any, at_most: int) -> int:
    """How deep lists and objects lie inside each other; stops counting beyond `at_most`."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if at_most <= 0:
        return 1 if inner else 0
    return max((1 + depth_of(item, at_most - 1) for item in inner), default=0)


class PushedEntry(Input):
    """One thing that was done on a phone. uid: made by the phone, the same however often it is sent. device_at: by the
    phone's clock, which may be wrong. corrected: it was refused before, and this is its mended form."""

    uid: UUID
    command: Annotated[Text60, Field(min_length=1)]
    payload: dict[str, Any] = Field(default_factory=dict)
    device_at: Moment
    corrected: bool = False

    @field_validator("payload")
    @classmethod
    def payload_has_a_form(cls, value: dict[str, Any]) -> dict[str, Any]:
        if depth_of(value, DEEPEST) > DEEPEST:
            raise ValueError(_("内容嵌套太深。"))
        if len(json.dumps(value, default=str)) > LARGEST_PAYLOAD_BYTES:
            raise ValueError(_("内容太大，照片请压缩到 2 MB 以内。"))
        return value


class PushBatch(Input):
    """device: the phone's own name for itself, made once."""

    device: Annotated[Text60, Field(min_length=1)]
    items: Annotated[list[PushedEntry], Field(max_length=200)]


class RetryItem(Input):
    """payload: the mended content; without it what was sent counts."""

    payload: dict[str, Any] | None = None

    @field_validator("payload")
    @classmethod
    def payload_has_a_form(cls, value: dict[str, Any] | None) -> dict[str, Any] | None:
        return None if value is None else PushedEntry.payload_has_a_form(value)


class DiscardItem(Input):
    reason: Annotated[Text, Field(min_length=2, max_length=300)]


class FinishReminder(Input):
    """Which one, the command's key says; there is nothing else to say."""


class AddPicture(Input):
    """A photo, PNG or JPEG. content: base64. visit_id: the visit that it was taken at."""

    name: Text100 = ""
    visit_id: Key | None = None
    content: Annotated[Text, Field(min_length=1, max_length=LARGEST_PICTURE_BYTES * 4 // 3 + 8)]

    @field_validator("content")
    @classmethod
    def is_a_picture(cls, value: str) -> str:
        if picture_ending(decoded(value)) == "":
            raise ValueError(_("照片和签名只收 PNG 或 JPG，最大 2 MB。"))
        return value


def decoded(content: str) -> bytes:
    """The bytes, empty for what is no base64."""
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        return b""


def picture_ending(content: bytes) -> str:
    """.png or .jpg by how it begins, "" for everything else and for what is too large."""
    if len(content) > LARGEST_PICTURE_BYTES:
        return ""
    return next((ending for head, ending in PICTURES.items() if content.startswith(head)), "")
