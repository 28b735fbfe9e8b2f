"""Tabs of a page that belong to other domains: `wiring` lists them, each is an address of its own that guards itself."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class CardTab:
    """address: the name of a view that answers a fragment for the object's key. fits: whether the object has such a tab.
    allow: whether the person has it. after: the key of the tab behind which it stands."""

    key: str
    label: Any
    address: str
    fits: Callable[[Any], bool] = lambda found: True
    allow: Callable[[Any], bool] = lambda actor: True
    after: str = ""


_tabs: list[CardTab] = []


def connect(tabs: Iterable[CardTab]) -> None:
    """Replace the tabs of the customer's card."""
    _tabs[:] = tabs


def tabs_for(actor: Any, found: Any) -> list[CardTab]:
    return [tab for tab in _tabs if tab.allow(actor) and tab.fits(found)]
