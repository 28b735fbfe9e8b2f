"""Forms of cases and adverse events. They only carry what was typed; the inputs judge it."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from repertory.core.time import COMPANY_ZONE
from repertory.core.web.forms import InputForm, choice, choices_of, day, long_text, text
from repertory.core.web.picker import picker
from repertory.customers.models import Customer
from repertory.service import choices, inputs, persons

Options = list[tuple[str, str]]
LOCAL = "%Y-%m-%dT%H:%M"


def hidden() -> forms.CharField:
    return forms.CharField(required=False, widget=forms.HiddenInput)


def wide(field: forms.Field) -> forms.Field:
    field.look = {"wide": True, "required": False}  # type: ignore[attr-defined]
    return field


def moment(label: Any, **more: Any) -> forms.CharField:
    """A day and a time of the company's clock."""
    shape = forms.DateTimeInput(format=LOCAL, attrs={"type": "datetime-local"})
    field = forms.CharField(label=label, required=False, widget=shape, **more)
    field.look = {"wide": False, "required": False}  # type: ignore[attr-defined]
    return field


def as_moment(typed: str) -> str:
    """What a box of moment() sends, with the company's zone; anything else as it is, for the input to refuse."""
    return f"{typed}:00+08:00" if len(typed) == len("2026-03-02T09:00") else typed


def typed_moment(at: Any) -> str:
    return f"{at.astimezone(COMPANY_ZONE):{LOCAL}}" if at else ""


class CustomerForm(InputForm):
    """A new case or report, with the customer chosen already where one comes from its page."""

    customer_id = picker(_("客户"), reverse_lazy("customers:pick_customer"), required=True)

    def __init__(
        self, data: Any = None, *, products: Options, customer: Customer | None, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial | ({"customer_id": customer.pk} if customer else {}))
        self.fields["product_id"].widget.choices = [("", "—"), *products]
        if customer is not None:
            self.fields["customer_id"].widget.shown = customer.name


class OpenCaseForm(CustomerForm):
    input_class = inputs.OpenCase
    field_order = ("customer_id", "kind", "severity", "product_id", "title", "text", "channel")
    kind = choice(_("类型"), choices.CaseKind.choices, blank=None, required=True)
    severity = choice(_("紧急程度"), choices.Severity.choices, blank=None, initial="normal", required=True)
    product_id = choice(_("产品"), ())
    title = text(_("标题"), required=True, wide=True)
    text = long_text(_("内容"), help_text=_("客户的原话和已经答应客户的事。"))
    channel = choice(_("来源"), choices.Channel.choices)
    visit_id = hidden()


class ReviseCaseForm(InputForm):
    input_class = inputs.ReviseCase
    keep_empty = True
    kind = choice(_("类型"), choices.CaseKind.choices, blank=None, required=True)
    severity = choice(
        _("紧急程度"),
        choices.Severity.choices,
        blank=None,
        required=True,
        help_text=_("改了紧急程度，到期时间从原来的起点重新计算。"),
    )
    product_id = choice(_("产品"), ())
    channel = choice(_("来源"), choices.Channel.choices, blank=None, required=True)
    title = text(_("标题"), required=True, wide=True)
    text = long_text(_("内容"))
    version = hidden()

    def __init__(self, data: Any = None, *, products: Options, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["product_id"].widget.choices = [("", "—"), *products]

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in super().given().items() if name != "version" or value}


class TakeForm(InputForm):
    input_class = inputs.TakeCase
    text = long_text(_("说明"))


class NoteForm(InputForm):
    input_class = inputs.NoteProgress
    text = long_text(_("进展"), required=True)


class AnswerForm(InputForm):
    input_class = inputs.AnswerCase
    cause = choice(_("原因"), choices.Cause.choices, required=True, help_text=_("用来统计问题主要出在哪里。"))
    result = long_text(_("处理结果"), required=True, help_text=_("准备怎样答复客户。"))


class TellForm(InputForm):
    input_class = inputs.TellCustomer
    how = choice(_("告知方式"), choices.Channel.choices, blank=None, required=True)
    text = long_text(_("客户反应"))


