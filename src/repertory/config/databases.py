"""SQLite as it comes, PostgreSQL by DATABASE_URL."""

import os
from pathlib import Path

import dj_database_url

# Every transaction takes the write lock at once (no upgrade from read to write that fails with "database is locked"),
# and a commit is on the disk before it is answered.
SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=60000;"
    "PRAGMA cache_size=-2500; PRAGMA temp_store=MEMORY;"
)


def databases(folder: Path) -> dict:
    url = os.environ.get("DATABASE_URL", "") or f"sqlite:///{folder / 'repertory.sqlite3'}"
    settings = dj_database_url.parse(url, conn_max_age=600)
    if settings["ENGINE"].endswith("sqlite3"):
        settings["CONN_MAX_AGE"] = None
        settings["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 60, "init_command": SQLITE_START}
    else:
        settings["CONN_HEALTH_CHECKS"] = True
    return {"default": settings}
