"""A form without a session behind it: what a customer says of itself."""

from collections.abc import Callable
from typing import Any

from django import forms

from repertory.core.errors import RepertoryError


class PublicForm(forms.Form):
    """Only the fields that are asked for; the action checks each and stores it for review."""

    def __init__(self, data: Any = None, *, names: tuple[str, ...], field: Callable[[str], forms.Field]) -> None:
        super().__init__(data)
        for name in names:
            self.fields[name] = field(name)

    def tell(self, error: RepertoryError) -> None:
        items = error.details.get("errors") or [{"field": error.field, "message": str(error.message)}]
        for item in items:
            self.add_error(item["field"] if item["field"] in self.fields else None, str(item["message"]))
