"""How the audit trail names the objects of every domain, and where they are found."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from repertory.customers import audit_words as customer_words
from repertory.materials import audit_words as material_words
from repertory.plans import audit_words as plan_words
from repertory.platform.audit_words import ObjectWords
from repertory.products import audit_words as product_words
from repertory.service import audit_words as service_words
from repertory.visits import audit_words as visit_words

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
