"""What happens to people and territories."""

from dataclasses import dataclass

from repertory.core.events import Event


@dataclass(frozen=True)
class TerritoryMoved(Event):
    """A subtree hangs at another node now; counts per node no longer hold."""

    territory_id: int
    old_parent_path: str


@dataclass(frozen=True)
class PersonSwitchedOff(Event):
    user_id: int
