"""Target files: figures of nodes and customers into the draft of their year; what is not in the file shares the rest."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as T

from repertory.core.actor import Actor
from repertory.core.errors import RepertoryError
from repertory.core.exact import LARGEST, PLACES
from repertory.core.listing import ListQuery
from repertory.core.periods import month_name, read_period
from repertory.core.time import day_of
from repertory.customers.choices import PERSON_KINDS
from repertory.customers.models import Coverage, Customer
from repertory.organisation.access import visible_territories
from repertory.organisation.models import Territory
from repertory.plans import access
from repertory.plans.actions.figures import Change, import_figures, refuse_kind, steps_of
from repertory.plans.choices import Level, Measure, PlanState
from repertory.plans.models import CustomerFigure, TargetPlan
from repertory.plans.queries import figures
from repertory.plans.rules import kinds_with_targets
from repertory.platform.exchange.actions import rehearse
from repertory.platform.exchange.columns import Column, ColumnType
from repertory.platform.exchange.filters import list_query
from repertory.platform.exchange.kinds import CLEAR, ImportPlan, ImportRow, RowsRefused
from repertory.platform.exchange.prepared import Prepared
from repertory.platform.exchange.results import Counts, Finding, Report
from repertory.products.access import visible_products

CHUNK = 2_000
COLUMNS = (
    Column("month", T("月份"), aliases=("期间", "年月"), required=True, example="2026-03", note=T("写成 2026-03。")),
    Column("measure", T("计量"), ColumnType.CHOICE, choices=tuple(Measure.choices), note=T("不填为金额。")),
    Column("level", T("指标档"), ColumnType.CHOICE, choices=tuple(Level.choices), note=T("不填为基本指标。")),
    Column("product", T("产品编码"), aliases=("产品",), required=True),
    Column("product_name", T("产品名称"), imported=False),
    Column("territory", T("区域编码"), aliases=("辖区编码", "区域"), required=True),
    Column("territory_name", T("区域名称"), imported=False),
    Column("customer", T("客户编码"), aliases=("客户",), note=T("填了客户编码是客户的指标，不填是区域的指标。")),
    Column("customer_name", T("客户名称"), imported=False),
    Column("value", T("指标"), ColumnType.DECIMAL, required=True),
    Column("fixed", T("已锁定"), ColumnType.BOOL, note=T("不填时，改了数的锁定，没改的不变。")),
)


class Line(NamedTuple):
    """A row that can be read. value in steps of its plan."""

    row: int
    plan_id: int
    level: str
    month: int
    product_id: int
    territory_id: int
    customer_id: int | None
    value: int
    fixed: bool | None


class TargetImporter:
    """See exchange.kinds.Importer. Sums only show in the whole file: they are tried out and taken back at the end."""

    def __init__(self, plan: ImportPlan) -> None:
        self._plan = plan
        self._prepared = Prepared()
        self._products = dict(visible_products(plan.actor).values_list("code", "pk"))
        self._nodes = {node.code: node for node in visible_territories(plan.actor)}
        drafts = access.visible_plans(plan.actor).filter(state=PlanState.DRAFT)
        self._drafts = {(draft.year, draft.measure): draft for draft in drafts}
        self._kinds = kinds_with_targets(day_of(plan.at))
        self._known: dict[tuple[int, int], bool] = {}
        self._rows: dict[tuple, int] = {}

    def check(self, rows: Sequence[ImportRow]) -> Report:
        report, lines = Report(), []
        codes = {str(row.values.get("customer") or "") for row in rows if row.values.get("customer") is not CLEAR}
        customers = _Customers(codes)
        for row in rows:
            errors: list[Finding] = []
            line = self._read(row, customers, errors)
            report.errors += errors
            if line is not None and not errors and self._is_first(line, report):
                lines.append(line)
        self._prepared.append(lines)
        return report

    def conclude(self) -> Report:
        report = Report()
        rehearse(actor=self._plan.actor, at=self._plan.at, play=lambda: self._play(report))
        return report

    def write(self, progress: Callable[[int], None]) -> Counts:
        report = Report()
        self._play(report)
        if report.errors:
            raise RowsRefused(report.errors)
        return report.counts

    def close(self) -> None:
        self._prepared.close()

    def _play(self, report: Report) -> None:
        by_plan: dict[int, list[Line]] = {}
        for batch in self._prepared.batches():
            for line in batch:
                by_plan.setdefault(line.plan_id, []).append(line)
        for plan_id, lines in by_plan.items():
            changes = [
                Change(one.level, (one.month,), one.product_id, one.territory_id, one.customer_id, one.value, one.fixed)
                for one in lines
            ]
            try:
                actor, at = self._plan.actor, self._plan.at
                written = import_figures(actor=actor, at=at, plan_id=plan_id, changes=changes)
            except RepertoryError as error:
                report.errors.append(Finding(self._row_of(lines, error), "value", error.code, str(error)))
                continue
            unchanged = len(lines) - written.created - written.updated
            report.counts.add(Counts(written.created, written.updated, unchanged))

    def _row_of(self, lines: list[Line], error: RepertoryError) -> int:
        """The first row that is a part of the figure at which the sums disagree."""
        place = error.details
        paths = {node.pk: node.path for node in self._nodes.values()}
        top = paths.get(place.get("territory_id", 0), "")
        cell = (place.get("level"), place.get("month"), place.get("product_id"))
        for line in lines:
            if (line.level, line.month, line.product_id) != cell:
                continue
            path = paths.get(line.territory_id, "")
            if path == top if line.customer_id else path[: -Territory.steplen] == top:
                return line.row
        return lines[0].row

    def _is_first(self, line: Line, report: Report) -> bool:
        above = self._rows.setdefault(line[1:7], line.row)
        if above == line.row:
            return True
        message = _("和第 %(row)s 行是同一项指标，请只留一行。") % {"row": above}
        report.errors.append(Finding(line.row, "value", "repeated_row", message))
        return False

    def _read(self, row: ImportRow, customers: "_Customers", errors: list[Finding]) -> Line | None:
        values = {key: None if value is CLEAR else value for key, value in row.values.items()}

        def wrong(field: str, code: str, message: str) -> None:
            errors.append(Finding(row.number, field, code, message))

        month, plan = self._month(values, wrong)
        product_id = self._products.get(values.get("product") or "")
        if product_id is None:
            wrong("product", "unknown_product", _("没有这个编码的产品，或者不在您的范围内。"))
        node = self._nodes.get(values.get("territory") or "")
        if node is None:
            wrong("territory", "unknown_territory", _("没有这个编码的区域，或者不在您的范围内。"))
        customer_id = self._customer(values.get("customer"), node, customers, wrong) if node else None
        if node is not None and not self._allowed(node, customer_id is not None):
            message = _("“%(name)s”的指标由上级下达，您的岗位不能填写。") % {"name": node.name}
            wrong("territory", "not_allowed", message)
        steps = self._steps(plan, values.get("value"), wrong)
        if errors or plan is None or product_id is None or node is None:
            return None
        level = values.get("level") or Level.BASE
        return Line(
            row.number, plan.pk, str(level), month, product_id, node.pk, customer_id, steps, values.get("fixed")
        )

    def _month(self, values: Mapping[str, Any], wrong: Callable[..., None]) -> tuple[int, TargetPlan | None]:
        text = str(values.get("month") or "")
        text = f"{text[:4]}-{text[4:]}" if len(text) == 6 and text.isdecimal() else text
        try:
            period = read_period(text)
        except RepertoryError:
            wrong("month", "period", _("月份请写成 2026-03 这样。"))
            return 0, None
        if period.count != 1:
            wrong("month", "period", _("月份请写成 2026-03 这样。"))
            return 0, None
        plan = self._drafts.get((period.first // 100, values.get("measure") or Measure.AMOUNT))
        if plan is None:
            message = _("%(year)s 年没有编制中的这种指标。请先新建，或者对现行的新建一版。") % {"year": text[:4]}
            wrong("month", "no_draft", message)
        return period.first, plan

    def _allowed(self, node: Territory, of_customer: bool) -> bool:
        actor = self._plan.actor
        return access.may_break_down(actor, node) if of_customer else access.may_set(actor, node)

    def _customer(
        self, code: str | None, node: Territory, customers: "_Customers", wrong: Callable[..., None]
    ) -> int | None:
        if not code:
            return None
        customer = customers.by_code.get(code)
        if customer is None or not self._belongs(customer, node, customers):
            message = _("“%(node)s”没有编码为“%(code)s”的客户。") % {"node": node.name, "code": code[:40]}
            wrong("customer", "unknown_customer", message)
            return None
        if customer.kind not in self._kinds:
            try:
                refuse_kind(customer.kind, self._plan.at)
            except RepertoryError as error:
                wrong("customer", error.code, str(error))
        return customer.pk

    def _belongs(self, customer: Customer, node: Territory, customers: "_Customers") -> bool:
        """Covered there today, or with a figure there from before."""
        if any(path.startswith(node.path) for path in customers.paths.get(customer.pk, ())):
            return True
        key = (customer.pk, node.pk)
        if key not in self._known:
            rows = CustomerFigure.objects.filter(customer=customer, figure__territory=node)
            self._known[key] = customer.kind not in PERSON_KINDS and rows.exists()
        return self._known[key]

    def _steps(self, plan: TargetPlan | None, value: Decimal | None, wrong: Callable[..., None]) -> int:
        if value is None:
            wrong("value", "missing", _("这一项必须填写。"))
        elif value < 0 or value >= LARGEST / 10 or round(value, PLACES) != value:
            wrong("value", "range", _("指标要填不小于 0 的数，小数最多 5 位。"))
        elif plan is not None:
            try:
                return steps_of(plan, value)
            except RepertoryError as error:
                wrong("value", error.code, str(error))
        return 0


class _Customers:
    """Those that a batch names, and where they are covered today."""

    def __init__(self, codes: set[str]) -> None:
        rows = Customer.objects.filter(code__in=codes - {""}, removed_at=None).only("pk", "code", "kind")
        self.by_code = {customer.code: customer for customer in rows}
        self.paths: dict[int, list[str]] = {}
        covered = Coverage.objects.filter(current=True, customer__in=[row.pk for row in self.by_code.values()])
        for key, path in covered.values_list("customer_id", "territory__path"):
            self.paths.setdefault(key, []).append(path)


def columns(actor: Actor) -> Sequence[Column]:
    return COLUMNS


def export(actor: Actor, filters: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """The figures of nodes, then those of customers; of the approved plans, or of the one that is asked for."""
    query = _query(filters)
    rows = figures.matching_figures(actor=actor, query=query).select_related("plan", "product", "territory")
    for row in rows.order_by("plan_id", "level", "territory__path", "product_id", "month", "pk").iterator(CHUNK):
        yield _exported(row, row.value, row.fixed)
    parts = figures.matching_customer_figures(actor=actor, query=query)
    names = ("customer", "figure__plan", "figure__product", "figure__territory")
    for part in parts.select_related(*names).order_by("figure_id", "customer_id", "pk").iterator(CHUNK):
        customer = {"customer": part.customer.code, "customer_name": part.customer.name}
        yield {**_exported(part.figure, part.value, part.fixed), **customer}


def _exported(row: Any, value: Decimal, fixed: bool) -> dict[str, Any]:
    return {
        "month": month_name(row.month),
        "measure": row.plan.measure,
        "level": row.level,
        "product": row.product.code,
        "product_name": str(row.product),
        "territory": row.territory.code,
        "territory_name": row.territory.name,
        "value": value,
        "fixed": fixed,
    }


def count(actor: Actor, filters: Mapping[str, str]) -> int:
    query = _query(filters)
    nodes = figures.matching_figures(actor=actor, query=query).count()
    return nodes + figures.matching_customer_figures(actor=actor, query=query).count()


def _query(filters: Mapping[str, str]) -> ListQuery:
    return list_query(filters, but=("product_id",))
