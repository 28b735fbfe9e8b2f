"""达成报表: the whole, the nodes below, and every territory with every product."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from repertory.core import formats
from repertory.core.periods import Period
from repertory.organisation.access import visible_territories
from repertory.plans.queries.attainment import Ask, Attainment, Group, Standing, attainment
from repertory.plans.queries.outlook import period_end
from repertory.plans.queries.targets import target_totals
from repertory.products.models import Product
from repertory.reports.choices import ReportName
from repertory.reports.rendering.document import Document, Figure, Head, Kind, Picture, Row, Section, Table, Value
from repertory.reports.standard.orders import Order, document
from repertory.sales.links import entries_url
from repertory.sales.queries.totals import totals

MOST_LINES = 3_000


def build(order: Order) -> Document:
    found = attainment(actor=order.actor, ask=Ask(order.period, order.where, Group.NODE), today=order.today)
    products = attainment(actor=order.actor, ask=Ask(order.period, order.where, Group.PRODUCT), today=order.today)
    sections = [
        _whole(order, found),
        _lines(order, found, "nodes", _("各区域跟上时间进度了吗？"), _("区域")),
        _lines(order, products, "products", _("各产品跟上时间进度了吗？"), _("产品")),
        _every(order),
    ]
    return document(order, ReportName.ATTAINMENT, sections)


def _whole(order: Order, found: Attainment) -> Section:
    total, pace = found.total, found.pace
    url = entries_url(period=order.period, node=order.node)
    figures = [
        Figure("actual", _("实际（元）"), total.actual, Kind.MONEY, url=url),
        Figure("target", _("指标（元）"), total.target, Kind.MONEY),
        Figure("attained", _("达成率"), total.attained, Kind.SHARE, tone=_tone(total)),
        Figure(
            "time_gone",
            _("时间进度"),
            total.time_gone,
            Kind.SHARE,
            _("%(gone)s / %(days)s 个工作日") % {"gone": pace.gone, "days": pace.days},
        ),
        Figure("growth", _("比去年同期"), total.growth, Kind.SHARE),
        Figure("before", _("上一期（元）"), total.before, Kind.MONEY),
    ]
    end = period_end(actor=order.actor, today=order.today, period=order.period, where=order.where)
    if end is not None:
        ends = {"low": formats.short_number(round(end.low)), "high": formats.short_number(round(end.high))}
        note = _("区间 %(low)s 到 %(high)s") % ends
        figures.append(Figure("forecast", _("预计做到（元）"), end.value, Kind.MONEY, note))
    return Section("total", _("总体"), figures)


def _tone(standing: Standing) -> str:
    pace = standing.pace
    return "" if pace is None else "good" if pace >= 1 else "warn" if pace >= Decimal("0.9") else "bad"


def _lines(order: Order, found: Attainment, key: str, title: str, label: str) -> Section:
    heads = [Head("name", label), *_figure_heads()]
    rows = [
        Row((line.name, *_values(line.standing)), _behind(order, found.ask.group, line.key)) for line in found.lines
    ]
    share = [line.standing.attained for line in found.lines]
    picture = Picture(
        "bars",
        [line.name for line in found.lines],
        [(_("达成率"), share)],
        Kind.SHARE,
        mark=(_("时间进度"), found.pace.share),
    )
    total = Row((_("合计"), *_values(found.total)))
    planned = any(one is not None for one in share)
    return Section(key, title, picture=picture if planned else None, table=Table(heads, rows, total, _("没有数据")))


def _behind(order: Order, group: Group, key: str) -> dict[str, str]:
    if not key:
        return {}
    if group is Group.NODE:
        return {"actual": entries_url(period=order.period, node=key)}
    return {"actual": entries_url(period=order.period, node=order.node, product=key)}


def _figure_heads() -> list[Head]:
    return [
        Head("actual", _("实际（元）"), Kind.MONEY),
        Head("target", _("指标（元）"), Kind.MONEY),
        Head("attained", _("达成率"), Kind.SHARE),
        Head("last_year", _("去年全期（元）"), Kind.MONEY),
        Head("growth", _("比去年同期"), Kind.SHARE),
    ]


def _values(standing: Standing) -> tuple[Value, ...]:
    return standing.actual, standing.target, standing.attained, standing.last_year, standing.growth


def _every(order: Order) -> Section:
    """Each territory with each product: three statements, whatever their number."""
    by = ("territory_id", "product_id")

    def asked(ask: Any, over: Period) -> dict[tuple, Decimal]:
        found = ask(actor=order.actor, period=over, by=by, where=order.where)
        return {total.key: total.amount for total in found}

    actual, target = asked(totals, order.period), asked(target_totals, order.period)
    last_year = asked(totals, order.period.year_before())
    keys = {*actual, *target}
    nodes = {
        key: (path, name, code)
        for key, path, name, code in visible_territories(order.actor)
        .filter(pk__in={node for node, _product in keys if node})
        .values_list("pk", "path", "name", "code")
    }
    products = {row.pk: row for row in Product.objects.filter(pk__in={product for _node, product in keys})}
    ordered = sorted(keys, key=lambda key: (nodes.get(key[0], ("~",))[0], products[key[1]].sort_key, key[1]))
    heads = [
        Head("node", _("区域")),
        Head("product", _("产品")),
        Head("actual", _("实际（元）"), Kind.MONEY),
        Head("target", _("指标（元）"), Kind.MONEY),
        Head("attained", _("达成率"), Kind.SHARE),
        Head("last_year", _("去年全期（元）"), Kind.MONEY),
    ]
    rows = []
    for key in ordered[:MOST_LINES]:
        _path, name, code = nodes.get(key[0], ("", _("未归属"), ""))
        sold, planned = actual.get(key, Decimal(0)), target.get(key)
        share = sold / planned if planned else None
        urls = {"actual": entries_url(period=order.period, node=code, product=key[1])} if code else {}
        rows.append(Row((name, str(products[key[1]]), sold, planned, share, last_year.get(key, Decimal(0))), urls))
    left = _("只列出前 %(most)s 行，请选一个下级区域看全部。") % {"most": MOST_LINES}
    notes = [left] if len(keys) > MOST_LINES else []
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for name, found in (("actual", actual), ("target", target), ("last_year", last_year)):
        sums[name] = sum((found.get(key, Decimal(0)) for key in keys), Decimal(0))
    share = sums["actual"] / sums["target"] if sums["target"] else None
    total = Row((_("合计"), "", sums["actual"], sums["target"], share, sums["last_year"]))
    return Section("every", _("各区域各产品"), notes=notes, table=Table(heads, rows, total, _("没有数据")))
