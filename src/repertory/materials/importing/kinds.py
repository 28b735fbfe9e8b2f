"""What this domain exchanges, for the engine's table."""

from django.utils.translation import gettext_lazy as _

from repertory.core.actor import Actor
from repertory.materials import access
from repertory.materials.importing import materials, samples
from repertory.organisation.access import require
from repertory.platform.exchange.kinds import Kind


def _require_import(actor: Actor) -> None:
    require(access.may_import(actor), _("您的岗位不能批量导入资料，请联系产品经理或市场。"))


def _require_import_of_lots(actor: Actor) -> None:
    require(access.may_import_lots(actor), _("您的岗位不能批量登记样品入库，请联系内勤。"))


def _require_export(actor: Actor) -> None:
    require(access.may_export(actor), _("您的岗位不能导出资料和样品。"))


MATERIALS = Kind(
    name="materials",
    label=_("资料"),
    columns=materials.columns,
    importer=materials.importer,
    export_rows=materials.export,
    count_rows=materials.count,
    may_import=_require_import,
    may_export=_require_export,
    often_fixed=("kind", "products", "audiences"),
    remarks=(_("导入的版本是草稿：补上文件、提交并由别人审批后才能使用。"),),
)
SAMPLES = Kind(
    name="samples",
    label=_("样品批次"),
    columns=samples.columns,
    importer=samples.importer,
    export_rows=samples.export,
    count_rows=samples.count,
    may_import=_require_import_of_lots,
    may_export=_require_export,
    often_fixed=("on", "reason"),
    remarks=(_("一行一个批号，登记为总库入库；已登记的批号不会重复入库。"),),
)

KINDS = (MATERIALS, SAMPLES)
