"""How the names and values in the audit lines of plans and tasks are read by people."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from repertory.plans.models import TargetPlan, Task
from repertory.platform.audit_words import ObjectWords

PLAN_WORDS = {
    "products": _("产品数"),
    "based_on": _("依据版本"),
    "territory": _("区域"),
    "method": _("分解方法"),
    "figures": _("指标数"),
    "typed": _("填写的指标"),
}


def field_label(name: str) -> Any:
    """KeyError for a name that plans and their trail do not know."""
    return PLAN_WORDS[name] if name in PLAN_WORDS else _columns(TargetPlan)[name].verbose_name


def task_field_label(name: str) -> Any:
    return _columns(Task)[name].verbose_name


def value_label(name: str, value: Any) -> str:
    return _shown(TargetPlan, name, value)


def task_value_label(name: str, value: Any) -> str:
    return _shown(Task, name, value)


def _columns(model: Any) -> dict[str, Any]:
    return {field.name: field for field in model._meta.concrete_fields}


def _shown(model: Any, name: str, value: Any) -> str:
    if value is None or value == "" or value == []:
        return ""
    column = _columns(model).get(name)
    labels = dict(column.choices or ()) if column is not None else {}
    items = value if isinstance(value, list) else [value]
    return str(_("、")).join(str(labels.get(item, item)) for item in items)


OBJECTS = {
    "target_plan": ObjectWords(_("指标计划"), field_label, value_label, lambda key: reverse("plans:plan", args=[key])),
    "task": ObjectWords(
        _("工作任务"), task_field_label, task_value_label, lambda key: reverse("plans:task", args=[key])
    ),
}
