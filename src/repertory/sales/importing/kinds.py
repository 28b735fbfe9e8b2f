"""What this domain exchanges, for the engine's table."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from repertory.core.actor import Actor
from repertory.organisation.access import require
from repertory.platform.exchange.kinds import Kind
from repertory.sales import access
from repertory.sales.choices import Source
from repertory.sales.importing import stock
from repertory.sales.importing.columns import flow_columns, ledger_columns
from repertory.sales.importing.exporting import count_entries, export_entries
from repertory.sales.importing.importer import SalesImporter
from repertory.sales.importing.reading import SalesReader


def _require_import(actor: Actor) -> None:
    require(access.may_import(actor), _("您的岗位不能导入销售数据，请联系内勤或管理员。"))


def _require_export(actor: Actor) -> None:
    require(access.may_export(actor), _("您的岗位不能导出销售数据，请联系销售经理或管理员。"))


_REPLACES = _("一个文件就是它所含月份的全部：再次导入同一个月，会整月替换成新版本，并列出差异；已月结的月份不能再改。")

FLOW = Kind(
    name="flow",
    label=_("流向"),
    columns=flow_columns,
    importer=partial(SalesImporter, source=Source.FLOW),
    batch_reader=SalesReader,
    export_rows=partial(export_entries, source=Source.FLOW),
    count_rows=partial(count_entries, source=Source.FLOW),
    may_import=_require_import,
    may_export=_require_export,
    often_fixed=("seller", "month", "create_missing", "date_order", "reason"),
    remarks=(_REPLACES, _("认不出的客户、产品和单位会列在“待对应”里，确认一次以后自动对应；不会丢行。")),
)
LEDGER = Kind(
    name="ledger",
    label=_("公司发货"),
    columns=ledger_columns,
    importer=partial(SalesImporter, source=Source.OWN),
    batch_reader=SalesReader,
    export_rows=partial(export_entries, source=Source.OWN),
    count_rows=partial(count_entries, source=Source.OWN),
    may_import=_require_import,
    may_export=_require_export,
    often_fixed=("month", "customer", "create_missing", "date_order", "reason"),
    remarks=(_REPLACES,),
)

STOCK = Kind(
    name="stock",
    label=_("商业进销存"),
    columns=stock.columns,
    importer=stock.importer,
    export_rows=stock.export,
    count_rows=stock.count,
    may_import=_require_import,
    may_export=_require_export,
    often_fixed=("seller", "month"),
    remarks=(_("期初 + 购进 − 销售应等于期末，期初应等于上月期末；对不上的会列出来，不会退回。"),),
)

KINDS = (FLOW, LEDGER, STOCK)
