"""Checks what is written into custom fields."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from repertory.core.errors import InvalidInput
from repertory.core.inputs import clean_text
from repertory.core.time import read_day
from repertory.platform.models import CustomField, FieldKind

LONGEST_TEXT = 2_000


def clean_values(definitions: Iterable[CustomField], values: dict[str, Any], *, complete: bool) -> dict[str, Any]:
    """The values as they are stored (text, number as text, ISO date, list of options, key), empty ones as None.

    complete: whether required fields must be among them. InvalidInput names custom.KEY.
    """
    known = {definition.key: definition for definition in definitions}
    cleaned = {}
    for key, value in values.items():
        if key not in known:
            raise InvalidInput(_("没有“%(key)s”这个自定义字段。") % {"key": key}, field=f"custom.{key}")
        cleaned[key] = _clean(known[key], value)
    for key, definition in known.items():
        if definition.required and (complete or key in cleaned) and cleaned.get(key) is None:
            raise InvalidInput(_("“%(label)s”必须填写。") % {"label": definition.label}, field=f"custom.{key}")
    return cleaned


def referring(definitions: Iterable[CustomField]) -> list[str]:
    """Keys of those that name a customer."""
    return [one.key for one in definitions if one.kind == FieldKind.REFERENCE]


def _clean(definition: CustomField, value: Any) -> Any:
    if value is None or value == "" or value == []:
        return None
    try:
        return CLEANERS[FieldKind(definition.kind)](definition, value)
    except (ValueError, InvalidOperation, TypeError):
        message = _("“%(label)s”填写的“%(value)s”不对：%(hint)s") % {
            "label": definition.label,
            "value": str(value)[:40],
            "hint": _hints()[definition.kind],
        }
        raise InvalidInput(message, field=f"custom.{definition.key}") from None


def _text(definition: CustomField, value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise ValueError
    return clean_text(value)


def _number(definition: CustomField, value: Any) -> str:
    number = Decimal(str(value))
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15 or isinstance(value, bool):
        raise ValueError
    return f"{number.normalize():f}"


def _date(definition: CustomField, value: Any) -> str:
    return read_day(value if isinstance(value, str) else value.isoformat()).isoformat()


def _choice(definition: CustomField, value: Any) -> str:
    if value not in definition.options:
        raise ValueError
    return value


def _choices(definition: CustomField, value: Any) -> list[str]:
    chosen = [part.strip() for part in value.replace("；", ";").split(";")] if isinstance(value, str) else list(value)
    if any(option not in definition.options for option in chosen):
        raise ValueError
    return [option for option in definition.options if option in chosen]


def _reference(definition: CustomField, value: Any) -> int:
    key = int(value)
    if not 0 < key < 2**63:
        raise ValueError
    return key


CLEANERS = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _date,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.REFERENCE: _reference,
}


def _hints() -> dict[str, str]:
    return {
        FieldKind.TEXT: _("请填文字，最多 2000 字。"),
        FieldKind.NUMBER: _("请填数字。"),
        FieldKind.DATE: _("日期请写成 2026-03-31 这样。"),
        FieldKind.CHOICE: _("请从选项中选一个。"),
        FieldKind.CHOICES: _("请从选项中选，多个之间用分号隔开。"),
        FieldKind.REFERENCE: _("请选择一位客户。"),
    }
