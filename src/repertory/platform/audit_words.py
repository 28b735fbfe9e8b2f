"""How the audit trail's machine words are read by people: what domains tell of their objects, listed in `wiring`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from repertory.platform.models import AuditEntry


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
    "approval_approved": _("批准申请"),
    "approval_asked": _("提交审批"),
    "approval_rejected": _("驳回申请"),
    "approval_route_set": _("设定审批路线"),
    "approval_step_approved": _("同意一步"),
    "approval_withdrawn": _("撤回申请"),
    "archived": _("停用字段"),
    "assigned": _("任职"),
    "attached": _("上传附件"),
    "calendar_link_issued": _("开通日历订阅"),
    "calendar_link_revoked": _("停用日历订阅"),
    "target_plan_created": _("编制指标"),
    "target_plan_revised": _("新建指标版本"),
    "target_plan_discarded": _("作废指标草稿"),
    "target_plan_submitted": _("提交指标审批"),
    "target_plan_approved": _("指标生效"),
    "target_plan_returned": _("指标退回修改"),
    "targets_broken_down": _("分解指标"),
    "targets_set": _("填写指标"),
    "targets_imported": _("导入指标"),
    "target_proposed": _("反馈指标"),
    "target_reply_accepted": _("采纳指标反馈"),
    "target_reply_declined": _("不采纳指标反馈"),
    "task_opened": _("布置任务"),
    "task_noted": _("记录任务进展"),
    "task_done": _("完成任务"),
    "task_checked": _("任务检查通过"),
    "task_returned": _("任务退回继续"),
    "task_commented": _("批注任务"),
    "task_cancelled": _("取消任务"),
    "case_answered": _("得出处理结果"),
    "case_assigned": _("个案换人负责"),
    "case_escalated": _("个案超时升级"),
    "case_noted": _("记录个案进展"),
    "case_opened": _("登记个案"),
    "case_reopened": _("重新打开个案"),
    "case_taken": _("开始处理个案"),
    "case_told": _("告知客户结果"),
    "closed": _("停用"),
    "coaching_read": _("看过协访记录"),
    "coaching_recorded": _("记录协访"),
    "coaching_replied": _("反馈协访"),
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
    "deputy_ended": _("结束审批代理"),
    "deputy_named": _("指定审批代理人"),
    "detached": _("删除附件"),
    "discarded": _("放弃手机记录"),
    "erased": _("删除个人信息"),
    "event_closed": _("关闭不良反应报告"),
    "event_corrected": _("更正不良反应报告"),
    "event_followed_up": _("随访不良反应"),
    "event_handed_over": _("移交药物警戒"),
    "event_received": _("接收不良反应"),
    "exported": _("导出"),
    "first_trade_decided": _("首营审批"),
    "first_trade_submitted": _("提交首营"),
    "form_received": _("收到填写表"),
    "frequency_dropped": _("删除拜访频率"),
    "frequency_set": _("设定拜访频率"),
    "hours_dropped": _("删除可拜访时间"),
    "hours_set": _("登记可拜访时间"),
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
    "material_decided": _("审批资料"),
    "material_discarded": _("删除资料草稿"),
    "material_draft_revised": _("修改资料草稿"),
    "material_drafted": _("起草资料"),
    "material_handed_out": _("发放资料"),
    "material_submitted": _("提交资料"),
    "material_taken_back": _("冲回资料发放"),
    "material_withdrawn": _("撤下资料"),
    "merge_undone": _("撤销合并"),
    "merged": _("合并"),
    "merged_away": _("被合并"),
    "message_decided": _("审批关键信息"),
    "message_discarded": _("删除信息草稿"),
    "message_drafted": _("起草关键信息"),
    "message_revised": _("修改信息草稿"),
    "message_submitted": _("提交关键信息"),
    "message_withdrawn": _("撤下关键信息"),
    "milestone_planned": _("添加计划节点"),
    "milestone_revised": _("修改计划节点"),
    "moved": _("移动"),
    "opened": _("查阅档案"),
    "pack_added": _("添加规格"),
    "pack_revised": _("修改规格"),
    "password_changed": _("修改密码"),
    "password_set": _("重设密码"),
    "plan_decided": _("审批月计划"),
    "plan_proposed": _("生成月计划"),
    "plan_submitted": _("提交月计划"),
    "policy_set": _("设定规则"),
    "price_added": _("添加价格"),
    "price_list_approved": _("价格表生效"),
    "price_list_discarded": _("删除价格表草稿"),
    "price_list_returned": _("价格表退回草稿"),
    "price_list_submitted": _("提交价格表"),
    "price_list_withdrawn": _("撤下价格表"),
    "price_removed": _("删除价格"),
    "price_revised": _("修改价格"),
    "private_emptied": _("清空私密字段"),
    "quarantined": _("暂存手机记录"),
    "reassigned": _("移交"),
    "removed": _("移除"),
    "reopened": _("恢复使用"),
    "report_commented": _("点评报告"),
    "report_read": _("看过报告"),
    "report_sent": _("发送报告"),
    "restored": _("恢复"),
    "retried": _("再次接收手机记录"),
    "revealed": _("查看私密字段"),
    "revised": _("修改"),
    "revoked": _("吊销密钥"),
    "robot_added": _("添加群机器人"),
    "robot_removed": _("删除群机器人"),
    "robot_switched_off": _("停用群机器人"),
    "robot_switched_on": _("启用群机器人"),
    "sample_given": _("给客户样品"),
    "sample_taken_back": _("冲回样品"),
    "samples_counted": _("盘点样品"),
    "samples_issued": _("发放样品"),
    "samples_lost": _("样品损耗"),
    "samples_received": _("样品入库"),
    "samples_returned": _("退回样品"),
    "security_changed": _("更改两步验证"),
    "session_ended": _("退出一处登录"),
    "sessions_ended": _("退出其他登录"),
    "sign_in_refused": _("登录失败"),
    "signed_in": _("登录"),
    "stage_moved": _("变更阶段"),
    "stock_counted": _("盘点资料"),
    "stock_issued": _("发放资料给人员"),
    "stock_lost": _("资料损耗"),
    "stock_received": _("资料入库"),
    "stock_returned": _("退回资料"),
    "suggested": _("提改进建议"),
    "suggestion_answered": _("答复改进建议"),
    "survey_received": _("收到调查资料"),
    "tier_decided": _("定级"),
    "unassigned": _("卸任"),
    "uncovered": _("移出辖区"),
    "visit_amended": _("修改拜访记录"),
    "visit_cancelled": _("取消拜访"),
    "visit_completed": _("完成拜访"),
    "visit_consent_recorded": _("登记医院同意"),
    "visit_dropped": _("删除拜访计划"),
    "visit_email_queued": _("发送邮件"),
    "visit_planned": _("计划拜访"),
    "visit_recorded": _("记录拜访"),
    "visit_taken_up": _("重新计划拜访"),
    "visit_terms_set": _("设定来访规定"),
    "visits_taken_over": _("转入拜访记录"),
    "workday_set": _("设定工作日"),
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
    "working": _("上班"),
    "amount_cny": _("金额（元）"),
    "deputy": _("代理人"),
    "ends_on": _("至（不含）"),
    "principal": _("代谁审批"),
    "step": _("第几步"),
    "steps": _("步骤"),
    "note": _("说明"),
    "is_active": _("在用"),
    "email": _("邮箱"),
    "phone": _("电话"),
    "employee_number": _("工号"),
    "filing_number": _("医药代表备案号"),
    "filing_expires_on": _("备案有效期至"),
    "side": _("学术/销售"),
    "visiting_hours": _("可拜访时间"),
    "demands_appointment": _("要求预约"),
    "demands_consent": _("要求事先同意"),
    "reference": _("凭据"),
}

GENERAL_VALUES: dict[tuple[str, str], Any] = {
    ("way", "password"): _("密码"),
    ("what", "totp_activated"): _("启用手机验证器"),
    ("what", "totp_deactivated"): _("停用手机验证器"),
    ("what", "recovery_codes_generated"): _("重新生成备用码"),
    ("scope", "read"): _("只读"),
    ("scope", "write"): _("读写"),
}


def entry_in_words(entry: AuditEntry) -> dict[str, Any]:
    """What core/_timeline.html shows of an audit line."""
    batch, kind = entry.batch, entry.object_type
    changes = [
        {
            "label": str(field_label(kind, name)).removeprefix("custom."),
            "old": value_label(kind, name, pair[0]),
            "new": value_label(kind, name, pair[1]),
        }
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
