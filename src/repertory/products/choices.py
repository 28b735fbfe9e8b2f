"""Codes and labels of products and their messages, and which state may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    DEVELOPMENT = "development", _("研发")
    PREPARATION = "preparation", _("上市准备")
    ON_SALE = "on_sale", _("在售")
    SUSPENDED = "suspended", _("停售")
    WITHDRAWN = "withdrawn", _("退市")


# A withdrawn product does not come back: what returns has a new approval and is a new product.
STAGE_TRANSITIONS: dict[str, frozenset[str]] = {
    Stage.DEVELOPMENT: frozenset({Stage.PREPARATION, Stage.WITHDRAWN}),
    Stage.PREPARATION: frozenset({Stage.DEVELOPMENT, Stage.ON_SALE, Stage.WITHDRAWN}),
    Stage.ON_SALE: frozenset({Stage.SUSPENDED, Stage.WITHDRAWN}),
    Stage.SUSPENDED: frozenset({Stage.ON_SALE, Stage.WITHDRAWN}),
    Stage.WITHDRAWN: frozenset(),
}
# What the field sees: customers ask about a suspended product too.
MARKETED = frozenset({Stage.ON_SALE, Stage.SUSPENDED})


class InsuranceClass(models.TextChoices):
    A = "a", pgettext_lazy("医保", "甲类")
    B = "b", pgettext_lazy("医保", "乙类")
    C = "c", pgettext_lazy("医保", "丙类")
    NEGOTIATED = "negotiated", _("国谈乙类")
    SELF_PAID = "self_paid", _("自费")


class Procurement(models.TextChoices):
    NOT_INCLUDED = "not_included", _("未纳入集采")
    SELECTED = "selected", _("集采中选")
    NOT_SELECTED = "not_selected", _("集采未中选")
    EXPIRED = "expired", _("集采到期")


class PrescriptionClass(models.TextChoices):
    RX = "rx", _("处方药")
    OTC_A = "otc_a", _("甲类非处方药（OTC）")
    OTC_B = "otc_b", _("乙类非处方药（OTC）")
    BOTH = "both", _("双跨")


class SpecialControl(models.TextChoices):
    NARCOTIC = "narcotic", _("麻醉药品")
    PSYCHOTROPIC_1 = "psychotropic_1", _("第一类精神药品")
    PSYCHOTROPIC_2 = "psychotropic_2", _("第二类精神药品")
    TOXIC = "toxic", _("医疗用毒性药品")
    RADIOACTIVE = "radioactive", _("放射性药品")
    PRECURSOR = "precursor", _("药品类易制毒化学品")
    BIOLOGICAL = "biological", _("血液制品/疫苗")
    DOPING = "doping", _("含兴奋剂药品")


class Storage(models.TextChoices):
    ROOM = "room", _("常温（10～30℃）")
    COOL = "cool", _("阴凉（不超过20℃）")
    COOL_DARK = "cool_dark", _("凉暗（避光，不超过20℃）")
    COLD = "cold", _("冷藏（2～8℃）")
    FROZEN = "frozen", _("冷冻（-10℃以下）")


class Theme(models.TextChoices):
    INDICATION = "indication", _("适应症")
    ADVANTAGE = "advantage", _("优势")
    DOSAGE = "dosage", _("用法用量")
    SAFETY = "safety", _("安全性")
    OTHER = "other", _("其他")


class Audience(models.TextChoices):
    """Kinds of customers that a message may be said to; the codes are those of the customer archive."""

    HCP = "hcp", _("医生/药师")
    HOSPITAL = "hospital", _("医院/诊所")
    PHARMACY = "pharmacy", _("药店")
    DISTRIBUTOR = "distributor", _("经销商/代理商")
    GOVERNMENT = "government", _("政府机构")
    COMPANY = "company", _("普通公司")
    INDIVIDUAL = "individual", _("个人")


class MessageState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审批")
    RETURNED = "returned", _("已退回")
    APPROVED = "approved", _("已批准")
    WITHDRAWN = "withdrawn", _("已撤下")


MESSAGE_TRANSITIONS: dict[str, frozenset[str]] = {
    MessageState.DRAFT: frozenset({MessageState.SUBMITTED}),
    MessageState.SUBMITTED: frozenset({MessageState.APPROVED, MessageState.RETURNED}),
    MessageState.RETURNED: frozenset({MessageState.SUBMITTED}),
    MessageState.APPROVED: frozenset({MessageState.WITHDRAWN}),
    MessageState.WITHDRAWN: frozenset(),
}
# Still the author's: the text may be changed, or thrown away.
EDITABLE = frozenset({MessageState.DRAFT, MessageState.RETURNED})
# One of these at most for each message: the next version that is being worked on.
OPEN = EDITABLE | {MessageState.SUBMITTED}


class Standing(models.TextChoices):
    """How an approved message stands on a day."""

    USABLE = "usable", _("可使用")
    UPCOMING = "upcoming", _("未生效")
    EXPIRED = "expired", _("已过期")
    SUPERSEDED = "superseded", _("已有新版")
    WITHDRAWN = "withdrawn", _("已撤下")
    PRODUCT_NOT_ON_SALE = "product_not_on_sale", _("产品不在售")
    NOT_APPROVED = "not_approved", _("未批准")


class PriceListState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("审批中")
    APPROVED = "approved", _("已批准")
    WITHDRAWN = "withdrawn", _("已撤下")


PRICE_LIST_TRANSITIONS: dict[str, frozenset[str]] = {
    PriceListState.DRAFT: frozenset({PriceListState.SUBMITTED}),
    PriceListState.SUBMITTED: frozenset({PriceListState.APPROVED, PriceListState.DRAFT}),
    PriceListState.APPROVED: frozenset({PriceListState.WITHDRAWN}),
    PriceListState.WITHDRAWN: frozenset(),
}
# These were or are in force: what a past day cost stays known.
DECIDED_PRICES = frozenset({PriceListState.APPROVED, PriceListState.WITHDRAWN})


class SuggestionKind(models.TextChoices):
    PACK = "pack", _("规格包装")
    FORM = "form", _("剂型口感")
    LEAFLET = "leaflet", _("说明书标签")
    SUPPLY = "supply", _("供应渠道")
    SERVICE = "service", _("服务支持")
    OTHER = "other", _("其他")


class SuggestionState(models.TextChoices):
    NEW = "new", _("新建议")
    CONSIDERED = "considered", _("评估中")
    ADOPTED = "adopted", _("已采纳")
    DECLINED = "declined", _("不采纳")


SUGGESTION_TRANSITIONS: dict[str, frozenset[str]] = {
    SuggestionState.NEW: frozenset({SuggestionState.CONSIDERED, SuggestionState.ADOPTED, SuggestionState.DECLINED}),
    SuggestionState.CONSIDERED: frozenset({SuggestionState.ADOPTED, SuggestionState.DECLINED}),
    SuggestionState.ADOPTED: frozenset(),
    SuggestionState.DECLINED: frozenset(),
}
