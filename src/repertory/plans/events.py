"""What happens to plans and tasks."""

from dataclasses import dataclass

from repertory.core.events import Event


@dataclass(frozen=True)
class TaskChanged(Event):
    """Opened, commented, returned or checked: whoever is concerned is told. why: the step's kind."""

    task_id: int
    why: str
    by_id: int | None


@dataclass(frozen=True)
class TargetReplied(Event):
    """A leader proposed another figure, or was answered."""

    reply_id: int
