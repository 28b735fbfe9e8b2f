"""Labels and values beside each other, joined in one pass: an archive card shows a hundred of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.utils.functional import Promise
from django.utils.safestring import SafeString

NOTHING = "—"


@dataclass(frozen=True)
class Fact:
    """A label and its value; url makes the value a link, wide gives it a line of its own. name: for a template's use."""

    label: str | Promise
    value: str = ""
    url: str = ""
    wide: bool = False
    name: str = ""


def facts_list(facts: Iterable[Fact]) -> SafeString:
    """<dl class="facts">, all escaped."""
    return SafeString(f'<dl class="facts">{"".join(_row(fact) for fact in facts)}</dl>')


def _row(fact: Fact) -> str:
    wide = ' class="wide"' if fact.wide else ""
    label, value = escape(str(fact.label)), escape(str(fact.value))
    if not value:
        return f'<div{wide}><dt>{label}</dt><dd class="none">{NOTHING}</dd></div>'
    shown = f'<a href="{escape(fact.url)}">{value}</a>' if fact.url else value
    return f"<div{wide}><dt>{label}</dt><dd>{shown}</dd></div>"
