"""A PostgreSQL cluster for one run: made from the system's programs in a temporary folder, thrown away at the end.

    python tools/test_postgres.py COMMAND…      run a command with DATABASE_URL set to a fresh, empty database

PostgreSQL refuses to run as root; then its programs run as the user `postgres`, or as `nobody` where there is none.
"""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""Nothing of this cluster outlives the run."""
SETTINGS = {"max_connections": "200", "listen_addresses": "127.0.0.1", "timezone": "UTC", "lc_messages": "C"}


class NoPostgres(Exception):
    """The programs are not there; says what to install."""


def program(name: str) -> Path:
    """A program of the newest installed version."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True
    )
    found = next((folder / name for folder in folders if (folder / name).exists()), None) or shutil.which(name)
    if not found:
        raise NoPostgres("PostgreSQL's server programs are missing: install the package postgresql")
    return Path(found)


def unprivileged() -> list[str]:
    """What to put before a command so that it does not run as root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={_account().pw_uid}", f"--regid={_account().pw_gid}", "--clear-groups", "--"]


def _account() -> pwd.struct_passwd:
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cluster() -> Iterator[str]:
    """DATABASE_URL of an empty database in a new cluster; the cluster is stopped and removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="repertory-pg-", dir="/tmp"))
    try:
        if os.geteuid() == 0:
            os.chown(folder, _account().pw_uid, _account().pw_gid)
        data, port, password = folder / "data", _free_port(), secrets.token_hex(16)
        secret = folder / "password"
        secret.write_text(password)
        if os.geteuid() == 0:
            os.chown(secret, _account().pw_uid, _account().pw_gid)
        options = ["--username=repertory", f"--pwfile={secret}", "--auth=scram-sha-256"]
        _run([program("initdb"), "-D", data, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", *options], folder)
        settings = FAST | SETTINGS | {"port": str(port), "unix_socket_directories": str(folder)}
        with (data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        _run([program("pg_ctl"), "-D", data, "-w", "-t", "60", "-l", folder / "log", "start"], folder)
        try:
            url = f"postgresql://repertory:{password}@127.0.0.1:{port}"
            _run([program("psql"), f"{url}/postgres", "-qc", "CREATE DATABASE repertory"], folder)
            yield f"{url}/repertory"
        finally:
            _run([program("pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop"], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[object], folder: Path) -> None:
    result = subprocess.run(
        [*unprivileged(), *map(str, command)], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    if result.returncode:
        raise NoPostgres(f"{Path(str(command[0])).name} failed: {result.stderr.strip()}")


def main(arguments: list[str]) -> int:
    if not arguments:
        print(__doc__)
        return 2
    try:
        with cluster() as url:
            return subprocess.call(arguments, env=os.environ | {"DATABASE_URL": url})
    except NoPostgres as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
