"""A row of a customers file as the archive's facts, checked by the same input as every other door."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from repertory.core.errors import InvalidInput
from repertory.core.inputs import as_invalid_input
from repertory.core.text import normalise
from repertory.customers import fields
from repertory.customers.actions.bulk import created_changes, derive
from repertory.customers.actions.writing import CUSTOMER
from repertory.customers.choices import PERSON_KINDS
from repertory.customers.importing.columns import CUSTOM, LINKS, PLACE_KEYS, REGION_CODES
from repertory.customers.importing.places import Unknown, guessed_codes, take_position, take_region
from repertory.customers.inputs import ReviseCustomer
from repertory.platform.audit_lines import encode_changes
from repertory.platform.custom_values import clean_values
from repertory.platform.exchange.kinds import CLEAR
from repertory.platform.exchange.prepared import encode
from repertory.platform.exchange.results import Finding
from repertory.platform.models import FieldKind
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
    """What a row says: values by field of the input (links as keys, custom fields under "custom"), only what is given.

    key: see `identity`, of a row without an institution. territories: codes. packed: {"values", "derived", "story"} of the
    archive that the row would open, encoded; "" where a link is still to be looked up. waits_for: links that name a row
    of the same file: {field: text}.
    """

    row: int
    values: dict[str, Any]
    key: tuple[str, ...]
    territories: tuple[str, ...] = ()
    packed: str = ""
    waits_for: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.values.get("name", "")

    @property
    def institution(self) -> int | str | None:
        return self.values.get("institution") or self.waits_for.get("institution")

    @property
    def code(self) -> str:
        return self.values.get("code", "")


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
        self.references = [one.key for one in self._definitions if one.kind == FieldKind.REFERENCE]
        self._required = [one for one in self._definitions if one.required]
        self._custom = [key for key in given if key.startswith(CUSTOM)]
        self._has_place = not PLACE_KEYS.isdisjoint(given)
        self._has_position = "longitude" in given or "latitude" in given
        self._has_links = bool(self.references) or any(name in given for name in LINKS)

    def __call__(self, number: int, values: dict[str, Any]) -> Reading:
        errors: list[Finding] = []
        warnings: list[Finding] = []
        facts = self._facts(number, values, errors, warnings)
        if facts is None:
            return None, errors, warnings
        if not self._has_links and says_enough(facts.values):
            facts.packed = encode(self.new_archive(facts.values))
        return (facts.row, facts.values, facts.key, facts.territories, facts.packed), errors, warnings

    def new_archive(self, values: dict[str, Any]) -> dict[str, Any]:
        """The slow part of opening an archive, done before anybody waits for it: {"values", "derived", "story"}."""
        if not self._has_place:
            values = {**values, **guessed_codes(values.get("address") or "")}
        return {"values": values, "derived": derive(values), "story": encode_changes(created_changes(values))}

    def _facts(
        self, number: int, values: dict[str, Any], errors: list[Finding], warnings: list[Finding]
    ) -> Facts | None:
        territories = _codes(values.pop("territory", ""))
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
        facts = Facts(number, values, identity(values, None), territories)
        return facts if not custom or self._add_custom(facts, custom, errors) else None

    def _add_custom(self, facts: Facts, custom: dict[str, Any], errors: list[Finding]) -> bool:
        given = {key: None if value is CLEAR else _as_given(value) for key, value in custom.items()}
        # References are still texts; `links` looks them up.
        links = {key: given.pop(key) for key in self.references if isinstance(given.get(key), str)}
        try:
            facts.values["custom"] = {**clean_values(self._definitions, given, complete=False), **links}
        except InvalidInput as error:
            errors.append(Finding(facts.row, error.field, error.code, str(error)))
            return False
        return True

    def missing_custom(self, values: Mapping[str, Any]) -> list[Any]:
        """The required custom fields that a new customer lacks."""
        custom = values.get("custom", {})
        return [one for one in self._required if custom.get(one.key) in (None, "")]


def says_enough(values: Mapping[str, Any]) -> bool:
    """Whether a row may open an archive."""
    return bool(values.get("name") and values.get("kind"))


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
