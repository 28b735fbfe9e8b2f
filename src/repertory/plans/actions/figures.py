"""Figures typed by hand: they stay, what stands beside them shares the rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput, NotAllowed, RuleViolation, Stale
from repertory.core.exact import from_units, to_units
from repertory.core.periods import read_period
from repertory.core.time import day_of
from repertory.customers.choices import PERSON_KINDS
from repertory.customers.models import Coverage, Customer
from repertory.organisation.models import Territory, path_end
from repertory.plans import access
from repertory.plans.actions import writing
from repertory.plans.actions.rows import Cell, Typed
from repertory.plans.actions.sheet import Sheet
from repertory.plans.choices import Level
from repertory.plans.inputs import SetFigure, SetFigures
from repertory.plans.models import CustomerFigure, TargetPlan
from repertory.plans.nodes import Nodes
from repertory.plans.rules import kinds_with_targets
from repertory.plans.splitting import Unsplittable, divided
from repertory.platform.bulk import roomy_cache
from repertory.platform.unit import action
from repertory.products.access import visible_products

SHOWN_IN_AUDIT = 20


@dataclass(frozen=True)
class Change:
    """A typed figure with its keys. months: those that share it. value in steps of the plan, None: only the lock changes."""

    level: str
    months: tuple[int, ...]
    product_id: int
    territory_id: int
    customer_id: int | None
    value: int | None
    fixed: bool | None
    seen: int | None = None


@dataclass
class Written:
    """before: what stood there, in the order of the changes; the others: how many of the typed figures were new or other."""

    before: list[str]
    created: int = 0
    updated: int = 0


@action
def set_figures(*, actor: Actor, at: datetime, plan_id: int, data: SetFigures) -> TargetPlan:
    """Type figures of nodes and customers; all sums of the plan agree afterwards, or nothing is changed."""
    access.get_plan(actor, plan_id)
    territories = {item.territory: access.get_node(actor, item.territory) for item in data.figures}
    for item in data.figures:
        _require_may_set(actor, territories[item.territory], item)
    plan = writing.lock_draft(actor, plan_id, allowed=access.may_work(actor))
    changes = _with_keys(actor, at, plan, data.figures, territories)
    before = write_changes(plan, changes).before
    said = [
        f"{territories[item.territory].name} {item.customer or ''} {item.period} {item.value}"
        for item in data.figures[:SHOWN_IN_AUDIT]
    ]
    writing.touched(plan, at=at)
    writing.note("targets_set", plan, {"figures": [None, len(changes)], "typed": [before[:SHOWN_IN_AUDIT], said]})
    return plan


@action
def import_figures(*, actor: Actor, at: datetime, plan_id: int, changes: list[Change]) -> Written:
    """Figures of a file, whose places the importer has judged: all of them agree afterwards, or nothing is changed."""
    plan = writing.lock_draft(actor, plan_id, allowed=access.may_work(actor))
    written = write_changes(plan, changes)
    if written.created or written.updated:
        writing.touched(plan, at=at)
        writing.note("targets_imported", plan, {"figures": [None, written.created + written.updated]})
    return written


def write_changes(plan: TargetPlan, changes: Iterable[Change]) -> Written:
    """Put them into the sheets of their levels, settle and save. Inside an action that has locked the plan and judged the
    person."""
    by_level: dict[str, list[Change]] = {}
    for change in changes:
        by_level.setdefault(change.level, []).append(change)
    nodes, written = Nodes(), Written([])
    with roomy_cache():
        for level, wanted in by_level.items():
            sheet = Sheet(plan, level, nodes)
            months = {month for change in wanted for month in change.months}
            sheet.load(products={change.product_id for change in wanted}, months=months)
            for change in sorted(wanted, key=lambda each: len(nodes.by_key[each.territory_id].path)):
                written.before.append(_put(sheet, change))
            sheet.settle()
            sheet.save()
            written.created += sheet.created
            written.updated += sheet.updated
    return written


def _put(sheet: Sheet, change: Change) -> str:
    if change.customer_id is not None:
        return _put_customer(sheet, change)
    node = sheet.nodes.by_key[change.territory_id]
    rows = [sheet.open_row(node, Cell(month, change.product_id)) for month in change.months]
    was = sum(row.value for row in rows)
    _check_seen(change, was)
    values: list[int | None] = [None] * len(rows)
    if change.value is not None:
        kept = {index: row.value for index, row in enumerate(rows) if row.fixed} if len(rows) > 1 else {}
        try:
            values = list(divided(change.value, [row.value for row in rows], kept))
        except Unsplittable as error:
            raise sheet.refusal(rows[0], error) from None
    for row, value in zip(rows, values, strict=True):
        sheet.type_node(row, value, fixed=change.fixed)
    return str(from_units(was * sheet.step).normalize())


def _put_customer(sheet: Sheet, change: Change) -> str:
    """A customer's figures are typed by the month, or in equal proportion to what they are."""
    assert change.customer_id is not None
    node = sheet.nodes.by_key[change.territory_id]
    rows = [sheet.open_row(node, Cell(month, change.product_id)) for month in change.months]
    was: dict[int, int] = {}
    if len(rows) > 1 or change.seen is not None:
        was = _stored(sheet, [row.key for row in rows if row.key], change.customer_id)
        _check_seen(change, sum(was.values()))
    values: list[int | None] = [None] * len(rows)
    if change.value is not None:
        values = list(divided(change.value, [was.get(row.key or 0, 0) for row in rows]))
    for row, value in zip(rows, values, strict=True):
        sheet.type_customer(row, change.customer_id, Typed(value, change.fixed))
    return str(from_units(sum(was.values()) * sheet.step).normalize())


