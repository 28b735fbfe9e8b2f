"""A real server process on its own data folder, and a browser-like client with one kept connection."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def repertory(home: Path, *arguments: str, capture: bool = True) -> str:
    environment = {**os.environ, "REPERTORY_HOME": str(home)}
    command = [sys.executable, "-m", "repertory.cli", *arguments]
    done = subprocess.run(command, env=environment, text=True, stdout=subprocess.PIPE if capture else None, check=True)
    return done.stdout or ""


class Server:
    """`repertory serve` on a free port; cold_start_s is the time to the first page."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        environment = {**os.environ, "REPERTORY_HOME": str(home)}
        command = [sys.executable, "-m", "repertory.cli", "serve", "--port", str(self.port), "--no-jobs"]
        started = time.perf_counter()
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._wait()
        self.cold_start_s = time.perf_counter() - started

    def _wait(self) -> None:
        for _attempt in range(1_500):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
                connection.request("GET", "/accounts/login/")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.02)
        raise RuntimeError("the server did not start")

    def worker_memory_mb(self) -> float:
        """Resident memory of the largest process below ours: the worker."""
        return max(memory_mb(pid, "VmRSS") for pid in descendants(self.process.pid))

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


class Client:
    """One person's browser or program. `get` and `post` return (seconds, status, body)."""

    def __init__(self, server: Server, *, token: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
        self.cookies: dict[str, str] = {}
        self.token = token

    def sign_in(self, username: str, password: str) -> "Client":
        _seconds, _status, page = self.get("/accounts/login/")
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert found is not None
        form = {"csrfmiddlewaretoken": found[1], "login": username, "password": password}
        _seconds, status, _page = self.send(
            "POST", "/accounts/login/", urllib.parse.urlencode(form), "application/x-www-form-urlencoded"
        )
        assert status == 302, f"sign-in answered {status}"
        return self

    def get(self, path: str) -> tuple[float, int, str]:
        return self.send("GET", urllib.parse.quote(path, safe="/?=&-"))

    def post(self, path: str, data: dict) -> tuple[float, int, str]:
        return self.send("POST", path, json.dumps(data), "application/json")

    def send(self, method: str, path: str, body: str = "", kind: str = "") -> tuple[float, int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if kind:
            headers["Content-Type"] = kind
        started = time.perf_counter()
        self.connection.request(method, path, body=body.encode() or None, headers=headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        seconds = time.perf_counter() - started
        for line in response.headers.get_all("Set-Cookie") or ():
            name, _equals, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return seconds, response.status, text


def descendants(pid: int) -> list[int]:
    """The processes below one, itself first."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += parents.get(one, [])
    return found


def memory_mb(pid: int, line: str) -> float:
    """VmRSS (now) or VmHWM (peak) of a process in MB; 0 when it is gone."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(rf"{line}:\s+(\d+) kB", text)
    return int(found[1]) / 1024 if found else 0.0
