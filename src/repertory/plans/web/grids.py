"""The tree-grid of a plan: what its address asks for, its columns and cells."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import formats
from repertory.core.errors import InvalidInput, NotFound
from repertory.core.periods import Period, month_name, read_period
from repertory.organisation.models import Territory
from repertory.plans import access
from repertory.plans.choices import Level, Parts, PlanState
from repertory.plans.models import TargetPlan
from repertory.plans.queries import figures
from repertory.plans.web.shown import figure

MONTHS, QUARTERS = "months", "quarters"


@dataclass
class Cell:
    """edit: the address of the dialog, "" where the person does not set it."""

    text: str
    fixed: bool = False
    edit: str = ""


@dataclass
class Line:
    name: str
    code: str
    indent: int
    cells: list[Cell]
    total: Cell
    customers: str = ""
    whole: bool = False
    break_down: str = ""
    propose: str = ""


@dataclass
class View:
    """What is looked at."""

    level: str
    unit: str
    product_id: int | None
    node: Territory | None
    products: list[tuple[int, str]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    editable: bool = False


def view_of(request: HttpRequest, plan: TargetPlan) -> View:
    actor, address = request.actor, request.GET
    products = figures.products_of(plan, actor=actor)
    level = address.get("level", "")
    level = level if level in Level.values else Level.BASE
    unit = QUARTERS if address.get("unit") == QUARTERS else MONTHS
    wanted = address.get("product", "")
    product_id = next((key for key, _name in products if str(key) == wanted), None)
    node = access.get_node(actor, address["node"]) if address.get("node") else None
    view = View(level, unit, product_id, node, products)
    view.editable = plan.state == PlanState.DRAFT and access.may_work(actor) and product_id is not None
    periods = _periods(plan, unit)
    view.heads = [_head(period) for period in periods]
    scope = {"actor": actor, "plan": plan, "level": level, "product_id": product_id}
    rows = figures.customer_grid(**scope, node=node) if node else figures.grid(**scope)
    top = min((row.depth for row in rows), default=1)
    view.lines = [_line(request, plan, view, row, periods, top) for row in rows]
    view.links = _links(request, plan, view)
    return view


def _periods(plan: TargetPlan, unit: str) -> list[Period]:
    size = 3 if unit == QUARTERS else 1
    return [Period(plan.year * 100 + first, size) for first in range(1, 13, size)]


def _head(period: Period) -> str:
    if period.count == 3:
        return _("%(n)s 季度") % {"n": period.first % 100 // 3 + 1}
    return _("%(n)s 月") % {"n": period.first % 100}


def _line(
    request: HttpRequest, plan: TargetPlan, view: View, row: figures.GridRow, periods: list[Period], top: int
) -> Line:
    place = row.node or view.node
    settable = view.editable and place is not None
    if settable:
        may = access.may_set if row.node else access.may_break_down
        settable = may(request.actor, place)
    cells = [_cell(plan, view, row, period, settable) for period in periods]
    year = _cell(plan, view, row, Period(plan.year * 100 + 1, 12), settable and row.node is not None)
    line = Line(row.name, row.code, row.depth - top, cells, year)
    if row.node is not None:
        draft = plan.state == PlanState.DRAFT
        line.whole = Parts.NONE in row.parts
        if Parts.CUSTOMERS in row.parts:
            line.customers = _address("plans:plan", plan, view, node=row.code)
        if draft and access.may_break_down(request.actor, row.node):
            line.break_down = _address("plans:break_down", plan, view, node=row.code)
        if view.editable and not settable and access.may_break_down(request.actor, row.node):
            line.propose = _address("plans:propose", plan, view, node=row.code, period=str(plan.year))
    return line


def _cell(plan: TargetPlan, view: View, row: figures.GridRow, period: Period, settable: bool) -> Cell:
    months = [month for month in period.months if month in row.values]
    value = sum((row.values[month] for month in months), Decimal(0))
    fixed = bool(months) and all(row.held[month] for month in months)
    edit = ""
    if settable:
        more = {"node": row.code} if row.node else {"node": view.node.code if view.node else "", "customer": row.code}
        edit = _address("plans:edit_figure", plan, view, period=period.name, **more)
    return Cell(figure(value), fixed, edit)


def _address(name: str, plan: TargetPlan, view: View, **more: str) -> str:
    kept = {"level": view.level, "unit": view.unit, "product": view.product_id or "", **more}
    return f"{reverse(name, args=(plan.pk,))}?{urlencode({key: value for key, value in kept.items() if value})}"


def _links(request: HttpRequest, plan: TargetPlan, view: View) -> dict[str, str]:
    node = {"node": view.node.code} if view.node else {}
    place = {"unit": view.unit, "product": view.product_id or "", **node}

    def link(**changed: Any) -> str:
        kept = {"level": view.level, **place, **changed}
        return f"?{urlencode({key: value for key, value in kept.items() if value})}"

    return {
        "base": link(level=Level.BASE),
        "stretch": link(level=Level.STRETCH),
        "months": link(unit=MONTHS),
        "quarters": link(unit=QUARTERS),
        "tree": link(node=""),
    }


def place_of(request: HttpRequest, plan: TargetPlan) -> tuple[dict[str, Any], Decimal, bool, str]:
    """The figure that the address names: its place, what stands there, whether it is fixed, and its name."""
    address, actor = request.GET, request.actor
    node = access.get_node(actor, address.get("node", ""))
    products = dict(figures.products_of(plan, actor=actor))
    product = address.get("product", "")
    level = address.get("level") if address.get("level") in Level.values else Level.BASE
    if not (product.isascii() and product.isdecimal() and int(product) in products):
        raise NotFound()
    try:
        period = read_period(address.get("period", ""))
    except InvalidInput:
        raise NotFound() from None
    customer = address.get("customer", "")[:40]
    place: dict[str, Any] = {"level": level, "period": period.name, "product_id": int(product), "territory": node.code}
    if customer:
        place["customer"] = customer
    value, fixed = figures.sum_of(
        plan=plan, level=level, territory=node, product_id=int(product), months=period.months, customer=customer
    )
    when = month_name(period.first) if period.count == 1 else period.name
    return place, value, fixed, f"{node.name} {customer} {products[int(product)]} {when}"


def room_of(request: HttpRequest, plan: TargetPlan, place: dict[str, Any], fixed: bool) -> str:
    """What the dialog says of the sum above and of what is fixed beside the figure."""
    room = figures.room_beside(plan=plan, place=place, months=read_period(place["period"]).months)
    held = _("现在已锁定。") if fixed else ""
    if room is None:
        return held
    words = {
        "above": figure(room.above),
        "held": figure(room.held),
        "most": figure(room.above - room.held),
        "free": formats.number(room.free),
    }
    text = _("上级指标 %(above)s，同级其他已锁定 %(held)s，最多可填 %(most)s；余下的由 %(free)s 个未锁定的同级分摊。")
    return f"{held}{text % words}"


def typed(value: Decimal) -> str:
    return f"{value.normalize():f}"
