"""A small kind of object to try the engine on: dated rules, known by their key."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from repertory.core.actor import Actor
from repertory.core.errors import NotAllowed
from repertory.platform.exchange.columns import Column, ColumnType
from repertory.platform.exchange.kinds import CLEAR, ImportPlan, ImportRow, Kind, RowsRefused
from repertory.platform.exchange.prepared import Prepared
from repertory.platform.exchange.results import Counts, Finding, Report
from repertory.platform.models import PolicySetting

DAY = date(2026, 1, 1)
COLUMNS = (
    Column("key", "规则", required=True, aliases=("代码",), example="a.b"),
    Column("value", "数值", ColumnType.INTEGER, required=True),
    Column("source", "依据", aliases=("来源",)),
    Column("note", "说明", ColumnType.CHOICE, choices=(("law", "法规"), ("house", "内部规定"))),
)
READERS = ("reader",)


class ShelfImporter:
    """Knows a row by its key and refuses negative values; a row from "vanished" is refused while it is written."""

    def __init__(self, plan: ImportPlan) -> None:
        self.plan = plan
        self.prepared = Prepared()

    def check(self, rows: Sequence[ImportRow]) -> Report:
        report = Report()
        existing = _existing([row.values.get("key") for row in rows])
        ready = []
        for row in rows:
            if row.values.get("value", 0) < 0:
                report.errors.append(Finding(row.number, "value", "negative", "不能为负。"))
            elif "key" not in row.values:
                report.errors.append(Finding(row.number, "key", "missing", "规则不能为空。"))
            else:
                self._apply(existing.get(row.values["key"]), row.values, report.counts)
                values = {name: None if value is CLEAR else value for name, value in row.values.items()}
                ready.append({"row": row.number, "values": values})
        self.prepared.append(ready)
        return report

    def conclude(self) -> Report:
        return Report()

    def write(self, progress: Callable[[int], None]) -> Counts:
        counts = Counts()
        for batch in self.prepared.batches():
            existing = _existing([record["values"]["key"] for record in batch])
            for record in batch:
                values = record["values"]
                if values.get("source") == "vanished":
                    raise RowsRefused([Finding(record["row"], "source", "vanished", "刚被删除。")])
                rule = self._apply(existing.get(values["key"]), values, counts)
                if rule is not None:
                    rule.save()
            progress(len(batch))
        return counts

    def close(self) -> None:
        self.prepared.close()

    def _apply(self, rule: PolicySetting | None, values: Mapping[str, Any], counts: Counts) -> PolicySetting | None:
        if rule is None:
            counts.created += 1
            return PolicySetting(
                key=values["key"], starts_on=DAY, value=values.get("value"), source=values.get("source", "")
            )
        changed = False
        for name in ("value", "source", "note"):
            if name in values:
                new = "" if values[name] in (CLEAR, None) else values[name]
                changed = changed or getattr(rule, name) != new
                setattr(rule, name, new)
        counts.updated += changed
        counts.unchanged += not changed
        return rule if changed else None


def _existing(keys: list[str | None]) -> dict[str, PolicySetting]:
    return {rule.key: rule for rule in PolicySetting.objects.filter(key__in=keys)}


def export(actor: Actor, filters: Mapping[str, str]) -> Iterable[Mapping[str, Any]]:
    for rule in PolicySetting.objects.order_by("key"):
        yield {"key": rule.key, "value": rule.value, "source": rule.source, "note": rule.note}


def may(actor: Actor) -> None:
    if actor.user is not None and actor.user.username in READERS:
        raise NotAllowed("您的岗位不能导入导出。")


RULES = Kind(
    name="rules",
    label="规则",
    columns=lambda actor: COLUMNS,
    importer=ShelfImporter,
    export_rows=export,
    count_rows=lambda actor, filters: PolicySetting.objects.count(),
    may_import=may,
    may_export=may,
    keys=(("key",), ("key", "source")),
)
