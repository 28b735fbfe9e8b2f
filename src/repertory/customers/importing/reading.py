"""A row of a customers file as the archive's facts, checked by the same input as every other door."""

import pickle
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from zlib import crc32

from django.utils.translation import gettext as _
from pydantic import ValidationError

from repertory.core.errors import InvalidInput
from repertory.core.inputs import as_invalid_input
from repertory.core.text import normalise
from repertory.customers import fields
from repertory.customers.actions.bulk import PLACE, NewCustomer, draw_up
from repertory.customers.actions.writing import CUSTOMER, name_key
from repertory.customers.choices import PERSON_KINDS
from repertory.customers.importing.columns import LINKS, PLACE_KEYS, REGION_CODES
from repertory.customers.importing.places import Unknown, guessed_codes, take_position, take_region
from repertory.customers.inputs import ReviseCustomer
from repertory.platform.custom_values import clean_values, referring
from repertory.platform.exchange.fields import CUSTOM
from repertory.platform.exchange.kinds import CLEAR
from repertory.platform.exchange.results import Finding
from repertory.platform.queries import custom_fields

# Texts about which the input asks nothing but their length, choices that the engine has read already, places and links
# that are looked up: most rows hold nothing else and need not pass through the whole input.
_BY_VALIDATORS = {
    name
    for decorator in ReviseCustomer.__pydantic_decorators__.field_validators.values()
    for name in decorator.info.fields
}
PLAIN_TEXTS = {"name": 200, "code": 40} | {
    name: item.max_length
    for name, info in ReviseCustomer.model_fields.items()
    for item in info.metadata
    if info.annotation is str and name not in _BY_VALIDATORS and hasattr(item, "max_length")
}
_READ_ELSEWHERE = {"kind", "stage", "tier", *REGION_CODES, *LINKS} | {
    name for name in fields.WRITABLE if fields.model_field(name).choices
}
_BETWEEN_CODES = re.compile(r"[、,，;；\s]+")
_OUTSIDE_INPUT = ("stage", "tier", "territory", "custom")


@dataclass(slots=True)
class Facts:
    """What a row says, as far as every row is asked for it. What only some rows are asked for waits packed, because most
    of the time that a row takes between two processes goes into its values.

    key: see `identity`, of a row without an institution. name_key: the core of the name. territories: codes. content:
    a number, the same where the whole row says the same. drawn_up: the archive that the row would open, a packed
    NewCustomer; b"" where a link is still to be looked up. waits_for: links that name a row of the same file: {field: text}.
    """

    row: int
    kind: str
    name: str
    name_key: str
    code: str
    key: tuple[str, ...]
    content: int
    territories: tuple[str, ...] = ()
    packed_values: bytes = b""
    drawn_up: bytes = b""
    waits_for: dict[str, str] = field(default_factory=dict)
    _values: dict[str, Any] | None = None

    @property
    def values(self) -> dict[str, Any]:
        """By field of the input (links as keys, custom fields under "custom"), only what is given."""
        if self._values is None:
            self._values = pickle.loads(self.packed_values)  # noqa: S301 - packed below
        return self._values

    @property
    def institution(self) -> int | str | None:
        return self.values.get("institution") or self.waits_for.get("institution")


Reading = tuple[tuple | None, list[Finding], list[Finding]]
"""(the fields of Facts, or None where the row is wrong; why it is; warnings)."""


def identity(values: Mapping[str, Any], institution_id: int | str | None) -> tuple[str, ...]:
    """What makes two rows the same customer by default: a person's name at an institution; else the name with the
    address, or, where that is unknown, with the place."""
    name = normalise(values.get("name") or "")
    if institution_id or values.get("kind") in PERSON_KINDS:
        return ("at", name, str(institution_id or ""))
    address = normalise(values.get("address") or "")
    if address:
        return ("address", name, address)
    return ("place", name, values.get("city_code") or values.get("province_code") or "")


