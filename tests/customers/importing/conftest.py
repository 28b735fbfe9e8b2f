import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from repertory.core.actor import Actor, Door, system_actor
from repertory.platform.exchange.commands import import_file
from repertory.platform.exchange.results import ImportResult

Import = Callable[..., ImportResult]


@pytest.fixture
def run_import(tmp_path: Path, at) -> Import:
    """Import rows (a header first) as a CSV file of the kind; `actor` is the system unless given."""

    def run(kind: str, *rows: list[str], actor: Actor | None = None, **options) -> ImportResult:
        path = tmp_path / f"{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return import_file(actor=actor or system_actor(Door.IMPORT), at=at, kind_name=kind, path=path, **options)

    return run
