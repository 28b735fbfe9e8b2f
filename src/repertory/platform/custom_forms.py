"""How the administrator's own fields are asked for and shown."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from repertory.core.web.forms import choice, choices_of, day, figure, text
from repertory.core.web.picker import picker
from repertory.platform.models import CustomField
from repertory.platform.models.custom_fields import FieldKind


def label_of(definition: CustomField) -> str:
    if definition.label_en and (get_language() or "").startswith("en"):
        return definition.label_en
    return definition.label


def custom_form_field(definition: CustomField, *, reference_url: str | Promise = "") -> forms.Field:
    """reference_url: what suggests the customers that a reference may name; without it their number is asked for."""
    label, help_text = label_of(definition), definition.help
    options = [(option, option) for option in definition.options]
    if definition.kind == FieldKind.CHOICE:
        return choice(label, options, required=definition.required, help_text=help_text)
    if definition.kind == FieldKind.CHOICES:
        return choices_of(label, options, help_text=help_text)
    if definition.kind == FieldKind.DATE:
        return day(label, required=definition.required, help_text=help_text)
    if definition.kind == FieldKind.REFERENCE and reference_url:
        return picker(label, reference_url, required=definition.required, help_text=help_text)
    if definition.kind in (FieldKind.NUMBER, FieldKind.REFERENCE):
        return figure(label, required=definition.required, help_text=help_text)
    return text(label, required=definition.required, help_text=help_text)


def shown_value(value: Any) -> Any:
    """A stored value as a person reads it."""
    return "" if value is None else value


def shown_text(value: Any) -> str:
    return _("、").join(value) if isinstance(value, list) else str(shown_value(value))
