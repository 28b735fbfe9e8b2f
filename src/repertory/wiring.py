"""How the domains hang together: every reaction to an event, every mechanism that calls back, the navigation."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from repertory.core.web import card_tabs, navigation
from repertory.core.web.card_tabs import CardTab
from repertory.core.web.navigation import Entry
from repertory.customers import access as customers
from repertory.customers import audit_words as customer_words
from repertory.customers import reminders as customer_reminders
from repertory.customers import rules
from repertory.customers.actions.coverage import recount_after_move
from repertory.customers.choices import PERSON_KINDS
from repertory.customers.events import (
    CustomersImported,
    CustomersMerged,
    CustomersReassigned,
    MergeUndone,
    PersonErased,
)
from repertory.customers.importing import kinds as customer_kinds
from repertory.customers.jobs import index_after_import
from repertory.customers.prescriptions import refused_columns
from repertory.materials import access as materials
from repertory.materials import audit_words as material_words
from repertory.materials import reminders as material_reminders
from repertory.materials import rules as material_rules
from repertory.materials.actions.forgetting import forget_signatures
from repertory.materials.events import MaterialApproved, MaterialSubmitted, MaterialWithdrawn
from repertory.materials.importing import kinds as material_kinds
from repertory.organisation import access as organisation
from repertory.organisation import reminders as people_reminders
from repertory.organisation import rules as organisation_rules
from repertory.organisation.events import TerritoryMoved
from repertory.organisation.importing import kinds as organisation_kinds
from repertory.organisation.queries import approvers
from repertory.plans import access as plans
from repertory.plans import approving as plan_approving
from repertory.plans import audit_words as plan_words
from repertory.plans import reminders as plan_reminders
from repertory.plans import rules as plan_rules
from repertory.plans.events import TaskChanged
from repertory.plans.importing import kinds as plan_kinds
from repertory.platform import audit_words, reactions, workdays
from repertory.platform import rules as rule_table
from repertory.platform.approvals import kinds as approval_table
from repertory.platform.approvals import reminders as approval_reminders
from repertory.platform.approvals import rules as approval_rules
from repertory.platform.approvals.events import ApprovalMoved
from repertory.platform.approvals.kinds import ApprovalKind, Directory, RouteStep
from repertory.platform.audit_words import ObjectWords
from repertory.platform.exchange import approving as export_approving
from repertory.platform.exchange import kinds as exchange
from repertory.platform.exchange import refusals
from repertory.platform.exchange import rules as export_rules
from repertory.platform.exchange.web.rights import may_export_something
from repertory.platform.reminders import calendar as calendars
from repertory.platform.reminders import sources as reminder_sources
from repertory.platform.reminders.jobs import remind
from repertory.products import access as products
from repertory.products import audit_words as product_words
from repertory.products import reminders as product_reminders
from repertory.products import rules as product_rules
from repertory.products.actions import prices as price_actions
from repertory.products.events import MessageApproved, MessageSubmitted, MessageWithdrawn, SuggestionAnswered
from repertory.products.importing import kinds as product_kinds
from repertory.reports import access as reports
from repertory.reports import reminders as report_reminders
from repertory.reports.events import ReportIssued
from repertory.sales import access as sales
from repertory.sales import rules as sales_rules
from repertory.sales.actions.regions import roll_up_after_move
from repertory.sales.importing import kinds as sales_kinds
from repertory.service import access as service
from repertory.service import audit_words as service_words
from repertory.service import reminders as service_reminders
from repertory.service import rules as service_rules
from repertory.service.actions.merging import follow_merge, give_back
from repertory.service.actions.owners import follow_reassignment
from repertory.service.events import (
    AdverseEventCorrected,
    AdverseEventReceived,
    CaseEscalated,
    CaseOpened,
    CasesHandedOver,
)
from repertory.service.importing import kinds as service_kinds
from repertory.sync import access as sync
from repertory.sync import rules as sync_rules
from repertory.visits import access as visits
from repertory.visits import audit_words as visit_words
from repertory.visits import reminders as visit_reminders
from repertory.visits import rules as visit_rules
from repertory.visits.actions import following
from repertory.visits.actions.forgetting import forget_letters_and_photos
from repertory.visits.events import CoachingRecorded, EmailQueued, PlanDecided, PlanSubmitted, ReportSent
from repertory.visits.importing import kinds as visit_kinds
from repertory.visits.jobs import send_queued

SAME_TRANSACTION: dict = {
    TerritoryMoved: [recount_after_move, roll_up_after_move],
    CustomersReassigned: [following.follow_reassignment, follow_reassignment],
    CustomersMerged: [following.follow_merge, follow_merge],
    MergeUndone: [following.give_back, give_back],
    PersonErased: [forget_signatures, forget_letters_and_photos],
}
AFTER_COMMIT: dict = {
    CustomersImported: [index_after_import],
    CustomersReassigned: [remind(lambda event: event.customer_ids, "customer_dates", "customer_licences")],
    MessageSubmitted: [remind(lambda event: [event.version_id], "message_waiting")],
    MessageApproved: [remind(lambda event: [event.version_id], "message_waiting")],
    MessageWithdrawn: [remind(lambda event: [event.version_id], "message_expiry")],
    SuggestionAnswered: [remind(lambda event: [event.suggestion_id], "suggestion_answered")],
    MaterialSubmitted: [remind(lambda event: [event.version_id], "material_waiting")],
    MaterialApproved: [remind(lambda event: [event.version_id], "material_waiting")],
    MaterialWithdrawn: [remind(lambda event: [event.version_id], "material_expiry")],
    PlanSubmitted: [remind(lambda event: [event.plan_id], "plan_waiting")],
    PlanDecided: [remind(lambda event: [event.plan_id], "plan_waiting", "plan_decided")],
    EmailQueued: [send_queued],
    ReportSent: [remind(lambda event: [event.report_id], "urgent_report", when=lambda event: event.urgent)],
    CoachingRecorded: [remind(lambda event: [event.coaching_id], "coaching_unread")],
    CaseOpened: [remind(lambda event: [event.case_id], "case_due")],
    CaseEscalated: [remind(lambda event: [event.case_id], "case_escalated")],
    CasesHandedOver: [remind(lambda event: event.case_ids, "case_due", "case_escalated")],
    AdverseEventReceived: [remind(lambda event: [event.event_id], "adverse_event_new", "adverse_event_due")],
    TaskChanged: [remind(lambda event: [event.task_id], "task_due", "task_lagging", "task_to_check")],
    ApprovalMoved: [remind(lambda event: [event.request_id], "approval_waiting", "approval_decided")],
    ReportIssued: [remind(lambda event: [event.issued_id], "report_issued")],
    AdverseEventCorrected: [remind(lambda event: [event.event_id], "adverse_event_due")],
}

REMINDERS = (
    *visit_reminders.REMINDERS,
    *service_reminders.REMINDERS,
    *customer_reminders.REMINDERS,
    *material_reminders.REMINDERS,
    *product_reminders.REMINDERS,
    *people_reminders.REMINDERS,
    *approval_reminders.REMINDERS,
    *report_reminders.REMINDERS,
    *plan_reminders.REMINDERS,
)
CALENDAR = (visit_reminders.calendar, customer_reminders.calendar, service_reminders.calendar, plan_reminders.calendar)

RULES = (
    *rules.RULES,
    *product_rules.RULES,
    *material_rules.RULES,
    *visit_rules.RULES,
    *service_rules.RULES,
    *sales_rules.RULES,
    *plan_rules.RULES,
    *sync_rules.RULES,
    *workdays.RULES,
    *organisation_rules.RULES,
    *approval_rules.RULES,
    *export_rules.RULES,
    *(source.rule for source in REMINDERS),
)

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
    Entry(_("销售构成"), "reports:composition", allow=reports.may_analyse, below=True),
    Entry(_("拜访"), "visits:list", "calendar-event", allow=visits.may_see, also=("/exchange/visits/",)),
    Entry(_("拜访日历"), "visits:calendar", allow=visits.may_see, below=True),
    Entry(_("接下来做什么"), "visits:next", allow=visits.may_record, below=True),
    Entry(_("团队拜访"), "visits:team", allow=visits.may_lead, below=True),
    Entry(_("个人报告"), "visits:reports", allow=visits.may_see, below=True),
    Entry(_("协访辅导"), "visits:coachings", allow=visits.may_see, below=True),
    Entry(
        _("产品"),
        "products:list",
        "pill",
        allow=products.may_see,
        also=("/exchange/products/",),
    ),
    Entry(
        _("价格表"),
        "products:price_lists",
        allow=products.may_see_prices,
        below=True,
        also=("/exchange/prices/",),
    ),
    Entry(_("改进建议"), "products:suggestions", allow=products.may_see, below=True),
    Entry(_("信息审批"), "products:messages", allow=products.may_work_on_messages, below=True),
    Entry(
        _("资料与样品"),
        "materials:list",
        "package",
        allow=materials.may_see,
        also=tuple(f"/exchange/{kind.name}/" for kind in material_kinds.KINDS),
    ),
    Entry(_("我的资料与样品"), "materials:bag", allow=materials.may_hold, below=True),
    Entry(_("样品台账"), "materials:samples", allow=materials.may_issue_or_read, below=True),
    Entry(_("资料审批"), "materials:approval", allow=materials.may_work_on_materials, below=True),
    Entry(_("计划与指标"), "plans:list", "target", allow=plans.may_see, also=("/exchange/targets/",)),
    Entry(_("达成"), "figures:attainment", allow=plans.may_see, below=True),
    Entry(_("工作任务"), "plans:tasks", "checklist", allow=plans.may_see_tasks),
    Entry(
        _("销售"),
        "sales:entries",
        "receipt",
        allow=sales.may_see,
        also=tuple(f"/exchange/{kind.name}/" for kind in sales_kinds.KINDS),
    ),
    Entry(_("流向与月结"), "sales:files", allow=sales.may_see_files, below=True),
    Entry(_("待对应"), "sales:names_of_customers", allow=sales.may_see_files, below=True),
    Entry(_("窜货"), "sales:strays", allow=sales.may_see, below=True),
    Entry(_("进销存核对"), "sales:stock", allow=sales.may_see_files, below=True),
    Entry(_("两票制"), "sales:chains", allow=sales.may_see_files, below=True),
    Entry(_("服务"), "service:cases", "headset", allow=service.may_see, also=("/exchange/cases/",)),
    Entry(_("个案原因"), "service:causes", allow=service.may_see, below=True),
    Entry(
        _("不良反应"),
        "service:events",
        allow=service.may_see_events,
        below=True,
        also=("/exchange/adverse_events/",),
    ),
    Entry(_("审批"), "approvals:list", "checks"),
    Entry(_("报表"), "reports:list", "report", allow=reports.may_analyse),
    Entry(_("分析"), "reports:analysis", allow=reports.may_analyse, below=True),
    Entry(_("团队"), "organisation:people", "users-group", also=("/exchange/people/",)),
    Entry(_("辖区"), "organisation:territories", below=True, also=("/exchange/territories/",)),
    Entry(_("设置"), "organisation:rules", "settings", allow=organisation.may_audit),
    Entry(
        _("工作日历"),
        "organisation:workdays",
        allow=organisation.may_audit,
        below=True,
        also=("/exchange/workdays/",),
    ),
    Entry(_("群机器人"), "organisation:robots", allow=organisation.may_administer, below=True),
    Entry(_("自定义字段"), "organisation:fields", allow=organisation.may_administer, below=True),
    Entry(_("审计日志"), "organisation:audit", allow=organisation.may_audit, below=True),
)
PERSONAL = (
    Entry(_("我的账号"), "organisation:me", "user"),
    Entry(_("我的导出"), "exchange:exports", "download", allow=may_export_something),
    Entry(_("手机版"), "sync:phone", "device-mobile"),
    Entry(_("手机未入库记录"), "sync:quarantine", "cloud-off", allow=sync.may_see),
)
FRESH = (
    Entry(_("记录拜访"), "visits:record", "calendar-event", allow=visits.may_record),
    Entry(_("新建客户"), "customers:create", "user-plus", allow=customers.may_create),
    Entry(_("登记个案"), "service:open_case", "headset", allow=service.may_open),
    Entry(_("登记不良反应"), "service:report_event", "alert-triangle", allow=service.may_report_events),
    Entry(_("新建产品"), "products:create", "pill", allow=products.may_edit),
)

EXCHANGED = (
    *customer_kinds.KINDS,
    *product_kinds.KINDS,
    *material_kinds.KINDS,
    *visit_kinds.KINDS,
    *service_kinds.KINDS,
    *sales_kinds.KINDS,
    *plan_kinds.KINDS,
    *organisation_kinds.KINDS,
)

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
    "price_list": ObjectWords(
        _("价格表"),
        product_words.price_field_label,
        product_words.price_value_label,
        lambda key: reverse("products:price_list", args=[key]),
    ),
    "product_suggestion": ObjectWords(
        _("产品改进建议"),
        value_label=product_words.suggestion_value_label,
        url=lambda key: reverse("products:suggestion", args=[key]),
    ),
    "visit": ObjectWords(
        _("拜访"),
        visit_words.field_label,
        visit_words.value_label,
        lambda key: reverse("visits:page", args=[key]),
    ),
    "visit_plan": ObjectWords(
        _("月计划"),
        visit_words.field_label,
        visit_words.value_label,
        lambda key: reverse("visits:plan_page", args=[key]),
    ),
    "call_frequency": ObjectWords(_("拜访频率"), visit_words.field_label),
    "personal_report": ObjectWords(
        _("个人报告"), visit_words.field_label, url=lambda key: reverse("visits:report", args=[key])
    ),
    "coaching": ObjectWords(
        _("协访辅导"), visit_words.field_label, url=lambda key: reverse("visits:coaching", args=[key])
    ),
    "sync_item": ObjectWords(_("手机记录"), url=lambda key: reverse("sync:quarantine")),
    "material": ObjectWords(
        _("资料"),
        material_words.field_label,
        material_words.value_label,
        lambda key: reverse("materials:page", args=[key]),
    ),
    "sample_lot": ObjectWords(
        _("样品批次"),
        material_words.field_label,
        material_words.move_value_label,
        lambda key: reverse("materials:lot", args=[key]),
    ),
    "signature": ObjectWords(_("签名"), url=lambda key: reverse("customers:card", args=[key])),
    "case": ObjectWords(
        _("服务个案"),
        service_words.field_label,
        service_words.value_label,
        lambda key: reverse("service:case", args=[key]),
    ),
    "adverse_event": ObjectWords(
        _("不良反应"),
        service_words.event_field_label,
        service_words.event_value_label,
        lambda key: reverse("service:event", args=[key]),
    ),
    "sales_file": ObjectWords(_("流向文件"), url=lambda key: reverse("sales:file", args=[key])),
    "sales_month": ObjectWords(_("月结"), url=lambda key: reverse("sales:files")),
    "sales_name": ObjectWords(_("名称对照"), url=lambda key: reverse("sales:names_of_customers")),
    "seller_area": ObjectWords(_("经销区域"), url=lambda key: reverse("sales:strays")),
    "stray_flow": ObjectWords(_("窜货"), url=lambda key: reverse("sales:decide_stray", args=[key])),
    "stock_statement": ObjectWords(_("商业进销存"), url=lambda key: reverse("sales:stock")),
    "chain_exemption": ObjectWords(_("两票制豁免"), url=lambda key: reverse("sales:chains")),
    "approval": ObjectWords(_("审批"), url=lambda key: reverse("approvals:page", args=[key])),
    "approval_route": ObjectWords(_("审批路线"), url=lambda key: reverse("approvals:routes")),
    "deputy": ObjectWords(_("审批代理"), url=lambda key: reverse("approvals:deputies")),
    "saved_analysis": ObjectWords(_("保存的分析"), url=lambda key: reverse("reports:analysis")),
    "report_schedule": ObjectWords(_("定期报表"), url=lambda key: reverse("reports:list")),
    "issued_report": ObjectWords(_("已发报表")),
    **plan_words.OBJECTS,
    "person": ObjectWords(_("人员"), url=lambda key: reverse("organisation:person", args=[key])),
    "territory": ObjectWords(_("辖区"), url=lambda key: reverse("organisation:territory", args=[key])),
    "api_token": ObjectWords(_("接口密钥")),
    "calendar_link": ObjectWords(_("日历订阅")),
    "robot": ObjectWords(_("群机器人")),
    "policy": ObjectWords(_("规则")),
    "custom_field": ObjectWords(_("自定义字段")),
    "workday": ObjectWords(_("工作日历")),
    "audit": ObjectWords(_("审计日志")),
}


# What goes through an approval: kind → what happens then, its page, who sees it, the route where none is set.
APPROVALS: tuple[ApprovalKind, ...] = (
    ApprovalKind(
        key="price_list",
        label=_("价格表"),
        on_approved=price_actions.approved,
        on_rejected=price_actions.refused,
        on_withdrawn=price_actions.refused,
        url=lambda key: reverse("products:price_list", args=[key]),
        visible=products.visible_price_lists,
        route=(RouteStep("finance", "company"), RouteStep("manager", "company")),
        open_to=products.may_see_prices,
    ),
    ApprovalKind(
        key="export",
        label=_("导出"),
        on_approved=export_approving.approved,
        on_rejected=export_approving.refused,
        on_withdrawn=export_approving.refused,
        url=lambda key: reverse("exchange:export_run", args=[key]),
        visible=export_approving.visible,
        route=(RouteStep("manager", "company"),),
    ),
    plan_approving.APPROVAL,
)
DIRECTORY = Directory(
    places=approvers.places,
    holders=approvers.holders,
    posts=approvers.posts,
    home=approvers.home,
    names=approvers.node_names,
    people=approvers.possible_deputies,
    roles=approvers.ROLES,
    levels=approvers.LEVELS,
    may_write=organisation.may_write,
    may_administer=organisation.may_administer,
    may_read_all=organisation.may_audit,
)

CARD_TABS = (
    CardTab("visits", _("拜访"), "visits:of_customer", after="people"),
    CardTab("given", _("资料与样品"), "materials:of_customer", after="visits"),
    CardTab(
        "sales",
        _("销售"),
        "sales:of_customer",
        fits=lambda customer: customer.kind not in PERSON_KINDS,
        allow=sales.may_see,
        after="given",
    ),
    CardTab("cases", _("服务"), "service:of_customer", after="sales"),
)


def connect() -> None:
    """Called once when the program starts."""
    card_tabs.connect(CARD_TABS)
    reactions.connect(same_transaction=SAME_TRANSACTION, after_commit=AFTER_COMMIT)
    rule_table.connect(RULES)
    audit_words.connect(OBJECTS)
    exchange.connect(EXCHANGED)
    approval_table.connect(APPROVALS, DIRECTORY)
    refusals.connect((refused_columns,))
    reminder_sources.connect(REMINDERS)
    calendars.connect(CALENDAR)
    bell = ("reminders:inbox", "reminders:bell")
    navigation.connect(main=NAVIGATION, personal=PERSONAL, fresh=FRESH, search="customers:search", bell=bell)
