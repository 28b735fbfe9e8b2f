"""make bench: measure against the bars. BENCH_CUSTOMERS=100000 leaves the million out."""

import os
from pathlib import Path

from bench import imports, pages
from bench.results import Results
from bench.server import repertory

DATA = Path(os.environ.get("BENCH_HOME", "var/bench")).resolve()
SMALL, LARGE = 100_000, 1_000_000


def data(count: int) -> Path:
    """A data folder with so many customers, made once and kept."""
    home = DATA / str(count)
    if not (home / "complete").exists():
        home.mkdir(parents=True, exist_ok=True)
        repertory(home, "demo", "--size", "large", "--customers", str(count), capture=False)
        (home / "complete").touch()
    return home


def main() -> None:
    results = Results()
    large = data(LARGE) if int(os.environ.get("BENCH_CUSTOMERS", LARGE)) >= LARGE else None
    pages.measure(results, data(SMALL), large)
    imports.measure(results)
    results.write()


if __name__ == "__main__":
    main()
