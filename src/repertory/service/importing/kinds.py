"""What this domain exchanges, for the engine's table."""

from django.utils.translation import gettext_lazy as _

from repertory.core.actor import Actor
from repertory.core.errors import NotAllowed
from repertory.organisation.access import require
from repertory.platform.exchange.kinds import Kind
from repertory.service import access
from repertory.service.importing import adverse, cases


def _require_import(actor: Actor) -> None:
    require(access.may_import(actor), _("您的岗位不能批量导入个案，请联系经理或管理员。"))


def _require_export(actor: Actor) -> None:
    require(access.may_export(actor), _("您的岗位不能导出个案，请联系主管。"))


def _refuse_import(actor: Actor) -> None:
    raise NotAllowed(_("药品不良反应要逐份登记，不能导入。"))


def _require_event_export(actor: Actor) -> None:
    require(access.may_export_events(actor), _("您的岗位不能导出不良反应，请联系经理或管理员。"))


CASES = Kind(
    name="cases",
    personal=True,
    label=_("服务个案"),
    columns=cases.columns,
    importer=cases.importer,
    export_rows=cases.export,
    count_rows=cases.count,
    may_import=_require_import,
    may_export=_require_export,
    often_fixed=("kind", "severity", "channel"),
    remarks=(_("每行登记一个新个案，从导入时起计时。"),),
)
ADVERSE_EVENTS = Kind(
    name="adverse_events",
    personal=True,
    label=_("不良反应"),
    columns=adverse.columns,
    importer=adverse.importer,
    export_rows=adverse.export,
    count_rows=adverse.count,
    may_import=_refuse_import,
    may_export=_require_event_export,
)

KINDS = (CASES, ADVERSE_EVENTS)
