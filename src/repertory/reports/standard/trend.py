"""销售趋势报表: where the whole and each product are heading, by a stated test."""

from collections import defaultdict
from decimal import Decimal

from django.utils.translation import gettext as _

from repertory.core.periods import Period, between, month_name, month_number, shifted
from repertory.plans.queries.outlook import Outlook, outlook
from repertory.plans.statistics.forecast import CONFIDENCE
from repertory.plans.statistics.trend import Direction, Trend, trend_of
from repertory.products.models import Product
from repertory.reports.choices import ReportName
from repertory.reports.rendering.document import Band, Document, Figure, Head, Kind, Picture, Row, Section, Table
from repertory.reports.standard.orders import Order, analysed, document
from repertory.sales.links import entries_url
from repertory.sales.queries.totals import totals

AHEAD = 6
LOOKED_BACK = 36


def build(order: Order) -> Document:
    found = outlook(actor=order.actor, today=order.today, months=AHEAD, where=order.where)
    sections = [
        _whole(found),
        _products(order),
        analysed(order, "months", _("每个月卖了多少，由哪些产品组成？"), rows="product", columns="month"),
    ]
    lines = (_("趋势：从两年数据起用季节性 Mann–Kendall 检验，p < 0.05 才算上升或下降；每月变化是 Sen 斜率。"),)
    return document(order, ReportName.TREND, sections, lines)


def words(trend: Trend) -> str:
    names = {
        Direction.UP: _("上升"),
        Direction.DOWN: _("下降"),
        Direction.FLAT: _("持平"),
        Direction.UNKNOWN: _("数据太少"),
    }
    return str(names[trend.direction])


def _whole(found: Outlook) -> Section:
    tone = {Direction.UP: "good", Direction.DOWN: "bad"}.get(found.trend.direction, "")
    figures = [
        Figure("trend", _("趋势"), words(found.trend), Kind.TEXT, _("p = %(p)s") % {"p": f"{found.trend.p_value:.3f}"}, tone),
        Figure("slope", _("每月变化（元）"), _money(found.trend.slope), Kind.MONEY),
    ]  # fmt: skip
    if found.forecast is not None and found.forecast.backtest.chosen.mase is not None:
        backtest = found.forecast.backtest
        naive = _("照搬去年同月是 %(n)s") % {"n": f"{backtest.naive.mase or 0:.2f}"}
        figures.append(Figure("mase", _("回测误差 MASE"), f"{backtest.chosen.mase:.2f}", Kind.TEXT, naive))
    heads = [
        Head("month", _("月份")),
        Head("value", _("预测（元）"), Kind.MONEY),
        Head("low", _("低"), Kind.MONEY),
        Head("high", _("高"), Kind.MONEY),
    ]
    rows = [Row((month_name(row.month), row.value, row.low, row.high)) for row in found.ahead]
    table = Table(heads, rows, empty=_("不到 6 个月的数据，不做预测。"))
    return Section("total", _("总体往哪里走？"), figures, picture=_picture(found), table=table)


def _picture(found: Outlook) -> Picture | None:
    if not found.past:
        return None
    past = list(found.past.items())[-24:]
    names = [month_name(month) for month, _value in past] + [month_name(row.month) for row in found.ahead]
    gap: list[Decimal | None] = [None] * (len(past) - 1)
    last = past[-1][1]
    return Picture(
        "lines",
        names,
        [
            (_("实际"), [value for _month, value in past] + [None] * len(found.ahead)),
            (_("预测"), [*gap, last, *(row.value for row in found.ahead)]),
        ],
        band=Band(
            _("%(part)s%% 区间") % {"part": round(CONFIDENCE * 100)},
            [*gap, last, *(row.low for row in found.ahead)],
            [*gap, last, *(row.high for row in found.ahead)],
        ),
    )


def _products(order: Order) -> Section:
    """One statement for all products; months that are not over do not count."""
    last = shifted(month_number(order.today), -1)
    period = Period(shifted(last, 1 - LOOKED_BACK), LOOKED_BACK)
    series: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for total in totals(actor=order.actor, period=period, by=("product_id", "month"), where=order.where):
        series[total.key[0]][total.key[1]] = total.amount
    names = {row.pk: str(row) for row in Product.objects.filter(pk__in=series)}
    year = Period(shifted(last, -11), 12)
    rows = []
    for key, found in series.items():
        months = between(min(found), last).months
        trend = trend_of([float(found.get(month, 0)) for month in months])
        sold = sum((found.get(month, Decimal(0)) for month in year.months), Decimal(0))
        before = sum((found.get(month, Decimal(0)) for month in year.year_before().months), Decimal(0))
        growth = sold / before - 1 if before > 0 else None
        urls = {"sold": entries_url(period=year, node=order.node, product=key)}
        values = (names[key], sold, growth, words(trend), f"{trend.p_value:.3f}", _money(trend.slope))
        rows.append(Row(values, urls))
    heads = [
        Head("product", _("产品")),
        Head("sold", _("近12个月（元）"), Kind.MONEY),
        Head("growth", _("比前12个月"), Kind.SHARE),
        Head("trend", _("趋势")),
        Head("p", _("p 值")),
        Head("slope", _("每月变化（元）"), Kind.MONEY),
    ]
    rows.sort(key=lambda row: (-(row.values[1] or 0), row.values[0]))  # type: ignore[operator]
    return Section("products", _("哪些产品在涨，哪些在跌？"), table=Table(heads, rows, empty=_("没有数据")))


def _money(value: float) -> Decimal:
    return Decimal(value).quantize(Decimal("0.01"))
