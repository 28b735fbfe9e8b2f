"""The columns of a customers file: those of the archive, places by name, links by code."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from repertory.core.actor import Actor
from repertory.customers import fields
from repertory.customers.actions.writing import CUSTOMER
from repertory.customers.choices import Stage, Tier
from repertory.customers.models import Customer
from repertory.platform.exchange.columns import Column, ColumnType
from repertory.platform.exchange.fields import column_of_custom, type_of
from repertory.platform.queries import custom_fields

REGION_CODES = ("province_code", "city_code", "county_code")
LINKS = ("institution", "parent")

# Names that lists of hospitals, pharmacies and people use for our fields.
ALIASES: dict[str, tuple[str, ...]] = {
    "code": ("编码", "客户编号", "编号"),
    "kind": ("类型", "客户类型", "客户类别"),
    "name": (
        "客户名称",
        "单位名称",
        "机构名称",
        "医院名称",
        "医疗机构名称",
        "药店名称",
        "企业名称",
        "姓名",
        "医生姓名",
    ),
    "alias": ("简称", "曾用名", "别名"),
    "grade": ("医院等级", "级别", "机构等级"),
    "institution": ("医院", "所属医院", "工作单位", "所属机构"),
    "department": ("科室", "部门"),
    "parent": ("上级单位", "连锁总部", "总部"),
    "address": ("详细地址", "单位地址", "机构地址", "通讯地址"),
    "phone": ("电话", "联系电话", "单位电话", "tel", "telephone"),
    "email": ("电子邮箱", "电子邮件", "e-mail"),
    "longitude": ("经度", "lng", "lon", "longitude_wgs84"),
    "latitude": ("纬度", "lat", "latitude_wgs84"),
    "source": ("来源", "渠道"),
    "uscc": ("信用代码", "社会信用代码"),
    "tier": ("客户等级", "客户分级", "分级"),
    "stage": ("阶段", "客户状态"),
}
EXAMPLES = {
    "code": "C0000123",
    "kind": "医院/诊所",
    "name": "南京市第一医院",
    "grade": "三级甲等",
    "address": "秦淮区长乐路 68 号",
    "phone": "025-52271000",
    "longitude": "118.788600",
    "latitude": "32.013900",
    "institution": "C0000123",
}
NOTES: dict[str, Any] = {
    "code": _("不填时自动编号；填了就按它对应已有客户。"),
    "institution": _("填机构的客户编码，或者系统里唯一的机构名称。"),
    "parent": _("填上级单位的客户编码，或者系统里唯一的名称。"),
    "longitude": _("WGS-84 坐标，与纬度一起填；0,0 按没有填处理。"),
    "latitude": _("WGS-84 坐标，与经度一起填。"),
}

REGION_COLUMNS = (
    Column("province", _("省"), aliases=("省份", "所在省"), example="江苏省"),
    Column("city", _("市"), aliases=("城市", "地市", "所在市"), example="南京市"),
    Column("county", _("区县"), aliases=("区", "县", "区/县", "所在区县"), example="秦淮区"),
    Column(
        "region",
        _("地区"),
        aliases=("所在地区", "省市", "省市区", "行政区划", "行政区划代码"),
        example="江苏省-南京市",
        note=_("省市写在一格时用这一列，如“北京市-朝阳区”。"),
        exported=False,
    ),
)
PLACE_KEYS = frozenset(column.key for column in REGION_COLUMNS)
TERRITORY = Column(
    "territory",
    _("辖区"),
    aliases=("辖区编码", "负责辖区"),
    note=_("覆盖客户的辖区编码，多个用顿号隔开。只用于新客户；已有客户请用“覆盖”导入或调配来改。"),
    example="T-NJ-01",
)


def customer_columns(actor: Actor) -> list[Column]:
    """Every column in the order of the archive card. Private fields are not among them: they need consent, one by one."""
    listed: list[Column] = []
    for name in fields.WRITABLE:
        if name in fields.PRIVATE or name in REGION_CODES[1:]:
            continue
        listed.extend(REGION_COLUMNS if name == REGION_CODES[0] else [_column_of(name)])
    listed += [_choice("stage", Stage), _choice("tier", Tier), TERRITORY]
    listed.sort(key=lambda column: column.key != "code")
    return listed + [column_of_custom(field) for field in custom_fields(CUSTOMER)]


def _column_of(name: str) -> Column:
    field = fields.model_field(name)
    return Column(
        key=name,
        label=field.verbose_name,
        type=type_of(field),
        aliases=ALIASES.get(name, ()),
        required=name in ("kind", "name"),
        choices=tuple(field.choices or ()),
        allowed=_("最多 %(count)s 个字") % {"count": field.max_length}
        if field.max_length and not field.choices
        else "",
        note=NOTES.get(name, ""),
        example=EXAMPLES.get(name, ""),
    )


def _choice(name: str, choices: type[models.TextChoices]) -> Column:
    label = Customer._meta.get_field(name).verbose_name
    return Column(name, label, ColumnType.CHOICE, ALIASES.get(name, ()), choices=tuple(choices.choices))
