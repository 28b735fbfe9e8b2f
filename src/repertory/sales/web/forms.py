"""Forms of the sales pages. They only carry what was typed; the inputs judge it."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from repertory.core.web.forms import InputForm, choice, day, figure, long_text, text, tick
from repertory.core.web.picker import picker
from repertory.sales import inputs
from repertory.sales.choices import StrayState

Options = list[tuple[str, str]]


class DismissForm(InputForm):
    input_class = inputs.DismissRows
    note = text(_("不入账的原因"), required=True, wide=True)

    def __init__(self, data: Any = None, *, rows: list[str]) -> None:
        super().__init__(data)
        self.rows = rows

    def given(self) -> dict[str, Any]:
        return super().given() | {"rows": self.rows}


class LearnForm(InputForm):
    """What a name means: in all files, or in this seller's only."""

    only_here = tick(_("只在这家商业公司的文件里这样对应"))

    def __init__(self, data: Any = None, *, words: str, seller: str, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.words, self.seller = words, seller
        if not seller:
            del self.fields["only_here"]

    def given(self) -> dict[str, Any]:
        seller = self.seller if self.cleaned_data.get("only_here") else None
        return super().given() | {"text": self.words} | ({"seller": seller} if seller else {})


class LearnCustomerForm(LearnForm):
    input_class = inputs.LearnCustomer
    field_order = ("customer", "only_here")
    customer = picker(_("客户档案"), reverse_lazy("customers:pick_organisation"), required=True)

    def __init__(self, data: Any = None, *, shown: str = "", **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["customer"].widget.shown = shown


class LearnProductForm(LearnForm):
    input_class = inputs.LearnProduct
    field_order = ("product", "only_here")
    product = choice(_("产品"), (), required=True)

    def __init__(self, data: Any = None, *, products: Options, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["product"].widget.choices = [("", "—"), *products]


class LearnUnitForm(LearnForm):
    input_class = inputs.LearnUnit
    field_order = ("factor", "product", "only_here")
    factor = figure(_("折合多少销售单位"), required=True, help_text=_("例如 1 件 = 200 盒，填 200。"))
    product = choice(_("产品"), (), help_text=_("不选表示所有产品都这样折合。"))

    def __init__(self, data: Any = None, *, products: Options, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["product"].widget.choices = [("", _("所有产品")), *products]


class DecideStrayForm(InputForm):
    input_class = inputs.DecideStray
    state = choice(_("结论"), StrayState.choices, blank=None, required=True)
    note = long_text(_("处理说明"), required=True)
    version = forms.CharField(required=False, widget=forms.HiddenInput)


class AllowAreaForm(InputForm):
    input_class = inputs.AllowArea
    seller = picker(_("商业公司"), reverse_lazy("customers:pick_organisation"), required=True)
    territory = picker(_("可销售区域"), reverse_lazy("customers:pick_territory"), required=True)
    product = choice(_("产品"), (), help_text=_("不选表示所有产品。"))
    starts_on = day(_("自"), required=True)
    ends_on = day(_("至（不含）"))

    def __init__(self, data: Any = None, *, products: Options, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["product"].widget.choices = [("", _("所有产品")), *products]


class ExemptChainForm(InputForm):
    input_class = inputs.ExemptChain
    seller = picker(_("商业公司"), reverse_lazy("customers:pick_organisation"))
    product = choice(_("产品"), ())
    reason = text(_("豁免原因"), required=True, wide=True)
    starts_on = day(_("自"), required=True)
    ends_on = day(_("至（不含）"))

    def __init__(self, data: Any = None, *, products: Options, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["product"].widget.choices = [("", "—"), *products]
