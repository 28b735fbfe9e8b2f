"""Material files: a row is a material with what its newest version says. Approved versions are not changed by a file: what
differs becomes the draft of the next one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput
from repertory.core.inputs import read_input
from repertory.materials.access import visible_materials
from repertory.materials.actions import create_material, draft_version, revise_material, revise_version
from repertory.materials.choices import EDITABLE, MaterialKind, VersionState
from repertory.materials.inputs import CreateMaterial, DraftVersion, ReviseMaterial, ReviseVersion
from repertory.materials.models import Material, MaterialVersion
from repertory.materials.queries.listing import matching_materials
from repertory.platform.exchange.columns import Column, ColumnType
from repertory.platform.exchange.filters import list_query
from repertory.platform.exchange.kinds import ImportPlan
from repertory.platform.exchange.rowwise import Outcome, RowwiseImporter, Values
from repertory.platform.exchange.values import split_list
from repertory.products.choices import Audience

FACTS = ("code", "title", "kind", "is_electronic", "products", "note")
EDITION = ("summary", "subject", "body", "audiences", "valid_from", "valid_until")
T = gettext_lazy
COLUMNS = (
    Column("code", T("资料编码"), aliases=("编码", "资料编号"), note=T("不填时自动编号；填了就按它对应已有资料。")),
    Column("title", T("资料名称"), aliases=("名称", "标题"), required=True, example="安立坦核心信息单页"),
    Column(
        "kind",
        T("资料类型"),
        ColumnType.CHOICE,
        aliases=("类型",),
        choices=tuple(MaterialKind.choices),
        example="单页/折页",
    ),
    Column("is_electronic", T("电子资料"), ColumnType.BOOL, aliases=("电子版",)),
    Column("products", T("相关产品"), aliases=("产品编码", "产品"), note=T("填产品编码，多个用顿号隔开。")),
    Column("note", T("备注")),
    Column("summary", T("内容说明"), aliases=("内容", "说明"), example="主要疗效数据，附说明书摘要"),
    Column("subject", T("邮件主题"), note=T("只有邮件模板填。")),
    Column("body", T("邮件正文"), note=T("只有邮件模板填，可以用 {姓名}、{称呼}、{医院}、{代表}。")),
    Column(
        "audiences",
        T("对象"),
        ColumnType.CHOICES,
        choices=tuple(Audience.choices),
        note=T("不填表示所有对象。"),
        example="医生/药师",
    ),
    Column("valid_from", T("生效日期"), ColumnType.DATE, note=T("不填为批准当天。")),
    Column("valid_until", T("有效期至"), ColumnType.DATE, note=T("不填按规则里的最长期限。")),
    Column("number", T("版本"), ColumnType.INTEGER, imported=False),
    Column("state", T("状态"), ColumnType.CHOICE, choices=tuple(VersionState.choices), imported=False),
)


def columns(actor: Actor) -> Sequence[Column]:
    return COLUMNS


def importer(plan: ImportPlan) -> RowwiseImporter:
    return RowwiseImporter(plan, write_row)


def write_row(plan: ImportPlan, values: Values) -> Outcome:
    """Open the material or bring it up to date, then its version."""
    given = {key: "" if value is None else value for key, value in values.items() if key in FACTS}
    if "products" in given:
        given["products"] = split_list(given["products"])
    material = _known(plan, given)
    if material is None:
        data = read_input(CreateMaterial, given)
        material, outcome = create_material(actor=plan.actor, at=plan.at, data=data), Outcome.CREATED
    else:
        revised = revise_material(
            actor=plan.actor, at=plan.at, material_id=material.pk, data=read_input(ReviseMaterial, _kept(given))
        )
        outcome = Outcome.UPDATED if revised.version != material.version else Outcome.UNCHANGED
    written = _write_version(plan, material, {key: values[key] for key in EDITION if key in values})
    return Outcome.UPDATED if written and outcome is Outcome.UNCHANGED else outcome


def _kept(given: dict[str, Any]) -> dict[str, Any]:
    """A blank code keeps the one that is there."""
    return {key: value for key, value in given.items() if key != "code"}


def _known(plan: ImportPlan, given: Mapping[str, Any]) -> Material | None:
    """By code, else by title; InvalidInput where several bear it."""
    rows = visible_materials(plan.actor)
    if given.get("code"):
        return rows.filter(code=given["code"]).first()
    found = list(rows.filter(title=str(given.get("title", "")).strip())[:2])
    if len(found) > 1:
        message = _("有几份资料都叫“%(title)s”，请填资料编码。") % {"title": given["title"]}
        raise InvalidInput(message, code="ambiguous", field="title")
    return found[0] if found else None


def _write_version(plan: ImportPlan, material: Material, values: Values) -> bool:
    """Whether a version was drafted or changed."""
    newest = MaterialVersion.objects.filter(material=material).order_by("-number").first()
    if newest is None:
        if not any(values.values()):
            return False
        data = read_input(DraftVersion, _filled(values))
        draft_version(actor=plan.actor, at=plan.at, material_id=material.pk, data=data)
        return True
    before = {name: getattr(newest, name) for name in EDITION}
    merged = read_input(ReviseVersion, _filled({**before, **values}))
    if {name: getattr(merged, name) for name in EDITION} == before:
        return False
    if newest.state in EDITABLE:
        revise_version(actor=plan.actor, at=plan.at, version_id=newest.pk, data=merged)
    else:
        data = DraftVersion(**{name: getattr(merged, name) for name in EDITION})
        draft_version(actor=plan.actor, at=plan.at, material_id=material.pk, data=data)
    return True


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is to be emptied, as the input empties it."""
    empty: dict[str, Any] = {"summary": "", "subject": "", "body": "", "audiences": []}
    return {name: empty.get(name) if value is None else value for name, value in values.items()}


def export(actor: Actor, filters: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """The materials of the list with these filters, each with its newest version."""
    rows = _listed(actor, filters).prefetch_related("products", "versions").order_by("sort_key", "pk")
    for material in rows:
        own = {name: getattr(material, name) for name in FACTS}
        own["products"] = _("、").join(product.code for product in material.products.all())
        newest = max(material.versions.all(), key=lambda version: version.number, default=None)
        if newest is not None:
            own |= {name: getattr(newest, name) for name in (*EDITION, "number", "state")}
        yield own


def count(actor: Actor, filters: Mapping[str, str]) -> int:
    return _listed(actor, filters).count()


def _listed(actor: Actor, filters: Mapping[str, str]) -> Any:
    return matching_materials(actor=actor, query=list_query(filters))
