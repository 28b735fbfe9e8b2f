"""Forms of people, territories, keys and settings. They only carry what was typed; the inputs judge it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from repertory.core.errors import InvalidInput
from repertory.core.web.forms import InputForm, choice, day, figure, long_text, text, tick
from repertory.organisation import inputs
from repertory.organisation.choices import Level, Role, Side, TokenScope
from repertory.organisation.models import Language, Theme
from repertory.platform.models import FieldKind

DEFAULT_TOKEN_DAYS = 90


def secret(label: Any, autocomplete: str, **more: Any) -> forms.CharField:
    """A password box; what was typed is never sent back."""
    shape = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, required=False, strip=False, widget=shape, **more)


class PasswordForm(InputForm):
    input_class = inputs.ChangeOwnPassword
    old_password = secret(_("旧密码"), "current-password")
    password = secret(
        _("新密码"), "new-password", help_text=_("至少 10 位，不能全是数字，不能是常见密码，不要含账号或姓名。")
    )
    again = secret(_("再输一次新密码"), "new-password")


class SetPasswordForm(InputForm):
    input_class = inputs.SetPassword
    password = secret(_("新密码"), "new-password", help_text=_("至少 10 位，不能全是数字，不能是常见密码。"))
    must_change_password = tick(_("下次登录须改密码"), initial=True)


class PreferencesForm(InputForm):
    input_class = inputs.Preferences
    language = choice(_("语言"), Language.choices, blank=None)
    theme = choice(_("外观"), Theme.choices, blank=None)


class VersionedForm(InputForm):
    """Knows which version was shown; a form without one asks for no check."""

    keep_empty = True
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in super().given().items() if name != "version" or value}


class PersonForm(VersionedForm):
    """An account's facts."""

    input_class = inputs.RevisePerson
    name = text(_("姓名"), required=True)
    employee_number = text(_("工号"))
    email = text(_("邮箱"))
    phone = text(_("工作手机"))
    side = choice(_("学术/销售"), Side.choices, help_text=_("备案的医药代表只做学术推广，不承担销售任务。"))
    filing_number = text(_("医药代表备案号"), help_text=_("学术代表须填，到国家备案平台可查。"))
    filing_expires_on = day(_("备案有效期至"))
    is_active = tick(_("在用"), help_text=_("停用后立即退出登录，密钥失效；历史保留。"))


class NewPersonForm(InputForm):
    input_class = inputs.CreatePerson
    username = text(_("账号"), required=True, help_text=_("字母、数字和 _ . @ -，以后不能改。"))
    name = text(_("姓名"), required=True)
    password = secret(
        _("初始密码"), "new-password", help_text=_("至少 10 位，不能全是数字；不填则只能用企业账号登录。")
    )
    must_change_password = tick(_("下次登录须改密码"), initial=True)
    employee_number = text(_("工号"))
    email = text(_("邮箱"))
    phone = text(_("工作手机"))
    side = choice(_("学术/销售"), Side.choices)
    filing_number = text(_("医药代表备案号"))
    filing_expires_on = day(_("备案有效期至"))


class AssignForm(InputForm):
    """A post for a person whose account the address names."""

    input_class = inputs.Assign
    role = choice(_("岗位"), Role.choices, blank=None, required=True)
    territory = choice(_("辖区"), (), blank=None, required=True)
    starts_on = day(_("自"), help_text=_("不填为今天。"))
    ends_on = day(_("至（不含）"), help_text=_("不填为长期。"))

    def __init__(self, data: Any = None, *, username: str, territories: Any) -> None:
        super().__init__(data)
        self.username = username
        self.fields["territory"].widget.choices = list(territories)

    def given(self) -> dict[str, Any]:
        return super().given() | {"username": self.username}


class EndAssignmentForm(InputForm):
    input_class = inputs.EndAssignment
    on = day(_("结束日期（不含）"), help_text=_("不填为今天。"))


class NewTerritoryForm(InputForm):
    input_class = inputs.CreateTerritory
    code = text(_("编码"), required=True)
    name = text(_("名称"), required=True)
    level = choice(_("层级"), Level.choices, blank=None, required=True)
    line = text(_("产品线"), help_text=_("只属于某条产品线的团队才填。"))
    parent = forms.CharField(required=False, widget=forms.HiddenInput)


