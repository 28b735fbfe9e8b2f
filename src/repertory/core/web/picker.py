"""A field that finds its value while one types: a hidden key, a text box, and what an address suggests."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _


class Picker(forms.Widget):
    """`url` answers a fragment of <button data-value="KEY">text</button> for ?q=; `shown` is the present value's text."""

    def __init__(self, url: str | Promise, attrs: dict | None = None) -> None:
        super().__init__(attrs)
        self.url = url
        self.shown: str = ""

    def id_for_label(self, id_: str) -> str:
        return id_

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        key = "" if value is None else value
        given = attrs or {}
        described = given.get("aria-describedby", "")
        return format_html(
            '<div class="picker menu-root" data-picker="{url}"><input type="hidden" name="{name}" value="{key}">'
            '<input type="text" class="form-control" id="{id}" value="{shown}" role="combobox" autocomplete="off"'
            ' aria-expanded="false" aria-autocomplete="list" aria-controls="{id}-options" placeholder="{hint}"'
            ' data-unchosen="{unchosen}"{invalid}{more}>'
            '<div class="menu picker-options" id="{id}-options" role="listbox" hidden></div></div>',
            url=self.url,
            name=name,
            key=key,
            id=given.get("id", f"id_{name}"),
            shown=self.shown or key,
            hint=_("输入名称、拼音首字母或编码"),
            unchosen=_("请从列表中选一个，或清空"),
            invalid=SafeString(' aria-invalid="true"') if given.get("aria-invalid") else "",
            more=format_html(' aria-describedby="{}"', described) if described else "",
        )


def picker(label: str | Promise, url: str | Promise, *, required: bool = False, **more: Any) -> forms.CharField:
    """A form field with a picker."""
    field = forms.CharField(label=label, required=False, widget=Picker(url), **more)
    field.look = {"wide": False, "required": required}  # type: ignore[attr-defined]
    return field
