"""What this domain exchanges, for the engine's table."""

from django.utils.translation import gettext_lazy as _

from repertory.core.actor import Actor
from repertory.organisation import access
from repertory.organisation.importing import people, territories, workdays
from repertory.platform.exchange.kinds import Kind


def _require_administrator(actor: Actor) -> None:
    access.require(
        access.may_administer(actor) and access.may_write(actor), _("只有管理员能批量导入人员、辖区和工作日历。")
    )


def _require_audit(actor: Actor) -> None:
    access.require(access.may_audit(actor), _("只有管理员和审计能导出人员、辖区和工作日历。"))


PEOPLE = Kind(
    name="people",
    personal=True,
    label=_("人员"),
    columns=people.columns,
    importer=people.importer,
    export_rows=people.export,
    count_rows=people.count,
    may_import=_require_administrator,
    may_export=_require_audit,
    often_fixed=("role", "territory", "starts_on"),
    remarks=(_("新账号没有密码，由管理员设置后才能登录。"),),
)
TERRITORIES = Kind(
    name="territories",
    label=_("辖区"),
    columns=territories.columns,
    importer=territories.importer,
    export_rows=territories.export,
    count_rows=territories.count,
    may_import=_require_administrator,
    may_export=_require_audit,
    often_fixed=("level", "parent"),
    remarks=(_("上级辖区要排在下级前面，或者已经在系统里。"),),
)

WORKDAYS = Kind(
    name="workdays",
    label=_("工作日历"),
    columns=workdays.columns,
    importer=workdays.importer,
    export_rows=workdays.export,
    count_rows=workdays.count,
    may_import=_require_administrator,
    may_export=_require_audit,
    remarks=(_("只写与国家规定不同的日子，或者国家还没公布的调休。"),),
)

KINDS = (PEOPLE, TERRITORIES, WORKDAYS)
