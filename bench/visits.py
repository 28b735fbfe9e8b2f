"""The rep's day: recording a visit, a customer's visits among ten million, the month's plan, a route.

python -m bench.visits measures this alone, on the data folders of the benchmark."""

import json
import os
import random
import sqlite3
import statistics
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

from bench.pages import FLOOR, _own_customer, _password, _time, alternate, crowd
from bench.results import Results
from bench.server import Client, Server, repertory
from repertory.visits.cycle import Due, Frame, first_come, propose
from repertory.visits.routing import Problem, Stop, plan_tours

REPS, CUSTOMERS, DAYS = 60, 120, 22
SLOWEST_OTHERS_PER_S = 45


def measure(results: Results, small_home: Path, large_home: Path | None) -> None:
    """small_home: 100,000 visits or so; large_home: 10,000,000."""
    small = Server(small_home)
    large = Server(large_home) if large_home else None
    try:
        _pages(results, small, large)
        _records(results, small)
    finally:
        small.stop()
        if large:
            large.stop()
    plan(results)


def _pages(results: Results, small: Server, large: Server | None) -> None:
    """The page of a customer with hundreds of visits, opened on its visits."""
    clients = [Client(server).sign_in("rep01", _password(server)) for server in (small, large) if server]
    keys = [_own_customer(client) for client in clients]
    paths = [f"/visits/customer/{key}/" for key in keys]
    runs = [partial(_time, clients[0], FLOOR)]
    runs += [partial(_time, client, path) for client, path in zip(clients, paths, strict=True)]
    floor, *values = alternate(runs)
    name = "a customer's visits of ten years"
    for server, value in zip([server for server in (small, large) if server], values, strict=True):
        results.add(f"{name}, {_visits_in(server.home):,} visits", value * 1_000, "ms", floor_ratio=value / floor)
    if large:
        results.add(f"{name}, growth", values[1] / values[0], "x", bar=1.3)


def _visits_in(home: Path) -> int:
    with closing(sqlite3.connect(home / "repertory.sqlite3")) as database:
        return int(database.execute("SELECT count(*) FROM visits_visit").fetchone()[0])


def _records(results: Results, server: Server) -> None:
    token = repertory(server.home, "token", "rep02").strip()
    reader, writer = Client(server).sign_in("rep01", _password(server)), Client(server, token=token)
    numbers, failed = count(), []
    begun = datetime.now(UTC) - timedelta(days=20)
    known = _known(writer)

    def record(client: Client) -> float:
        number = next(numbers)
        body = {
            "customer_id": known["customers"][number % len(known["customers"])],
            "starts_at": (begun + timedelta(seconds=61 * number)).isoformat(),
            "products": [{"product_id": key, "attitude": "interested"} for key in known["products"][:2]],
            "focus": "关注安全性",
            "consensus": "同意继续了解",
        }
        seconds, status, answer = client.post("/api/v1/visits", body)
        if status != 201:
            failed.append((status, answer))
        return seconds

    floor, value = alternate([lambda: _time(reader, FLOOR), lambda: record(writer)])
    results.add("record a visit by API, 1 client", value * 1_000, "ms", floor_ratio=value / floor, bar=3)
    results.add("the same", 1 / value, "visits/s", bar=5 * SLOWEST_OTHERS_PER_S, at_least=True)
    floors = crowd(
        lambda _number: Client(server).sign_in("rep01", _password(server)), lambda client: _time(client, FLOOR)
    )
    started = time.perf_counter()
    values = crowd(lambda _number: Client(server, token=token), record)
    rate = len(values) / (time.perf_counter() - started)
    ratio = statistics.median(values) / statistics.median(floors)
    results.add("record a visit by API, 8 clients", statistics.median(values) * 1_000, "ms", floor_ratio=ratio, bar=3)
    results.add("visits of 8 clients", rate, "visits/s", bar=5 * SLOWEST_OTHERS_PER_S, at_least=True)
    results.add("failed visits", len(failed), "visits", bar=0)


def _known(client: Client) -> dict[str, list[int]]:
    _seconds, _status, customers = client.get("/api/v1/customers?limit=200")
    _seconds, _status, products = client.get("/api/v1/products?limit=50&stage=on_sale")
    return {
        "customers": [row["id"] for row in json.loads(customers)["items"]],
        "products": [row["id"] for row in json.loads(products)["items"]],
    }


def plan(results: Results) -> None:
    """A month for 60 reps, and tours of a city."""
    days = tuple(date(2026, 3, 2) + timedelta(days=number) for number in range(31))
    frame = Frame(tuple(day for day in days if day.weekday() < 5)[:DAYS])
    months = [_month(number) for number in range(REPS)]
    started = time.perf_counter()
    cycles = [propose(dues, frame) for dues in months]
    results.add("cycle plan, 60 reps × 120 customers × 22 days", time.perf_counter() - started, "s", bar=60)
    way = sum(cycle.kilometres for cycle in cycles) / sum(first_come(dues, frame) for dues in months)
    results.add("its way against first-come order", way, "x", bar=0.85)
    results.add(
        "visits that found no place", sum(row.missing for cycle in cycles for row in cycle.shortfalls), "visits"
    )
    dice = random.Random(7)
    stops = [Stop(number, 118.7 + dice.random() / 4, 32 + dice.random() / 4, minutes=20) for number in range(12)]
    started = time.perf_counter()
    plan_tours(Problem((118.8, 32.1), stops), seconds=1.5)
    results.add("route of a day, 12 stops", time.perf_counter() - started, "s", bar=5)


def _month(seed: int) -> list[Due]:
    """Customers of a rep: fifteen hospitals around a city, a third of the doctors with hours, in no geographic order."""
    dice = random.Random(seed)
    hospitals = [(118.78 + dice.gauss(0, 0.12), 32.05 + dice.gauss(0, 0.1)) for _hospital in range(15)]
    dues = []
    for number in range(CUSTOMERS):
        x, y = dice.choice(hospitals)
        days = dice.sample(range(5), dice.randint(2, 3)) if dice.random() < 0.33 else []
        place = (x + dice.gauss(0, 0.003), y + dice.gauss(0, 0.003))
        dues.append(Due(number, dice.choice((1, 1, 2, 4)), place, {day: [(480, 690), (840, 1020)] for day in days}))
    return dues


def main() -> None:
    home = Path(os.environ.get("BENCH_HOME", "var/bench")).resolve()
    large = home / "1000000"
    measure(Results(), home / "100000", large if (large / "complete").exists() else None)


if __name__ == "__main__":
    main()
