"""Forms of approvals. They only carry what was typed; the inputs judge it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from repertory.core.web.forms import InputForm, choice, day, figure, long_text, text
from repertory.platform.approvals import inputs
from repertory.platform.approvals.kinds import Options

ROWS = 5


def hidden() -> forms.CharField:
    return forms.CharField(required=False, widget=forms.HiddenInput)


class ApproveForm(InputForm):
    input_class = inputs.ApproveStep
    comment = long_text(_("意见"), help_text=_("可以不填。"))
    version = hidden()


class RejectForm(InputForm):
    input_class = inputs.RejectRequest
    comment = long_text(_("驳回理由"), required=True, help_text=_("写清楚要改什么，提交人会看到。"))
    version = hidden()


class WithdrawForm(InputForm):
    input_class = inputs.WithdrawRequest
    reason = long_text(_("撤回原因"), help_text=_("可以不填。"))
    version = hidden()


class DeputyForm(InputForm):
    input_class = inputs.NameDeputy
    person = choice(_("本人"), (), help_text=_("不选就是自己。"))
    deputy = choice(_("代理人"), (), required=True)
    starts_on = day(_("自"), required=True)
    ends_on = day(_("至（不含）"), required=True)
    reason = text(_("原因"), wide=True)

    def __init__(self, data: Any = None, *, people: Options, for_others: bool, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["deputy"].widget.choices = [("", "—"), *people]
        self.fields["person"].widget.choices = [("", "—"), *people]
        if not for_others:
            del self.fields["person"]


class RouteForm(InputForm):
    """One kind's route: as many rows as ROWS, those without a role left out."""

    input_class = inputs.SetRoute
    starts_on = day(_("生效日期"), required=True)
    source = text(_("依据"), wide=True)

    def __init__(
        self, data: Any = None, *, kind: str, roles: Options, levels: Options, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        self.kind = kind
        for row in range(ROWS):
            self.fields[f"role{row}"] = choice(_("岗位"), roles)
            self.fields[f"level{row}"] = choice(_("哪一级"), levels, blank=None)
            self.fields[f"from{row}"] = figure(_("金额从（元）"), step="0.01")

    @property
    def head(self) -> list[Any]:
        return [self["starts_on"], self["source"]]

    @property
    def steps(self) -> list[list[Any]]:
        return [[self[f"{name}{row}"] for name in ("role", "level", "from")] for row in range(ROWS)]

    def given(self) -> dict[str, Any]:
        typed = self.cleaned_data
        steps = [
            {"role": typed[f"role{row}"], "level": typed[f"level{row}"], "from_cny": typed[f"from{row}"]}
            for row in range(ROWS)
            if typed.get(f"role{row}")
        ]
        return super().given() | {"kind": self.kind, "steps": steps}

    def field_named(self, path: str) -> str | None:
        """steps.1.from_cny → the box of that step."""
        parts = path.split(".")
        if parts[0] == "steps" and len(parts) == 3:
            filled = [row for row in range(ROWS) if self.cleaned_data.get(f"role{row}")]
            name = {"role": "role", "level": "level", "from_cny": "from"}[parts[2]]
            return f"{name}{filled[int(parts[1])]}"
        return "role0" if parts[0] == "steps" else super().field_named(path)
