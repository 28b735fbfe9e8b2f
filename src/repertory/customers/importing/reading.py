"""A row of a customers file as the archive's facts, checked by the same input as every other door."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from repertory.core.errors import InvalidInput
from repertory.core.inputs import as_invalid_input
from repertory.customers import fields
from repertory.customers.actions.writing import CUSTOMER
from repertory.customers.importing.columns import CUSTOM, PLACE_KEYS, REGION_CODES
from repertory.customers.importing.places import Unknown, position, region_codes
from repertory.customers.inputs import ReviseCustomer
from repertory.platform.custom_values import clean_values
from repertory.platform.exchange.kinds import CLEAR, ImportRow
from repertory.platform.exchange.results import Finding, Report
from repertory.platform.models import FieldKind
from repertory.platform.queries import custom_fields

# Texts about which the input asks nothing but their length, and choices that the engine has read already: most rows of
# most files hold nothing else and need not pass through the whole input.
_BY_VALIDATORS = {
    name for decorator in ReviseCustomer.__pydantic_decorators__.field_validators.values() for name in decorator.info.fields
}
PLAIN_TEXTS = {"name": 200, "code": 40} | {
    name: item.max_length
    for name, info in ReviseCustomer.model_fields.items()
    for item in info.metadata
    if info.annotation is str and name not in _BY_VALIDATORS and hasattr(item, "max_length")
}
_READ_BY_ENGINE = {"kind", "stage", "tier", *REGION_CODES} | {
    name for name in fields.WRITABLE if fields.model_field(name).choices
}
_OUTSIDE_INPUT = ("stage", "tier", "territory", "custom")


@dataclass(slots=True)
class Facts:
    """What a row says: values by field of the input (links as keys, custom fields under "custom"), only what is given.

    territories: codes. waits_for: links that name a row above in the same file: {field: text}.
    """

    row: int
    values: dict[str, Any]
    territories: tuple[str, ...] = ()
    waits_for: dict[str, str] = dataclasses.field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.values.get("name", "")

    @property
    def institution(self) -> int | str | None:
        return self.values.get("institution") or self.waits_for.get("institution")

    @property
    def code(self) -> str:
        return self.values.get("code", "")


class RowReader:
    """Reads rows for one import."""

    def __init__(self) -> None:
        self._definitions = custom_fields(CUSTOMER)
        self.references = [one.key for one in self._definitions if one.kind == FieldKind.REFERENCE]

    def read(self, rows: Sequence[ImportRow], report: Report) -> list[Facts]:
        """The rows that are right; what is wrong with the others, and what was emptied, goes into the report."""
        found = (self._facts(row, report) for row in rows)
        return [facts for facts in found if facts is not None]

    def _facts(self, row: ImportRow, report: Report) -> Facts | None:
        given = dict(row.values)
        territories = _codes(given.pop("territory", ""))
        try:
            values = _places(row.number, given, report)
        except Unknown as unknown:
            report.errors.append(Finding(row.number, unknown.field, "unknown_region", str(unknown)))
            return None
        custom = _without_custom(values)
        if not _is_plain(values):
            checked = _checked(row.number, values, report)
            if checked is None:
                return None
            values = checked
        facts = Facts(row.number, values, territories)
        return facts if not custom or self._add_custom(facts, custom, report) else None

    def _add_custom(self, facts: Facts, custom: dict[str, Any], report: Report) -> bool:
        # References are still texts; `links` looks them up.
        links = {key: custom.pop(key) for key in self.references if isinstance(custom.get(key), str)}
        try:
            facts.values["custom"] = {**clean_values(self._definitions, custom, complete=False), **links}
        except InvalidInput as error:
            report.errors.append(Finding(facts.row, error.field, error.code, str(error)))
            return False
        return True

    def missing_custom(self, values: Mapping[str, Any]) -> list[Any]:
        """The required custom fields that a new customer lacks."""
        custom = values.get("custom", {})
        return [one for one in self._definitions if one.required and custom.get(one.key) in (None, "")]


def _codes(text: Any) -> tuple[str, ...]:
    if not text or text is CLEAR:
        return ()
    parts = text.replace("，", "、").replace(",", "、").replace(";", "、").replace("；", "、").split("、")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _places(number: int, given: dict[str, Any], report: Report) -> dict[str, Any]:
    """The values with region codes instead of names, and a rounded position."""
    codes = region_codes(given)
    where, emptied = position(given)
    if emptied:
        message = _("坐标 0,0 不是真实位置，已按没有填处理。")
        report.warnings.append(Finding(number, "longitude", "position_emptied", message))
        where = {}
    values = {key: value for key, value in given.items() if key not in PLACE_KEYS}
    for name in ("longitude", "latitude"):
        values.pop(name, None)
    return {**values, **codes, **where}


def _without_custom(values: dict[str, Any]) -> dict[str, Any]:
    keys = [key for key in values if key.startswith(CUSTOM)]
    return {
        key.removeprefix(CUSTOM): None if (value := values.pop(key)) is CLEAR else _as_given(value) for key in keys
    }


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
        elif key not in _READ_BY_ENGINE:
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


def _checked(number: int, values: dict[str, Any], report: Report) -> dict[str, Any] | None:
    """Through the input: what it makes of the values, or None with its errors in the report."""
    outside = {key: values[key] for key in _OUTSIDE_INPUT if key in values and values[key] is not CLEAR}
    inside = {key: _emptied(key) if value is CLEAR else value for key, value in values.items() if key not in _OUTSIDE_INPUT}
    links = {key: inside.pop(key) for key in ("institution", "parent") if key in inside}
    try:
        data = ReviseCustomer.model_validate(inside)
    except ValidationError as error:
        for item in as_invalid_input(error).details["errors"]:
            name = item["field"] or "longitude"
            report.errors.append(Finding(number, name, item["code"], item["message"]))
        return None
    found = {name: getattr(data, name) for name in inside}
    return {**found, **outside, **links}


def _emptied(key: str) -> Any:
    return "" if key in PLAIN_TEXTS else None
