"""What a page, a program or a command asks about figures, read from its words; what one does not see is not found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput, NotFound
from repertory.core.periods import Period, read_period
from repertory.customers.access import visible_customers
from repertory.customers.models import Customer
from repertory.organisation.access import visible_territories
from repertory.organisation.models import Territory
from repertory.plans.choices import Measure
from repertory.plans.queries.attainment import Ask, Group
from repertory.products.access import visible_products
from repertory.products.models import Product
from repertory.sales.access import visible_entries
from repertory.sales.choices import Basis
from repertory.sales.queries.totals import Where


@dataclass(frozen=True)
class Asked:
    """The question, and what its keys stand for."""

    ask: Ask
    node: Territory | None
    product: Product | None
    customer: Customer | None


def read_question(*, actor: Actor, words: Mapping[str, str], today: date) -> Asked:
    """words: period, node (its code), product (key or code), customer (key), group, measure, basis; what is absent is not
    narrowed, the period is this year. Raises InvalidInput and NotFound."""
    node = node_named(actor=actor, code=words.get("node", ""))
    product = product_named(actor=actor, text=words.get("product", ""))
    customer = customer_named(actor=actor, text=words.get("customer", ""))
    where = Where(
        node=node,
        products=None if product is None else (product.pk,),
        customers=None if customer is None else (customer.pk,),
        basis=one_of(words.get("basis") or Basis.TERMINAL, Basis.values, field="basis"),
    )
    group = Group(one_of(words.get("group", ""), [group.value for group in Group], field="group"))
    measure = one_of(words.get("measure") or Measure.AMOUNT, Measure.values, field="measure")
    return Asked(Ask(period_named(words.get("period", ""), today), where, group, measure), node, product, customer)


def period_named(text: str, today: date) -> Period:
    return read_period(text) if text else Period(today.year * 100 + 1, 12)


def one_of(text: str, known: list[str], *, field: str) -> str:
    if text not in known:
        options = _("、").join(option for option in known if option)
        raise InvalidInput(
            _("没有“%(text)s”这个选项，可以选：%(options)s。") % {"text": text[:40], "options": options}, field=field
        )
    return text


def node_named(*, actor: Actor, code: str) -> Territory | None:
    """None for no code."""
    if not code:
        return None
    node = visible_territories(actor).filter(code=code).first()
    if node is None:
        raise NotFound()
    return node


def product_named(*, actor: Actor, text: str) -> Product | None:
    if not text:
        return None
    rows = visible_products(actor)
    product = rows.filter(pk=int(text)).first() if _is_key(text) else rows.filter(code=text).first()
    if product is None:
        raise NotFound()
    return product


def customer_named(*, actor: Actor, text: str) -> Customer | None:
    """One in sight now, or one to whom one's own territory sold."""
    if not text:
        return None
    if not _is_key(text):
        raise NotFound()
    customer = visible_customers(actor).filter(pk=int(text)).first()
    if customer is None and visible_entries(actor).filter(customer_id=int(text)).exists():
        customer = Customer.objects.filter(pk=int(text)).first()
    if customer is None:
        raise NotFound()
    return customer


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
