"""What a name in a file means: said once, it holds for every later file, and rows that waited for it are entered."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput, RuleViolation
from repertory.core.time import day_of
from repertory.customers.choices import PERSON_KINDS, Kind
from repertory.customers.models import Customer
from repertory.customers.rules import PRESCRIPTIONS
from repertory.organisation.access import require
from repertory.platform.audit_lines import Line
from repertory.platform.rules import value_on
from repertory.platform.unit import action, record
from repertory.products.models import Pack, Product
from repertory.sales import access
from repertory.sales.actions.held import enter_waiting
from repertory.sales.actions.unknown import unknown
from repertory.sales.inputs import LearnCustomer, LearnProduct, LearnUnit
from repertory.sales.models import CustomerAlias, ProductAlias, UnitAlias
from repertory.sales.names import key_of


@action
def learn_customer(*, actor: Actor, at: datetime, data: LearnCustomer) -> int:
    """A name means this customer; how many rows could be entered now. RuleViolation for a person (M-LAW-2)."""
    require(access.may_keep(actor))
    customer = Customer.objects.filter(pk=data.customer, removed_at=None).first()
    if customer is None:
        raise unknown("customer")
    if customer.kind in PERSON_KINDS and value_on(PRESCRIPTIONS, day_of(at))["on"]:
        raise RuleViolation(
            _("“%(name)s”是个人：销售只记到医院、药店和商业公司。") % {"name": customer.name},
            code="person",
            field="customer",
        )
    return _learn(CustomerAlias, actor, at, data, {"customer_id": customer.pk}, str(customer))


@action
def learn_product(*, actor: Actor, at: datetime, data: LearnProduct) -> int:
    """A name means this product, or this size of it."""
    require(access.may_keep(actor))
    product = Product.objects.filter(pk=data.product, removed_at=None).first()
    if product is None:
        raise unknown("product")
    if data.pack is not None and not Pack.objects.filter(pk=data.pack, product=product).exists():
        raise InvalidInput(_("这个规格不是这个产品的。"), code="wrong_pack", field="pack")
    return _learn(ProductAlias, actor, at, data, {"product_id": product.pk, "pack_id": data.pack}, str(product))


@action
def learn_unit(*, actor: Actor, at: datetime, data: LearnUnit) -> int:
    """A unit of a file is so many sales units."""
    require(access.may_keep(actor))
    if data.product is not None and not Product.objects.filter(pk=data.product, removed_at=None).exists():
        raise unknown("product")
    return _learn(UnitAlias, actor, at, data, {"factor": data.factor}, str(data.factor), product_id=data.product)


def _learn(
    model: Any,
    actor: Actor,
    at: datetime,
    data: LearnCustomer | LearnProduct | LearnUnit,
    meaning: dict[str, Any],
    label: str,
    **more: Any,
) -> int:
    key = key_of(data.text)
    if not key:
        raise InvalidInput(_("名称里要有文字或数字。"), code="empty_name", field="text")
    if data.seller is not None and not Customer.objects.filter(pk=data.seller, kind=Kind.DISTRIBUTOR).exists():
        raise unknown("seller")
    known = {"key": key, "seller_id": data.seller, **more}
    before = model.objects.select_for_update().filter(**known).first()
    values = {"text": data.text, "at": at, "by_id": actor.user_id, **meaning}
    model.objects.update_or_create(**known, defaults=values)
    old = None if before is None else {name: str(getattr(before, name)) for name in meaning}
    record(
        Line(
            verb="learned",
            object_type="sales_name",
            object_id=data.seller or 0,
            label=f"{data.text} = {label}",
            changes={"meaning": [old, {name: str(value) for name, value in meaning.items()}]},
        )
    )
    return enter_waiting(actor=actor, at=at, seller_id=data.seller)
