"""What this domain exchanges, for the engine's table."""

from django.utils.translation import gettext_lazy as _

from repertory.core.actor import Actor
from repertory.customers import access
from repertory.customers.importing import coverage, licences, surveys
from repertory.customers.importing.columns import customer_columns
from repertory.customers.importing.customers import CustomerImporter
from repertory.customers.importing.exporting import count_customers, export_customers
from repertory.customers.importing.reading import RowReader
from repertory.organisation.access import require
from repertory.platform.exchange.kinds import Kind


def _require_import(actor: Actor) -> None:
    require(access.may_import(actor), _("您的岗位不能批量导入客户资料，请联系销售经理或管理员。"))


def _require_export(actor: Actor) -> None:
    require(access.may_export(actor), _("您的岗位不能导出客户资料，请联系销售经理或管理员。"))


def _require_lead(actor: Actor) -> None:
    require(access.may_lead(actor), _("您的岗位不能批量调整覆盖，请联系销售主管或经理。"))


CUSTOMERS = Kind(
    name="customers",
    personal=True,
    label=_("客户"),
    columns=customer_columns,
    importer=CustomerImporter,
    row_reader=RowReader,
    export_rows=export_customers,
    count_rows=count_customers,
    may_import=_require_import,
    may_export=_require_export,
    keys=(("code",), ("name", "address"), ("name",)),
    often_fixed=("kind", "source", "grade", "territory"),
    remarks=(
        _(
            "填了客户编码就按编码对应已有客户；没有编码时，机构按名称加地址、个人按姓名加机构对应。只有名称相同的不会自动合并，会列为疑似重复。"
        ),
        _("私人电话、微信和生日要先登记本人同意，不能批量导入。"),
    ),
)

COVERAGE = Kind(
    name="coverage",
    label=_("覆盖"),
    columns=coverage.columns,
    importer=coverage.importer,
    export_rows=coverage.export,
    count_rows=coverage.count,
    may_import=_require_lead,
    may_export=_require_export,
    often_fixed=("territory", "starts_on"),
)
LICENCES = Kind(
    name="licences",
    label=_("证照"),
    columns=licences.columns,
    importer=licences.importer,
    export_rows=licences.export,
    count_rows=licences.count,
    may_import=_require_import,
    may_export=_require_export,
    often_fixed=("kind", "issuer"),
)

SURVEYS = Kind(
    name="surveys",
    label=_("第三方调查"),
    columns=surveys.columns,
    importer=surveys.importer,
    export_rows=surveys.export,
    count_rows=surveys.count,
    may_import=_require_import,
    may_export=_require_export,
    remarks=(_("调查得来的内容不会直接写入档案，要在“待确认信息”里逐项确认。"),),
)

KINDS = (CUSTOMERS, COVERAGE, LICENCES, SURVEYS)
