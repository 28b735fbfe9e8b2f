"""The ledger against its bars: analyses and the manager's home over 200,000 and 10,000,000 rows, a month's flow brought in.

python -m bench.ledger measures it alone."""

import csv
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import xlsxwriter

from bench.pages import FLOOR, alternate
from bench.results import Results
from bench.server import Client, Server, descendants, memory_mb, repertory

SMALL, LARGE = 200_000, 10_000_000
CUSTOMERS = 20_000
ROWS = 1_000_000
HEADS = ("销售日期", "客户名称", "产品名称", "单位", "数量", "单价", "金额", "批号")
DATA = Path(os.environ.get("BENCH_HOME", "var/bench")).resolve()


def data(count: int) -> Path:
    """A data folder with so many ledger rows, made once and kept."""
    home = DATA / f"ledger{count}"
    if not (home / "complete").exists():
        home.mkdir(parents=True, exist_ok=True)
        sizes = ("--customers", str(CUSTOMERS), "--visits", "1000", "--sales", str(count))
        repertory(home, "demo", "--size", "large", *sizes, capture=False)
        (home / "complete").touch()
    return home


def measure(results: Results, small_home: Path, large_home: Path | None) -> None:
    """Each in turn with the floor."""
    small = Server(small_home)
    large = Server(large_home) if large_home else None
    try:
        _reads(results, small, large)
    finally:
        small.stop()
        if large:
            large.stop()


def _reads(results: Results, small: Server, large: Server | None) -> None:
    first, last = _months()
    months = f"measure=amount&rows=product,region&columns=month&filter=period:{first}..{last}"
    cases = (
        ("month × product × region, 24 months, by API", (f"/api/v1/analysis?{months}",), 4, 2),
        ("home page of the manager of everything, with its sales", ("/", "/home/sales/"), 5, None),
    )
    for name, paths, bar, growth_bar in cases:
        servers = [server for server in (small, large) if server]
        clients = [Client(server).sign_in("manager", _password(server)) for server in servers]
        runs: list[Callable[[], float]] = [partial(_time, clients[0], (FLOOR,))]
        runs += [partial(_time, client, paths) for client in clients]
        floor, *values = alternate(runs)
        results.add(f"{name}, 200,000", values[0] * 1_000, "ms", floor_ratio=values[0] / floor, bar=bar)
        if large:
            ratio = values[1] / floor
            results.add(f"{name}, 10,000,000", values[1] * 1_000, "ms", floor_ratio=ratio, bar=bar * (growth_bar or 1))
            if growth_bar:
                results.add(f"{name}, growth", values[1] / values[0], "x", bar=growth_bar)


def _months() -> tuple[str, str]:
    """The 24 months before this one."""
    today = date.today()
    number = today.year * 12 + today.month - 1
    return tuple(f"{month // 12}-{month % 12 + 1:02d}" for month in (number - 24, number - 1))  # type: ignore[return-value]


def _time(client: Client, paths: tuple[str, ...]) -> float:
    """A page and the panels that it asks for, one after the other."""
    total = 0.0
    for path in paths:
        seconds, status, body = client.get(path)
        assert status == 200, f"{path} answered {status}: {body[:300]}"
        total += seconds
    return total


def _password(server: Server) -> str:
    return (server.home / "demo_password").read_text().strip()


def imports(results: Results) -> None:
    """A month of 1,000,000 rows, names matched, by the command line on a fresh SQLite file."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        sizes = ("--customers", str(CUSTOMERS), "--visits", "1000", "--sales", "0")
        repertory(home, "demo", "--size", "large", *sizes)
        seller, names, products = _names(home)
        for suffix, month, bar in ((".csv", "2026-03", 20_000), (".xlsx", "2026-02", 10_000)):
            file = Path(folder) / f"flow{suffix}"
            _write(file, month, names, products)
            seconds, peak = _import(home, file, seller, month)
            results.add(f"flow of {ROWS:,} rows from {suffix}", ROWS / seconds, "rows/s", bar=bar, at_least=True)
            results.add(f"flow from {suffix}, peak memory of a process", peak, "MB", bar=1_000)


def _names(home: Path) -> tuple[str, list[str], list[str]]:
    """(a distributor's code, names that one institution has, products)"""
    with sqlite3.connect(home / "repertory.sqlite3") as database:
        kinds = "kind IN ('hospital', 'pharmacy')"
        names = f"SELECT name FROM customers_customer WHERE {kinds} GROUP BY name HAVING COUNT(*) = 1"
        seller = "SELECT code FROM customers_customer WHERE kind = 'distributor' ORDER BY id LIMIT 1"
        products = "SELECT generic_name FROM products_product"
        return (
            database.execute(seller).fetchone()[0],
            [name for (name,) in database.execute(names)],
            [name for (name,) in database.execute(products)],
        )


def _write(file: Path, month: str, names: list[str], products: list[str]) -> None:
    dice = random.Random(1)

    def rows() -> object:
        for number in range(ROWS):
            quantity, cents = dice.randrange(1, 200), dice.randrange(1_000, 9_000)
            day = f"{month}-{number % 28 + 1:02d}"
            facts = (day, dice.choice(names), dice.choice(products), "盒", quantity)
            yield (*facts, cents / 100, quantity * cents / 100, f"B{number % 977:05d}")

    if file.suffix == ".csv":
        with file.open("w", newline="", encoding="utf-8") as text:
            writer = csv.writer(text)
            writer.writerow(HEADS)
            writer.writerows(rows())  # type: ignore[arg-type]
        return
    book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADS)
    for number, row in enumerate(rows(), 1):  # type: ignore[arg-type]
        sheet.write_row(number, 0, row)
    book.close()


def _import(home: Path, file: Path, seller: str, month: str) -> tuple[float, float]:
    """(seconds, megabytes of the largest process)"""
    command = [sys.executable, "-m", "repertory.cli", "import", "flow", str(file), "--distributor", seller]
    started, peak = time.perf_counter(), 0.0
    environment = {**os.environ, "REPERTORY_HOME": str(home)}
    with tempfile.TemporaryFile("w+") as answer:
        process = subprocess.Popen([*command, "--period", month, "--json"], env=environment, stdout=answer)
        while process.poll() is None:
            peak = max([peak, *(memory_mb(pid, "VmHWM") for pid in descendants(process.pid))])
            time.sleep(0.1)
        seconds = time.perf_counter() - started
        answer.seek(0)
        report = json.load(answer)
    assert report["entered"] == ROWS, (report["errors"][:3], report["waiting"], report["refused"])
    return seconds, peak


def main() -> None:
    results = Results()
    measure(results, data(SMALL), data(LARGE))
    imports(results)
    results.write()


if __name__ == "__main__":
    main()
