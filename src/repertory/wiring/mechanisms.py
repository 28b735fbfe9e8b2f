"""What the mechanisms of the platform call back: reminders, rules, exchanged kinds, approvals, tabs of the customer's card."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from repertory.core.web.card_tabs import CardTab
from repertory.customers import reminders as customer_reminders
from repertory.customers import rules
from repertory.customers.choices import PERSON_KINDS
from repertory.customers.importing import kinds as customer_kinds
from repertory.materials import reminders as material_reminders
from repertory.materials import rules as material_rules
from repertory.materials.importing import kinds as material_kinds
from repertory.organisation import access as organisation
from repertory.organisation import reminders as people_reminders
from repertory.organisation import rules as organisation_rules
from repertory.organisation.importing import kinds as organisation_kinds
from repertory.organisation.queries import approvers
from repertory.plans import approving as plan_approving
from repertory.plans import reminders as plan_reminders
from repertory.plans import rules as plan_rules
from repertory.plans.importing import kinds as plan_kinds
from repertory.platform import workdays
from repertory.platform.approvals import reminders as approval_reminders
from repertory.platform.approvals import rules as approval_rules
from repertory.platform.approvals.kinds import ApprovalKind, Directory, RouteStep
from repertory.platform.exchange import approving as export_approving
from repertory.platform.exchange import rules as export_rules
from repertory.products import access as products
from repertory.products import reminders as product_reminders
from repertory.products import rules as product_rules
from repertory.products.actions import prices as price_actions
from repertory.products.importing import kinds as product_kinds
from repertory.reports import reminders as report_reminders
from repertory.sales import access as sales
from repertory.sales import rules as sales_rules
from repertory.sales.importing import kinds as sales_kinds
from repertory.service import reminders as service_reminders
from repertory.service import rules as service_rules
from repertory.service.importing import kinds as service_kinds
from repertory.sync import rules as sync_rules
from repertory.visits import reminders as visit_reminders
from repertory.visits import rules as visit_rules
from repertory.visits.importing import kinds as visit_kinds

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
