"""Coverage: which territory looks after which customer, from when to when; one row each."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput, RepertoryError, RuleViolation
from repertory.core.inputs import read_input
from repertory.core.time import read_day
from repertory.customers.access import of_visible, visible_customers
from repertory.customers.actions.coverage import cover_customer, cover_customers, end_coverage, territory_to_cover
from repertory.customers.importing.belonging import CUSTOMER_COLUMNS, customer_of, keys_of
from repertory.customers.inputs import Cover
from repertory.customers.models import Coverage
from repertory.organisation.access import scope_of
from repertory.platform.bulk import one_of
from repertory.platform.exchange.columns import Column, ColumnType
from repertory.platform.exchange.kinds import ImportPlan
from repertory.platform.exchange.rowwise import Outcome, RowwiseImporter, Values

COLUMNS = (
    *CUSTOMER_COLUMNS,
    Column("territory", gettext_lazy("辖区编码"), aliases=("辖区",), required=True, example="HD-NJ-01"),
    Column("territory_name", gettext_lazy("辖区名称"), imported=False),
    Column("starts_on", gettext_lazy("自"), ColumnType.DATE, aliases=("开始日期",), note=gettext_lazy("不填为今天。")),
    Column(
        "ends_on",
        gettext_lazy("至（不含）"),
        ColumnType.DATE,
        aliases=("结束日期", "至"),
        note=gettext_lazy("填了就在这一天结束覆盖。"),
    ),
)


def columns(actor: Actor) -> Sequence[Column]:
    return COLUMNS


def importer(plan: ImportPlan) -> RowwiseImporter:
    return RowwiseImporter(plan, write_row, already_so, write_many)


def already_so(plan: ImportPlan, rows: list[Values]) -> list[bool]:
    """Rows whose coverage stands as they say. With several that fit, the row goes the slow way."""
    codes = {row["customer"].strip() for row in rows if row.get("customer")}
    names = ("customer__code", "territory__code", "starts_on", "ends_on")
    visible = visible_customers(plan.actor).filter(code__in=one_of(codes))
    stored = set(Coverage.objects.filter(customer__in=visible).values_list(*names))
    return [_as_stored(row) in stored for row in rows]


def _as_stored(row: Values) -> tuple[str, str, date | None, date | None]:
    starts_on, ends_on = (read_day(row[name]) if row.get(name) else None for name in ("starts_on", "ends_on"))
    return ((row.get("customer") or "").strip(), (row.get("territory") or "").strip(), starts_on, ends_on)


def write_many(plan: ImportPlan, rows: list[Values]) -> list[Outcome | None]:
    """Together: rows that open what no row has had yet, each pair of customer and territory standing once in the batch."""
    customers = keys_of(plan.actor, rows)
    pairs = [_as_stored(row)[:2] for row in rows]
    often = Counter(pairs)
    had = Coverage.objects.filter(customer_id__in=set(customers.values())).values_list("customer_id", "territory__code")
    stored = set(had)
    wanted: list[tuple[int, Cover] | None] = []
    for row, pair in zip(rows, pairs, strict=True):
        key = customers.get(pair[0])
        ordinary = key is not None and often[pair] == 1 and (key, pair[1]) not in stored
        data = _read(plan, row, pair[1]) if ordinary else None
        wanted.append((key, data) if key is not None and data is not None else None)
    cover_customers(actor=plan.actor, at=plan.at, wanted=[one for one in wanted if one is not None])
    return [None if one is None else Outcome.CREATED for one in wanted]


def _read(plan: ImportPlan, row: Values, territory: str) -> Cover | None:
    """None where something is wrong that the way one by one tells."""
    given = {"territory": territory, "starts_on": row.get("starts_on"), "ends_on": row.get("ends_on") or None}
    with suppress(RepertoryError):
        territory_to_cover(plan.actor, territory)
        return read_input(Cover, given)
    return None


def write_row(plan: ImportPlan, values: dict[str, Any]) -> Outcome:
    """Add a coverage, end one, or find it as it is."""
    customer_id = customer_of(plan.actor, values)
    territory = (values.get("territory") or "").strip()
    if not territory:
        raise InvalidInput(_("辖区编码不能为空。"), code="missing", field="territory")
    ends_on = read_day(values["ends_on"]) if values.get("ends_on") else None
    known = Coverage.objects.filter(customer_id=customer_id, territory__code=territory)
    if values.get("starts_on"):
        found = known.filter(starts_on=values["starts_on"]).first()
    else:
        found = known.filter(ends_on=None).first()
    if found is None:
        given = {"territory": territory, "starts_on": values.get("starts_on"), "ends_on": ends_on}
        cover_customer(actor=plan.actor, at=plan.at, customer_id=customer_id, data=read_input(Cover, given))
        return Outcome.CREATED
    if found.ends_on == ends_on or ends_on is None:
        return Outcome.UNCHANGED
    if found.ends_on is not None:
        raise RuleViolation(_("这段覆盖已在 %(day)s 结束，不能再改。") % {"day": found.ends_on}, field="ends_on")
    end_coverage(actor=plan.actor, at=plan.at, coverage_id=found.pk, on=ends_on)
    return Outcome.UPDATED


def export(actor: Actor, filters: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """Past, present and planned coverage of visible customers by territories of the person's own scope."""
    names = ("customer__code", "customer__name", "territory__code", "territory__name", "starts_on", "ends_on")
    for code, name, territory, territory_name, starts_on, ends_on in (
        _visible(actor).order_by("customer_id", "starts_on", "pk").values_list(*names).iterator()
    ):
        yield {
            "customer": code,
            "customer_name": name,
            "territory": territory,
            "territory_name": territory_name,
            "starts_on": starts_on,
            "ends_on": ends_on,
        }


def count(actor: Actor, filters: Mapping[str, str]) -> int:
    return _visible(actor).count()


def _visible(actor: Actor) -> QuerySet[Coverage]:
    scope = scope_of(actor)
    rows = of_visible(actor, Coverage.objects.all())
    return rows if scope.whole else rows.filter(scope.as_condition("territory__"))