class TerritoryForm(VersionedForm):
    input_class = inputs.ReviseTerritory
    code = text(_("编码"), required=True)
    name = text(_("名称"), required=True)
    level = choice(_("层级"), Level.choices, blank=None, required=True)
    line = text(_("产品线"))


class MoveTerritoryForm(InputForm):
    input_class = inputs.MoveTerritory
    parent = choice(_("新的上级"), (), blank=None, required=True)

    def __init__(self, data: Any = None, *, territories: Any) -> None:
        super().__init__(data)
        self.fields["parent"].widget.choices = list(territories)


class TokenForm(InputForm):
    input_class = inputs.IssueToken
    name = text(_("用途"), required=True, help_text=_("写明哪个系统或程序使用，便于以后吊销。"))
    scope = choice(_("权限"), TokenScope.choices, blank=None)
    valid_days = figure(_("有效天数"), step="1", initial=str(DEFAULT_TOKEN_DAYS))


# What an administrator may add fields to.
OBJECTS = (("customer", _("客户")), ("product", _("产品")))


class CustomFieldForm(InputForm):
    """Options are typed one a line."""

    input_class = inputs.DefineCustomField
    object_type = choice(_("对象"), OBJECTS, blank=None, required=True)
    label = text(_("名称"), required=True)
    key = text(_("代码"), required=True, help_text=_("小写字母、数字和下划线，接口和导入文件用，以后不能改。"))
    kind = choice(_("类型"), FieldKind.choices, blank=None, required=True)
    options = long_text(_("选项"), help_text=_("单选、多选用，每行一个。"))
    required = tick(_("必填"))
    label_en = text(_("英文名称"))
    help = text(_("填写说明"), wide=True)
    position = figure(_("顺序"), step="1", initial="0")

    def given(self) -> dict[str, Any]:
        data = super().given()
        return data | {"options": [line.strip() for line in data.get("options", "").splitlines() if line.strip()]}


class ReviseCustomFieldForm(CustomFieldForm):
    input_class = inputs.ReviseCustomField
    keep_empty = True
    object_type = None  # type: ignore[assignment]
    key = None  # type: ignore[assignment]
    kind = None  # type: ignore[assignment]


class PolicyForm(InputForm):
    """One rule from a day on. boxes: a field for each part of its value; read: makes the value of what was typed."""

    input_class = inputs.SetPolicy
    starts_on = day(_("生效日期"), required=True)
    source = text(_("依据"), required=True, wide=True, help_text=_("法规条文、公司制度或批示，写明文号。"))
    note = text(_("说明"), wide=True)

    def __init__(
        self,
        data: Any = None,
        *,
        key: str,
        boxes: dict[str, forms.Field],
        read: Callable[[dict[str, Any]], Any],
        initial: dict[str, Any],
    ) -> None:
        super().__init__(data, initial=initial)
        self.key = key
        self.read = read
        self.fields |= boxes
        self.order_fields([*boxes, "starts_on", "source", "note"])

    def clean(self) -> dict[str, Any]:
        try:
            self.cleaned_data["value"] = self.read(self.cleaned_data)
        except InvalidInput as error:
            self.tell(error)
        if not self.cleaned_data.get("source"):
            self.add_error("source", _("要写明依据。"))
        return super().clean()

    def given(self) -> dict[str, Any]:
        return super().given() | {"key": self.key}


class RobotForm(InputForm):
    input_class = inputs.AddRobot
    name = text(_("名称"), required=True, help_text=_("例如：南京地区群。"))
    address = text(_("Webhook 地址"), required=True, wide=True)
    secret = secret(_("加签密钥"), "off", help_text=_("只有钉钉机器人开了“加签”才填，以 SEC 开头。"))


class WorkdayForm(InputForm):
    input_class = inputs.SetWorkday
    working = choice(_("这一天"), (("true", _("上班")), ("false", _("休息"))), blank=_("按国家规定"), required=True)
    note = text(_("说明"), wide=True, help_text=_("例如：春节调休、公司年会放假。"))

    def __init__(self, data: Any = None, *, day: date, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.day = day

    def given(self) -> dict[str, Any]:
        return super().given() | {"day": self.day}
