"""Errors that an action may raise; every door maps them once (page, REST, spreadsheet row, phone)."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(eq=False)
class RepertoryError(Exception):
    """Base of all errors that a person is told about.

    code: stable machine word. message: a sentence in the user's language that says what is wrong and what to do.
    field: dotted name of the input that is wrong, "" when none is. details: plain data for machines.
    """

    message: Any = ""
    code: str = ""
    field: str = ""
    details: dict = dataclasses.field(default_factory=dict)
    status = 500
    default_code = "error"

    def __post_init__(self) -> None:
        self.code = self.code or self.default_code
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)

    def as_dict(self) -> dict:
        return {"code": self.code, "message": str(self.message), "field": self.field, "details": self.details}


class InvalidInput(RepertoryError):
    """What came in does not have the right form. details["errors"] lists {"field", "code", "message"}."""

    status = 422
    default_code = "invalid"


class RuleViolation(RepertoryError):
    """A rule of the business forbids it."""

    status = 422
    default_code = "rule_violation"


class NotAllowed(RepertoryError):
    """The person may see the thing but may not do this to it."""

    status = 403
    default_code = "not_allowed"


class NotFound(RepertoryError):
    """Not there, or outside the person's scope: the two can't be told apart."""

    status = 404
    default_code = "not_found"

    def __post_init__(self) -> None:
        self.message = self.message or _("没有找到，或者不在您的查看范围内。")
        super().__post_init__()


class Conflict(RepertoryError):
    """Somebody else changed it meanwhile, or it exists already."""

    status = 409
    default_code = "conflict"


class Stale(Conflict):
    """The version that was edited is not the newest one."""

    default_code = "stale"

    def __post_init__(self) -> None:
        self.message = self.message or _("这条记录刚被别人改过。请刷新后重新填写，您填的内容还在页面上。")
        super().__post_init__()
