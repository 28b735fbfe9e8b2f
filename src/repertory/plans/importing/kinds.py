"""What this domain exchanges, for the engine's table."""

from django.utils.translation import gettext_lazy as _

from repertory.core.actor import Actor
from repertory.organisation.access import require
from repertory.plans import access
from repertory.plans.importing import targets
from repertory.platform.exchange.kinds import Kind


def _require_import(actor: Actor) -> None:
    require(access.may_work(actor), _("您的岗位不能导入指标，请联系主管或内勤。"))


def _require_export(actor: Actor) -> None:
    require(access.may_export(actor), _("您的岗位不能导出指标，请联系主管。"))


TARGETS = Kind(
    name="targets",
    label=_("指标"),
    columns=targets.columns,
    importer=targets.TargetImporter,
    export_rows=targets.export,
    count_rows=targets.count,
    may_import=_require_import,
    may_export=_require_export,
    often_fixed=("measure", "level", "fixed"),
    remarks=(
        _("只能导入到编制中的一版。文件里的指标按填的数锁定，没写在文件里、也没锁定的下级分摊余下的部分。"),
        _("各级合计必须与上级一致，对不上时整个文件不导入，并说明在哪里。"),
    ),
)

KINDS = (TARGETS,)
