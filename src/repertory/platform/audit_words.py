"""How the audit trail's machine words are read by people: what domains tell of their objects, listed in `wiring`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


def _unknown(name: str) -> Any:
    raise KeyError(name)


@dataclass(frozen=True)
class ObjectWords:
    """field_label: raises KeyError for a name it does not know. value_label: a stored value as people read it; may raise
    KeyError. url: the object's page, "" where there is none."""

    label: Any
    field_label: Callable[[str], Any] = _unknown
    value_label: Callable[[str, Any], Any] = lambda name, value: value
    url: Callable[[int], str] = lambda object_id: ""


VERBS: dict[str, Any] = {
    "affiliated": _("登记任职关系"),
    "affiliation_deleted": _("删除任职关系"),
    "archived": _("停用字段"),
    "assigned": _("任职"),
    "attached": _("上传附件"),
    "closed": _("停用"),
    "consent_given": _("登记同意"),
    "consent_withdrawn": _("撤回同意"),
    "covered": _("划入辖区"),
    "created": _("新建"),
    "date_deleted": _("删除日期"),
    "date_noted": _("登记日期"),
    "declared_distinct": _("确认不是重复"),
    "defined": _("定义字段"),
    "department_deleted": _("删除科室"),
    "department_recorded": _("登记科室"),
    "detached": _("删除附件"),
    "erased": _("删除个人信息"),
    "exported": _("导出"),
    "first_trade_decided": _("首营审批"),
    "first_trade_submitted": _("提交首营"),
    "form_received": _("收到填写表"),
    "imported": _("导入"),
    "influence_deleted": _("删除影响关系"),
    "influence_linked": _("登记影响关系"),
    "invitation_revoked": _("撤回填写链接"),
    "invited_to_fill_in": _("发出填写链接"),
    "issued": _("签发密钥"),
    "key_person_deleted": _("删除负责人"),
    "key_person_recorded": _("登记负责人"),
    "licence_recorded": _("登记证照"),
    "licence_revised": _("修改证照"),
    "licence_revoked": _("作废证照"),
    "line_given_up": _("不再经营产品线"),
    "line_taken_up": _("开始经营产品线"),
    "merge_undone": _("撤销合并"),
    "merged": _("合并"),
    "merged_away": _("被合并"),
    "message_decided": _("审批关键信息"),
    "message_discarded": _("删除信息草稿"),
    "message_drafted": _("起草关键信息"),
    "message_revised": _("修改信息草稿"),
    "message_submitted": _("提交关键信息"),
    "message_withdrawn": _("撤下关键信息"),
    "moved": _("移动"),
    "opened": _("查阅档案"),
    "pack_added": _("添加规格"),
    "pack_revised": _("修改规格"),
    "password_changed": _("修改密码"),
    "password_set": _("重设密码"),
    "policy_set": _("设定规则"),
    "private_emptied": _("清空私密字段"),
    "reassigned": _("移交"),
    "removed": _("移除"),
    "reopened": _("恢复使用"),
    "restored": _("恢复"),
    "revealed": _("查看私密字段"),
    "revised": _("修改"),
    "revoked": _("吊销密钥"),
    "security_changed": _("更改两步验证"),
    "session_ended": _("退出一处登录"),
    "sessions_ended": _("退出其他登录"),
    "sign_in_refused": _("登录失败"),
    "signed_in": _("登录"),
    "stage_moved": _("变更阶段"),
    "survey_received": _("收到调查资料"),
    "tier_decided": _("定级"),
    "unassigned": _("卸任"),
    "uncovered": _("移出辖区"),
}

_objects: dict[str, ObjectWords] = {}


def connect(objects: Mapping[str, ObjectWords]) -> None:
    """Replace the table of objects."""
    _objects.clear()
    _objects.update(objects)


def object_types() -> dict[str, Any]:
    return {name: words.label for name, words in _objects.items()}


def verb_label(verb: str) -> Any:
    return VERBS.get(verb, verb)


def type_label(object_type: str) -> Any:
    return _objects[object_type].label if object_type in _objects else object_type


def field_label(object_type: str, field: str) -> Any:
    try:
        return _objects[object_type].field_label(field)
    except KeyError:
        return GENERAL_FIELDS.get(field, field)


def value_label(object_type: str, field: str, value: Any) -> str:
    """A value of a change as text; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, str) and (field, value) in GENERAL_VALUES:
        return str(GENERAL_VALUES[field, value])
    try:
        return str(_objects[object_type].value_label(field, value))
    except KeyError:
        return str(value)


def object_url(object_type: str, object_id: int) -> str:
    return _objects[object_type].url(object_id) if object_type in _objects and object_id else ""


GENERAL_FIELDS: dict[str, Any] = {
    "name": _("名称"),
    "code": _("编码"),
    "username": _("账号"),
    "role": _("岗位"),
    "territory": _("辖区"),
    "parent": _("上级"),
    "level": _("层级"),
    "line": _("产品线"),
    "scope": _("权限"),
    "way": _("登录方式"),
    "what": _("事项"),
    "value": _("值"),
    "starts_on": _("生效日期"),
    "kind": _("类型"),
    "rows": _("行数"),
    "is_active": _("在用"),
    "email": _("邮箱"),
    "phone": _("电话"),
    "employee_number": _("工号"),
    "filing_number": _("医药代表备案号"),
}

GENERAL_VALUES: dict[tuple[str, str], Any] = {
    ("way", "password"): _("密码"),
    ("what", "totp_activated"): _("启用手机验证器"),
    ("what", "totp_deactivated"): _("停用手机验证器"),
    ("what", "recovery_codes_generated"): _("重新生成备用码"),
    ("scope", "read"): _("只读"),
    ("scope", "write"): _("读写"),
}
