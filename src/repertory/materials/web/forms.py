"""Forms of materials and samples. They only carry what was typed; the inputs judge it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from repertory.core.web.forms import InputForm, choice, choices_of, day, figure, long_text, text, tick
from repertory.materials import inputs
from repertory.materials.choices import MaterialKind
from repertory.materials.models import Material
from repertory.products.choices import Audience

Options = list[tuple[str, str]]
STORE = "-"


class CreateForm(InputForm):
    input_class = inputs.CreateMaterial
    title = text(_("资料名称"), required=True)
    kind = choice(_("资料类型"), MaterialKind.choices, blank=None, required=True)
    is_electronic = tick(_("电子资料（展示或发送，没有库存）"))
    code = text(_("资料编码"), help_text=_("不填时自动编号。"))
    products = choices_of(_("相关产品"), (), help_text=_("不选表示与产品无关。"))
    note = text(_("备注"), wide=True)

    def __init__(self, data: Any = None, *, products: Options, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["products"].choices = products  # type: ignore[attr-defined]


class ReviseForm(CreateForm):
    input_class = inputs.ReviseMaterial
    keep_empty = True
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in super().given().items() if name != "version" or value}


class ReasonForm(InputForm):
    """Why; for removing, withdrawing and taking back."""

    reason = text(_("原因"), required=True, wide=True)


class RemoveForm(ReasonForm):
    input_class = inputs.RemoveMaterial


class WithdrawForm(ReasonForm):
    input_class = inputs.WithdrawVersion


class TakeBackForm(ReasonForm):
    input_class = inputs.TakeBack


class VersionForm(InputForm):
    input_class = inputs.ReviseVersion
    summary = long_text(_("内容说明"), help_text=_("写清楚内容，便于审批和选用。"))
    subject = text(_("邮件主题"), wide=True, required=True)
    body = long_text(
        _("邮件正文"), required=True, help_text=_("可以用 {姓名}、{称呼}、{医院}、{代表}，发送时换成实际内容。")
    )
    audiences = choices_of(_("对象"), Audience.choices, help_text=_("不选表示所有对象。"))
    valid_from = day(_("生效日期"), help_text=_("不填为批准当天。"))
    valid_until = day(_("有效期至"), help_text=_("不填按规则里的最长期限。"))
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, material: Material, **more: Any) -> None:
        super().__init__(data, **more)
        if material.kind != MaterialKind.EMAIL:
            del self.fields["subject"], self.fields["body"]


class DecideForm(InputForm):
    input_class = inputs.DecideVersion
    approve = choice(_("决定"), (("yes", _("批准")), ("no", _("退回修改"))), blank=None, required=True)
    valid_from = day(_("生效日期"), help_text=_("不填为今天。"))
    valid_until = day(_("有效期至"), help_text=_("不填按规则里的最长期限。"))
    note = text(_("意见"), wide=True, help_text=_("退回时必须写明原因。"))

    def given(self) -> dict[str, Any]:
        data = super().given()
        return data | {"approve": data.get("approve") == "yes"}


class LedgerForm(InputForm):
    """A movement. people: to whom, or whose bag; central: whether the store may be named."""

    def __init__(self, data: Any = None, *, people: Options | None = None, central: bool = False) -> None:
        super().__init__(data)
        store = [(STORE, _("总库"))] if central else []
        for name, first in (("to", [("", "—")]), ("holder", store)):
            if name in self.fields:
                self.fields[name].widget.choices = [*first, *(people or [])]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        data = super().given()
        if data.get("holder") == STORE:
            return {**data, "holder": "", "central": True}
        return data


class ReceiveForm(LedgerForm):
    input_class = inputs.Receive
    quantity = figure(_("数量"), step="1", required=True)
    on = day(_("入库日期"), help_text=_("不填为今天。"))
    reason = text(_("来源说明"), wide=True)


class ReceiveLotForm(ReceiveForm):
    input_class = inputs.ReceiveLot
    field_order = ("pack", "lot_number", "expires_on", "quantity", "on", "reason")
    pack = choice(_("产品规格"), (), required=True)
    lot_number = text(_("批号"), required=True)
    expires_on = day(_("有效期至"), required=True)

    def __init__(self, data: Any = None, *, packs: Options, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data)
        self.initial = initial or {}
        self.fields["pack"].widget.choices = [("", "—"), *packs]  # type: ignore[attr-defined]


class IssueForm(LedgerForm):
    input_class = inputs.Issue
    to = choice(_("发给"), (), required=True)
    quantity = figure(_("数量"), step="1", required=True)
    from_own = tick(_("从我手上发（不勾选为总库）"))
    on = day(_("日期"), help_text=_("不填为今天。"))
    reason = text(_("说明"), wide=True)


class ReturnForm(LedgerForm):
    input_class = inputs.Return
    holder = choice(_("从谁手上退回总库"), (), blank=None)
    quantity = figure(_("数量"), step="1", required=True)
    on = day(_("日期"), help_text=_("不填为今天。"))
    reason = text(_("说明"), wide=True)


class LoseForm(LedgerForm):
    input_class = inputs.Lose
    holder = choice(_("在谁手上"), (), blank=None)
    quantity = figure(_("数量"), step="1", required=True)
    on = day(_("日期"), help_text=_("不填为今天。"))
    reason = text(_("原因"), required=True, wide=True, help_text=_("丢失、损坏、过期销毁等，写清楚经过。"))


class CountForm(LedgerForm):
    input_class = inputs.Count
    holder = choice(_("盘点哪里"), (), blank=None)
    counted = figure(_("实盘数量"), step="1", required=True)
    on = day(_("日期"), help_text=_("不填为今天。"))
    reason = text(_("差异说明"), wide=True)


class HandOutForm(InputForm):
    """The material's version, for a customer that the page knows."""

    input_class = inputs.HandOut
    version_id = choice(_("资料"), (), required=True)
    quantity = figure(_("数量"), step="1", initial=1, required=True)

    def __init__(self, data: Any = None, *, versions: Options) -> None:
        super().__init__(data)
        self.fields["version_id"].widget.choices = [("", "—"), *versions]  # type: ignore[attr-defined]


class GiveSampleForm(InputForm):
    """signed: the picture of the signature, uploaded; the phone draws it."""

    input_class = inputs.GiveSample
    lot_id = choice(_("样品"), (), required=True)
    quantity = figure(_("盒数"), step="1", initial=1, required=True)
    signature_id = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, lots: Options) -> None:
        super().__init__(data)
        self.fields["lot_id"].widget.choices = [("", "—"), *lots]  # type: ignore[attr-defined]
