"""The rule of exports that an administrator can date."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core.actor import Actor
from repertory.core.errors import NotAllowed
from repertory.platform.exchange.kinds import Kind
from repertory.platform.rules import Part, PartKind, Rule, value_on

PERSONAL_EXPORTS = Rule(
    key="exchange.personal_exports",
    label=gettext_lazy("个人信息导出要审批"),
    text=gettext_lazy("导出的数据含个人信息、行数又达到这个数时，先经审批，批准后才生成文件，由申请人自己下载。"),
    basis=gettext_lazy("《个人信息保护法》第五十一条；默认不执行，由公司自行规定"),
    default={"on": False, "from_rows": 500},
    parts=(
        Part("on", gettext_lazy("执行这条规则"), PartKind.SWITCH),
        Part("from_rows", gettext_lazy("行数达到"), PartKind.WHOLE),
    ),
)

RULES = (PERSONAL_EXPORTS,)


def needs_approval(actor: Actor, kind: Kind, *, rows: int, day: date) -> bool:
    """Whether an export of so many rows waits for approval; never the program's own."""
    value = value_on(PERSONAL_EXPORTS, day)
    if actor.is_system or not value["on"] or rows < int(value["from_rows"]):
        return False
    return _is_personal(actor, kind)


def _is_personal(actor: Actor, kind: Kind) -> bool:
    return kind.personal or any(column.private and column.exported for column in kind.columns(actor))


def refuse_without_approval(actor: Actor, kind: Kind, filters: Mapping[str, str], *, day: date) -> None:
    """NotAllowed where the export must be ordered and approved first. Rows are counted only where the rule is on."""
    if actor.is_system or not value_on(PERSONAL_EXPORTS, day)["on"] or not _is_personal(actor, kind):
        return
    if needs_approval(actor, kind, rows=kind.count_rows(actor, filters), day=day):
        message = _("这么多含个人信息的数据要先经审批。请在网页上导出，写明用途，批准后下载。")
        raise NotAllowed(message, code="approval_needed")