class ReopenForm(InputForm):
    input_class = inputs.ReopenCase
    reason = long_text(_("原因"), required=True, help_text=_("重新打开后，时限从现在重新计算。"))


class AssignForm(InputForm):
    input_class = inputs.AssignCase
    owner = choice(_("新的负责人"), (), required=True)
    reason = text(_("原因"), wide=True)

    def __init__(self, data: Any = None, *, people: Options) -> None:
        super().__init__(data)
        self.fields["owner"].widget.choices = [("", "—"), *people]


class EventFactsForm(InputForm):
    """The report itself, in the order in which one asks for it."""

    product_id = choice(_("怀疑药品"), ())
    product_text = text(_("药品原话"), help_text=_("说不准是哪个产品时，照客户说的写。"))
    lot = text(_("批号"))
    onset_on = day(_("发生日期"))
    description = long_text(_("不良反应经过"), help_text=_("什么时候用药、出现什么、怎样处理。不要写患者姓名。"))
    seriousness = wide(
        choices_of(
            _("严重程度"), choices.Seriousness.choices, help_text=_("有一项就是严重的，15 日内报告；死亡立即报告。")
        )
    )
    expectedness = choice(_("是否新的"), choices.Expectedness.choices, blank=None, help_text=_("没判断前按新的计时。"))
    outcome = choice(_("结果"), choices.Outcome.choices)
    patient_initials = text(_("患者姓名缩写"), help_text=_("只写缩写，例如 Z.S.。"))
    patient_age = text(_("患者年龄"), help_text=_("例如 65岁、8月。"))
    patient_sex = choice(_("患者性别"), choices.Sex.choices)
    reporter_kind = choice(_("报告人身份"), choices.ReporterKind.choices)
    reporter_name = text(_("报告人姓名"))
    reporter_phone = text(_("报告人电话"))
    aware_at = moment(_("首次获知时间"), help_text=_("公司任何人第一次听说的时间，报告期限从这时算起。"))

    def given(self) -> dict[str, Any]:
        data = super().given()
        return data | ({"aware_at": as_moment(data["aware_at"])} if data.get("aware_at") else {})


class ReportEventForm(EventFactsForm, CustomerForm):
    input_class = inputs.ReportAdverseEvent
    visit_id = hidden()
    case_id = hidden()
    field_order = ("customer_id",)


class CorrectEventForm(EventFactsForm):
    """Persons are not shown: an empty box leaves what is stored."""

    input_class = inputs.CorrectAdverseEvent
    keep_empty = True
    reason = text(_("更正原因"), required=True, wide=True)
    version = hidden()

    def __init__(self, data: Any = None, *, products: Options, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["product_id"].widget.choices = [("", "—"), *products]
        for name in persons.PERSONAL:
            self.fields[name].help_text = _("不填表示不改。")

    def given(self) -> dict[str, Any]:
        kept = {*persons.PERSONAL, "version", "aware_at"}
        return {name: value for name, value in super().given().items() if value or name not in kept}


class FollowUpForm(InputForm):
    input_class = inputs.FollowUp
    text = long_text(_("随访情况"), required=True)


class HandOverForm(InputForm):
    input_class = inputs.HandOverEvent
    to = text(_("移交给"), required=True, help_text=_("药物警戒部门或负责人。"))
    receipt_number = text(_("回执编号"))
    on = moment(_("移交时间"), help_text=_("不填为现在。"))
    note = text(_("说明"), wide=True)

    def given(self) -> dict[str, Any]:
        data = super().given()
        return data | ({"on": as_moment(data["on"])} if data.get("on") else {})


class CloseEventForm(InputForm):
    input_class = inputs.CloseEvent
    receipt_number = text(_("回执编号"), help_text=_("移交时已填的可以不填。"))
    note = long_text(_("关闭说明"), required=True, help_text=_("还有待补齐的内容时，写明为什么补不了。"))


class RevealForm(InputForm):
    input_class = inputs.RevealEvent
    reason = text(_("查看原因"), required=True, wide=True, help_text=_("会记入审计日志。"))
