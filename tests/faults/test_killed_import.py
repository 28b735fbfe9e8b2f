"""A kill -9 while an import runs leaves all of it or nothing. M-PLT-1."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
import xlsxwriter

ROWS = 6_000


@pytest.fixture(scope="module")
def installation(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("killed")
    subprocess.run([sys.executable, "-m", "repertory.cli", "init"], env=environment(home), check=True)
    with xlsxwriter.Workbook(str(home / "customers.xlsx"), {"constant_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["编码", "名称", "类别", "地址"])
        for number in range(1, ROWS + 1):
            page.write_row(number, 0, [f"K{number}", f"第{number}医院", "医院", f"中山路{number}号"])
    return home


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    return {**kept, "REPERTORY_HOME": str(home), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def start(home: Path) -> subprocess.Popen:
    command = [sys.executable, "-m", "repertory.cli", "import", "customers", str(home / "customers.xlsx"), "--json"]
    return subprocess.Popen(command, env=environment(home), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def stored(home: Path) -> dict[str, int]:
    """Rows of every table that an import writes, read by a process that opens the database as after a crash."""
    script = """
import json, django
django.setup()
from django.db import connection
tables = ["customers_customer", "customers_stagechange", "customers_searchwaiting", "platform_auditentry"]
with connection.cursor() as cursor:
    counts = {}
    for table in tables:
        cursor.execute(f"SELECT count(*) FROM {table}")
        counts[table] = cursor.fetchone()[0]
    cursor.execute("SELECT total FROM customers_customercount")
    counts["total"] = cursor.fetchone()[0]
    cursor.execute("PRAGMA integrity_check")
    counts["sound"] = int(cursor.fetchone()[0] == "ok")
print(json.dumps(counts))
"""
    variables = {**environment(home), "DJANGO_SETTINGS_MODULE": "repertory.config.settings"}
    answer = subprocess.run([sys.executable, "-c", script], env=variables, capture_output=True, check=True)
    return json.loads(answer.stdout)


def wait_for_the_write(home: Path, process: subprocess.Popen) -> None:
    """Until the import holds the write lock, or has ended."""
    database = sqlite3.connect(home / "repertory.sqlite3", timeout=0, isolation_level=None)
    while process.poll() is None:
        try:
            database.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            break
        database.execute("ROLLBACK")
        time.sleep(0.001)
    database.close()


@pytest.mark.parametrize("seconds_into_the_write", [0, 0.05, 0.3, 0.6])
def test_p67_a_killed_import_leaves_all_or_nothing(installation, seconds_into_the_write):
    """stdm #199, frappe PR #15829: a broken-off import left some of its rows."""
    process = start(installation)
    wait_for_the_write(installation, process)
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=seconds_into_the_write)
    process.kill()
    process.wait()
    counts = stored(installation)
    assert counts.pop("sound") == 1
    assert set(counts.values()) in ({0}, {ROWS}), counts


def test_after_a_kill_the_import_is_simply_run_again(installation):
    process = start(installation)
    wait_for_the_write(installation, process)
    process.kill()
    process.wait()
    assert start(installation).wait(timeout=120) == 0
    assert stored(installation)["customers_customer"] == ROWS
