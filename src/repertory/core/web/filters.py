"""What a filter dialog asks for a column, by the column's kind."""

from collections.abc import Sequence
from typing import Any, Protocol

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from repertory.core.web.addresses import EMPTY

RANGED = {"date": "date", "datetime": "date", "number": "number"}
Options = Sequence[tuple[Any, Any]]


class Filtered(Protocol):
    """A column of a list, as far as a filter asks about it."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> Any: ...
    @property
    def kind(self) -> str: ...
    @property
    def choices(self) -> Options: ...


def filter_inputs(
    column: Filtered, address: QueryDict, *, options: Options = (), box: SafeString | None = None, label: Any = ""
) -> list[dict[str, Any]]:
    """Inputs as data: name, label, kind (text, date, number, choices, one, picker) and the present value or options.
    options: of a column that has no choices of its own; box: a picker that finds the value."""
    key, name = column.key, label or column.label
    if column.kind in RANGED:
        shape = RANGED[column.kind]
        ends = ((f"{key}.from", _("从")), (f"{key}.to", _("到（含）")))
        return [{"name": end, "label": text, "kind": shape, "value": address.get(end, "")} for end, text in ends]
    if column.kind == "bool":
        return [_choices(column, name, (("true", _("是")), ("false", _("否"))), address, kind="one")]
    if box is not None:
        return [{"name": key, "label": name, "kind": "picker", "box": box}]
    if options or column.choices:
        return [_choices(column, name, options or column.choices, address)]
    value = address.get(key, "")
    return [{"name": key, "label": _("包含文字"), "kind": "text", "value": "" if value == EMPTY else value}]


def _choices(
    column: Filtered, label: Any, options: Options, address: QueryDict, *, kind: str = "choices"
) -> dict[str, Any]:
    chosen = address.getlist(column.key)
    shown = [{"value": code, "label": text, "chosen": str(code) in chosen} for code, text in options]
    return {"name": column.key, "label": label, "kind": kind, "options": shown}
