"""The standard reports by name, and their files."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from repertory.core.errors import NotFound
from repertory.organisation.access import require
from repertory.reports.access import may_analyse
from repertory.reports.choices import ReportName
from repertory.reports.rendering.as_json import as_json
from repertory.reports.rendering.document import Document
from repertory.reports.rendering.pdf import pdf
from repertory.reports.rendering.workbook import workbook
from repertory.reports.standard import attainment, composition, coverage, flow, trend
from repertory.reports.standard.orders import Order

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@dataclass(frozen=True)
class Report:
    name: ReportName
    question: Any
    build: Callable[[Order], Document]


REPORTS = {
    report.name.value: report
    for report in (
        Report(ReportName.ATTAINMENT, _("各区域、各产品做到指标的多少？"), attainment.build),
        Report(ReportName.COMPOSITION, _("销售由哪些产品、区域和客户构成？"), composition.build),
        Report(ReportName.TREND, _("销售在涨还是在跌，往后会怎样？"), trend.build),
        Report(ReportName.COVERAGE, _("拜访到了多少客户，和销售对得上吗？"), coverage.build),
        Report(ReportName.FLOW, _("流向里有什么不对？"), flow.build),
    )
}


def make(name: str, order: Order) -> Document:
    """NotFound for no such report, NotAllowed for the academic side."""
    report = REPORTS.get(name)
    if report is None:
        raise NotFound()
    require(may_analyse(order.actor), _("学术一方看不到销售，没有这张报表。"))
    return report.build(order)


def file_of(document: Document, file_format: str) -> bytes:
    """pdf, xlsx or json."""
    if file_format == "pdf":
        return pdf(document)
    if file_format == "xlsx":
        return workbook(document)
    return json.dumps(as_json(document), ensure_ascii=False, indent=1).encode()
