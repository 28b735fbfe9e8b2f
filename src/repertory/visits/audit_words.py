"""How the names and values in a visit's audit lines are read by people."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from repertory.visits import choices
from repertory.visits.models import Visit

LABELS: dict[str, Promise] = {
    "visits": _("拜访次数"),
    "state": _("状态"),
    "per_month": _("每月次数"),
    "reply": _("代表反馈"),
    "comment": _("点评"),
    "template": _("邮件模板"),
    "taken_back": _("冲回"),
    **{f"skill_{skill.value}": skill.label for skill in choices.Skill},
}
VALUES: dict[str, Any] = {"state": choices.PlanState, "status": choices.Status, "mode": choices.Mode}


def field_label(name: str) -> Any:
    """KeyError for a name that visits and their trail do not know."""
    if name in LABELS:
        return LABELS[name]
    names = {found.name: found.verbose_name for found in Visit._meta.concrete_fields}
    return names[name]


def value_label(name: str, value: Any) -> Any:
    """A stored value as people read it."""
    known = VALUES.get(name)
    return known(value).label if known is not None and value in known.values else value
