"""Who sees which sales, and who may do what to them.

Sales belong to the territory that covered the customer then: last year's stay with last year's holder (M-ORG-2).
"""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.organisation.access import has_role, may_write, roles, scope_of
from repertory.organisation.choices import Role
from repertory.organisation.firewall import may_sell
from repertory.organisation.models import Territory
from repertory.products.models import Product
from repertory.sales.choices import FileState
from repertory.sales.models import (
    CustomerSale,
    Entry,
    HeldRow,
    MonthSale,
    RegionSale,
    SalesFile,
    StockStatement,
    StrayFlow,
)

Row = TypeVar("Row", bound=Model)

KEEPERS = frozenset({Role.FINANCE, Role.ADMIN})
EXPORTERS = frozenset({Role.SUPERVISOR, Role.MANAGER, Role.FINANCE, Role.ADMIN, Role.AUDITOR, Role.PRODUCT_MANAGER})
# Product managers see the whole company's sales of their own products only, unless they hold another of these.
WHOLE_RANGE = frozenset(
    {Role.MARKETER, Role.FINANCE, Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.SUPERVISOR, Role.REP}
)


def may_see(actor: Actor) -> bool:
    """The academic side has nothing to do with sales (M-LAW-1)."""
    if "may see sales" not in actor.memo:
        allowed = not scope_of(actor).empty and may_sell(actor, timezone.localdate())
        actor.memo["may see sales"] = allowed
    return actor.memo["may see sales"]


def may_keep(actor: Actor) -> bool:
    """Bring files in, decide on names and held rows, close months."""
    return may_write(actor) and has_role(actor, *KEEPERS)


def may_import(actor: Actor) -> bool:
    return may_keep(actor)


def may_export(actor: Actor) -> bool:
    return may_see(actor) and has_role(actor, *EXPORTERS)


def may_see_files(actor: Actor) -> bool:
    """Whole files say more than one region's sales."""
    return has_role(actor, *KEEPERS, Role.AUDITOR)


def visible_sales(actor: Actor, rows: QuerySet[Row]) -> QuerySet[Row]:
    """The rows of a table of sales (with territory and product) that the person may see."""
    if not may_see(actor):
        return rows.none()
    scope = scope_of(actor)
    if not scope.whole:
        rows = rows.filter(scope.as_condition("territory__"))
    if sees_own_products_only(actor):
        rows = rows.filter(product__in=Product.objects.filter(product_manager_id=actor.user_id))
    return rows


def sees_own_products_only(actor: Actor) -> bool:
    return not actor.is_system and Role.PRODUCT_MANAGER in roles(actor) and roles(actor).isdisjoint(WHOLE_RANGE)


def visible_entries(actor: Actor) -> QuerySet[Entry]:
    """Where every read of the ledger starts."""
    return visible_sales(actor, Entry.objects.all())


def visible_month_sales(actor: Actor) -> QuerySet[MonthSale]:
    return visible_sales(actor, MonthSale.objects.all())


def visible_region_sales(actor: Actor) -> QuerySet[RegionSale]:
    """Nothing for whom only a part of a region is open: see `sees_whole_regions`."""
    return visible_sales(actor, RegionSale.objects.all()) if sees_whole_regions(actor) else RegionSale.objects.none()


def sees_whole_regions(actor: Actor) -> bool:
    """Whether the person's part of the tree consists of whole regions, or is all of it."""
    scope = scope_of(actor)
    return scope.whole or all(len(path) <= 2 * Territory.steplen for path in scope.paths)


def visible_customer_sales(actor: Actor) -> QuerySet[CustomerSale]:
    """Sums over all products: not for whom only some products are open."""
    if not may_see(actor) or sees_own_products_only(actor):
        return CustomerSale.objects.none()
    scope = scope_of(actor)
    rows = CustomerSale.objects.all()
    return rows if scope.whole else rows.filter(scope.as_condition("territory__"))


def visible_files(actor: Actor) -> QuerySet[SalesFile]:
    return SalesFile.objects.all() if may_see_files(actor) else SalesFile.objects.none()


def get_file(actor: Actor, file_id: int) -> SalesFile:
    """The file's version, or NotFound."""
    file = visible_files(actor).filter(pk=file_id).first()
    if file is None:
        raise NotFound()
    return file


def may_judge_strays(actor: Actor) -> bool:
    """Those who answer for an area, and those who keep the ledger."""
    return may_write(actor) and may_see(actor) and has_role(actor, Role.SUPERVISOR, Role.MANAGER, *KEEPERS)


def visible_strays(actor: Actor) -> QuerySet[StrayFlow]:
    """Stray sales into one's own area."""
    return visible_sales(actor, StrayFlow.objects.all())


def visible_statements(actor: Actor) -> QuerySet[StockStatement]:
    return StockStatement.objects.all() if may_see_files(actor) else StockStatement.objects.none()


def visible_held_rows(actor: Actor) -> QuerySet[HeldRow]:
    """Rows of current files."""
    return HeldRow.objects.filter(file__in=visible_files(actor).filter(state=FileState.CURRENT))


def get_stray(actor: Actor, stray_id: int) -> StrayFlow:
    """The stray sale, or NotFound."""
    row = visible_strays(actor).select_related("seller", "customer").filter(pk=stray_id).first()
    if row is None:
        raise NotFound()
    return row
