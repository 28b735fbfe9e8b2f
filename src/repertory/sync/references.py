"""References among things made without a network: {"$ref": "<uid>"} stands for the key of what that item will make."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from repertory.core.errors import RuleViolation
from repertory.sync.choices import DEPENDS_ON
from repertory.sync.inputs import PushedEntry

REF = "$ref"
Entry = TypeVar("Entry", bound=PushedEntry)


def references_in(value: Any) -> Iterator[str]:
    """The uids, as text, that a payload refers to."""
    if is_reference(value):
        yield str(value[REF]).lower()
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from references_in(inner)


def is_reference(value: Any) -> bool:
    return isinstance(value, dict) and len(value) == 1 and REF in value


def uid_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def resolved(value: Any, made: Mapping[str, int]) -> Any:
    """The payload with keys in place of references. RuleViolation depends_on where one was not made (yet)."""
    if is_reference(value):
        wanted = str(value[REF]).lower()
        if wanted not in made:
            message = _("它依赖的另一条记录还没有入库，那一条处理好后会自动再试。")
            raise RuleViolation(message, code=DEPENDS_ON, details={"waits_for": wanted})
        return made[wanted]
    if isinstance(value, dict):
        return {name: resolved(inner, made) for name, inner in value.items()}
    if isinstance(value, list):
        return [resolved(inner, made) for inner in value]
    return value


def in_order(entries: Sequence[Entry]) -> list[Entry]:
    """What others refer to first, otherwise as they came. Those that refer to each other in a circle come last."""
    present = {str(entry.uid) for entry in entries}
    waiting = [(entry, set(references_in(entry.payload)) & present - {str(entry.uid)}) for entry in entries]
    done: set[str] = set()
    ordered: list[Entry] = []
    while waiting:
        ready = [entry for entry, wanted in waiting if wanted <= done] or [entry for entry, _wanted in waiting]
        ordered += ready
        done |= {str(entry.uid) for entry in ready}
        waiting = [(entry, wanted) for entry, wanted in waiting if str(entry.uid) not in done]
    return ordered
