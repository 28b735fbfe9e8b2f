"""Codes and labels of visits, plans, coaching and personal reports, and which state may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    PLANNED = "planned", _("计划")
    DONE = "done", _("已完成")
    CANCELLED = "cancelled", pgettext_lazy("拜访", "已取消")


STATUS_TRANSITIONS: dict[str, frozenset[str]] = {
    Status.PLANNED: frozenset({Status.DONE, Status.CANCELLED}),
    Status.CANCELLED: frozenset({Status.PLANNED}),
    Status.DONE: frozenset(),
}


class Mode(models.TextChoices):
    FIELD = "field", _("实地")
    PHONE = "phone", _("电话")
    ONLINE = "online", _("线上")
    MEETING = "meeting", _("会议")
    EMAIL = "email", _("邮件")
    MESSAGE = "message", _("即时通讯")


# What reaches a person at an address of their own needs their consent (M-LAW-3); a call may go to the office.
CHANNEL_OF_MODE = {Mode.EMAIL: "email", Mode.MESSAGE: "message"}


class Purpose(models.TextChoices):
    DETAIL = "detail", _("产品推广")
    FOLLOW_UP = "follow_up", _("跟进")
    SERVICE = "service", _("服务/答疑")
    SURVEY = "survey", _("调研")
    INVITE = "invite", _("会议邀请")
    DELIVER = "deliver", _("递送资料")
    FEEDBACK = "feedback", _("收集反馈")
    OTHER = "other", pgettext_lazy("拜访目的", "其他")


class Attitude(models.TextChoices):
    AGAINST = "against", _("反对")
    DOUBTFUL = "doubtful", _("怀疑")
    NEUTRAL = "neutral", _("中立")
    INTERESTED = "interested", _("感兴趣")
    TRIAL = "trial", _("试用")
    ADVOCATE = "advocate", _("推荐")


class Passage(models.TextChoices):
    ARRIVAL = "in", _("签到")
    DEPARTURE = "out", _("签退")


class Grid(models.TextChoices):
    WGS84 = "wgs84", "WGS-84"
    GCJ02 = "gcj02", "GCJ-02"


class PlanState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审批")
    APPROVED = "approved", _("已批准")
    RETURNED = "returned", _("已退回")


PLAN_TRANSITIONS: dict[str, frozenset[str]] = {
    PlanState.DRAFT: frozenset({PlanState.SUBMITTED}),
    PlanState.SUBMITTED: frozenset({PlanState.APPROVED, PlanState.RETURNED, PlanState.DRAFT}),
    PlanState.RETURNED: frozenset({PlanState.SUBMITTED}),
    PlanState.APPROVED: frozenset(),
}


class ReportKind(models.TextChoices):
    DAILY = "daily", _("日报")
    WEEKLY = "weekly", _("周报")
    MONTHLY = "monthly", _("月报")
    URGENT = "urgent", _("紧急报告")


class Skill(models.TextChoices):
    PREPARATION = "preparation", _("访前准备")
    OPENING = "opening", _("开场")
    PROBING = "probing", _("探询需求")
    DELIVERY = "delivery", _("传递信息")
    OBJECTION = "objection", _("处理异议")
    CLOSING = "closing", _("达成共识")
    ANALYSIS = "analysis", _("访后分析")


class AgreedState(models.TextChoices):
    OPEN = "open", _("进行中")
    DONE = "done", _("已做到")
    PARTLY = "partly", _("部分做到")
    MISSED = "missed", _("没有做到")


# What a rep answers when the text of a visit smells of an adverse event.
class EventAnswer(models.TextChoices):
    UNASKED = "", _("未询问")
    NONE = "none", _("不是不良反应")
    OPENED = "opened", _("已上报")
