"""Forms of visits, plans, reports and coachings. They only carry what was typed; the inputs judge it."""

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from repertory.core import formats
from repertory.core.time import COMPANY_ZONE, now
from repertory.core.web.forms import InputForm, choice, choices_of, day, figure, long_text, text, tick
from repertory.core.web.picker import picker
from repertory.customers.choices import Kind, Tier
from repertory.organisation.choices import Role
from repertory.visits import choices, inputs

PICK_CUSTOMER = reverse_lazy("customers:pick_customer")


def clock(label: Any, **more: Any) -> forms.CharField:
    """An hour and minute."""
    shape = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.CharField(label=label, required=False, widget=shape, **more)


class HappenedForm(InputForm):
    """What took place. Products, wordings, materials and samples are gathered by `web/recording.py` as `details`."""

    input_class = inputs.RecordVisit
    customer_id = picker(_("客户"), PICK_CUSTOMER, required=True)
    on = day(_("日期"), required=True)
    starts = clock(_("开始"))
    ends = clock(_("结束"))
    mode = choice(_("方式"), choices.Mode.choices, blank=None)
    purpose = choice(_("目的"), choices.Purpose.choices, blank=None)
    subject = text(_("主题"), wide=True)
    focus = long_text(_("客户关注点"))
    questions = long_text(_("客户疑问"))
    consensus = long_text(_("达成共识"))
    disagreement = long_text(_("分歧"))
    next_step = long_text(_("下一步"))
    late_reason = text(_("补录原因"), wide=True, help_text=_("不是当天录入时填写。"))
    adverse_event = choice(_("文字里提到的是药品不良反应吗"), choices.EventAnswer.choices[1:], blank=_("请回答"))
    prescription_text_confirmed = tick(_("我已再读一遍，这段文字不是处方统计"))
    next_on = day(_("下次日期"))
    next_starts = clock(_("下次时间"))
    next_aim = text(_("下次目标"), wide=True)
    next_prepare = text(_("要准备的"), wide=True)
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    WHO = ("customer_id", "on", "starts", "ends", "mode", "purpose", "subject")
    MINUTES = ("focus", "questions", "consensus", "disagreement", "next_step")
    NEXT = ("next_on", "next_starts", "next_aim", "next_prepare")

    def __init__(self, data: Any = None, *, details: dict[str, Any] | None = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.details = details or {}

    def given(self) -> dict[str, Any]:
        typed = {name: value for name, value in self.cleaned_data.items() if value not in ("", None, [])}
        data = {name: value for name, value in typed.items() if name in self.input_class.model_fields}
        data["starts_at"] = _moment(typed.get("on"), typed.get("starts"))
        if typed.get("ends"):
            data["ends_at"] = _moment(typed.get("on"), typed["ends"])
        if typed.get("next_on"):
            parts = {"on": "next_on", "starts": "next_starts", "aim": "next_aim", "prepare": "next_prepare"}
            data["next_visit"] = {key: typed[name] for key, name in parts.items() if typed.get(name)}
        return {name: value for name, value in (data | self.details).items() if value not in ("", None, [])}

    def field_named(self, path: str) -> str | None:
        known = {"starts_at": "starts", "ends_at": "ends", "next_visit.on": "next_on"}
        return known.get(path) or super().field_named(path)

    def part(self, names: tuple[str, ...]) -> list[Any]:
        return [self[name] for name in names if name in self.fields]

    @property
    def who(self) -> list[Any]:
        return self.part(self.WHO)

    @property
    def minutes(self) -> list[Any]:
        return self.part(self.MINUTES)

    @property
    def following(self) -> list[Any]:
        return self.part(self.NEXT)

    @property
    def asked(self) -> list[Any]:
        """The questions that the text raises; shown once they are raised."""
        raised = {error.code for errors in self.errors.as_data().values() for error in errors}
        names = [name for name in ("adverse_event", "prescription_text_confirmed") if self.data.get(name)]
        if "adverse_event_question" in raised:
            names.append("adverse_event")
        if "prescription_counts" in raised:
            names.append("prescription_text_confirmed")
        return self.part(tuple(dict.fromkeys(names)))

    def tell(self, error: Any) -> None:
        """As any form, and remember the code, because two of them open a question."""
        if error.code in ("adverse_event_question", "prescription_counts"):
            name = self.field_named(error.field)
            self.add_error(name, forms.ValidationError(str(error.message), code=error.code))
            return
        super().tell(error)


class CompleteForm(HappenedForm):
    input_class = inputs.CompleteVisit

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        del self.fields["customer_id"]


def _moment(on: Any, clock_: Any) -> str:
    """As the input reads it; the present minute where no hour was given."""
    local: datetime = now().astimezone(COMPANY_ZONE)
    return f"{on or local.date()}T{clock_ or f'{local:%H:%M}'}:00+08:00"


class PlanForm(InputForm):
    input_class = inputs.PlanVisit
    customer_id = picker(_("客户"), PICK_CUSTOMER, required=True)
    on = day(_("日期"), required=True)
    starts = clock(_("时间"))
    minutes = figure(_("时长（分钟）"), step="5")
    mode = choice(_("方式"), choices.Mode.choices, blank=None)
    purpose = choice(_("目的"), choices.Purpose.choices, blank=None, initial=choices.Purpose.FOLLOW_UP)
    aim = text(_("目标"), wide=True)
    prepare = text(_("要准备的"), wide=True)
    username = choice(_("拜访人"), (), blank=_("我自己"))

    def __init__(self, data: Any = None, *, people: list[tuple[str, str]], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["username"].widget.choices = [("", _("我自己")), *people]
        if not people:
            del self.fields["username"]


class MoveForm(InputForm):
    input_class = inputs.MoveVisit
    on = day(_("改到"), required=True)
    starts = clock(_("时间"))
    username = choice(_("交给"), (), blank=_("不换人"))
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, people: list[tuple[str, str]], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["username"].widget.choices = [("", _("不换人")), *people]
        if not people:
            del self.fields["username"]


class EmailForm(InputForm):
    """The template was chosen on the page; what is wrong stands above."""

    input_class = inputs.SendEmail
    purpose = choice(_("目的"), choices.Purpose.choices, blank=None, initial=choices.Purpose.DELIVER)
    customer_id = forms.CharField(required=False, widget=forms.HiddenInput)
    version_id = forms.CharField(required=False, widget=forms.HiddenInput)
    uid = forms.CharField(required=False, widget=forms.HiddenInput)

    def field_named(self, path: str) -> str | None:
        name = super().field_named(path)
        return None if name is None or self.fields[name].widget.is_hidden else name


class CancelForm(InputForm):
    input_class = inputs.CancelVisit
    reason = text(_("原因"), required=True, wide=True)


class AmendForm(InputForm):
    input_class = inputs.AmendVisit
    keep_empty = True
    subject = text(_("主题"), wide=True)
    focus = long_text(_("客户关注点"))
    questions = long_text(_("客户疑问"))
    consensus = long_text(_("达成共识"))
    disagreement = long_text(_("分歧"))
    next_step = long_text(_("下一步"))
    adverse_event = choice(_("文字里提到的是药品不良反应吗"), choices.EventAnswer.choices[1:], blank=_("没有提到"))
    prescription_text_confirmed = tick(_("我已再读一遍，这段文字不是处方统计"))
    take_back_handouts = choices_of(_("没有给、要冲回的资料"), ())
    take_back_samples = choices_of(_("没有给、要冲回的样品"), ())
    take_back_reason = text(_("冲回原因"), wide=True)
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, handouts: list[tuple[str, str]], samples: list[tuple[str, str]], initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        for name, options in (("take_back_handouts", handouts), ("take_back_samples", samples)):
            self.fields[name].choices = options  # type: ignore[attr-defined]
            if not options:
                del self.fields[name]
        if not handouts and not samples:
            del self.fields["take_back_reason"]


class HoursForm(InputForm):
    input_class = inputs.SetHours
    weekday = choice(_("星期"), (), blank=None, required=True)
    opens = clock(_("从"))
    closes = clock(_("到"))
    note = text(_("说明"), wide=True, help_text=_("像“专家门诊”这样。"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["weekday"].widget.choices = list(enumerate(formats.weekdays()))


class TermsForm(InputForm):
    input_class = inputs.SetInstitutionTerms
    demands_appointment = tick(_("拜访要先预约"))
    demands_consent = tick(_("学术拜访要医院事先同意"))
    note = text(_("说明"), wide=True, help_text=_("像“每周三下午，科教处登记”这样。"))


class InstitutionConsentForm(InputForm):
    input_class = inputs.RecordInstitutionConsent
    reference = text(_("凭据"), wide=True, required=True, help_text=_("登记表、批件或邮件的名称和编号。"))
    starts_on = day(_("自"), required=True)
    ends_on = day(_("至（不含）"), help_text=_("没有期限的留空。"))


class FrequencyForm(InputForm):
    input_class = inputs.SetFrequency
    kind = choice(_("客户类别"), Kind.choices, blank=_("所有类别"))
    tier = choice(_("等级分类"), Tier.choices, blank=_("所有等级"))
    role = choice(_("岗位"), Role.choices[:3], blank=_("所有岗位"))
    per_month = figure(_("每月次数"), step="0.25", required=True, help_text=_("0.5 为两个月一次，0 为不要求。"))
    starts_on = day(_("自"), required=True)
    note = text(_("说明"), wide=True)


class SubmitPlanForm(InputForm):
    input_class = inputs.SubmitPlan
    note = text(_("给上级的说明"), wide=True)


class DecidePlanForm(InputForm):
    input_class = inputs.DecidePlan
    approve = choice(_("意见"), (("true", _("批准")), ("false", _("退回"))), blank=None)
    note = text(_("审批意见"), wide=True, help_text=_("退回时写明原因。"))


class ReportForm(InputForm):
    input_class = inputs.SendReport
    text = long_text(_("总结"))
    tomorrow = long_text(_("下一步安排"))
    kind = forms.CharField(required=False, widget=forms.HiddenInput)
    on = forms.CharField(required=False, widget=forms.HiddenInput)


class CommentForm(InputForm):
    input_class = inputs.CommentReport
    text = text(_("点评"), wide=True, required=True)


class CoachingForm(InputForm):
    """agreed: one line each; ratings and the review of earlier actions are fields made for the person."""

    input_class = inputs.RecordCoaching
    username = choice(_("代表"), (), blank=None, required=True)
    on = day(_("日期"), required=True)
    visit_id = choice(_("一起做的拜访"), (), blank=_("不是某一次拜访"))
    observed = long_text(_("观察到的"), required=True)
    strengths = long_text(_("做得好的"))
    improvements = long_text(_("可以提高的"))
    agreed_text = long_text(_("商定的行动"), help_text=_("一行一条。"))
    agreed_due = day(_("期限"))

    def __init__(
        self,
        data: Any = None,
        *,
        people: list[tuple[str, str]],
        visits: list[tuple[str, str]],
        open_actions: list[tuple[int, str]],
        initial: Any = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["username"].widget.choices = people
        self.fields["visit_id"].widget.choices = [("", _("不是某一次拜访")), *visits]
        self.open_actions = open_actions
        for skill in choices.Skill:
            scores = [(str(score), str(score)) for score in range(1, 6)]
            self.fields[f"skill_{skill.value}"] = choice(skill.label, scores)
        for key, label in open_actions:
            self.fields[f"reviewed_{key}"] = choice(label, choices.AgreedState.choices, blank=_("这次没有看"))

    def given(self) -> dict[str, Any]:
        typed = {name: value for name, value in self.cleaned_data.items() if value not in ("", None, [])}
        data = {name: value for name, value in typed.items() if name in self.input_class.model_fields}
        data["ratings"] = [
            {"skill": skill.value, "score": typed[f"skill_{skill.value}"]}
            for skill in choices.Skill
            if f"skill_{skill.value}" in typed
        ]
        lines = [line.strip() for line in typed.get("agreed_text", "").splitlines() if line.strip()]
        data["agreed"] = [{"text": line, "due_on": typed.get("agreed_due")} for line in lines]
        data["reviewed"] = [
            {"action_id": key, "state": typed[f"reviewed_{key}"]}
            for key, _label in self.open_actions
            if f"reviewed_{key}" in typed
        ]
        return data

    def part(self, prefix: str) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith(prefix)]

    @property
    def skills(self) -> list[Any]:
        return self.part("skill_")

    @property
    def reviews(self) -> list[Any]:
        return self.part("reviewed_")

    @property
    def main(self) -> list[Any]:
        return [self[name] for name in self.fields if not name.startswith(("skill_", "reviewed_"))]


class ReplyForm(InputForm):
    input_class = inputs.ReplyCoaching
    reply = text(_("我的反馈"), wide=True, required=True)
