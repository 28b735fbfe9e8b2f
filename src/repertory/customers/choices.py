"""Codes and labels of the customer archive, and which stage may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    HCP = "hcp", _("医生/药师")
    HOSPITAL = "hospital", _("医院/诊所")
    PHARMACY = "pharmacy", _("药店")
    DISTRIBUTOR = "distributor", _("经销商/代理商")
    GOVERNMENT = "government", _("政府机构")
    SPECIAL = "special", _("特殊公司")
    COMPANY = "company", _("普通公司")
    INDIVIDUAL = "individual", _("个人")
    PARTNER = "partner", _("交易伙伴")


PERSON_KINDS = frozenset({Kind.HCP, Kind.INDIVIDUAL})


class Stage(models.TextChoices):
    POTENTIAL = "potential", _("潜在")
    DEVELOPING = "developing", _("开发中")
    ACTIVE = "active", _("合作中")
    DORMANT = "dormant", _("休眠")
    LOST = "lost", _("流失")


# From which stage a customer may pass to which. Nobody jumps from 潜在 to 休眠: what never worked can only be lost.
TRANSITIONS: dict[str, frozenset[str]] = {
    Stage.POTENTIAL: frozenset({Stage.DEVELOPING, Stage.ACTIVE, Stage.LOST}),
    Stage.DEVELOPING: frozenset({Stage.POTENTIAL, Stage.ACTIVE, Stage.DORMANT, Stage.LOST}),
    Stage.ACTIVE: frozenset({Stage.DORMANT, Stage.LOST}),
    Stage.DORMANT: frozenset({Stage.DEVELOPING, Stage.ACTIVE, Stage.LOST}),
    Stage.LOST: frozenset({Stage.POTENTIAL, Stage.DEVELOPING, Stage.ACTIVE}),
}


class Tier(models.TextChoices):
    A = "A", "A"
    B = "B", "B"
    C = "C", "C"


class TradeClass(models.TextChoices):
    MAIN = "main", _("主力")
    ORDINARY = "ordinary", _("一般")
    SCATTERED = "scattered", _("零散")


class CareClass(models.TextChoices):
    DEVELOP = "develop", _("重点开发")
    STABLE = "stable", _("稳定合作")
    MAINTAIN = "maintain", _("需维护")


class Potential(models.TextChoices):
    HIGH = "high", _("高")
    MEDIUM = "medium", _("中")
    LOW = "low", _("低")


class Adoption(models.TextChoices):
    UNAWARE = "unaware", _("不了解")
    AWARE = "aware", _("了解")
    TRIAL = "trial", _("试用")
    REGULAR = "regular", _("常规使用")
    ADVOCATE = "advocate", _("推荐他人")


class Attitude(models.TextChoices):
    SUPPORTIVE = "supportive", _("支持")
    NEUTRAL = "neutral", _("中立")
    OPPOSED = "opposed", _("反对")


class Source(models.TextChoices):
    VISIT = "visit", _("代表拜访")
    FORM = "form", _("客户填写")
    SURVEY = "survey", _("第三方调查")
    EVENT = "event", _("会议/展会")
    REFERRAL = "referral", _("他人介绍")
    IMPORT = "import", _("批量导入")
    OTHER = "other", _("其他")


class CommunicationStyle(models.TextChoices):
    DATA = "data", _("重数据")
    RELATION = "relation", _("重关系")
    EFFICIENCY = "efficiency", _("讲效率")
    CAUTIOUS = "cautious", _("谨慎")


class ContactPreference(models.TextChoices):
    SPOKEN = "spoken", _("口头")
    WRITTEN = "written", _("书面")


class Gender(models.TextChoices):
    MALE = "male", _("男")
    FEMALE = "female", _("女")


class DecisionRole(models.TextChoices):
    DECISION_MAKER = "decision_maker", _("决策者")
    INFLUENCER = "influencer", _("影响者")
    PRESCRIBER = "prescriber", _("处方者")
    PHARMACY = "pharmacy", _("药剂")
    BUYER = "buyer", _("采购")
    KOL = "kol", _("KOL")


class InfluenceKind(models.TextChoices):
    TEACHER = "teacher", _("师生")
    SUPERIOR = "superior", _("上下级")
    PEER = "peer", _("同行")
    CLASSMATE = "classmate", _("同学")
    OTHER = "other", _("其他")


class KeyRole(models.TextChoices):
    OWNER = "owner", _("所有者")
    MANAGER = "manager", _("经营者")
    LEGAL = "legal", _("法定代表人")


class DateKind(models.TextChoices):
    BIRTHDAY = "birthday", _("生日")
    CONFERENCE = "conference", _("会议")
    ANNIVERSARY = "anniversary", _("纪念日")
    OTHER = "other", _("其他")


class ConsentPurpose(models.TextChoices):
    CONTACT = "contact", _("联系沟通")
    MAILING = "mailing", _("资料邮寄")
    EVENT = "event", _("会议邀请")
    RESEARCH = "research", _("调研")
    PROFILE = "profile", _("建立个人档案")


class ConsentChannel(models.TextChoices):
    PHONE = "phone", _("私人电话")
    MESSAGE = "message", _("短信/微信")
    EMAIL = "email", _("电子邮件")
    POST = "post", _("邮寄")
    ARCHIVE = "archive", _("档案保存")


class LicenceKind(models.TextChoices):
    BUSINESS = "business", _("营业执照")
    DRUG_TRADE = "drug_trade", _("药品经营许可证")
    GSP = "gsp", _("GSP 认证证书")
    MEDICAL = "medical", _("医疗机构执业许可证")
    DRUG_MAKING = "drug_making", _("药品生产许可证")
    DEVICE_TRADE = "device_trade", _("医疗器械经营许可证")
    OTHER = "other", _("其他")


class ApprovalState(models.TextChoices):
    DRAFT = "draft", _("待提交")
    SUBMITTED = "submitted", _("待审核")
    APPROVED = "approved", _("已通过")
    REJECTED = "rejected", _("已退回")


FIRST_TRADE_TRANSITIONS: dict[str, frozenset[str]] = {
    ApprovalState.DRAFT: frozenset({ApprovalState.SUBMITTED}),
    ApprovalState.SUBMITTED: frozenset({ApprovalState.APPROVED, ApprovalState.REJECTED}),
    ApprovalState.REJECTED: frozenset({ApprovalState.SUBMITTED}),
    ApprovalState.APPROVED: frozenset(),
}


class ProposalState(models.TextChoices):
    OPEN = "open", _("待确认")
    ACCEPTED = "accepted", _("已采纳")
    OVERRIDDEN = "overridden", _("已改定")
    SUPERSEDED = "superseded", _("已过期")


class FactState(models.TextChoices):
    WAITING = "waiting", _("待确认")
    CONFIRMED = "confirmed", _("已确认")
    DECLINED = "declined", _("不采用")


class DuplicateState(models.TextChoices):
    OPEN = "open", _("待处理")
    MERGED = "merged", _("已合并")
    DISTINCT = "distinct", _("不是同一个")
