"""Only actions write: finds calls that store rows anywhere else. Run by `make check`.

What counts: the ORM's saving methods and raw INSERT/UPDATE/DELETE. `x.update(other)` with a positional argument is a
dictionary or a hash; a queryset's update takes keywords only.
"""

import ast
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).resolve().parent.parent / "src" / "repertory"

# Where rows may be stored, and why.
ALLOWED = {
    "*/actions.py": "the one room of writes",
    "*/actions/*.py": "the one room of writes, split by noun",
    "*/migrations/*.py": "changes of the tables themselves",
    "core/states.py": "the compare-and-swap that actions call",
    "core/fulltext.py": "the search index that actions call",
    "platform/audit_chain.py": "the audit lines that the unit of work writes at the end of each action",
    "platform/unit.py": "the unit of work",
    "platform/bulk.py": "whole columns at once, for the bulk actions",
    "platform/idempotency.py": "the first answer to a key, in the write's own transaction",
    "platform/exchange/outgoing.py": "the bytes of large exports; the row that names them is an action's",
    "platform/exchange/uploads.py": "the bytes of uploaded spreadsheets; the row that names them is an action's",
    "platform/storing.py": "files, and the row that names them, for the actions that attach them",
}

ALWAYS = frozenset(
    {
        *("save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"),
        *("asave", "acreate", "abulk_create", "abulk_update", "aget_or_create", "aupdate_or_create"),
        *("_raw_delete", "add_root", "add_child", "add_sibling"),
    }
)
RAW = ("INSERT ", "UPDATE ", "DELETE ", "TRUNCATE ", "REPLACE ")


class Finding(NamedTuple):
    path: str
    line: int
    call: str


def writes_in(source: str, path: str = "") -> list[Finding]:
    """Every call in a Python source that stores rows."""
    return [
        Finding(path, node.lineno, call)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and (call := _write(node))
    ]


def _write(node: ast.Call) -> str:
    if not isinstance(node.func, ast.Attribute):
        return ""
    name = node.func.attr
    if name in ALWAYS:
        own_method = name == "create" and isinstance(node.func.value, ast.Name) and node.func.value.id == "self"
        return "" if own_method else name
    if name in ("update", "aupdate") and node.keywords and not node.args:
        return name
    if name in ("delete", "adelete") and not node.args and not node.keywords:
        return name
    if name in ("execute", "executemany") and node.args and _text_of(node.args[0]).upper().startswith(RAW):
        return name
    return ""


def _text_of(node: ast.expr) -> str:
    """The beginning of a literal, also of an f-string or a sum."""
    if isinstance(node, ast.BinOp):
        return _text_of(node.left)
    if isinstance(node, ast.JoinedStr):
        return _text_of(node.values[0]) if node.values else ""
    return node.value.lstrip() if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def is_allowed(path: str) -> bool:
    """Whether a file, by its path below the package, may store rows."""
    return any(fnmatch(path, pattern) for pattern in ALLOWED)


def findings(root: Path = SOURCE) -> list[Finding]:
    """All writes outside the allowed files, in order of the files."""
    found = []
    for file in sorted(root.rglob("*.py")):
        path = file.relative_to(root).as_posix()
        if not is_allowed(path):
            found += writes_in(file.read_text(encoding="utf-8"), path)
    return found


def main() -> int:
    found = findings()
    for path, line, call in found:
        print(f"src/repertory/{path}:{line}: .{call}() stores rows; move it into an action")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
