"""Who sees which customers, and who may do what to them."""

import functools
from collections.abc import Collection
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import NotAllowed, NotFound
from repertory.customers.models import Coverage, Customer
from repertory.organisation.access import Scope, has_role, may_write, scope_of
from repertory.organisation.choices import Role
from repertory.organisation.models import Territory

Row = TypeVar("Row", bound=Model)

EDITORS = frozenset({Role.REP, Role.SUPERVISOR, Role.MANAGER, Role.FINANCE, Role.ADMIN})
LEADERS = frozenset({Role.SUPERVISOR, Role.MANAGER, Role.ADMIN})
REVEALERS = frozenset({Role.REP, Role.SUPERVISOR, Role.MANAGER, Role.ADMIN, Role.AUDITOR})
EXPORTERS = frozenset({Role.SUPERVISOR, Role.MANAGER, Role.FINANCE, Role.ADMIN, Role.AUDITOR})
IMPORTERS = frozenset({Role.MANAGER, Role.FINANCE, Role.ADMIN})
APPROVERS = frozenset({Role.MANAGER, Role.FINANCE, Role.ADMIN})

# Below this many customers the scope is collected from the coverage and sorted; above, the sorted index is walked and
# each row asked whether it is covered. Measured in bench/, see docs/domains/customers.md.
COLLECTED_SCOPE = 20_000


def visible_customers(actor: Actor) -> QuerySet[Customer]:
    """Where every read of customers starts."""
    return _alive(in_scope(Customer.objects.all(), scope_of(actor)))


def editable_customers(actor: Actor) -> QuerySet[Customer]:
    return _alive(in_scope(Customer.objects.all(), edit_scope(actor, EDITORS)))


def edit_scope(actor: Actor, only: frozenset[str]) -> Scope:
    """Where the person may write as one of the roles in `only`."""
    return scope_of(actor, only=only) if may_write(actor) else Scope(whole=False)


def in_scope(customers: QuerySet[Row], scope: Scope, reference: str = "pk") -> QuerySet[Row]:
    """Keep the rows covered by the scope; `reference` names the column that holds the customer's key."""
    if scope.whole:
        return customers
    if scope.empty:
        return customers.none()
    covered = _covered(scope)
    if scope.size <= COLLECTED_SCOPE:
        return customers.filter(Q(**{f"{reference}__in": covered.values("customer_id")}))
    return customers.filter(Exists(covered.filter(customer_id=OuterRef(reference))))


@functools.lru_cache(maxsize=500)
def _covered(scope: Scope) -> QuerySet[Coverage]:
    """Never read itself, only put into other queries, of which building it is a good part."""
    return Coverage.objects.filter(current=True, territory__in=Territory.objects.filter(scope.as_condition()))


def of_visible(actor: Actor, rows: QuerySet[Row], *references: str) -> QuerySet[Row]:
    """Rows that hang at customers, as far as the person sees every one that the references (default "customer") name.
    Asks the coverage of each row's customer, never for the list of all visible ones."""
    scope = scope_of(actor)
    for reference in references or ("customer",):
        rows = in_scope(rows, scope, f"{reference}_id").filter(**{f"{reference}__removed_at": None})
    return rows


def _alive(customers: QuerySet[Customer]) -> QuerySet[Customer]:
    return customers.filter(removed_at=None)


def may_see(actor: Actor) -> bool:
    """Whether the person has any customers to look at at all."""
    return not scope_of(actor).empty


def may_create(actor: Actor) -> bool:
    return may_write(actor) and has_role(actor, *EDITORS)


def may_lead(actor: Actor) -> bool:
    """Reassign, merge, remove: the superiors."""
    return may_write(actor) and has_role(actor, *LEADERS)


def may_export(actor: Actor) -> bool:
    return has_role(actor, *EXPORTERS)


def may_import(actor: Actor) -> bool:
    return may_write(actor) and has_role(actor, *IMPORTERS)


def may_approve_first_trade(actor: Actor) -> bool:
    return may_write(actor) and has_role(actor, *APPROVERS)


def may_reveal(actor: Actor) -> bool:
    return has_role(actor, *REVEALERS)


def may_read_private(actor: Actor, customer_id: int) -> bool:
    """Product managers and marketers see the whole company, but nobody's private fields."""
    if not may_reveal(actor):
        return False
    scope = scope_of(actor, only=REVEALERS)
    return in_scope(Customer.objects.filter(pk=customer_id), scope).exists()


def get_visible(actor: Actor, customer_id: int) -> Customer:
    """The customer, or NotFound: not there and not yours can't be told apart."""
    customer = visible_customers(actor).filter(pk=customer_id).first()
    if customer is None:
        raise NotFound()
    return customer


def lock_all_editable(actor: Actor, keys: Collection[int], only: frozenset[str] = EDITORS) -> dict[int, Customer]:
    """The customers by key, all locked for a write, in one order for everybody; only what bulk writes need of them is
    loaded. NotFound where the person may not write one of them."""
    locked = Customer.objects.select_for_update(of=("self",)).only("name", "kind")
    rows = in_scope(locked, edit_scope(actor, only)).filter(pk__in=keys, removed_at=None).order_by("pk")
    found = {customer.pk: customer for customer in rows}
    if len(found) != len(set(keys)):
        raise NotFound()
    return found


def lock_editable(actor: Actor, customer_id: int, only: frozenset[str] = EDITORS) -> Customer:
    """The customer, locked for a write. NotFound outside the scope, NotAllowed where the person may only look."""
    locked = Customer.objects.select_for_update(of=("self",))
    rows = list(in_scope(locked, edit_scope(actor, only)).filter(pk=customer_id, removed_at=None))
    customer = rows[0] if rows else None
    if customer is None:
        get_visible(actor, customer_id)
        raise NotAllowed(_("您可以查看这位客户，但不能修改。"))
    return customer
