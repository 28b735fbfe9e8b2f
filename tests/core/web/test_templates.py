"""Rules that hold for every template and every icon name, whoever wrote them."""

import json
import re
from pathlib import Path

import pytest

import repertory

PACKAGE = Path(repertory.__file__).parent
ROOT = PACKAGE.parent.parent
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))
SOURCES = [*TEMPLATES, *sorted(PACKAGE.glob("**/*.py"))]
ICONS = set(json.loads((ROOT / "frontend" / "icons.json").read_text(encoding="utf-8")))
ICON_NAME = re.compile(r"""\{% icon "([a-z0-9-]+)"|icon(?:=|["']: )["']([a-z0-9-]+)["']|\bicon\("([a-z0-9-]+)\"""")


def test_every_icon_that_is_named_is_built():
    named = {
        name
        for file in SOURCES
        for match in ICON_NAME.findall(file.read_text(encoding="utf-8"))
        for name in match
        if name
    }
    assert named - ICONS == set()


@pytest.mark.parametrize(
    "forbidden",
    [
        r"<script(?![^>]*\bsrc=)(?![^>]*application/json)",
        r"\sstyle=",
        r"\son[a-z]+=",
        r"\shx-on",
        r"<style",
        r"[\"']js:",
    ],
)
def test_no_template_has_inline_script_or_style(forbidden):
    found = [str(file) for file in TEMPLATES if re.search(forbidden, file.read_text(encoding="utf-8"))]
    assert found == []


def test_every_template_with_a_document_turns_evaluation_off_in_htmx():
    documents = [file for file in TEMPLATES if "<!doctype html>" in file.read_text(encoding="utf-8")]
    assert len(documents) >= 2
    for file in documents:
        text = file.read_text(encoding="utf-8")
        assert '"allowEval":false' in text
        assert '"includeIndicatorStyles":false' in text


def test_no_template_fetches_from_another_host():
    outside = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""")
    assert [str(file) for file in TEMPLATES if outside.search(file.read_text(encoding="utf-8"))] == []
