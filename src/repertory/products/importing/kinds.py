"""What this domain exchanges, for the engine's table."""

from django.utils.translation import gettext_lazy as _

from repertory.core.actor import Actor
from repertory.organisation.access import require
from repertory.platform.exchange.kinds import Kind
from repertory.products import access
from repertory.products.importing import prices, products
from repertory.products.importing.columns import product_columns


def _require_import(actor: Actor) -> None:
    require(access.may_import(actor), _("您的岗位不能批量导入产品，请联系产品经理或管理员。"))


def _require_export(actor: Actor) -> None:
    require(access.may_export(actor), _("您的岗位不能导出产品资料，请联系产品经理或管理员。"))


def _require_price_import(actor: Actor) -> None:
    require(access.may_write_prices(actor), _("您的岗位不能导入价格，请联系产品经理或内勤。"))


def _require_price_export(actor: Actor) -> None:
    require(access.may_export_prices(actor), _("您的岗位不能导出价格。"))


PRODUCTS = Kind(
    name="products",
    label=_("产品"),
    columns=product_columns,
    importer=products.importer,
    export_rows=products.export,
    count_rows=products.count,
    may_import=_require_import,
    may_export=_require_export,
    keys=products.KEYS,
    often_fixed=("line", "product_manager", "manufacturer", "stage"),
    remarks=(
        _("一行一个规格：同一批准文号（或产品编码）的几行是同一产品的几个规格。"),
        _("没有编码和批准文号时，按通用名、剂型和生产企业对应已有产品。"),
        _("只有分类代码、没有药品名称的行当作标题：它的 ATC 编码用于下面没有填编码的药品。"),
    ),
)

PRICES = Kind(
    name="prices",
    label=_("价格"),
    columns=prices.columns,
    importer=prices.importer,
    export_rows=prices.export,
    count_rows=prices.count,
    may_import=_require_price_import,
    may_export=_require_price_export,
    often_fixed=("price_list", "price_list_name", "customer_kind", "province", "starts_on", "ends_on"),
    remarks=(
        _("一行一个价格，进入编码相同的价格表草稿；没有这张表时新建。已批准的价格表不能改，请先建新版本。"),
        _("空着的条件就是不限：全部客户、全国、全年、从一盒起。条件和开始日期相同的行更新原来的价格。"),
    ),
)

KINDS = (PRODUCTS, PRICES)
