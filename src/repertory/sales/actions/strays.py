"""窜货: what a distributor sold outside the places that it may sell in (M-PLN-5); found with every file, decided by people."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Sum
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, InvalidInput
from repertory.core.periods import last_day
from repertory.customers.choices import Kind
from repertory.customers.models import Customer
from repertory.organisation.access import require
from repertory.organisation.models import Territory
from repertory.platform.audit_lines import Line
from repertory.platform.unit import action, record
from repertory.products.models import Product
from repertory.sales import access
from repertory.sales.actions.unknown import unknown
from repertory.sales.choices import FileState, StrayState
from repertory.sales.inputs import AllowArea, DecideStray
from repertory.sales.models import ClosedMonth, Entry, SalesFile, SellerArea, StrayFlow

Key = tuple[int, int]
"""(customer, product)"""


@action
def allow_area(*, actor: Actor, at: datetime, data: AllowArea) -> SellerArea:
    """A distributor may sell into a part of the tree; its open months are looked through again."""
    require(access.may_keep(actor))
    seller = Customer.objects.filter(pk=data.seller, kind=Kind.DISTRIBUTOR, removed_at=None).first()
    territory = Territory.objects.filter(code=data.territory).first()
    if seller is None or territory is None:
        raise unknown("seller" if seller is None else "territory")
    if data.product is not None and not Product.objects.filter(pk=data.product, removed_at=None).exists():
        raise unknown("product")
    if data.ends_on is not None and data.ends_on <= data.starts_on:
        raise InvalidInput(_("结束日期要晚于开始日期。"), code="range", field="ends_on")
    area = SellerArea.objects.create(
        seller=seller,
        territory=territory,
        product_id=data.product,
        starts_on=data.starts_on,
        ends_on=data.ends_on,
    )
    changes = {"territory": ["", territory.code], "starts_on": ["", data.starts_on.isoformat()]}
    record(Line("allowed_area", "seller_area", area.pk, seller.name, changes))
    closed = ClosedMonth.objects.values("month")
    files = SalesFile.objects.filter(seller=seller, state=FileState.CURRENT).exclude(month__in=closed)
    find_strays(files.order_by("month", "pk"))
    return area


def find_strays(files: Iterable[SalesFile]) -> None:
    """Keep the list of these files' stray sales as their entries say; what somebody has decided stays decided."""
    for file in files:
        if file.seller_id is None:
            continue
        found = _strays(file)
        known = {
            (row.customer_id, row.product_id): row
            for row in StrayFlow.objects.select_for_update().filter(seller_id=file.seller_id, month=file.month)
        }
        for key, (territory_id, quantity, amount) in found.items():
            row = known.pop(key, None) or StrayFlow(
                seller_id=file.seller_id, month=file.month, customer_id=key[0], product_id=key[1]
            )
            if row.pk is None or (row.quantity, row.amount, row.territory_id) != (quantity, amount, territory_id):
                row.territory_id, row.quantity, row.amount = territory_id, quantity, amount
                row.save()
        gone = [row.pk for row in known.values() if row.state == StrayState.OPEN]
        StrayFlow.objects.filter(pk__in=gone).delete()


def _strays(file: SalesFile) -> dict[Key, tuple]:
    """(customer, product) → (territory, quantity, amount) of what lies outside; nothing where the seller has no areas."""
    areas = list(SellerArea.objects.filter(seller_id=file.seller_id).select_related("territory"))
    if not areas:
        return {}
    day = last_day(file.month)
    rows = (
        Entry.objects.filter(file=file)
        .order_by()
        .values_list("customer_id", "product_id", "territory_id", "territory__path")
        .annotate(quantity=Sum("quantity"), amount=Sum("amount"))
    )
    return {
        (customer, product): (territory, quantity, amount)
        for customer, product, territory, path, quantity, amount in rows
        if path is not None and not any(_covers(area, path, product, day) for area in areas)
    }


def _covers(area: SellerArea, path: str, product: int, day: date) -> bool:
    in_time = area.starts_on <= day and (area.ends_on is None or area.ends_on > day)
    return in_time and area.product_id in (None, product) and path.startswith(area.territory.path)


@action
def decide_stray(*, actor: Actor, at: datetime, stray_id: int, data: DecideStray) -> StrayFlow:
    """Say what a sale outside was: allowed after all, confirmed, cleared; with a note."""
    require(access.may_judge_strays(actor))
    access.get_stray(actor, stray_id)
    row = StrayFlow.objects.select_for_update().get(pk=stray_id)
    if data.version is not None and data.version != row.version:
        raise Conflict(_("这一条刚被别人处理过，请刷新后再看。"), code="stale")
    if data.state != StrayState.OPEN and not data.note:
        raise InvalidInput(_("请写明处理说明。"), code="missing", field="note")
    before = row.state
    row.state, row.note, row.decided_at, row.decided_by_id = data.state, data.note, at, actor.user_id
    row.version += 1
    row.save()
    record(Line("decided", "stray_flow", row.pk, str(row.customer), {"state": [before, row.state]}, data.note))
    return row
