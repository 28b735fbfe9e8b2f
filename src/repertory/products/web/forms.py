"""Forms of products, packs, messages and lines. They only carry what was typed; the inputs judge it."""

import re
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from repertory.core.web.forms import InputForm, choice, choices_of, day, figure, long_text, of_model_field, text, tick
from repertory.core.web.picker import picker
from repertory.platform.custom_forms import custom_form_field, shown_value
from repertory.platform.models import CustomField
from repertory.products import choices, fields, inputs

Options = list[tuple[str, str]]
SEPARATORS = re.compile(r"[、,，;；\n]+")
HELP = {
    "approval_number": _("像 国药准字H20193043 这样。"),
    "atc_code": _("像 C10AA05 这样，可以只填前几位。"),
    "launched_on": _("改为“在售”时自动记下。"),
    "insurance_note": _("目录里写明的限定支付范围。"),
}


class FactsForm(InputForm):
    """Some of the product's fields and some custom ones. links: the options of lines and product managers."""

    def __init__(
        self,
        data: Any = None,
        *,
        names: tuple[str, ...],
        links: dict[str, Options],
        definitions: tuple[CustomField, ...] = (),
        values: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=values)
        for name in names:
            self.fields[name] = _field(name, links)
        for definition in definitions:
            self.fields[f"custom__{definition.key}"] = custom_form_field(definition)
        self.definitions = definitions

    def given(self) -> dict[str, Any]:
        data = super().given()
        custom = {definition.key: self.cleaned_data.get(f"custom__{definition.key}") for definition in self.definitions}
        return data | {"custom": custom} if custom else data


def _field(name: str, links: dict[str, Options]) -> forms.Field:
    if name in fields.LINKS:
        return choice(fields.label(name), links[name])
    field = of_model_field(fields.model_field(name))
    field.help_text = HELP.get(name, "")
    if name == "generic_name":
        field.look["required"] = True  # type: ignore[attr-defined]
    return field


class SectionForm(FactsForm):
    """One section of the page, edited in place."""

    input_class = inputs.ReviseProduct
    keep_empty = True
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def given(self) -> dict[str, Any]:
        data = super().given()
        return {name: value for name, value in data.items() if name != "version" or value}


class CreateForm(FactsForm):
    """A new product: the little that is known at first."""

    input_class = inputs.CreateProduct
    stage = choice(_("产品阶段"), choices.Stage.choices, blank=None)


def stored_custom(custom: dict[str, Any], definitions: tuple[CustomField, ...]) -> dict[str, Any]:
    return {f"custom__{item.key}": shown_value(custom.get(item.key)) for item in definitions}


class StageForm(InputForm):
    input_class = inputs.MoveProductStage
    stage = choice(_("新阶段"), (), blank=None, required=True)
    on = day(_("日期"), help_text=_("不填为今天。"))
    reason = text(_("原因"), wide=True)

    def __init__(self, data: Any = None, *, present: str) -> None:
        super().__init__(data)
        following = choices.STAGE_TRANSITIONS[present]
        self.fields["stage"].widget.choices = [pair for pair in choices.Stage.choices if pair[0] in following]


class RemoveForm(InputForm):
    input_class = inputs.RemoveProduct
    reason = text(_("原因"), required=True, wide=True, help_text=_("只用于录错的产品；不再销售请改为“退市”。"))


class PackForm(InputForm):
    """A size, new or known."""

    input_class = inputs.AddPack
    spec = text(_("规格"), required=True, help_text=_("像 20mg 这样。"))
    pack = text(_("包装"), help_text=_("像 7片×2板/盒 这样。"))
    unit = text(_("销售单位"), initial="盒")
    units_per_pack = figure(_("每盒数量"), step="1")
    packs_per_case = figure(_("每箱盒数"), step="1")
    barcode = text(_("商品条码"))
    trace_prefix = text(_("追溯码前缀"), help_text=_("追溯码的前 7 位。"))
    shelf_life_months = figure(_("有效期（月）"), step="1")
    storage = choice(_("储存条件"), choices.Storage.choices)
    storage_note = text(_("储存说明"), wide=True)
    code = text(_("规格编码"), help_text=_("不填时自动编号。"))
    is_active = tick(_("在用"), initial=True)


class RevisePackForm(PackForm):
    input_class = inputs.RevisePack
    keep_empty = True
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in super().given().items() if name != "version" or value}


class MessageForm(InputForm):
    """A wording of a message; departments are typed with 、 between them."""

    input_class = inputs.ReviseMessage
    field_order = ("theme", "title", "text", "audiences", "departments", "evidence", "valid_from", "valid_until")
    departments = text(_("科室/专科"), wide=True, help_text=_("多个之间用顿号隔开，不填表示所有科室。"))
    theme = choice(_("主题"), choices.Theme.choices, blank=None, required=True)
    title = text(_("标题"), required=True, help_text=_("记录拜访时手机上显示，越短越好。"))
    text = long_text(_("内容"), required=True, help_text=_("只写批准的适应症范围内的内容。"))
    audiences = choices_of(_("对象"), choices.Audience.choices, help_text=_("不选表示所有对象。"))
    evidence = long_text(_("依据"), help_text=_("说明书章节、文献、指南等，提交前必须填写。"))
    valid_from = day(_("生效日期"), help_text=_("不填为批准当天。"))
    valid_until = day(_("有效期至"), help_text=_("不填按规则里的最长期限。"))
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def given(self) -> dict[str, Any]:
        data = super().given()
        names = SEPARATORS.split(data.get("departments", ""))
        return data | {"departments": [name.strip() for name in names if name.strip()]}


class DecideMessageForm(InputForm):
    input_class = inputs.DecideMessage
    approve = choice(_("决定"), (("yes", _("批准")), ("no", _("退回修改"))), blank=None, required=True)
    valid_from = day(_("生效日期"), help_text=_("不填为今天。"))
    valid_until = day(_("有效期至"), help_text=_("不填按规则里的最长期限。"))
    note = text(_("意见"), wide=True, help_text=_("退回时必须写明原因。"))

    def given(self) -> dict[str, Any]:
        data = super().given()
        return data | {"approve": data.get("approve") == "yes"}


class WithdrawMessageForm(InputForm):
    input_class = inputs.WithdrawMessage
    reason = text(_("撤下原因"), required=True, wide=True)


class LineForm(InputForm):
    input_class = inputs.CreateLine
    code = text(_("编码"), required=True, help_text=_("导入文件和接口用，以后不能改。"))
    name = text(_("名称"), required=True)
    limited = tick(_("只由指定辖区经营"))


class ReviseLineForm(LineForm):
    input_class = inputs.ReviseLine
    keep_empty = True
    code = None  # type: ignore[assignment]
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in super().given().items() if name != "version" or value}


class TeamForm(InputForm):
    input_class = inputs.AddLineTeam
    territory = picker(_("辖区（含下级）"), reverse_lazy("products:pick_territory"), required=True)
    starts_on = day(_("自"), help_text=_("不填为今天。"))
    ends_on = day(_("至（不含）"))
