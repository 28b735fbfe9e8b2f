"""make bench: measure against the bars. BENCH_CUSTOMERS=100000 leaves the million out, and the ten million ledger rows."""

import os
import shutil
from pathlib import Path

from bench import imports, ledger, pages, sync, targets, visits
from bench.results import Results
from bench.server import repertory

DATA = Path(os.environ.get("BENCH_HOME", "var/bench")).resolve()
SMALL, LARGE = 100_000, 1_000_000
VISITS = {SMALL: 100_000, LARGE: 10_000_000}


def data(count: int) -> Path:
    """A data folder with so many customers, made once and kept."""
    home = DATA / str(count)
    if not (home / "complete").exists():
        home.mkdir(parents=True, exist_ok=True)
        repertory(
            home, "demo", "--size", "large", "--customers", str(count), "--visits", str(VISITS[count]), capture=False
        )
        (home / "complete").touch()
    return home


def fresh(name: str) -> Path:
    """An empty data folder."""
    home = DATA / name
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    return home


def main() -> None:
    results = Results()
    large = data(LARGE) if int(os.environ.get("BENCH_CUSTOMERS", LARGE)) >= LARGE else None
    pages.measure(results, data(SMALL), large)
    visits.measure(results, data(SMALL), large)
    imports.measure(results)
    sync.measure(results, fresh("sync"))
    ledger.measure(results, ledger.data(ledger.SMALL), ledger.data(ledger.LARGE) if large else None)
    ledger.imports(results)
    # In this process, with the settings of its own folder: nothing comes after it.
    targets.measure(results, fresh("targets"))
    results.write()


if __name__ == "__main__":
    main()
