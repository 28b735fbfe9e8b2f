"""Forms of plans, targets and tasks. They only carry what was typed; the inputs judge it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from repertory.core.web.forms import InputForm, choice, day, figure, long_text, text, tick
from repertory.plans import choices, inputs

Options = list[tuple[str, str]]
SEASONS = (("history", _("按去年各月")), ("equal", _("各月相同")), ("weights", _("自定权重")))
DEPTHS = (("nodes", _("下一级区域")), ("all_nodes", _("逐级到最下级区域")), ("customers", _("逐级到客户")))
METHODS = (
    ("history", _("按去年同月销售")),
    ("potential", _("按客户潜力")),
    ("equal", _("平均")),
    ("weights", _("自定权重")),
)


def hidden() -> forms.CharField:
    return forms.CharField(required=False, widget=forms.HiddenInput)


class CreatePlanForm(InputForm):
    """The year's figures of the products stand in boxes named product_<key>."""

    input_class = inputs.CreatePlan
    year = figure(_("年份"), step="1", required=True)
    measure = choice(_("计量"), choices.Measure.choices, blank=None, required=True)
    step = figure(_("分解到"), initial="1", help_text=_("指标都是它的整倍数：1 元、0.01 元或 1 个销售单位。"))
    growth_percent = figure(_("在去年销售上增长（%）"), help_text=_("下面没有填年度指标的产品，按去年销售乘以增长率。"))
    stretch_percent = figure(_("挑战指标比基本指标高（%）"), help_text=_("不填则不设挑战指标。"))
    seasons = choice(_("分到各月"), SEASONS, blank=None)
    months = text(_("各月权重"), wide=True, help_text=_("选“自定权重”时填 12 个数，用空格隔开。"))
    reason = long_text(_("编制说明"))

    def __init__(self, data: Any = None, *, products: Options, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.products = [key for key, _name in products]
        for key, name in products:
            self.fields[f"product_{key}"] = figure(name)

    def given(self) -> dict[str, Any]:
        typed = {key: self.cleaned_data.get(f"product_{key}") for key in self.products}
        figures = [{"product_id": key, "value": value} for key, value in typed.items() if value not in ("", None)]
        weights = str(self.cleaned_data.get("months") or "").replace("，", " ").replace(",", " ").split()
        return {**super().given(), "figures": figures} | ({"month_weights": weights} if weights else {})

    def field_named(self, path: str) -> str | None:
        if path.startswith("month_weights"):
            return "months"
        return super().field_named(path)


class BreakDownForm(InputForm):
    input_class = inputs.BreakDown
    territory = hidden()
    level = hidden()
    depth = choice(_("分解到哪里"), DEPTHS, blank=None, required=True)
    method = choice(
        _("按什么分"), METHODS, blank=None, required=True, help_text=_("已锁定的不变，其余的按权重分摊剩下的部分。")
    )
    product = choice(_("产品"), (), blank=_("全部产品"))
    period = text(_("期间"), help_text=_("不填为全年，例如 2026-Q3 或 2026-03。"))
    shares = long_text(_("自定权重"), help_text=_("每行一个：下级区域或客户的编码，空格，权重。"))

    def __init__(self, data: Any = None, *, products: Options, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["product"].widget.choices = [("", _("全部产品")), *products]

    def given(self) -> dict[str, Any]:
        data = super().given()
        product = self.cleaned_data.get("product")
        lines = [line.split() for line in str(self.cleaned_data.get("shares") or "").splitlines() if line.strip()]
        weights = [{"code": line[0], "weight": line[1] if len(line) > 1 else ""} for line in lines]
        return data | ({"product_ids": [product]} if product else {}) | ({"weights": weights} if weights else {})

    def field_named(self, path: str) -> str | None:
        names = {"weights": "shares", "product_ids": "product"}
        return names.get(path.split(".")[0]) or super().field_named(path)


class FigureForm(InputForm):
    """One figure in place. Empty: only the lock is taken off."""

    input_class = inputs.SetFigure
    value = figure(_("指标"), required=True)
    fixed = tick(_("锁定"), help_text=_("锁定的不再变，同级其余的分摊剩下的部分。"))
    seen = hidden()

    def __init__(self, data: Any = None, *, place: dict[str, Any], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.place = place

    def given(self) -> dict[str, Any]:
        data = {**self.place, **super().given(), "fixed": bool(self.cleaned_data.get("fixed"))}
        if not data["fixed"] and data.get("value") == data.get("seen"):
            data.pop("value", None)
        return data


class ProposeForm(InputForm):
    input_class = inputs.ProposeFigure
    value = figure(_("建议指标"), required=True)
    reason = long_text(_("理由"), required=True)

    def __init__(self, data: Any = None, *, place: dict[str, Any]) -> None:
        super().__init__(data)
        self.place = place

    def given(self) -> dict[str, Any]:
        return {**self.place, **super().given()}


class AnswerForm(InputForm):
    input_class = inputs.AnswerReply
    accept = choice(_("答复"), (("true", _("采纳")), ("false", _("不采纳"))), blank=None, required=True)
    answer = long_text(_("说明"))


class ReviseForm(InputForm):
    input_class = inputs.ReviseFigures
    reason = long_text(_("调整原因"), required=True)


class SubmitForm(InputForm):
    input_class = inputs.SubmitTargetPlan
    note = long_text(_("说明"))


class OpenTaskForm(InputForm):
    input_class = inputs.OpenTask
    owner = choice(_("负责人"), (), blank=None)
    kind = choice(_("类型"), choices.TaskKind.choices, blank=None, required=True)
    on = day(_("哪一周、月或季度"), required=True, help_text=_("其中任何一天；行动计划填开始日期。"))
    until = day(_("行动计划结束日期"))
    goal = figure(_("目标值"), help_text=_("能计数的任务才填，例如 3 场科室会。"))
    unit = text(_("单位"))
    due_on = day(_("截止日期"), help_text=_("不填为期间的最后一天。"))
    text = long_text(_("内容"), required=True)

    def __init__(self, data: Any = None, *, people: Options, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["owner"].widget.choices = people


class ReviseTaskForm(InputForm):
    input_class = inputs.ReviseTask
    keep_empty = True
    goal = figure(_("目标值"))
    unit = text(_("单位"))
    due_on = day(_("截止日期"), required=True)
    text = long_text(_("内容"), required=True)
    version = hidden()

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in super().given().items() if name != "version" or value}


class NoteTaskForm(InputForm):
    input_class = inputs.NoteTask
    text = long_text(_("进展"), required=True)
    reached = figure(_("到现在完成"))


class FinishTaskForm(InputForm):
    input_class = inputs.FinishTask
    text = long_text(_("完成情况"))
    reached = figure(_("一共完成"))


class CheckTaskForm(InputForm):
    input_class = inputs.CheckTask
    accept = choice(_("检查结果"), (("true", _("通过")), ("false", _("退回继续"))), blank=None, required=True)
    text = long_text(_("意见"))


class CommentTaskForm(InputForm):
    input_class = inputs.CommentTask
    text = long_text(_("意见"), required=True)


class CancelTaskForm(InputForm):
    input_class = inputs.CancelTask
    reason = long_text(_("原因"), required=True)
