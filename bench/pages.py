"""Pages and writes against the floor: an authenticated page that renders the base template only."""

import statistics
import threading
import time
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path

from bench.results import Results
from bench.server import Client, Server, repertory

ROUNDS = 41
FLOOR = "/home/frame/"
CLIENTS = 8
WRITES = 25


def measure(results: Results, small_home: Path, large_home: Path | None) -> None:
    """Each page in turn with the floor and, where it is there, with the same page over ten times the data."""
    small = Server(small_home)
    large = Server(large_home) if large_home else None
    try:
        results.add("cold start to first page", small.cold_start_s, "s", bar=2.5)
        _reads(results, small, large)
        _writes(results, small)
        results.add("memory of a worker after the run", small.worker_memory_mb(), "MB", bar=160)
    finally:
        small.stop()
        if large:
            large.stop()


def _password(server: Server) -> str:
    return (server.home / "demo_password").read_text().strip()


def _reads(results: Results, small: Server, large: Server | None) -> None:
    cases = (
        ("customer list of a rep, first 50", "rep01", "/customers/", 3, 1.3),
        ("customer list of everything by name, with count", "manager", "/customers/?sort=name", 4, 1.5),
        ("search by two characters", "manager", "/customers/?q=玄武", 4, 1.5),
        ("search by two frequent characters", "manager", "/customers/?q=医院", 4, 1.5),
        ("search by pinyin initials", "manager", "/customers/?q=njxw", 4, 1.5),
        ("search by two characters, a rep", "rep01", "/customers/?q=南京", 4, 1.5),
        ("a customer's page", "rep01", "/customers/{own}/", 4, 1.5),
    )
    for name, user, path, bar, growth_bar in cases:
        clients = [Client(server).sign_in(user, _password(server)) for server in (small, large) if server]
        paths = [path.replace("{own}", _own_customer(client)) for client in clients]
        runs: list[Callable[[], float]] = [partial(_time, clients[0], FLOOR)]
        runs += [partial(_time, client, path) for client, path in zip(clients, paths, strict=True)]
        floor, *values = alternate(runs)
        results.add(f"{name}, 100,000", values[0] * 1_000, "ms", floor_ratio=values[0] / floor, bar=bar)
        if large:
            results.add(f"{name}, 1,000,000", values[1] * 1_000, "ms", floor_ratio=values[1] / floor, bar=bar)
            results.add(f"{name}, growth", values[1] / values[0], "x", bar=growth_bar)
    results.add("floor", floor * 1_000, "ms")


def _own_customer(client: Client) -> str:
    _seconds, _status, page = client.get("/customers/")
    return page.partition('data-href="/customers/')[2].partition("/")[0]


def _time(client: Client, path: str) -> float:
    seconds, status, _page = client.get(path)
    assert status == 200, f"{path} answered {status}"
    return seconds


def alternate(runs: list[Callable[[], float]]) -> list[float]:
    """Medians, one round of each after the other, so that a noisy moment hits all alike."""
    for run in runs:
        run()
        run()
    taken = [[run() for run in runs] for _round in range(ROUNDS)]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


def _writes(results: Results, server: Server) -> None:
    # Not the rep whose lists are measured: what is written stays.
    token = repertory(server.home, "token", "rep02").strip()
    reader = Client(server).sign_in("rep01", _password(server))
    writer = Client(server, token=token)
    # Names of another run are likely duplicates and refused.
    numbers = count(int(time.time()) % 10_000_000 * 100)
    failed: list[int] = []
    floor, value = alternate([lambda: _time(reader, FLOOR), lambda: _create(writer, next(numbers), failed)])
    assert not failed, failed
    results.add("create a customer by API, 1 client", value * 1_000, "ms", floor_ratio=value / floor, bar=3)
    floors = crowd(
        lambda _number: Client(server).sign_in("rep01", _password(server)), lambda client: _time(client, FLOOR)
    )
    values = crowd(lambda _number: Client(server, token=token), lambda client: _create(client, next(numbers), failed))
    ratio = statistics.median(values) / statistics.median(floors)
    results.add(
        "create a customer by API, 8 clients", statistics.median(values) * 1_000, "ms", floor_ratio=ratio, bar=3
    )
    results.add("failed writes of 8 clients", len(failed), "writes", bar=0)


def _create(client: Client, number: int, failed: list[int]) -> float:
    name = f"性能{chr(0x4E00 + number % 9_000)}{chr(0x4E00 + number // 9_000 % 9_000)}{number}诊所"
    seconds, status, _body = client.post(
        "/api/v1/customers", {"kind": "hospital", "name": name, "phone": f"025-{number:08d}"}
    )
    if status != 201:
        failed.append(status)
    return seconds


def crowd(make: Callable[[int], Client], work: Callable[[Client], float]) -> list[float]:
    """CLIENTS at once, WRITES each; the seconds of every one."""
    clients = [make(number) for number in range(CLIENTS)]
    taken: list[float] = []

    def run(client: Client) -> None:
        for _round in range(WRITES):
            taken.append(work(client))

    threads = [threading.Thread(target=run, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken
