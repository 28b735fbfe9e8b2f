"""Translations: the program speaks Chinese in its sources, locale/en holds the English.

python tools/messages.py update    find all marked texts, keep what is translated, drop what is gone
python tools/messages.py compile   write the .mo files that the program reads
python tools/messages.py check     every text has its English, nothing is left over, the placeholders agree
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import django
from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import templatize

SOURCE = Path(__file__).resolve().parent.parent / "src" / "repertory"
CATALOG = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "T": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +.\d]*[a-z]|%[sd]|\{\w*\}")

Message = tuple[str | tuple[str, ...], str | None]


def messages_in(text: str, *, template: bool) -> Iterator[Message]:
    """(msgid or (singular, plural), context) of every marked text of a Python file or a template."""
    if template:
        # What is between the marks becomes X; its indentation would be read as Python's.
        text = "\n".join(line.lstrip() for line in templatize(text).splitlines())
    for _line, found, _comments, context in extract("python", BytesIO(text.encode()), KEYWORDS):
        yield found, context


def all_messages(root: Path = SOURCE) -> Catalog:
    """A catalog of every marked text below a folder, sorted, without places, so that a moved line changes nothing."""
    catalog = Catalog(locale="en", project="repertory", charset="utf-8", fuzzy=False)
    found: set[Message] = set()
    for path in root.rglob("*"):
        if path.suffix in (".py", ".html", ".txt") and "static" not in path.parts:
            template = path.suffix != ".py"
            if template or path.parts[-2] != "migrations":
                found.update(messages_in(path.read_text(encoding="utf-8"), template=template))
    for message, context in sorted(found, key=lambda item: (str(item[0]), item[1] or "")):
        catalog.add(message, context=context)
    return catalog


def load(path: Path = CATALOG) -> Catalog:
    """The stored catalog, empty where there is none yet."""
    if not path.exists():
        return Catalog(locale="en", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="en", charset="utf-8")


def update(path: Path = CATALOG) -> Catalog:
    """Bring the file in line with the sources."""
    stored, fresh = load(path), all_messages()
    for message in fresh:
        known = stored.get(message.id, context=message.context) if message.id else None
        if known is not None and known.id == message.id:
            message.string = known.string
    fresh.header_comment = "# English texts of Repertory."
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = BytesIO()
    write_po(buffer, fresh, sort_output=True, width=120, omit_header=False)
    lines = buffer.getvalue().decode().splitlines()
    kept = [
        line
        for line in lines
        if not re.match(r'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator)', line)
    ]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return fresh


def compile_all(root: Path = SOURCE / "locale") -> int:
    """Write django.mo beside every django.po; the number of files."""
    paths = sorted(root.glob("*/LC_MESSAGES/django.po"))
    for path in paths:
        catalog = load(path)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)
    return len(paths)


def problems(stored: Catalog, fresh: Catalog) -> list[str]:
    """What is wrong with a catalog against the texts of the sources, one line each."""
    wanted = {(message.id, message.context) for message in fresh if message.id}
    known = {(message.id, message.context): message for message in stored if message.id}
    found = [f"no English: {_show(key)}" for key in sorted(wanted - known.keys(), key=str)]
    found += [f"in no source any more: {_show(key)}" for key in sorted(known.keys() - wanted, key=str)]
    for key, message in known.items():
        if key in wanted:
            found += _problems_of(key, message.id, message.string)
    return found


def _problems_of(key: tuple, msgid: str | tuple, string: str | tuple) -> Iterator[str]:
    texts = string if isinstance(string, tuple | list) else (string,)
    sources = msgid if isinstance(msgid, tuple | list) else (msgid,)
    if not texts or not all(texts):
        yield f"no English: {_show(key)}"
        return
    wanted = set(PLACEHOLDER.findall(sources[-1]))
    for text in texts:
        if set(PLACEHOLDER.findall(text)) != wanted:
            yield f"other placeholders: {_show(key)} → {text!r}"


def _show(key: tuple) -> str:
    msgid, context = key
    text = msgid[0] if isinstance(msgid, tuple | list) else msgid
    return f"{text!r}" + (f" ({context})" if context else "")


def main(arguments: list[str]) -> int:
    if not settings.configured:
        settings.configure(USE_I18N=False, INSTALLED_APPS=[])
        django.setup()
    command = arguments[0] if arguments else ""
    if command == "update":
        fresh = update()
        empty = sum(
            1
            for message in fresh
            if message.id and not (any(message.string) if message.pluralizable else message.string)
        )
        print(f"{len(fresh)} texts, {empty} without English")
    elif command == "compile":
        compile_all()
    elif command == "check":
        found = problems(load(), all_messages())
        print("\n".join(found[:200]) if found else f"{len(load())} texts translated")
        return 1 if found else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
