"""What this domain exchanges, for the engine's table."""

from django.utils.translation import gettext_lazy as _

from repertory.core.actor import Actor
from repertory.organisation.access import require
from repertory.platform.exchange.kinds import Kind
from repertory.visits import access
from repertory.visits.importing import visits


def _require_import(actor: Actor) -> None:
    require(access.may_import(actor), _("您的岗位不能批量导入拜访，请联系经理或管理员。"))


def _require_export(actor: Actor) -> None:
    require(access.may_export(actor), _("您的岗位不能导出拜访，请联系主管。"))


VISITS = Kind(
    name="visits",
    personal=True,
    label=_("拜访"),
    columns=visits.columns,
    importer=visits.importer,
    export_rows=visits.export,
    count_rows=visits.count,
    may_import=_require_import,
    may_export=_require_export,
    often_fixed=("user", "mode", "purpose"),
    remarks=(
        _("一行是一次已经完成的拜访。同一人、同一客户、同一开始时间的算同一次，只更新记录文字。"),
        _("几个产品用顿号隔开，写产品编码。"),
    ),
)

KINDS = (VISITS,)
