"""Import and export as the command line and the jobs call them."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput
from repertory.platform.spreadsheets.reader import Table, open_table
from repertory.platform.spreadsheets.writing import format_of

from .engine import ImportOptions, Progress, run_import
from .exporting import export_rows
from .kinds import chosen_key, kind_named
from .results import ImportResult


def import_file(
    *,
    actor: Actor,
    at: datetime,
    kind_name: str,
    path: Path,
    columns: Mapping[str, str] | None = None,
    fixed: Mapping[str, str] | None = None,
    key: str = "",
    sheet: str | None = None,
    dry_run: bool = False,
    progress: Progress = lambda phase, done, total: None,
    begun: Table | None = None,
    file_name: str = "",
) -> ImportResult:
    """Import a file. columns: {name in the file: field}, fixed: {field: value}, key: "code" or "name+address".
    begun: the file, where its reading has been begun already. file_name: as people know it, where the path is another.

    Nothing is written where the result has errors. Raises NotFound for the kind, NotAllowed, and InvalidInput for a
    file or an option that can't be used.
    """
    kind = kind_named(kind_name)
    kind.may_import(actor)
    if not path.is_file():
        raise InvalidInput(_("没有这个文件：%(name)s。") % {"name": path.name}, code="no_file", field="file")
    options = ImportOptions(
        columns=columns or {},
        fixed=fixed or {},
        key=chosen_key(kind, key),
        dry_run=dry_run,
        file_name=file_name or path.name,
    )
    with begun or open_table(path, sheet=sheet) as table:
        return run_import(actor=actor, at=at, kind=kind, table=table, options=options, progress=progress)


def export_file(*, actor: Actor, at: datetime, kind_name: str, path: Path) -> int:
    """Export everything of a kind that the person sees to .xlsx or .csv; the number of rows."""
    return export_rows(actor=actor, at=at, kind=kind_named(kind_name), path=path, file_format=format_of(path))


def pairs(arguments: tuple[str, ...], *, option: str) -> dict[str, str]:
    """`LEFT=RIGHT` arguments as a dict; the last "=" cuts for --map, whose left side is any text, the first for --set.

    Raises InvalidInput.
    """
    found: dict[str, str] = {}
    for argument in arguments:
        left, equals, right = argument.rpartition("=") if option == "--map" else argument.partition("=")
        if not equals or not left.strip():
            message = _("%(option)s 要写成 左=右，收到的是“%(text)s”。") % {"option": option, "text": argument[:80]}
            raise InvalidInput(message, code="bad_option", field=option.lstrip("-"))
        found[left.strip()] = right.strip() if option == "--map" else right
    return found
