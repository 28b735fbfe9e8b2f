"""Lists of cases, one case with its steps, and what they came from."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.core.listing import Column, ListQuery, Page, apply_filters, column_of, page_of
from repertory.core.text import normalise
from repertory.organisation.models import User
from repertory.service import access
from repertory.service.choices import UNFINISHED, Cause
from repertory.service.models import Case, CaseStep

SORTS = {"due_at": "due_at", "number": "id", "opened_at": "opened_at", "updated_at": "updated_at"}
MOST_WORDS = 6
# Beyond the columns: whose cases, and whether they are late. Whole words of the address, not columns.
MINE, LATE, UNFINISHED_ONLY = "mine", "late", "unfinished"
NAMES = (
    "kind",
    "severity",
    "state",
    "cause",
    "channel",
    "escalation",
    "number",
    "title",
    "opened_at",
    "due_at",
    "told_at",
    "answered_at",
    "updated_at",
)


@dataclass(frozen=True)
class Share:
    """One bar of the Pareto. so_far: cases of this cause and of the more frequent ones."""

    cause: str
    count: int
    so_far: int


def case_columns() -> dict[str, Column]:
    """Every column by its key."""
    found = {name: column_of(Case, name, sortable=name in SORTS) for name in NAMES}
    references = {"customer": "customer_id", "product": "product_id", "owner": "owner__username"}
    references["opened_by"] = "opened_by__username"
    return found | {name: column_of(Case, name, path=path) for name, path in references.items()}


def list_cases(*, actor: Actor, query: ListQuery, at: datetime) -> Page[Case]:
    """One page of the cases that the person may see, with customer, product and owner; the earliest due first."""
    return page_of(with_names(matching_cases(actor=actor, query=query, at=at)), query, SORTS)


def matching_cases(*, actor: Actor, query: ListQuery, at: datetime) -> QuerySet[Case]:
    """All cases of the list, without order. Filters: the columns; mine=1, late=1, unfinished=1."""
    filters = dict(query.filters)
    rows = access.visible_cases(actor)
    if _on(filters.pop(MINE, [])):
        rows = rows.filter(owner_id=actor.user_id)
    if _on(filters.pop(LATE, [])):
        rows = rows.filter(state__in=UNFINISHED, due_at__lt=at)
    if _on(filters.pop(UNFINISHED_ONLY, [])):
        rows = rows.filter(state__in=UNFINISHED)
    rows = apply_filters(rows, _keys_only(filters), case_columns())
    for word in normalise(query.text).split()[:MOST_WORDS]:
        rows = rows.filter(Q(number__icontains=word) | Q(title__icontains=word) | Q(customer__name__icontains=word))
    return rows


def _on(values: list[str]) -> bool:
    return values[:1] in (["1"], ["true"], ["yes"])


def _keys_only(filters: dict[str, list[str]]) -> dict[str, list[str]]:
    """Keys that are none find nothing instead of failing in the database."""
    checked = dict(filters)
    for name in ("customer", "product"):
        if name in checked and checked[name] != ["-"]:
            checked[name] = [
                value for value in checked[name] if value.isascii() and value.isdecimal() and len(value) < 19
            ]
    if "escalation" in checked:
        checked["escalation"] = [value for value in checked["escalation"] if value in ("0", "1", "2", "3")]
    return checked


def with_names(rows: QuerySet[Case]) -> QuerySet[Case]:
    return rows.select_related("customer", "product", "owner", "opened_by")


def case_of(*, actor: Actor, case_id: int) -> Case:
    """The case with its customer, product and people; NotFound out of sight."""
    case = with_names(access.visible_cases(actor)).filter(pk=case_id).first()
    if case is None:
        raise NotFound()
    return case


def steps_of(case: Case) -> list[CaseStep]:
    """From the first on."""
    return list(CaseStep.objects.filter(case=case).select_related("user").order_by("pk"))


def cases_of_customer(*, actor: Actor, customer_id: int, limit: int) -> list[Case]:
    """The newest first."""
    rows = access.visible_cases(actor).filter(customer_id=customer_id)
    return list(with_names(rows).order_by("-pk")[:limit])


def late_count(*, actor: Actor, at: datetime) -> int:
    return access.visible_cases(actor).filter(state__in=UNFINISHED, due_at__lt=at).count()


def causes(*, actor: Actor, query: ListQuery, at: datetime) -> list[Share]:
    """What the cases of a list came from, the most frequent first; those not answered yet have no cause and are left out."""
    rows = matching_cases(actor=actor, query=query, at=at).exclude(cause="")
    counted = rows.order_by().values_list("cause").annotate(n=Count("pk"))
    order = list(Cause.values)
    ranked = sorted(counted, key=lambda pair: (-pair[1], order.index(pair[0])))
    shares, so_far = [], 0
    for cause, count in ranked:
        so_far += count
        shares.append(Share(cause, count, so_far))
    return shares


def owner_options(*, actor: Actor) -> list[tuple[str, str]]:
    """(account, name) of those who own cases in sight."""
    owners = access.visible_cases(actor).exclude(owner=None).order_by().values("owner_id")
    return list(User.objects.filter(pk__in=owners).order_by("username").values_list("username", "name"))
