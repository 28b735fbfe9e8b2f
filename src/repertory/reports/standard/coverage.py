"""拜访覆盖报表: how many customers were seen, how often, and what they bought."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from repertory.core.exact import from_units
from repertory.organisation.access import visible_territories
from repertory.reports.choices import ReportName
from repertory.reports.rendering.document import Document, Head, Kind, Picture, Row, Section, Table
from repertory.reports.standard.orders import Order, analysed, ask, document


def build(order: Order) -> Document:
    sections = [
        _nodes(order),
        analysed(order, "tier", _("哪一级客户拜访得多，买得多？"), measure="visits,visited,amount", rows="tier"),
        analysed(order, "months", _("每个月拜访了多少次？"), measure="visits,visited", rows="month"),
    ]
    lines = (_("客户数是现在覆盖的客户；拜访是期间内完成的拜访。"),)
    return document(order, ReportName.COVERAGE, sections, lines)


def _nodes(order: Order) -> Section:
    found = ask(order, measure="visits,visited,amount", rows=order.level_below)
    dimension = found.question.rows[0]
    paths = [key[0] for key in found.ordered((dimension,))]
    counts = dict(visible_territories(order.actor).filter(path__in=paths).values_list("path", "customer_count"))
    rows = []
    for path in paths:
        cell = found.cells[(path,)]
        visits, visited, amount = cell.get("visits", 0), cell.get("visited", 0), from_units(cell.get("amount", 0))
        customers = counts.get(path)
        share = _part(visited, customers)
        rows.append(
            Row((found.label(dimension, path)[1], customers, visited, share, visits, amount, _part(amount, visits)))
        )
    heads = [
        Head("name", str(dimension.label)),
        Head("customers", _("客户数"), Kind.WHOLE),
        Head("visited", _("拜访到的客户"), Kind.WHOLE),
        Head("covered", _("覆盖率"), Kind.SHARE),
        Head("visits", _("拜访次数"), Kind.WHOLE),
        Head("amount", _("销售金额（元）"), Kind.MONEY),
        Head("per_visit", _("每次拜访对应的销售（元）"), Kind.MONEY),
    ]
    shares: list[Any] = [row.values[3] for row in rows]
    picture = Picture("bars", [str(row.values[0]) for row in rows], [(_("覆盖率"), shares)], Kind.SHARE)
    return Section("nodes", _("各区域拜访到了多少客户，卖了多少？"), picture=picture if rows else None,
                   table=Table(heads, rows, empty=_("这个期间没有拜访，也没有销售。")))  # fmt: skip


def _part(some: Decimal | int, whole: int | None) -> Decimal | None:
    return Decimal(some) / whole if whole else None
