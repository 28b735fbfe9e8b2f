"""Whatever is imported, restated, closed, learned and reassigned in whatever order: sums are those of the rows, and closed
months stay as they were. M-PLN-2."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from repertory.config import sales_checks
from repertory.core.actor import Door, system_actor
from repertory.core.errors import Conflict, RepertoryError, RuleViolation
from repertory.customers.actions import reassign_customers
from repertory.customers.inputs import Reassign
from repertory.platform.exchange.actions import write_checked
from repertory.platform.exchange.kinds import ImportPlan, ImportRow, RowsRefused
from repertory.platform.exchange.queries import audit_position
from repertory.sales.actions import close_month, learn_customer, reattribute_month
from repertory.sales.importing.importer import SalesImporter
from repertory.sales.importing.reading import SalesReader
from repertory.sales.inputs import LearnCustomer
from repertory.sales.models import ClosedMonth, Entry

CELLS = {"day": 0, "customer": 1, "product": 2, "quantity": 3, "amount": 4}
MONTHS = ("2026-02", "2026-03")
NAMES = ("南京鼓楼医院", "南京玄武医院", "北京东城医院", "鼓楼总院", "东城分院")

row = st.tuples(
    st.sampled_from(["01", "15", "28"]),
    st.sampled_from(NAMES),
    st.sampled_from(["阿托伐他汀钙片", "盐酸二甲双胍片"]),
    st.integers(-50, 50).map(str),
    st.integers(-(10**7), 10**7).map(lambda units: str(Decimal(units).scaleb(-5))),
)
step = st.one_of(
    st.tuples(st.just("file"), st.sampled_from(MONTHS), st.lists(row, min_size=1, max_size=5)),
    st.tuples(st.just("close"), st.sampled_from(MONTHS)),
    st.tuples(st.just("learn"), st.sampled_from(NAMES[3:]), st.sampled_from(["own", "foreign"])),
    st.tuples(st.just("reassign"), st.sampled_from(["E1A", "E1B"]), st.sampled_from(["2026-02-10", "2026-03-10"])),
    st.tuples(st.just("reattribute"), st.sampled_from(MONTHS)),
)


def bring_in(at, seller: str, month: str, rows) -> None:
    raw = [(number, [f"{month}-{day}", *facts]) for number, (day, *facts) in enumerate(rows, start=2)]
    plan = ImportPlan(actor=system_actor(Door.IMPORT), at=at, fields=frozenset(CELLS))
    importer = SalesImporter(plan, source="flow")
    checked_at = audit_position()
    report = importer.check([ImportRow(2, SalesReader(CELLS, {"seller": seller})(raw))])
    report.add(importer.conclude())
    if not report.errors:
        write_checked(
            actor=plan.actor,
            at=at,
            importer=importer,
            checked_at=checked_at,
            check_again=lambda: importer,
            progress=lambda done: None,
        )
    importer.close()


def take(one: tuple, at, market) -> None:
    """One step; what the rules refuse changes nothing."""
    system = {"actor": system_actor(), "at": at}
    kind, *facts = one
    if kind == "file":
        bring_in(at, market["seller"].name, *facts)
    elif kind == "close":
        close_month(**system, month=int(facts[0].replace("-", "")))
    elif kind == "learn":
        learn_customer(**system, data=LearnCustomer(text=facts[0], customer=market[facts[1]].pk))
    elif kind == "reassign":
        other = "E1B" if facts[0] == "E1A" else "E1A"
        data = Reassign(from_territory=facts[0], to_territory=other, on=date.fromisoformat(facts[1]))
        reassign_customers(**system, data=data)
    else:
        reattribute_month(**system, month=int(facts[0].replace("-", "")))


def figures() -> dict[int, tuple]:
    rows = Entry.objects.order_by().values_list("month").annotate(q=Sum("quantity"), a=Sum("amount"))
    return {month: (quantity, amount) for month, quantity, amount in rows}


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(step, min_size=3, max_size=9))
def test_sums_are_those_of_the_rows_after_any_sequence(steps, market, at):
    with transaction.atomic():
        closed: dict[int, tuple] = {}
        for one in steps:
            try:
                with transaction.atomic():
                    take(one, at, market)
            except (RuleViolation, Conflict, RowsRefused, RepertoryError):
                pass
            now = figures()
            for month in ClosedMonth.objects.values_list("month", flat=True):
                assert closed.setdefault(month, now.get(month)) == now.get(month), one
            assert [problem for check in sales_checks.CHECKS for problem in check()] == [], one
        transaction.set_rollback(True)
