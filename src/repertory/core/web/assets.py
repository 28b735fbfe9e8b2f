"""Which hashed file the build made of which plain name."""

import functools
import json
from pathlib import Path

from django.templatetags.static import static

BUILT = Path(__file__).resolve().parent.parent / "static" / "built"


@functools.cache
def asset_url(name: str) -> str:
    """The address of a built file, such as "app.css". Before the first build the plain name, which answers 404."""
    return static(f"built/{_list().get(name, name)}")


def asset_file(name: str) -> Path:
    """The built file itself. It may be absent before the first build."""
    return BUILT / _list().get(name, name)


@functools.cache
def _list() -> dict[str, str]:
    file = BUILT / "assets.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
