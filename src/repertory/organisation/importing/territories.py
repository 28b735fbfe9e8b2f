"""The territory tree: one row per node, the nodes above first."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput
from repertory.core.inputs import read_input
from repertory.organisation.access import visible_territories
from repertory.organisation.actions import create_territory, move_territory, revise_territory
from repertory.organisation.choices import Level
from repertory.organisation.inputs import CreateTerritory, MoveTerritory, ReviseTerritory
from repertory.organisation.models import Territory
from repertory.platform.exchange.columns import Column, ColumnType
from repertory.platform.exchange.kinds import ImportPlan
from repertory.platform.exchange.rowwise import Outcome, RowwiseImporter

COLUMNS = (
    Column("code", gettext_lazy("编码"), aliases=("辖区编码",), required=True, example="HD-NJ-01"),
    Column("name", gettext_lazy("名称"), aliases=("辖区名称", "辖区"), required=True, example="南京鼓楼"),
    Column("level", gettext_lazy("层级"), ColumnType.CHOICE, choices=tuple(Level.choices)),
    Column("line", gettext_lazy("产品线")),
    Column(
        "parent",
        gettext_lazy("上级编码"),
        aliases=("上级", "上级辖区"),
        note=gettext_lazy("只有公司这一行不填。改填另一个编码就把整棵子树移过去。"),
        example="HD-NJ",
    ),
    Column("closed_on", gettext_lazy("停用日期"), ColumnType.DATE, imported=False),
)


def columns(actor: Actor) -> Sequence[Column]:
    return COLUMNS


def importer(plan: ImportPlan) -> RowwiseImporter:
    return RowwiseImporter(plan, write_row)


def write_row(plan: ImportPlan, values: dict[str, Any]) -> Outcome:
    """Grow, rename or move a node."""
    code = (values.get("code") or "").strip()
    if not code:
        raise InvalidInput(_("辖区编码不能为空。"), code="missing", field="code")
    given = {name: "" if value is None else value for name, value in values.items() if name != "code"}
    territory = Territory.objects.filter(code=code).first()
    if territory is None:
        data = read_input(CreateTerritory, {"code": code, **given})
        create_territory(actor=plan.actor, at=plan.at, data=data)
        return Outcome.CREATED
    parent = given.pop("parent", "")
    revised = revise_territory(actor=plan.actor, at=plan.at, code=code, data=read_input(ReviseTerritory, given))
    moved = False
    if parent:
        before = territory.path
        data = read_input(MoveTerritory, {"parent": parent})
        moved = move_territory(actor=plan.actor, at=plan.at, code=code, data=data).path != before
    return Outcome.UPDATED if moved or revised.version != territory.version else Outcome.UNCHANGED


def export(actor: Actor, filters: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """The nodes that the person sees, each after the one above it."""
    codes: dict[str, str] = {}
    for node in visible_territories(actor).order_by("path"):
        codes[node.path] = node.code
        above = codes.get(node.path[: -Territory.steplen], "")
        yield {
            "code": node.code,
            "name": node.name,
            "level": node.level,
            "line": node.line,
            "parent": above,
            "closed_on": node.closed_on,
        }


def count(actor: Actor, filters: Mapping[str, str]) -> int:
    return visible_territories(actor).count()
