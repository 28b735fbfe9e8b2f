"""Codes and labels of cases and adverse events, and which state may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CaseKind(models.TextChoices):
    QUESTION = "question", _("咨询")
    COMPLAINT = "complaint", _("投诉")
    SUGGESTION = "suggestion", _("建议")
    UNMET_NEED = "unmet_need", _("未满足需求")
    SUPPORT = "support", _("支持")


class Severity(models.TextChoices):
    LOW = "low", pgettext_lazy("紧急程度", "低")
    NORMAL = "normal", pgettext_lazy("紧急程度", "一般")
    HIGH = "high", pgettext_lazy("紧急程度", "高")
    URGENT = "urgent", pgettext_lazy("紧急程度", "紧急")


class Channel(models.TextChoices):
    VISIT = "visit", _("拜访")
    PHONE = "phone", _("电话")
    MESSAGE = "message", _("即时通讯")
    EMAIL = "email", _("邮件")
    MEETING = "meeting", _("会议")
    LETTER = "letter", _("书面")
    OTHER = "other", pgettext_lazy("渠道", "其他")


class Cause(models.TextChoices):
    """Why it came to the case; what the Pareto counts."""

    INFORMATION = "information", _("产品资料不足")
    QUALITY = "quality", _("产品质量")
    SUPPLY = "supply", _("供货/断货")
    DELIVERY = "delivery", _("物流配送")
    PRICE = "price", _("价格/医保政策")
    DOCUMENTS = "documents", _("票据/资质资料")
    RESPONSE = "response", _("响应慢/服务态度")
    TRAINING = "training", _("使用培训不足")
    PROCESS = "process", _("内部流程")
    OTHER = "other", pgettext_lazy("原因", "其他")


class CaseState(models.TextChoices):
    OPEN = "open", _("待处理")
    IN_PROGRESS = "in_progress", _("处理中")
    ANSWERED = "answered", _("已有结果")
    CLOSED = "closed", _("已告知客户")
    REOPENED = "reopened", _("重新打开")


CASE_TRANSITIONS: dict[str, frozenset[str]] = {
    CaseState.OPEN: frozenset({CaseState.IN_PROGRESS, CaseState.ANSWERED}),
    CaseState.IN_PROGRESS: frozenset({CaseState.ANSWERED}),
    CaseState.ANSWERED: frozenset({CaseState.CLOSED, CaseState.REOPENED}),
    CaseState.CLOSED: frozenset({CaseState.REOPENED}),
    CaseState.REOPENED: frozenset({CaseState.IN_PROGRESS, CaseState.ANSWERED}),
}
# Somebody still owes the customer something: these can be late.
UNFINISHED = frozenset(set(CaseState) - {CaseState.CLOSED})
WORKED_ON = UNFINISHED - {CaseState.ANSWERED}


class StepKind(models.TextChoices):
    OPENED = "opened", _("登记")
    TAKEN = "taken", _("开始处理")
    NOTED = "noted", _("进展")
    REVISED = "revised", _("更正")
    ASSIGNED = "assigned", _("换人负责")
    ANSWERED = "answered", _("得出结果")
    TOLD = "told", _("告知客户")
    REOPENED = "reopened", _("重新打开")
    ESCALATED = "escalated", _("超时升级")


class EscalationLevel(models.IntegerChoices):
    NONE = 0, _("未升级")
    SUPERVISOR = 1, _("升级到主管")
    MANAGER = 2, _("升级到经理")
    COMPANY = 3, _("升级到公司")


class Seriousness(models.TextChoices):
    """The criteria of a serious reaction; any one makes it serious."""

    DEATH = "death", _("导致死亡")
    LIFE_THREATENING = "life_threatening", _("危及生命")
    HOSPITALISATION = "hospitalisation", _("导致住院或住院时间延长")
    DISABILITY = "disability", _("导致显著或永久的人体伤残或器官功能损伤")
    CONGENITAL = "congenital", _("致癌、致畸、致出生缺陷")
    OTHER_IMPORTANT = "other_important", _("其他重要医学事件")


class Expectedness(models.TextChoices):
    """新的: not in the approved leaflet. Until somebody has looked it up it counts as new."""

    UNKNOWN = "unknown", _("未判断")
    KNOWN = "known", _("说明书已载明")
    NEW = "new", _("新的（说明书未载明）")


class Clock(models.TextChoices):
    """Which of the legal terms runs."""

    AT_ONCE = "at_once", _("死亡，立即")
    SERIOUS_OR_NEW = "serious_or_new", _("严重或新的")
    OTHER = "other", _("其他")


class ReporterKind(models.TextChoices):
    DOCTOR = "doctor", _("医生")
    PHARMACIST = "pharmacist", _("药师")
    NURSE = "nurse", _("护士")
    PATIENT = "patient", _("患者或家属")
    OTHER = "other", pgettext_lazy("报告人", "其他")


class Sex(models.TextChoices):
    MALE = "male", _("男")
    FEMALE = "female", _("女")


class Outcome(models.TextChoices):
    RECOVERED = "recovered", _("痊愈")
    IMPROVING = "improving", _("好转")
    NOT_RECOVERED = "not_recovered", _("未好转")
    SEQUELAE = "sequelae", _("有后遗症")
    DEATH = "death", _("死亡")
    UNKNOWN = "unknown", _("不详")


class Element(models.TextChoices):
    """The four without which a report is not valid."""

    PATIENT = "patient", _("患者（姓名缩写、年龄或性别）")
    REPORTER = "reporter", _("报告人")
    PRODUCT = "product", _("怀疑药品")
    DESCRIPTION = "description", _("不良反应经过")


class EventState(models.TextChoices):
    RECEIVED = "received", _("已接收")
    HANDED_OVER = "handed_over", _("已移交")
    CLOSED = "closed", pgettext_lazy("不良反应", "已关闭")


EVENT_TRANSITIONS: dict[str, frozenset[str]] = {
    EventState.RECEIVED: frozenset({EventState.HANDED_OVER}),
    EventState.HANDED_OVER: frozenset({EventState.CLOSED}),
    EventState.CLOSED: frozenset(),
}


class EventStepKind(models.TextChoices):
    RECEIVED = "received", _("接收")
    CORRECTED = "corrected", _("更正或补充")
    FOLLOWED_UP = "followed_up", _("随访")
    HANDED_OVER = "handed_over", _("移交药物警戒")
    CLOSED = "closed", pgettext_lazy("不良反应", "关闭")
