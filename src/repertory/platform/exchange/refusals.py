"""Files that must not come in whatever their kind: a domain says which columns the law forbids, `wiring` lists it."""

from collections.abc import Callable, Sequence
from datetime import date

from repertory.core.errors import InvalidInput

Refuse = Callable[[Sequence[str], date], str]
"""(names of the columns, day) → why the file is refused, "" where it is not."""

_rules: list[Refuse] = []


def connect(rules: Sequence[Refuse]) -> None:
    """Replace the table."""
    _rules[:] = rules


def check_columns(names: Sequence[str], *, on: date) -> None:
    """InvalidInput, code forbidden_columns, for a file that no kind may read."""
    for rule in _rules:
        why = rule(names, on)
        if why:
            raise InvalidInput(why, code="forbidden_columns", field="file")