def _stored(sheet: Sheet, keys: list[int], customer_id: int) -> dict[int, int]:
    rows = CustomerFigure.objects.filter(figure__in=keys, customer=customer_id)
    return {key: to_units(value) // sheet.step for key, value in rows.values_list("figure_id", "value")}


def _check_seen(change: Change, was: int) -> None:
    if change.seen is not None and change.seen != was:
        raise Stale()


def _require_may_set(actor: Actor, territory: Territory, item: SetFigure) -> None:
    if item.customer is not None:
        allowed = access.may_break_down(actor, territory)
    else:
        allowed = access.may_set(actor, territory)
    if not allowed:
        message = _("“%(name)s”的指标由上级下达。您可以分解它，或者提出反馈。") % {"name": territory.name}
        raise NotAllowed(message, field="territory")


def _with_keys(
    actor: Actor, at: datetime, plan: TargetPlan, items: list[SetFigure], territories: dict[str, Territory]
) -> list[Change]:
    products = {item.product_id for item in items}
    known = set(visible_products(actor).filter(pk__in=products).values_list("pk", flat=True))
    customers = _customers({item.customer for item in items if item.customer})
    changes = []
    for number, item in enumerate(items):
        if item.product_id not in known:
            message = _("没有找到这个产品，请重新选择。")
            raise InvalidInput(message, code="unknown_product", field=f"figures.{number}.product_id")
        territory = territories[item.territory]
        customer = customers.get(item.customer) if item.customer else None
        if item.customer:
            check_customer(customer, item.customer, territory, at)
        changes.append(
            Change(
                Level(item.level),
                tuple(writing.months_of(plan, read_period(item.period))),
                item.product_id,
                territory.pk,
                customer.pk if customer else None,
                None if item.value is None else steps_of(plan, item.value),
                item.fixed,
                None if item.seen is None else steps_of(plan, item.seen),
            )
        )
    return changes


def _customers(codes: set[str]) -> dict[str, Customer]:
    rows = Customer.objects.filter(code__in=codes, removed_at=None).only("pk", "code", "name", "kind")
    return {customer.code: customer for customer in rows}


def check_customer(customer: Customer | None, code: str, territory: Territory, at: datetime) -> None:
    """A customer with a target is covered by the node, and of a kind that may have one."""
    covered = customer is not None and Coverage.objects.filter(
        customer=customer,
        current=True,
        territory__path__gte=territory.path,
        territory__path__lt=path_end(territory.path),
    )
    if customer is None or not covered or not covered.exists():
        message = _("“%(node)s”没有编码为“%(code)s”的客户。") % {"node": territory.name, "code": code}
        raise InvalidInput(message, code="unknown_customer", field="customer")
    refuse_kind(customer.kind, at)


def refuse_kind(kind: str, at: datetime) -> None:
    """RuleViolation for whoever may have no target (M-LAW-2)."""
    if kind in kinds_with_targets(day_of(at)):
        return
    if kind in PERSON_KINDS:
        message = _(
            "指标不能定到医生个人：执行“不得统方”规则时，销售指标只能定到机构、药店和经销商。请改填其所在机构。"
        )
        raise RuleViolation(message, code="person_target", field="customer")
    raise RuleViolation(_("政府机构不能定销售指标，请改填医院、药店或经销商。"), code="no_buyer", field="customer")


def steps_of(plan: TargetPlan, value: Decimal) -> int:
    """A figure in steps of the plan. InvalidInput where it is no whole number of them."""
    steps: Any = value / plan.step
    if steps != steps.to_integral_value():
        message = _("指标 %(value)s 不是 %(step)s 的整倍数，这份指标分解到 %(step)s。")
        numbers = {"value": f"{value.normalize():f}", "step": f"{plan.step.normalize():f}"}
        raise InvalidInput(message % numbers, code="step", field="value")
    return int(steps)
