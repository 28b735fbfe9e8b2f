"""Audit lines in words."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as T

from repertory.core import regions
from repertory.customers import choices, fields
from repertory.platform.models import AuditEntry

VERBS: dict[str, Promise] = {
    "created": T("建档"),
    "imported": T("导入"),
    "revised": T("修改资料"),
    "removed": T("移除档案"),
    "restored": T("恢复档案"),
    "opened": T("查阅档案"),
    "revealed": T("查阅私人信息"),
    "stage_moved": T("调整阶段"),
    "tier_decided": T("定等级"),
    "covered": T("增加覆盖"),
    "uncovered": T("结束覆盖"),
    "reassigned": T("移交"),
    "affiliated": T("登记任职"),
    "affiliation_deleted": T("删除任职"),
    "influence_linked": T("登记影响关系"),
    "influence_deleted": T("删除影响关系"),
    "date_noted": T("记住日子"),
    "date_deleted": T("删除日子"),
    "key_person_recorded": T("登记主要负责人"),
    "key_person_deleted": T("删除主要负责人"),
    "department_recorded": T("添加科室"),
    "department_deleted": T("删除科室"),
    "consent_given": T("登记同意"),
    "consent_withdrawn": T("撤回同意"),
    "private_emptied": T("清空私人信息"),
    "erased": T("删除个人信息"),
    "licence_recorded": T("登记证照"),
    "licence_revised": T("修改证照"),
    "licence_revoked": T("作废证照"),
    "first_trade_submitted": T("提交首营审核"),
    "first_trade_decided": T("首营审核"),
    "invited_to_fill_in": T("发出填写邀请"),
    "invitation_revoked": T("撤回填写邀请"),
    "form_received": T("收到客户填写"),
    "survey_received": T("收到调查资料"),
    "merged": T("合并进来"),
    "merged_away": T("合并到别的档案"),
    "merge_undone": T("撤销合并"),
    "declared_distinct": T("确认不是同一个"),
    "attached": T("上传附件"),
}
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
    "date": T("日期"),
    "scope": T("许可范围"),
    "issuer": T("发证机关"),
    "issued_on": T("发证日期"),
    "expires_on": T("有效期至"),
}
WORDS = {
    code: label
    for shape in (choices.DecisionRole, choices.KeyRole, choices.ConsentPurpose, choices.ConsentChannel,
                  choices.ApprovalState, choices.LicenceKind, choices.DateKind)
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
        "title": VERBS.get(entry.verb, entry.verb),
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
    return "、".join(str(shown.get(item, item)) for item in (value if isinstance(value, list) else [value]))
