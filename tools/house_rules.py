"""Rules of the house that no linter knows: imports inside functions say why, files stay short, no leftovers.

Run by `make check`.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 400
REASONS = ("# slow import", "# optional dependency", "# app loading")
LEFTOVERS = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)) + r")\b")
INLINE = re.compile(r"<style\b|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")")


def late_imports(source: str) -> Iterator[int]:
    """Lines of imports inside functions that give no reason from the list."""
    lines = source.splitlines()
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom) and not _says_why(lines[node.lineno - 1]):
                    yield node.lineno


def _says_why(line: str) -> bool:
    return any(reason in line for reason in REASONS)


def problems_of(path: str, text: str) -> Iterator[str]:
    """What a file does against the rules, one line each."""
    lines = text.splitlines()
    if len(lines) > LONGEST_FILE and "/migrations/" not in path:
        yield f"{path}: {len(lines)} lines, split it by noun"
    for number, line in enumerate(lines, 1):
        if LEFTOVERS.search(line):
            yield f"{path}:{number}: unfinished work"
        if path.endswith(".html") and INLINE.search(line):
            yield f"{path}:{number}: inline script or style"
    if path.endswith(".py") and path.startswith("src/"):
        yield from (
            f"{path}:{number}: import inside a function without a reason" for number in sorted(set(late_imports(text)))
        )


def problems(root: Path = ROOT) -> list[str]:
    """All of them, in the order of the files."""
    found: list[str] = []
    for folder in ("src", "tests", "tools", "bench", "frontend"):
        for file in sorted((root / folder).rglob("*")):
            if file.suffix in (".py", ".html", ".js", ".css") and not {"built", "node_modules"} & set(file.parts):
                found += problems_of(file.relative_to(root).as_posix(), file.read_text(encoding="utf-8"))
    return found + [
        # Two packages of one name in two folders would be one module for the whole run of tests.
        f"{file.relative_to(root).as_posix()}: tests are no packages"
        for file in sorted((root / "tests").rglob("__init__.py"))
    ]


def main() -> int:
    found = problems()
    print("\n".join(found) or "house rules kept")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
