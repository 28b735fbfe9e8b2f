"""What the page of attainment shows of its figures."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import formats
from repertory.core.actor import Actor
from repertory.core.periods import Period, month_name, month_number
from repertory.organisation.access import visible_territories
from repertory.plans.choices import Measure
from repertory.plans.queries.asking import Asked
from repertory.plans.queries.attainment import Attainment, Group, Line, Standing
from repertory.plans.queries.outlook import Outlook, PeriodEnd
from repertory.plans.queries.reasons import Step, lag
from repertory.plans.statistics.forecast import CONFIDENCE
from repertory.plans.statistics.trend import Direction, Method, Trend
from repertory.sales.links import entries_url

MOST_BARS = 20
NARROWING = {Group.NODE: "node", Group.PRODUCT: "product", Group.CUSTOMER: "customer", Group.MONTH: "period"}
SHOWN_MONTHS = 24


def heading(asked: Asked) -> str:
    parts = [asked.ask.period.name, asked.node.name if asked.node else _("我看得到的全部")]
    parts += [str(one) for one in (asked.product, asked.customer) if one is not None]
    return " · ".join(parts)


def best_group(asked: Asked) -> Group:
    """What a first look is for: the nodes below, then products, then customers, then months."""
    if asked.customer is not None:
        return Group.MONTH if asked.product is not None else Group.PRODUCT
    if asked.node is not None and not asked.node.numchild:
        return Group.CUSTOMER if asked.product is not None else Group.PRODUCT
    return Group.NODE


def amount(value: Decimal | None, measure: str) -> str:
    """Yuan with two places, sales units as they are."""
    if value is None:
        return "—"
    return formats.number(value, 2) if measure == Measure.AMOUNT else formats.number(round(value, 2).normalize() + 0)


def short(value: Decimal, measure: str) -> str:
    return formats.short_number(round(value))


def signed(share: Decimal | None) -> str:
    return "—" if share is None else f"{'+' if share >= 0 else ''}{formats.number(share * 100, 1)}%"


def share(value: Decimal | None) -> str:
    return "—" if value is None else f"{formats.number(value * 100, 1)}%"


def tone(standing: Standing) -> str:
    pace = standing.pace
    if pace is None:
        return ""
    return "good" if pace >= 1 else "warn" if pace >= Decimal("0.9") else "bad"


def figures(asked: Asked, found: Attainment) -> list[dict[str, Any]]:
    total, measure, pace = found.total, asked.ask.measure, found.pace
    behind = total.behind
    days = _("%(gone)s / %(days)s 个工作日") % {"gone": pace.gone, "days": pace.days}
    missing = "" if behind is None else _("落后 %(n)s") if behind > 0 else _("超前 %(n)s")
    return [
        {"label": _("实际"), "value": short(total.actual, measure), "note": amount(total.actual, measure),
         "url": _rows(asked)},
        {"label": _("指标"), "value": "—" if total.target is None else short(total.target, measure),
         "note": _("还没有通过审批的指标") if total.target is None else amount(total.target, measure)},
        {"label": _("达成率"), "value": share(total.attained), "tone": tone(total),
         "note": missing % {"n": short(abs(behind), measure)} if behind is not None else ""},
        {"label": _("时间进度"), "value": share(total.time_gone), "note": days},
        {"label": _("比去年同期"), "value": signed(total.growth),
         "note": _("去年同期 %(n)s") % {"n": short(total.last_year_so_far, measure)}},
        {"label": _("上一期"), "value": short(total.before, measure), "note": amount(total.before, measure)},
    ]  # fmt: skip


def _rows(asked: Asked, **more: Any) -> str:
    where = asked.ask.where
    given = {"node": asked.node, "product": asked.product and asked.product.pk, "period": asked.ask.period}
    return entries_url(**{**given, "customer": asked.customer and asked.customer.pk, "basis": where.basis, **more})


def chart(asked: Asked, found: Attainment, address: QueryDict) -> dict[str, Any]:
    """Bars against the time gone where there are targets, else the actual figures."""
    planned = any(line.standing.target for line in found.lines)
    lines = found.lines[:MOST_BARS]
    values = [line.standing.attained or Decimal(0) if planned else line.standing.actual for line in lines]
    title = _("谁跟上了时间进度？") if planned else _("卖到哪里去了？")
    data: dict[str, Any] = {
        "kind": "bar" if asked.ask.group is not Group.MONTH else "bars",
        "categories": [line.name for line in lines],
        "series": [
            {"name": _("达成率") if planned else _("实际"), "data": [_number(value, planned) for value in values]}
        ],
        "links": [narrowed(asked, line, address) for line in lines],
    }
    if planned:
        data["percent"] = True
        if asked.ask.group is not Group.MONTH:
            data["mark"] = {"name": _("时间进度"), "value": _number(found.pace.share, True)}
    return {
        "key": "attainment", "data_id": "data-attainment", "title": title, "wide": True,
        "note": _("时间进度 %(share)s") % {"share": share(found.pace.share)},
        "heads": [_group_label(asked.ask.group), _("实际"), _("指标"), _("达成率"), _("差额"), _("比去年同期"), _("上一期"), _("明细")],
        "rows": [_row(asked, line, address) for line in found.lines],
        "data": data,
    }  # fmt: skip


def _number(value: Decimal, percent: bool) -> float:
    return round(float(value) * 100, 1) if percent else round(float(value), 2)


def _row(asked: Asked, line: Line, address: QueryDict) -> dict[str, Any]:
    standing, measure = line.standing, asked.ask.measure
    behind = None if standing.behind is None else -standing.behind
    cells = [
        {"text": amount(standing.actual, measure)},
        {"text": amount(standing.target, measure)},
        {"text": share(standing.attained), "tone": tone(standing)},
        {"text": amount(behind, measure)},
        {"text": signed(standing.growth)},
        {"text": amount(standing.before, measure)},
        {"text": _("%(n)s 行") % {"n": formats.number(standing.rows)}, "url": _line_rows(asked, line)},
    ]
    return {"label": line.name, "url": narrowed(asked, line, address), "cells": cells}


def _line_rows(asked: Asked, line: Line) -> str:
    """Only where the address can say the same."""
    if not line.key or not line.standing.rows:
        return ""
    if asked.ask.group is Group.MONTH:
        year, month = line.key.split("-")
        return _rows(asked, period=Period(int(year) * 100 + int(month), 1))
    return _rows(asked, **{NARROWING[asked.ask.group]: line.key})


def narrowed(asked: Asked, line: Line, address: QueryDict) -> str:
    """The same page about one of its parts."""
    if not line.key or asked.ask.group is Group.NONE:
        return ""
    if asked.node is not None and line.key == asked.node.code:
        return ""
    kept = address.copy()
    kept.pop("group", None)
    kept[NARROWING[asked.ask.group]] = line.key
    return f"{reverse('figures:attainment')}?{kept.urlencode()}"


def periods(present: Period, today: date) -> list[tuple[str, str]]:
    """The years around, the quarters and months of the year that is shown."""
    year = present.first // 100
    years = sorted({today.year - 1, today.year, year, today.year + 1}, reverse=True)
    quarters = [f"{year}-Q{number}" for number in range(1, 5)]
    months = [month_name(year * 100 + month) for month in range(1, 13)]
    names = {month_name(month_number(today)): _("本月"), str(today.year): _("今年")}
    return [(name, f"{name}  {names.get(name, '')}".strip()) for name in (*map(str, years), *quarters, *months)]


def _group_label(group: Group) -> str:
    labels = {
        Group.NODE: _("下级区域"),
        Group.PRODUCT: _("产品"),
        Group.CUSTOMER: _("客户"),
        Group.MONTH: _("月份"),
    }
    return labels[group]


def tabs(asked: Asked, address: QueryDict) -> list[dict[str, Any]]:
    found = []
    for group in NARROWING:
        kept = address.copy()
        kept["group"] = group.value
        found.append({"label": _group_label(group), "url": f"?{kept.urlencode()}", "current": group is asked.ask.group})
    return found


def crumbs(actor: Actor, asked: Asked, address: QueryDict) -> list[dict[str, str]]:
    """The nodes above the present one, as far as one sees them."""
    if asked.node is None:
        return []
    step = asked.node.steplen
    above = [asked.node.path[:length] for length in range(step, len(asked.node.path), step)]
    found = [{"label": _("全部"), "url": _without(address, "node", "group")}]
    for code, name in visible_territories(actor).filter(path__in=above).order_by("path").values_list("code", "name"):
        kept = address.copy()
        kept.pop("group", None)
        kept["node"] = code
        found.append({"label": name, "url": f"?{kept.urlencode()}"})
    return found


def _without(address: QueryDict, *names: str) -> str:
    kept = address.copy()
    for name in names:
        kept.pop(name, None)
    return f"?{kept.urlencode()}"


def trend(found: Trend, measure: str) -> dict[str, str]:
    """An arrow with its reason."""
    looks = {
        Direction.UP: ("good", "trending-up", _("上升")),
        Direction.DOWN: ("bad", "trending-down", _("下降")),
        Direction.FLAT: ("", "arrow-right", _("持平")),
        Direction.UNKNOWN: ("", "circle-dashed", _("还看不出")),
    }
    tone, icon, word = looks[found.direction]
    if found.test is Method.NONE:
        return {"tone": tone, "icon": icon, "word": word, "reason": _("不到 6 个月的数据，不做检验。")}
    test = _("季节性 Mann–Kendall 检验") if found.test is Method.SEASONAL else _("Mann–Kendall 检验")
    reason = _("%(test)s，%(months)s 个月，%(p)s；每月约 %(slope)s") % {
        "test": test,
        "months": found.months,
        "p": "p < 0.001" if found.p_value < 0.001 else f"p = {found.p_value:.3f}",
        "slope": f"{'+' if found.slope >= 0 else '−'}{formats.short_number(abs(round(found.slope)))}",
    }
    return {"tone": tone, "icon": icon, "word": word, "reason": reason}


def method(found: Outlook) -> str:
    """How it was made and how wrong it was in the back-test."""
    if found.forecast is None:
        return _("不到 6 个月的数据，不做预测。")
    names = {
        "combined": _("四种方法取中"),
        "smoothed": _("指数平滑加季节"),
        "damped": _("阻尼趋势加季节"),
        "theta": _("Theta 方法"),
        "yearly_level": _("近一年水平加季节"),
        "seasonal_naive": _("去年同月"),
    }
    backtest = found.forecast.backtest
    text = _("方法：%(name)s；区间 %(part)s%%。") % {
        "name": names[found.forecast.method],
        "part": round(CONFIDENCE * 100),
    }
    if backtest.chosen.mase is None or backtest.naive.mase is None:
        return text
    return text + _("回测 %(origins)s 次，误差 MASE %(own)s，照搬去年同月是 %(naive)s。") % {
        "origins": backtest.origins,
        "own": f"{backtest.chosen.mase:.2f}",
        "naive": f"{backtest.naive.mase:.2f}",
    }


def outlook_chart(asked: Asked, found: Outlook) -> dict[str, Any] | None:
    """The known months, the foretold ones, and between what they lie."""
    if not found.past:
        return None
    past = list(found.past.items())[-SHOWN_MONTHS:]
    months = [month for month, _value in past] + [row.month for row in found.ahead]
    known = [float(value) for _month, value in past]
    gap: list[Any] = [None] * (len(past) - 1)
    measure = asked.ask.measure
    return {
        "key": "outlook", "data_id": "data-outlook", "title": _("往后几个月会怎样？"),
        "note": _("最近 %(n)s 个月和往后 %(m)s 个月") % {"n": len(past), "m": len(found.ahead)},
        "heads": [_("月份"), _("预测"), _("低"), _("高")],
        "rows": [
            {"label": month_name(row.month), "cells": [{"text": amount(number, measure)} for number in (row.value, row.low, row.high)]}
            for row in found.ahead
        ],
        "data": {
            "kind": "line",
            "categories": [month_name(month) for month in months],
            "series": [
                {"name": _("实际"), "data": known + [None] * len(found.ahead)},
                {"name": _("预测"), "data": [*gap, known[-1], *(float(row.value) for row in found.ahead)]},
            ],
            "band": {
                "name": _("%(part)s%% 区间") % {"part": round(CONFIDENCE * 100)},
                "low": [*gap, known[-1], *(float(row.low) for row in found.ahead)],
                "high": [*gap, known[-1], *(float(row.high) for row in found.ahead)],
            },
        },
    }  # fmt: skip


def period_end(asked: Asked, end: PeriodEnd | None) -> str:
    if end is None:
        return ""
    words = {
        "period": asked.ask.period.name,
        "value": short(end.value, asked.ask.measure),
        "low": short(end.low, asked.ask.measure),
        "high": short(end.high, asked.ask.measure),
    }
    text = _("%(period)s 预计做到 %(value)s（%(low)s 到 %(high)s）") % words
    if not end.target:
        return text + _("。")
    return text + _("，是指标的 %(share)s。") % {"share": share(end.value / end.target)}


def step(found: Step, address: QueryDict) -> dict[str, Any]:
    standing, measure, where = found.line.standing, found.ask.measure, found.ask.where
    kept = address.copy()
    kept.pop("group", None)
    if where.node is not None:
        kept["node"] = where.node.code
    for name, keys in (("product", where.products), ("customer", where.customers)):
        if keys:
            kept[name] = str(next(iter(keys)))
    missing = lag(standing)
    against = _("落后进度") if standing.behind is not None else _("少于去年同期")
    ahead = _("超前进度") if standing.behind is not None else _("多于去年同期")
    return {
        "kind": _group_label(found.group),
        "name": found.line.name,
        "url": f"{reverse('figures:attainment')}?{kept.urlencode()}",
        "text": f"{against if missing > 0 else ahead} {amount(abs(missing), measure)}",
        "tone": "bad" if missing > 0 else "good",
        "attained": share(standing.attained),
        "of": found.parts,
    }


def rows_url(path: list[Step], asked: Asked) -> str:
    """The ledger's rows at the end of the path."""
    ask = path[-1].ask if path else asked.ask
    where = ask.where
    product = next(iter(where.products)) if where.products else None
    customer = next(iter(where.customers)) if where.customers else None
    return entries_url(period=ask.period, node=where.node, product=product, customer=customer, basis=where.basis)
