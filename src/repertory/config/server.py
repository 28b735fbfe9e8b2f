"""Starts granian, and the background worker beside it."""

import os
import subprocess
import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

# Python runs one of them at a time; more only wait for each other and hold memory.
THREADS = 4


def serve(*, host: str, port: int, workers: int, jobs: bool) -> None:
    """Serve until stopped. SQLite: one process with threads; PostgreSQL: as many as the machine has use for."""
    if workers > 1 and not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        sys.exit("多个进程需要 PostgreSQL：请设置 DATABASE_URL。 More than one worker needs PostgreSQL.")
    # Each thread would keep memory of its own in store; two share theirs without waiting, as Python runs one at a time.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    print(f"药程 Repertory: http://{host}:{port}", flush=True)  # noqa: T201
    worker = subprocess.Popen([sys.executable, "-m", "repertory.cli", "work"]) if jobs else None
    try:
        Granian(
            "repertory.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS,
            respawn_failed_workers=True,
            websockets=False,
            log_level=LogLevels.warning,
        ).serve()
    finally:
        if worker is not None:
            worker.terminate()
            worker.wait(timeout=10)
