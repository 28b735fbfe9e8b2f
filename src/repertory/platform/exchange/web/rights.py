"""Who finds the pages of import and export: whoever may exchange at least one kind; each kind asks again."""

from collections.abc import Callable
from contextlib import suppress

from repertory.core.actor import Actor
from repertory.core.errors import NotAllowed, NotFound
from repertory.platform.exchange.kinds import Kind, all_kinds, kind_named


def may_import_something(actor: Actor) -> bool:
    return any(_may(kind.may_import, actor) for kind in all_kinds())


def may_export_something(actor: Actor) -> bool:
    return any(_may(kind.may_export, actor) for kind in all_kinds())


def importable(actor: Actor, name: str) -> Kind:
    """Raises NotFound alike for a kind that there is not and for one that the person may not import."""
    return _allowed(kind_named(name), kind_named(name).may_import, actor)


def exportable(actor: Actor, name: str) -> Kind:
    """The same for the export."""
    return _allowed(kind_named(name), kind_named(name).may_export, actor)


def _allowed(kind: Kind, ask: Callable[[Actor], None], actor: Actor) -> Kind:
    if not _may(ask, actor):
        raise NotFound()
    return kind


def _may(ask: Callable[[Actor], None], actor: Actor) -> bool:
    with suppress(NotAllowed):
        ask(actor)
        return True
    return False
