"""Forms of price lists, suggestions and development plans. They only carry what was typed; the inputs judge it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from repertory.core import regions
from repertory.core.web.forms import InputForm, choice, day, figure, long_text, text
from repertory.products import choices, inputs

Options = list[tuple[str, str]]


def hidden() -> forms.CharField:
    return forms.CharField(required=False, widget=forms.HiddenInput)


class PriceListForm(InputForm):
    input_class = inputs.DraftPriceList
    code = text(_("编码"), required=True)
    name = text(_("名称"), required=True)
    starts_on = day(_("生效日期"), required=True, help_text=_("批准得晚时，从批准那天起生效。"))
    note = long_text(_("说明"))


class RevisePriceListForm(InputForm):
    input_class = inputs.RevisePriceList
    keep_empty = True
    name = text(_("名称"), required=True)
    starts_on = day(_("生效日期"), required=True, help_text=_("批准得晚时，从批准那天起生效。"))
    note = long_text(_("说明"))
    version = hidden()


class NextPriceListForm(InputForm):
    input_class = inputs.NextPriceList
    starts_on = day(_("生效日期"), required=True, help_text=_("价格先照抄现在这一版，再逐个修改。"))


class PriceForm(InputForm):
    input_class = inputs.SetPrice
    pack = choice(_("规格"), (), required=True)
    customer_kind = choice(_("客户类型"), choices.Audience.choices, blank=_("全部"))
    tier = text(_("客户等级"), help_text=_("例如 A；不填就是全部。"))
    province = choice(_("省份"), (), blank=_("全国"))
    months = text(_("月份"), help_text=_("例如 3-5、12；全年不填。"))
    from_quantity = figure(_("起订量"), step="1")
    price_cny = figure(_("单价（元）"), step="0.0001", required=True)
    floor_cny = figure(_("底价（元）"), step="0.0001", required=True)
    starts_on = day(_("自"), help_text=_("不填就是价格表的生效日期。"))
    ends_on = day(_("至（不含）"))

    def __init__(self, data: Any = None, *, packs: Options, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["pack"].widget.choices = [("", "—"), *packs]
        self.fields["province"].widget.choices = [("", _("全国")), *regions.provinces()]


class SubmitForm(InputForm):
    input_class = inputs.SubmitPriceList
    reason = long_text(_("理由"), help_text=_("审批人会看到。"))


class WithdrawPriceListForm(InputForm):
    input_class = inputs.WithdrawPriceList
    reason = long_text(_("撤下原因"), required=True)


class SuggestForm(InputForm):
    input_class = inputs.SuggestChange
    kind = choice(_("类型"), choices.SuggestionKind.choices, required=True)
    text = long_text(_("建议"), required=True, help_text=_("写清楚谁提出的、现在的问题、希望怎么改。"))
    customer_id = hidden()
    visit_id = hidden()


class AnswerForm(InputForm):
    input_class = inputs.AnswerSuggestion
    state = choice(
        _("结论"), [one for one in choices.SuggestionState.choices if one[0] != "new"], blank=None, required=True
    )
    answer = long_text(_("答复"), help_text=_("提出人会看到。"))
    version = hidden()


class MilestoneForm(InputForm):
    input_class = inputs.PlanMilestone
    due_on = day(_("计划日期"), required=True)
    title = text(_("节点"), required=True)
    text = long_text(_("说明"))


class ReviseMilestoneForm(InputForm):
    input_class = inputs.ReviseMilestone
    keep_empty = True
    due_on = day(_("计划日期"), required=True)
    title = text(_("节点"), required=True)
    text = long_text(_("说明"))
    done_on = day(_("完成日期"))
    version = hidden()
