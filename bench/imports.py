"""Import of 100,000 customers from .xlsx by the command line, with the peak memory of every process."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter

from bench.results import Results
from bench.server import descendants, memory_mb, repertory

ROWS = 100_000
HEADS = ("名称", "类别", "等级", "省", "市", "地址", "办公电话", "经度", "纬度", "来源渠道", "客户阶段", "等级分类")


def measure(results: Results) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        repertory(home, "init")
        file = Path(folder) / "customers.xlsx"
        _write(file)
        environment = {**os.environ, "REPERTORY_HOME": str(home)}
        command = [sys.executable, "-m", "repertory.cli", "import", "customers", str(file), "--json"]
        started = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        peak = 0.0
        while process.poll() is None:
            peak = max([peak, *(memory_mb(pid, "VmHWM") for pid in descendants(process.pid))])
            time.sleep(0.1)
        seconds = time.perf_counter() - started
        report = json.loads(process.stdout.read() if process.stdout else "{}")
        assert report["created"] == ROWS, report["errors"][:3]
    results.add("import 100,000 customers from .xlsx", ROWS / seconds, "rows/s", bar=5_000, at_least=True)
    results.add("import 100,000 customers, peak memory of a process", peak, "MB", bar=500)


def _write(file: Path) -> None:
    book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADS)
    for number in range(ROWS):
        letters = f"{chr(0x4E00 + number % 6_000)}{chr(0x4E00 + number // 6_000 * 37 % 6_000)}"
        sheet.write_row(
            number + 1,
            0,
            (
                f"南京{letters}医院{number}",
                "医院/诊所",
                "二级甲等",
                "江苏省",
                "南京市",
                f"南京市玄武区中山路{number}号",
                f"025-{60_000_000 + number}",
                118.5 + number % 1_000 / 2_000,
                31.9 + number % 997 / 3_000,
                "批量导入",
                "潜在",
                "ABC"[number % 3],
            ),
        )
    book.close()
