"""A translatable text as every language of the interface says it."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override


def every_wording(text: Any) -> tuple[str, ...]:
    """The active language's words first, then those of the others, without repeats."""
    active = get_language()
    said = [str(text)]
    for code, _name in settings.LANGUAGES:
        if code != active:
            with override(code):
                said.append(str(text))
    return tuple(dict.fromkeys(said))
