"""make bench: measure against the bars. BENCH_CUSTOMERS=100000 leaves the million out."""

import os
import shutil
from pathlib import Path

from bench import imports, pages, sync, visits
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


def fresh() -> Path:
    """An empty data folder for the exchange with phones."""
    home = DATA / "sync"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    return home


def main() -> None:
    results = Results()
    large = data(LARGE) if int(os.environ.get("BENCH_CUSTOMERS", LARGE)) >= LARGE else None
    pages.measure(results, data(SMALL), large)
    visits.measure(results, data(SMALL), large)
    imports.measure(results)
    sync.measure(results, fresh())
    results.write()


if __name__ == "__main__":
    main()
