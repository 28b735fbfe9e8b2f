"""The sums that a question asks for: one statement a source, from the smallest table that knows enough, as far as the
person sees its rows."""

from typing import Any

from django.db.models import BigIntegerField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value, When

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.core.periods import Period
from repertory.customers.access import visible_customers
from repertory.organisation.access import scope_of, visible_territories
from repertory.organisation.models import path_end
from repertory.plans import access as plans
from repertory.plans.choices import Level, Parts, PlanState
from repertory.plans.choices import Measure as PlanMeasure
from repertory.plans.models import CustomerFigure, TargetFigure
from repertory.reports.analysis.catalogue import NODE_DEPTHS, Dimension, Names, Needs, Source
from repertory.reports.analysis.questions import Question
from repertory.sales import access as sales
from repertory.sales.choices import STREAMS_OF
from repertory.sales.models import Entry
from repertory.visits import access as visits
from repertory.visits.choices import Status

MOST_CELLS = 20_000
Key = tuple[Any, ...]
Facts = dict[Key, dict[str, int]]
"""key in the order of the question's dimensions → measure → whole number; money and quantities in units of core/exact.py"""


def facts_of(*, actor: Actor, question: Question, source: Source, total: bool = False) -> Facts:
    """Of one source; total: as one sum instead of by the dimensions. At most MOST_CELLS + 1 of them."""
    rows, names = _rows(actor, question, source)
    rows = _narrowed(actor, rows.order_by(), question, names)
    dimensions = () if total else question.dimensions
    keys = [f"by_{dimension.key}" for dimension in dimensions]
    grouped = rows.annotate(**{f"by_{one.key}": _expression(actor, one, names) for one in dimensions})
    wanted = [measure for measure in question.base_measures if measure.source is source]
    sums = {measure.key: _sum(rows, measure.column, names) for measure in wanted}
    if not keys:
        found = grouped.aggregate(**{f"sum_{key}": value for key, value in sums.items()})
        return {(): {key: int(found[f"sum_{key}"] or 0) for key in sums}}
    named = {f"sum_{key}": value for key, value in sums.items()}
    listed = grouped.values_list(*keys).annotate(**named)[: MOST_CELLS + 1]
    width = len(keys)
    order = list(sums)
    return {tuple(row[:width]): {key: int(row[width + at] or 0) for at, key in enumerate(order)} for row in listed}


def _rows(actor: Actor, question: Question, source: Source) -> tuple[QuerySet[Any], Names]:
    if source is Source.TARGETS:
        return _target_rows(actor, question)
    if source is Source.VISITS:
        days = question.period.days
        rows = visits.visible_visits(actor).filter(status=Status.DONE, day__gte=days.start, day__lt=days.end)
        return rows, Names(day=True)
    return _sales_rows(actor, question), Names()


def _sales_rows(actor: Actor, question: Question) -> QuerySet[Any]:
    needs = {dimension.needs for dimension in question.needed.values()}
    of_customers = bool(needs & {Needs.CUSTOMER, Needs.ATTRIBUTE}) or _counts_customers(question)
    of_products = Needs.PRODUCT in needs or sales.sees_own_products_only(actor)
    rows: QuerySet[Any]
    if Needs.ENTRY in needs or (of_customers and of_products):
        rows = sales.visible_entries(actor)
    elif of_customers:
        rows = sales.visible_customer_sales(actor)
    elif Needs.NODE not in needs and sales.sees_whole_regions(actor):
        rows = sales.visible_region_sales(actor)
    else:
        rows = sales.visible_month_sales(actor)
    if "stream" not in question.needed:
        rows = rows.filter(stream__in=STREAMS_OF[question.basis])
    return _in_months(rows, question.period)


def _counts_customers(question: Question) -> bool:
    return any(measure.key == "customers" for measure in question.base_measures)


def _target_rows(actor: Actor, question: Question) -> tuple[QuerySet[Any], Names]:
    """The approved figures at the finest level of nodes, or where customers are asked about their parts."""
    needs = {dimension.needs for dimension in question.needed.values()}
    of_customers = bool(needs & {Needs.CUSTOMER, Needs.ATTRIBUTE})
    names = Names(fact="figure__" if of_customers else "")
    rows: QuerySet[Any] = plans.visible_customer_figures(actor) if of_customers else plans.visible_figures(actor)
    approved = {"plan__state": PlanState.APPROVED, "plan__measure": PlanMeasure.AMOUNT, "level": Level.BASE}
    rows = rows.filter(**{names.fact + key: value for key, value in approved.items()})
    rows = rows.exclude(**{f"{names.fact}parts": Parts.NODES})
    return _in_months(rows, question.period, names.fact), names


def _in_months(rows: QuerySet[Any], period: Period, prefix: str = "") -> QuerySet[Any]:
    return rows.filter(**{f"{prefix}month__gte": period.first, f"{prefix}month__lte": period.last})


def _sum(rows: QuerySet[Any], column: str, names: Names) -> Any:
    if column == "customers":
        return Count("customer_id", distinct=True)
    if column == "rows":
        return Count("pk") if rows.model is Entry or names.day else Sum("rows")
    value = "value" if rows.model in (TargetFigure, CustomerFigure) else column
    return Sum(F(value), output_field=BigIntegerField())


def _expression(actor: Actor, dimension: Dimension, names: Names) -> Any:
    """What a customer is like today is told only of those whom the person sees today."""
    found = dimension.expression(names)
    if dimension.needs is not Needs.ATTRIBUTE or scope_of(actor).whole:
        return found
    seen = visible_customers(actor).filter(pk=OuterRef(f"{names.customer}customer_id"))
    return Case(When(Exists(seen), then=found), default=Value(""))


def _narrowed(actor: Actor, rows: QuerySet[Any], question: Question, names: Names) -> QuerySet[Any]:
    for key, values in question.filters.items():
        dimension = question.needed[key]
        if key in NODE_DEPTHS:
            rows = rows.filter(_below(actor, values, names))
        else:
            rows = rows.annotate(**{f"only_{key}": _expression(actor, dimension, names)})
            rows = rows.filter(**{f"only_{key}__in": _keys(dimension, values)})
    return rows


def _below(actor: Actor, codes: tuple[str, ...], names: Names) -> Q:
    """In the subtree of one of the nodes. NotFound for one that the person does not see."""
    paths = list(visible_territories(actor).filter(code__in=codes).values_list("path", flat=True))
    if len(paths) != len(set(codes)):
        raise NotFound()
    path = f"{names.fact}territory__path"
    found = Q(pk__in=[])
    for one in paths:
        found |= Q(**{f"{path}__gte": one, f"{path}__lt": path_end(one)})
    return found


def _keys(dimension: Dimension, values: tuple[str, ...]) -> list[Any]:
    """Of columns that hold keys or months, only numbers mean anything."""
    if dimension.needs is Needs.ATTRIBUTE or dimension.key in ("stream", "product_stage"):
        return ["" if value == "-" else value for value in values]
    numbers = (value.replace("-Q", "").replace("-", "") for value in values)
    return [int(value) for value in numbers if value.isascii() and value.isdigit() and len(value) < 19]
