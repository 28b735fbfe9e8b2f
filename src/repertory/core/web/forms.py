"""Forms that gather what was typed and let the input judge it: the same validation as at every other door."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.functional import Promise

from repertory.core.errors import InvalidInput, NotFound, RepertoryError
from repertory.core.inputs import Input, read_input

LONG_TEXT = 200


class InputForm(forms.Form):
    """A form whose `clean()` builds `input`, an object of `input_class`.

    Its fields only carry text (required=False everywhere). keep_empty: an emptied field is handed on as "", because
    it empties what is stored; otherwise it is left out and the input's default counts.
    """

    input_class: ClassVar[type[Input]]
    keep_empty: ClassVar[bool] = False
    input: Any = None
    result: Any = None

    def given(self) -> dict[str, Any]:
        """What is handed to the input."""
        data = {name: value for name, value in self.cleaned_data.items() if name in self.input_class.model_fields}
        if self.keep_empty:
            return data
        return {name: value for name, value in data.items() if value not in ("", None, [])}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            self.input = read_input(self.input_class, self.given())
        except InvalidInput as error:
            self.tell(error)
        return cleaned

    def tell(self, error: RepertoryError) -> None:
        """Show an error at the field it names, else above the form."""
        items = error.details.get("errors") or [{"field": error.field, "message": str(error.message)}]
        for item in items:
            name = self.field_named(item["field"])
            self.add_error(name, forms.ValidationError(str(item["message"])))

    def field_named(self, path: str) -> str | None:
        """The form's field for an input's dotted name."""
        for name in (path.replace(".", "__"), path.split(".")[0]):
            if name in self.fields:
                return name
        return None

    def carry_out(self, act: Callable[[Any], Any]) -> bool:
        """Run the action with the input and keep its answer in `result`. What it refuses is shown in the form, and False
        comes back; NotFound passes."""
        if not self.is_valid():
            return False
        try:
            self.result = act(self.input)
        except NotFound:
            raise
        except RepertoryError as error:
            self.tell(error)
            return False
        return True


def text(label: str | Promise, *, wide: bool = False, required: bool = False, **more: Any) -> forms.CharField:
    """A line of text; required only marks the label, the input decides."""
    return _looking(forms.CharField(label=label, required=False, **more), wide=wide, required=required)


def long_text(label: str | Promise, *, required: bool = False, **more: Any) -> forms.CharField:
    shape = forms.Textarea(attrs={"rows": 3})
    return _looking(forms.CharField(label=label, required=False, widget=shape, **more), wide=True, required=required)


def day(label: str | Promise, *, required: bool = False, **more: Any) -> forms.CharField:
    shape = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return _looking(forms.CharField(label=label, required=False, widget=shape, **more), required=required)


def figure(label: str | Promise, *, step: str = "any", required: bool = False, **more: Any) -> forms.CharField:
    shape = forms.NumberInput(attrs={"step": step, "inputmode": "decimal"})
    return _looking(forms.CharField(label=label, required=False, widget=shape, **more), required=required)


def choice(
    label: str | Promise, choices: Any, *, blank: str | Promise | None = "—", required: bool = False, **more: Any
) -> forms.CharField:
    """A drop-down. It carries text: whether the value exists is the input's question."""
    options = list(choices) if blank is None else [("", blank), *choices]
    shape = forms.Select(choices=options)
    return _looking(forms.CharField(label=label, required=False, widget=shape, **more), required=required)


def choices_of(label: str | Promise, choices: Any, **more: Any) -> forms.Field:
    """Several of a few."""
    return forms.MultipleChoiceField(
        label=label, choices=list(choices), required=False, widget=forms.CheckboxSelectMultiple, **more
    )


def tick(label: str | Promise, **more: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, **more)


def of_model_field(field: models.Field) -> forms.Field:
    """The form field that fits a model's column."""
    label = field.verbose_name
    if field.choices:
        return choice(label, field.choices)
    if isinstance(field, models.DateField):
        return day(label)
    if isinstance(field, models.DecimalField | models.IntegerField):
        return figure(label)
    if (field.max_length or 0) > LONG_TEXT:
        return long_text(label)
    return text(label)


def _looking(field: forms.CharField, *, wide: bool = False, required: bool = False) -> forms.CharField:
    """Hints for core/_field.html."""
    field.look = {"wide": wide, "required": required}  # type: ignore[attr-defined]
    return field
