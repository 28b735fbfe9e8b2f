"""How the domains hang together: every reaction to an event, every mechanism that calls back, the navigation."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from repertory.core.web import navigation
from repertory.core.web.navigation import Entry
from repertory.customers import access as customers
from repertory.customers import audit_words as customer_words
from repertory.customers import rules
from repertory.customers.actions.coverage import recount_after_move
from repertory.customers.events import CustomersImported
from repertory.customers.importing import kinds as customer_kinds
from repertory.customers.jobs import index_after_import
from repertory.organisation import access as organisation
from repertory.organisation.events import TerritoryMoved
from repertory.organisation.importing import kinds as organisation_kinds
from repertory.platform import audit_words, reactions
from repertory.platform import rules as rule_table
from repertory.platform.audit_words import ObjectWords
from repertory.platform.exchange import kinds as exchange
from repertory.platform.exchange.web.rights import may_export_something
from repertory.products import access as products
from repertory.products import audit_words as product_words
from repertory.products import rules as product_rules
from repertory.products.importing import kinds as product_kinds

SAME_TRANSACTION: dict = {
    TerritoryMoved: [recount_after_move],
}
AFTER_COMMIT: dict = {
    CustomersImported: [index_after_import],
}

RULES = (*rules.RULES, *product_rules.RULES)

NAVIGATION = (
    Entry(_("工作台"), "reports:home", "home"),
    Entry(
        _("客户"),
        "customers:list",
        "users",
        allow=customers.may_see,
        also=tuple(f"/exchange/{kind.name}/" for kind in customer_kinds.KINDS),
    ),
    Entry(_("客户构成"), "customers:composition", allow=customers.may_see, below=True),
    Entry(
        _("产品"),
        "products:list",
        "pill",
        allow=products.may_see,
        also=tuple(f"/exchange/{kind.name}/" for kind in product_kinds.KINDS),
    ),
    Entry(_("信息审批"), "products:messages", allow=products.may_work_on_messages, below=True),
    Entry(_("团队"), "organisation:people", "users-group", also=("/exchange/people/",)),
    Entry(_("辖区"), "organisation:territories", below=True, also=("/exchange/territories/",)),
    Entry(_("设置"), "organisation:rules", "settings", allow=organisation.may_audit),
    Entry(_("自定义字段"), "organisation:fields", allow=organisation.may_administer, below=True),
    Entry(_("审计日志"), "organisation:audit", allow=organisation.may_audit, below=True),
)
PERSONAL = (
    Entry(_("我的账号"), "organisation:me", "user"),
    Entry(_("我的导出"), "exchange:exports", "download", allow=may_export_something),
)
FRESH = (
    Entry(_("新建客户"), "customers:create", "user-plus", allow=customers.may_create),
    Entry(_("新建产品"), "products:create", "pill", allow=products.may_edit),
)

EXCHANGED = (*customer_kinds.KINDS, *product_kinds.KINDS, *organisation_kinds.KINDS)

OBJECTS = {
    "export": ObjectWords(_("导出")),
    "customer": ObjectWords(
        _("客户"),
        customer_words.field_label,
        customer_words.value_label,
        lambda key: reverse("customers:card", args=[key]),
    ),
    "product": ObjectWords(
        _("产品"),
        product_words.field_label,
        product_words.value_label,
        lambda key: reverse("products:page", args=[key]),
    ),
    "product_line": ObjectWords(
        _("产品线"),
        product_words.line_field_label,
        product_words.value_label,
        lambda key: reverse("products:line", args=[key]),
    ),
    "person": ObjectWords(_("人员"), url=lambda key: reverse("organisation:person", args=[key])),
    "territory": ObjectWords(_("辖区"), url=lambda key: reverse("organisation:territory", args=[key])),
    "api_token": ObjectWords(_("接口密钥")),
    "policy": ObjectWords(_("规则")),
    "custom_field": ObjectWords(_("自定义字段")),
    "audit": ObjectWords(_("审计日志")),
}


def connect() -> None:
    """Called once when the program starts."""
    reactions.connect(same_transaction=SAME_TRANSACTION, after_commit=AFTER_COMMIT)
    rule_table.connect(RULES)
    audit_words.connect(OBJECTS)
    exchange.connect(EXCHANGED)
    navigation.connect(main=NAVIGATION, personal=PERSONAL, fresh=FRESH, search="customers:search")
