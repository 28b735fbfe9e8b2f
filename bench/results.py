"""What was measured: a table on screen and bench/results/latest.json."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = Path(__file__).parent / "results" / "latest.json"


@dataclass(frozen=True)
class Result:
    """met: whether the bar holds, for the ratio to the floor where there is one; None without a bar."""

    name: str
    value: float
    unit: str
    floor_ratio: float | None
    bar: float | None
    met: bool | None


class Results:
    def __init__(self) -> None:
        self.rows: list[Result] = []

    def add(
        self,
        name: str,
        value: float,
        unit: str,
        *,
        floor_ratio: float | None = None,
        bar: float | None = None,
        at_least: bool = False,
    ) -> None:
        judged = value if floor_ratio is None else floor_ratio
        met = None if bar is None else (judged >= bar if at_least else judged <= bar)
        row = Result(name, round(value, 2), unit, None if floor_ratio is None else round(floor_ratio, 2), bar, met)
        self.rows.append(row)
        ratio = f"{row.floor_ratio:6.2f} x floor" if row.floor_ratio is not None else ""
        verdict = {True: "met", False: "MISSED", None: ""}[met]
        print(
            f"{name:64} {row.value:10,.2f} {unit:7} {ratio:15} bar {bar if bar is not None else '-':>6} {verdict}",
            flush=True,
        )

    def write(self) -> None:
        FILE.parent.mkdir(exist_ok=True)
        FILE.write_text(json.dumps([asdict(row) for row in self.rows], indent=1) + "\n")