class RowReader:
    """Reads rows of one import. Asks no database once it is made, and may be sent to another process."""

    def __init__(self, given: Collection[str]) -> None:
        self._definitions = custom_fields(CUSTOMER)
        self.references = referring(self._definitions)
        self._required = [one for one in self._definitions if one.required]
        self._custom = [key for key in given if key.startswith(CUSTOM)]
        self._has_place = not PLACE_KEYS.isdisjoint(given)
        self._has_position = "longitude" in given or "latitude" in given
        self._has_links = bool(self.references) or any(name in given for name in LINKS)

    def __call__(self, number: int, values: dict[str, Any]) -> Reading:
        errors: list[Finding] = []
        warnings: list[Finding] = []
        territories = _codes(values.pop("territory", ""))
        read = self._values(number, values, errors, warnings)
        if read is None:
            return None, errors, warnings
        return self._facts(number, read, territories), errors, warnings

    def _facts(self, number: int, values: dict[str, Any], territories: tuple[str, ...]) -> tuple:
        kind, name = values.get("kind") or "", values.get("name") or ""
        drawn_up = b""
        if not self._has_links and name and kind:
            new = self.draw_up(values)
            core, content = new.row[PLACE["name_key"]], new.story
            drawn_up = pack(new)
        else:
            core, content = name_key(name), repr(values)
        return (
            number,
            kind,
            name,
            core,
            values.get("code") or "",
            identity(values, None),
            crc32(content.encode("utf-8", "surrogatepass")),
            territories,
            pickle.dumps(values, pickle.HIGHEST_PROTOCOL),
            drawn_up,
        )

    def draw_up(self, values: Mapping[str, Any], territories: Sequence[int] = ()) -> NewCustomer:
        """The archive that the values open, before anybody waits for it."""
        if not self._has_place:
            values = {**values, **guessed_codes(values.get("address") or "")}
        return draw_up(values, territories)

    def _values(
        self, number: int, values: dict[str, Any], errors: list[Finding], warnings: list[Finding]
    ) -> dict[str, Any] | None:
        """What the input makes of the cells; None where the row is wrong."""
        if self._has_place:
            try:
                take_region(values)
            except Unknown as unknown:
                errors.append(Finding(number, unknown.field, "unknown_region", str(unknown)))
                return None
        if self._has_position and take_position(values):
            message = _("坐标 0,0 不是真实位置，已按没有填处理。")
            warnings.append(Finding(number, "longitude", "position_emptied", message))
        custom = {key.removeprefix(CUSTOM): values.pop(key) for key in self._custom if key in values}
        if not _is_plain(values):
            checked = _checked(number, values, errors)
            if checked is None:
                return None
            values = checked
        return values if not custom or self._add_custom(number, values, custom, errors) else None

    def _add_custom(self, number: int, values: dict[str, Any], custom: dict[str, Any], errors: list[Finding]) -> bool:
        given = {key: None if value is CLEAR else _as_given(value) for key, value in custom.items()}
        # References are still texts; `links` looks them up.
        links = {key: given.pop(key) for key in self.references if isinstance(given.get(key), str)}
        try:
            values["custom"] = {**clean_values(self._definitions, given, complete=False), **links}
        except InvalidInput as error:
            errors.append(Finding(number, error.field, error.code, str(error)))
            return False
        return True

    def missing_custom(self, facts: Facts) -> list[Any]:
        """The required custom fields that a new customer lacks."""
        custom = facts.values.get("custom", {}) if self._required else {}
        return [one for one in self._required if custom.get(one.key) in (None, "")]


def pack(new: NewCustomer) -> bytes:
    return pickle.dumps((new.row, new.profile, new.story), pickle.HIGHEST_PROTOCOL)


def unpack(packed: bytes, territories: Sequence[int]) -> NewCustomer:
    return NewCustomer(*pickle.loads(packed), territories)  # noqa: S301 - packed above


def _codes(text: Any) -> tuple[str, ...]:
    if not text or text is CLEAR:
        return ()
    return tuple(dict.fromkeys(part.strip() for part in _BETWEEN_CODES.split(text) if part.strip()))


def _as_given(value: Any) -> Any:
    return f"{value:f}" if isinstance(value, Decimal) else value


def _is_plain(values: dict[str, Any]) -> bool:
    """Whether nothing can be wrong with the row; texts are stripped on the way, as the input does."""
    for key, value in values.items():
        if value is CLEAR:
            return False
        longest = PLAIN_TEXTS.get(key)
        if longest is not None:
            text = value.strip()
            if not text or len(text) > longest or "\x00" in text:
                return False
            values[key] = text
        elif key in ("longitude", "latitude"):
            if not _is_on_land_or_sea(values):
                return False
        elif key not in _READ_ELSEWHERE:
            return False
    return True


def _is_on_land_or_sea(values: dict[str, Any]) -> bool:
    longitude, latitude = values.get("longitude"), values.get("latitude")
    return (
        longitude is not None
        and latitude is not None
        and -180 <= longitude <= 180
        and -90 <= latitude <= 90
        and bool(longitude or latitude)
    )


def _checked(number: int, values: dict[str, Any], errors: list[Finding]) -> dict[str, Any] | None:
    """Through the input: what it makes of the values, or None with its errors in the list."""
    outside = {key: values[key] for key in _OUTSIDE_INPUT if key in values and values[key] is not CLEAR}
    inside = {
        key: _emptied(key) if value is CLEAR else value for key, value in values.items() if key not in _OUTSIDE_INPUT
    }
    links = {key: inside.pop(key) for key in LINKS if key in inside}
    try:
        data = ReviseCustomer.model_validate(inside)
    except ValidationError as error:
        for item in as_invalid_input(error).details["errors"]:
            name = item["field"] or "longitude"
            errors.append(Finding(number, name, item["code"], item["message"]))
        return None
    found = {name: getattr(data, name) for name in inside}
    return {**found, **outside, **links}


def _emptied(key: str) -> Any:
    return "" if key in PLAIN_TEXTS else None
