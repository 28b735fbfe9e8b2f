"""The left navigation and the person's menu: entries that `wiring` lists, each shown to whom its rule allows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from repertory.core.actor import Actor


@dataclass(frozen=True)
class Entry:
    """name: of the address it leads to. below: it is indented under the entry before it. also: prefixes of other
    addresses at which it is the present one."""

    label: Any
    name: str
    icon: str = ""
    allow: Callable[[Actor], bool] = lambda actor: True
    below: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    label: Any
    url: str
    icon: str
    active: bool
    sub: bool


_main: list[Entry] = []
_personal: list[Entry] = []
_fresh: list[Entry] = []
_search: list[str] = []
_bell: list[tuple[str, str]] = []


def connect(
    *,
    main: Iterable[Entry],
    personal: Iterable[Entry] = (),
    fresh: Iterable[Entry] = (),
    search: str = "",
    bell: tuple[str, str] | None = None,
) -> None:
    """Replace the entries: left navigation, the person's menu, 新建, the address that the search box asks, and those of
    the bell: the page that it leads to, the fragment that counts."""
    _main[:], _personal[:], _fresh[:] = main, personal, fresh
    _search[:] = [search] if search else []
    _bell[:] = [bell] if bell else []


def main_entries(actor: Actor, path: str) -> list[Shown]:
    """What the person sees on the left; the entry with the longest fitting address is the active one."""
    allowed = [(entry, reverse(entry.name)) for entry in _main if entry.allow(actor)]
    best = max(allowed, key=lambda pair: _fit(pair[0], pair[1], path), default=None)
    active = best[0] if best is not None and _fit(best[0], best[1], path) else None
    return [Shown(entry.label, url, entry.icon, entry is active, entry.below) for entry, url in allowed]


def personal_entries(actor: Actor) -> list[Shown]:
    return [
        Shown(entry.label, reverse(entry.name), entry.icon, False, False) for entry in _personal if entry.allow(actor)
    ]


def fresh_entries(actor: Actor) -> list[Shown]:
    return [Shown(entry.label, reverse(entry.name), entry.icon, False, False) for entry in _fresh if entry.allow(actor)]


def search_url() -> str:
    return reverse(_search[0]) if _search else ""


def bell_urls() -> dict[str, str]:
    """{"page", "count"}; nothing where there is no bell."""
    return {"page": reverse(_bell[0][0]), "count": reverse(_bell[0][1])} if _bell else {}


def _fit(entry: Entry, url: str, path: str) -> int:
    """How long a beginning of the path the entry stands for; the home page only for itself."""
    prefixes = [prefix for prefix in (url, *entry.also) if prefix != "/"]
    fits = [len(prefix) for prefix in prefixes if path.startswith(prefix)]
    return max(fits, default=1 if url == path == "/" else 0)
