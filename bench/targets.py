"""A year's plan broken down: 12 months × 20 products × 60 territories × 3,000 customers = 720,000 figures.

python -m bench.targets measures it alone, in an empty folder of its own. The work is an action, so it is measured in the
process, without a server: history (an entry for each customer, product and month of last year), and in equal parts."""

import os
import shutil
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.results import Results

TERRITORIES, CUSTOMERS, PRODUCTS, YEAR = 60, 3_000, 20, 2026
BAR_S = 20


def measure(results: Results, home: Path) -> None:
    """home: an empty folder."""
    os.environ["REPERTORY_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "repertory.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from django.db import transaction

    from repertory.platform.bulk import roomy_cache

    with roomy_cache(), transaction.atomic():
        _company()
    _run(results)


def _company() -> None:
    from repertory.core.actor import system_actor
    from repertory.core.time import now
    from repertory.customers.models import Coverage, Customer
    from repertory.organisation.actions import create_territory
    from repertory.organisation.inputs import CreateTerritory
    from repertory.organisation.models import Territory
    from repertory.platform.bulk import insert_rows
    from repertory.products.models import Product
    from repertory.sales.actions.regions import roll_up
    from repertory.sales.models import Entry, MonthSale, SalesFile

    at, system = now(), system_actor()
    tree = [("CO", "company", None), *((f"R{n}", "region", "CO") for n in range(4))]
    tree += [(f"D{n}", "district", f"R{n % 4}") for n in range(12)]
    tree += [(f"T{n}", "territory", f"D{n % 12}") for n in range(TERRITORIES)]
    for code, level, parent in tree:
        data = CreateTerritory(code=code, name=code, level=level, parent=parent)
        create_territory(actor=system, at=at, data=data)
    places = list(Territory.objects.filter(level="territory").order_by("pk").values_list("pk", flat=True))
    dates: dict[str, Any] = {"created_at": at, "updated_at": at, "stage_since": date(YEAR - 1, 1, 1)}
    customers = [
        {"id": n + 1, "code": f"C{n}", "name": f"医院{n}", "kind": "hospital", **dates} for n in range(CUSTOMERS)
    ]
    insert_rows(Customer, customers)
    since = date(YEAR - 1, 1, 1)
    insert_rows(
        Coverage,
        [
            {"customer_id": n + 1, "territory_id": places[n % TERRITORIES], "starts_on": since, "current": True}
            for n in range(CUSTOMERS)
        ],
    )
    products = [
        {"id": n + 1, "code": f"P{n}", "generic_name": f"药{n}", "stage": "on_sale", **dates} for n in range(PRODUCTS)
    ]
    insert_rows(Product, products)
    file = SalesFile.objects.create(source="own", month=YEAR * 100 - 88, number=1, digest="", rows=0, at=at)
    months = [(YEAR - 1) * 100 + month for month in range(1, 13)]
    cent = 100_000
    for month in months:
        rows = []
        for n in range(CUSTOMERS):
            for product in range(PRODUCTS):
                amount = (1_000 + (n * 37 + product * 101 + month) % 5_000) * cent
                place = places[n % TERRITORIES]
                rows.append((month, n + 1, product + 1, place, amount))
        insert_rows(
            Entry,
            [
                {
                    "file_id": file.pk,
                    "row": number,
                    "day": date(month // 100, month % 100, 15),
                    "month": month,
                    "stream": "flow",
                    "customer_id": customer,
                    "product_id": product,
                    "territory_id": place,
                    "quantity": amount,
                    "amount": amount,
                }
                for number, (month, customer, product, place, amount) in enumerate(rows)
            ],
        )
        sums: dict[tuple[int, int], list[int]] = {}
        for _month, _customer, product, place, amount in rows:
            found = sums.setdefault((product, place), [0, 0])
            found[0] += 1
            found[1] += amount
        insert_rows(
            MonthSale,
            [
                {
                    "month": month,
                    "product_id": product,
                    "territory_id": place,
                    "stream": "flow",
                    "rows": count,
                    "quantity": amount,
                    "amount": amount,
                }
                for (product, place), (count, amount) in sums.items()
            ],
        )
    roll_up(months)


def _run(results: Results) -> None:
    from repertory.core.actor import system_actor
    from repertory.core.periods import Period
    from repertory.core.time import now
    from repertory.plans import actions
    from repertory.plans.inputs import (
        BreakDown,
        CreatePlan,
        ReviseFigures,
        SetFigure,
        SetFigures,
    )
    from repertory.plans.models import CustomerFigure, TargetPlan
    from repertory.plans.queries.targets import target_totals

    system = {"actor": system_actor(), "at": now()}
    plan = actions.create_plan(**system, data=CreatePlan(year=YEAR, growth_percent=Decimal("8.5")))
    whole = f"breaking down a year plan into {12 * PRODUCTS * CUSTOMERS:,} customers' figures"
    for method in ("history", "equal"):
        data = BreakDown(territory="CO", depth="customers", method=method)
        seconds = _timed(lambda data=data: actions.break_down(**system, plan_id=plan.pk, data=data))
        results.add(f"{whole}, by {method}{', again' if method == 'equal' else ''}", seconds, "s", bar=BAR_S)
    assert CustomerFigure.objects.count() == 12 * PRODUCTS * CUSTOMERS
    from repertory.config import plan_checks

    for check in plan_checks.CHECKS:
        assert list(check()) == []
    one = SetFigure(period=f"{YEAR}-03", product_id=1, territory="R1", value=Decimal(1_000_000))
    seconds = _timed(lambda: actions.set_figures(**system, plan_id=plan.pk, data=SetFigures(figures=[one])))
    results.add("a region's figure typed, all below it shared anew", seconds * 1000, "ms")
    year = SetFigure(period=str(YEAR), product_id=1, territory="CO", value=Decimal(500_000_000))
    seconds = _timed(lambda: actions.set_figures(**system, plan_id=plan.pk, data=SetFigures(figures=[year])))
    results.add("a product's year typed, all below it shared anew", seconds, "s")
    # As its approval would have it; there is nobody here to give it.
    TargetPlan.objects.filter(pk=plan.pk).update(state="approved", decided_at=system["at"])
    seconds = _timed(lambda: actions.revise_plan(**system, plan_id=plan.pk, data=ReviseFigures(reason="集采后下调")))
    results.add("a new version of it", seconds, "s")
    period = Period(YEAR * 100 + 1, 12)
    by = ("month", "product_id", "territory_id")
    seconds = _timed(lambda: target_totals(actor=system_actor(), period=period, by=by))
    results.add("targets by month × product × territory", seconds * 1000, "ms")
    seconds = _timed(lambda: target_totals(actor=system_actor(), period=period, by=("customer_id",)))
    results.add("targets of the year by customer", seconds * 1000, "ms")
    assert TargetPlan.objects.count() == 2


def _timed(work: Any) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    own = Path(os.environ.get("BENCH_HOME", "var/bench")).resolve() / "targets"
    shutil.rmtree(own, ignore_errors=True)
    own.mkdir(parents=True)
    outcome = Results()
    measure(outcome, own)
    outcome.write()
