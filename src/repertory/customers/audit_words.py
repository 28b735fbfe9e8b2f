"""How the names and values in a customer's audit lines are read by people."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as T

from repertory.core import regions
from repertory.customers import choices, fields

# Names in the trail that are no archive field.
LABELS: dict[str, Promise] = {
    "territory": T("辖区"),
    "starts_on": T("自"),
    "ends_on": T("至"),
    "number": T("证号"),
    "target": T("对方"),
    "role": T("身份"),
    "purpose": T("用途"),
    "channel": T("渠道"),
    "field": T("字段"),
    "fields": T("字段数"),
    "valid_days": T("有效天数"),
    "state": T("状态"),
    "gone": T("被并入的档案"),
    "kept": T("保留的档案"),
    "other": T("另一份档案"),
    "file": T("文件"),
    "date": T("日期"),
    "scope": T("许可范围"),
    "issuer": T("发证机关"),
    "issued_on": T("发证日期"),
    "expires_on": T("有效期至"),
}
WORDS = {
    code: label
    for shape in (
        choices.DecisionRole,
        choices.KeyRole,
        choices.ConsentPurpose,
        choices.ConsentChannel,
        choices.ApprovalState,
        choices.LicenceKind,
        choices.DateKind,
    )
    for code, label in shape.choices
}


# Lines of different verbs say different things under these names.
SHARED_NAMES = frozenset({"kind", "state"})


def field_label(name: str) -> Any:
    """KeyError for a name that neither the archive nor its trail knows."""
    return LABELS[name] if name in LABELS else fields.label(name)


def value_label(name: str, value: Any) -> str:
    """A stored value, or a list of them, as people read it."""
    if value is None or value == "":
        return ""
    if name.endswith("_code"):
        region = regions.by_code(str(value))
        return region.text if region else str(value)
    if name == "field" and value in fields.PRIVATE:
        return str(fields.label(value))
    shown = _choices(name)
    return str(T("、").join(str(shown.get(item, item)) for item in (value if isinstance(value, list) else [value])))


def _choices(name: str) -> dict[Any, Any]:
    if name in SHARED_NAMES:
        return {**WORDS, **dict(fields.model_field("kind").choices)}
    try:
        return dict(fields.model_field(name).choices or ())
    except KeyError:
        return WORDS
