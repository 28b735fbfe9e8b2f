"""Days that the company works or does not, otherwise than the official calendar: the adjusted days of a new year, mostly."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from repertory.core.actor import Actor
from repertory.core.inputs import read_input
from repertory.organisation.actions import set_workday
from repertory.organisation.inputs import SetWorkday
from repertory.platform.exchange.columns import Column, ColumnType
from repertory.platform.exchange.kinds import ImportPlan
from repertory.platform.exchange.rowwise import Outcome, RowwiseImporter
from repertory.platform.models import WorkdayOverride

COLUMNS = (
    Column("day", gettext_lazy("日期"), ColumnType.DATE, required=True, example="2027-02-14"),
    Column(
        "working",
        gettext_lazy("上班"),
        ColumnType.BOOL,
        aliases=("是否上班", "是否工作日"),
        note=gettext_lazy("是：上班，否：休息。填清空标记就恢复按国家规定。"),
        required=True,
    ),
    Column("note", gettext_lazy("说明"), aliases=("备注",), example="春节调休"),
)


def columns(actor: Actor) -> Sequence[Column]:
    return COLUMNS


def importer(plan: ImportPlan) -> RowwiseImporter:
    return RowwiseImporter(plan, write_row)


def write_row(plan: ImportPlan, values: dict[str, Any]) -> Outcome:
    given = {name: value for name, value in values.items() if value is not None}
    data = read_input(SetWorkday, given)
    before = WorkdayOverride.objects.filter(day=data.day).values_list("working", "note").first()
    after = set_workday(actor=plan.actor, at=plan.at, data=data)
    if (before is None and after is None) or (after is not None and before == (after.working, after.note)):
        return Outcome.UNCHANGED
    return Outcome.CREATED if before is None else Outcome.UPDATED


def export(actor: Actor, filters: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    return WorkdayOverride.objects.order_by("day").values("day", "working", "note").iterator()


def count(actor: Actor, filters: Mapping[str, str]) -> int:
    return WorkdayOverride.objects.count()
