"""The navigation: what is where, and for whom."""

from django.utils.translation import gettext_lazy as _

from repertory.core.web.navigation import Entry
from repertory.customers import access as customers
from repertory.customers.importing import kinds as customer_kinds
from repertory.materials import access as materials
from repertory.materials.importing import kinds as material_kinds
from repertory.organisation import access as organisation
from repertory.plans import access as plans
from repertory.platform.exchange.web.rights import may_export_something
from repertory.products import access as products
from repertory.reports import access as reports
from repertory.sales import access as sales
from repertory.sales.importing import kinds as sales_kinds
from repertory.service import access as service
from repertory.sync import access as sync
from repertory.visits import access as visits

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
