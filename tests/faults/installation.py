"""A whole installation of its own: data folder, database of the kind that this run is about, and a server process."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
import psycopg

COMMAND = [sys.executable, "-m", "repertory.cli"]
ROOT = Path(__file__).parents[2]
START_SECONDS = 60

FOUND = """
import json, django
django.setup()
from repertory.config.commands import issue
from tests.factories.company import PEOPLE, build_company
build_company()
print(json.dumps({name: issue(name, days=1, name="test", read_only=False) for name, *_rest in PEOPLE}))
"""


@dataclass
class Installation:
    """keys: an API key of each person of the test company, by account."""

    home: Path
    database_url: str = ""
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        own = {"REPERTORY_HOME": str(self.home), "DJANGO_SETTINGS_MODULE": "repertory.config.settings"}
        database = {"DATABASE_URL": self.database_url} if self.database_url else {}
        return {**kept, **own, **database, "PYTHONPATH": path}

    def run(self, *arguments: str, **options: Any) -> subprocess.CompletedProcess:
        """A command of the program; its exit code is the caller's to judge."""
        return subprocess.run(
            [*COMMAND, *arguments], env=self.environment, capture_output=True, text=True, timeout=120, **options
        )

    def script(self, source: str) -> Any:
        """What a piece of Python prints as JSON, in a process that opens this installation afresh."""
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", source], env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def problems(self) -> list[str]:
        """What `repertory verify` finds wrong."""
        found = json.loads(self.run("verify", "--json").stdout)
        return [f"{check['name']}: {check['detail']}" for check in found["checks"] if not check["ok"]]

    def found_company(self) -> None:
        """Keys, tables, the small test company, and an API key for each of its people."""
        made = self.run("init")
        assert made.returncode == 0, made.stderr
        self.keys = self.script(FOUND)

    @contextmanager
    def server(self) -> Iterator["Server"]:
        """The real server, on a free port."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        log = self.home / "server.log"
        with log.open("a") as said:
            process = subprocess.Popen(
                [*COMMAND, "serve", "--no-jobs", "--port", str(port)],
                env=self.environment,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        server = Server(process, f"http://127.0.0.1:{port}", self.keys)
        try:
            server.wait(log)
            yield server
        finally:
            server.stop()


@dataclass
class Server:
    process: subprocess.Popen
    url: str
    keys: dict[str, str]

    def client(self, username: str) -> httpx.Client:
        """The API as this person; one for each thread."""
        headers = {"Authorization": f"Bearer {self.keys[username]}"}
        return httpx.Client(base_url=f"{self.url}/api/v1", headers=headers, timeout=60, trust_env=False)

    def kill(self) -> None:
        """As when the machine loses its power: no process of the server ends in order."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()

    def wait(self, log: Path) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            try:
                httpx.get(f"{self.url}/api/v1/me", timeout=5, trust_env=False)
                return
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError(f"the server did not start:\n{log.read_text()[-4000:]}")


@contextmanager
def copy_of(other: Installation, home: Path) -> Iterator[Installation]:
    """Another one with the same content; nobody may be at work in the first."""
    shutil.copytree(other.home, home, dirs_exist_ok=True)
    template = urlsplit(other.database_url).path.removeprefix("/") or "template1"
    with new_installation(home, template=template) as found:
        found.keys = other.keys
        yield found


@contextmanager
def new_installation(home: Path, *, template: str = "template1") -> Iterator[Installation]:
    """Empty: a folder, and beside the database that DATABASE_URL names a new one; SQLite lies in the folder."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield Installation(home)
        return
    name = f"faults_{secrets.token_hex(6)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield Installation(home, urlunsplit(urlsplit(url)._replace(path=f"/{name}")))
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
