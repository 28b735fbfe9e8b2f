"""Documents change state by a table of transitions and compare-and-swap, on both databases alike."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from repertory.core.errors import Conflict, RuleViolation

Transitions = Mapping[str, Iterable[str]]
"""State → states that may follow it."""


def may_move(table: Transitions, from_: str, to: str) -> bool:
    """Whether the table allows the step."""
    return to in table.get(from_, ())


def move(
    rows: type[Model] | QuerySet[Any],
    pk: Any,
    from_: str,
    to: str,
    table: Transitions,
    *,
    field: str = "status",
    **changes: Any,
) -> None:
    """Set `field` of one row from `from_` to `to`, with `changes`, if it still stands at `from_`.

    Raises RuleViolation where the table does not allow the step and Conflict where the row was moved meanwhile
    or is not among `rows`.
    """
    if not may_move(table, from_, to):
        raise RuleViolation(
            _("当前状态不能这样变更。"), code="transition", field=field, details={"from": from_, "to": to}
        )
    queryset = rows if isinstance(rows, QuerySet) else rows._default_manager.all()
    hit = queryset.filter(pk=pk, **{field: from_}).update(**{field: to}, **changes)
    if hit != 1:
        raise Conflict(_("状态刚被别人改过，请刷新后再试。"), code="moved", field=field)
