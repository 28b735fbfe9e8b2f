"""What templates need to show things the same way everywhere."""

import functools
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString

from repertory.core import formats, time
from repertory.core.web.assets import asset_url

register = template.Library()

PREFERENCES = {"theme": ("system", "light", "dark"), "density": ("normal", "compact")}


@register.simple_tag
def asset(name: str) -> str:
    """{% asset "app.css" %}: the address of a built file."""
    return asset_url(name)


@register.simple_tag
@functools.cache
def icon(name: str, css: str = "") -> SafeString:
    """{% icon "users" %}: a picture from frontend/icons.json; it says nothing to a screen reader."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#{}"></use></svg>', css, asset_url("icons.svg"), name
    )


@register.simple_tag(takes_context=True)
def page_attributes(context: RequestContext) -> SafeString:
    """The person's choice of theme and density, on the <html> element so that nothing flashes."""
    theme = _preference(context, "theme")
    shown = "dark" if theme == "dark" else "light"
    density = _preference(context, "density")
    return format_html('data-theme="{}" data-bs-theme="{}" data-density="{}"', theme, shown, density)


@register.simple_tag(takes_context=True)
def preference(context: RequestContext, name: str, value: str) -> SafeString:
    """Attributes of a button that chooses `value` for "theme" or "density"."""
    checked = "true" if _preference(context, name) == value else "false"
    return format_html(
        'role="menuitemradio" data-preference="{}" data-value="{}" aria-checked="{}"', name, value, checked
    )


def _preference(context: RequestContext, name: str) -> str:
    """What the signed-in person chose for all devices, else this browser's choice; an error page without a request has the
    first."""
    allowed = PREFERENCES[name]
    request = context.get("request")
    own = getattr(request, "looks", {})
    value = own.get(name) or request.COOKIES.get(name) if request is not None else None
    return value if value in allowed else allowed[0]


@register.filter
def number(value: int | Decimal | None) -> str:
    return formats.number(value)


@register.filter
def short_number(value: int | Decimal | None) -> str:
    return formats.short_number(value)


@register.filter
def kilometres(metres: int | None) -> str:
    """12345 → 12.3."""
    return "" if metres is None else f"{metres / 1000:.1f}"


@register.filter
def percent(value: float | None) -> str:
    return formats.percent(value)


@register.filter
def money(value: Decimal | None) -> str:
    return formats.money(value)


@register.filter
def human_date(value: date | datetime | None) -> str:
    return formats.human_date(value, time.today())


@register.filter
def human_time(value: datetime | None) -> str:
    return formats.human_time(value, time.today())


@register.filter
def weekday(number: int) -> str:
    """0 → 周一."""
    return formats.weekdays()[number]


@register.filter
def lookup(holder: Any, key: Any) -> Any:
    """A dict's value by a key that stands in a variable."""
    return holder.get(key, "")


@register.filter
def field_of(form: Any, name: str) -> Any:
    """A form's bound field by a name that stands in a variable."""
    return form[name]


@register.simple_tag
def widget(bound: BoundField) -> SafeString:
    """A form field's input with the look of its kind; works for forms of other packages too."""
    css = _css_of(bound.field.widget)
    given = bound.field.widget.attrs.get("class", "")
    return bound.as_widget(attrs={"class": f"{css} {given}".strip()} if css or given else None)


def _css_of(shape: forms.Widget) -> str:
    if isinstance(shape, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "choice-list"
    if isinstance(shape, forms.CheckboxInput):
        return "form-check-input"
    if isinstance(shape, forms.Select):
        return "form-select"
    return "" if shape.is_hidden else "form-control"
