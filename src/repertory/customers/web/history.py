"""Audit lines in words."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as T

from repertory.core import regions
from repertory.customers import choices, fields
from repertory.platform.audit_words import verb_label
from repertory.platform.models import AuditEntry

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


def entry_in_words(entry: AuditEntry) -> dict[str, Any]:
    """What core/_timeline.html shows of an audit line."""
    batch = entry.batch
    changes = [
        {"label": _label(name), "old": _value(name, pair[0]), "new": _value(name, pair[1])}
        for name, pair in entry.changes.items()
        if isinstance(pair, list) and len(pair) == 2
    ]
    who = (batch.user.name if batch.user else "") or batch.user_label
    return {
        "at": batch.at,
        "who": f"{who} · {batch.get_door_display()}",
        "title": verb_label(entry.verb),
        "changes": changes,
        "note": entry.reason,
    }


def _label(name: str) -> str:
    if name in LABELS:
        return str(LABELS[name])
    try:
        return str(fields.label(name))
    except KeyError:
        return name.removeprefix("custom.")


def _value(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if name.endswith("_code"):
        region = regions.by_code(str(value))
        return region.text if region else str(value)
    try:
        shown = dict(fields.model_field(name).choices or ())
    except KeyError:
        shown = WORDS
    return T("、").join(str(shown.get(item, item)) for item in (value if isinstance(value, list) else [value]))
