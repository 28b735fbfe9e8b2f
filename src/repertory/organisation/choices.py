"""Roles and what they may look at."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    REP = "rep", _("销售代表")
    SUPERVISOR = "supervisor", _("销售主管")
    MANAGER = "manager", _("销售经理")
    PRODUCT_MANAGER = "product_manager", _("产品经理")
    MARKETER = "marketer", _("市场专员")
    FINANCE = "finance", _("财务/内勤")
    ADMIN = "admin", _("管理员")
    AUDITOR = "auditor", _("审计/合规")


class Level(models.TextChoices):
    COMPANY = "company", _("公司")
    REGION = "region", _("大区")
    DISTRICT = "district", _("地区")
    TERRITORY = "territory", _("辖区")


# These see the whole company wherever in the tree they are assigned.
COMPANY_WIDE = frozenset({Role.PRODUCT_MANAGER, Role.MARKETER, Role.FINANCE, Role.ADMIN, Role.AUDITOR})
# These see the node that they are assigned to and all below it.
FIELD_FORCE = frozenset({Role.REP, Role.SUPERVISOR, Role.MANAGER})
LEADERS = frozenset({Role.SUPERVISOR, Role.MANAGER})


class Side(models.TextChoices):
    """On which side of the firewall a person stands (M-LAW-1): one at a time."""

    ACADEMIC = "academic", _("学术（医药代表）")
    SALES = "sales", _("销售")


# What the academic side may not do: sell, invoice, take money.
SALES_ROLES = frozenset({Role.FINANCE})


class TokenScope(models.TextChoices):
    READ = "read", _("只读")
    WRITE = "write", _("读写")


class Language(models.TextChoices):
    CHINESE = "zh-hans", "简体中文"
    ENGLISH = "en", "English"


class Theme(models.TextChoices):
    SYSTEM = "system", _("跟随系统")
    LIGHT = "light", _("浅色")
    DARK = "dark", _("深色")
