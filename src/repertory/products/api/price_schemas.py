"""What the API shows of price lists, suggestions and plans of development."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Schema

from repertory.platform.changes import plain
from repertory.products.models import DevelopmentNote, Price, PriceList, ProductSuggestion
from repertory.products.months import months_of


class PriceListOut(Schema):
    """number: of the version. In force on [in_force_from, ended_on)."""

    id: int
    code: str
    number: int
    name: str
    starts_on: date
    note: str
    state: str
    in_force_from: date | None
    ended_on: date | None
    author: str | None
    version: int


class PriceLists(Schema):
    items: list[PriceListOut]
    count: int
    next: str | None


class PriceOut(Schema):
    """pack: its code. Empty conditions hold for everybody; months empty: the whole year. Days half open."""

    id: int
    price_list: int
    pack: str
    customer_kind: str
    tier: str
    province: str
    months: list[int]
    from_quantity: int
    price_cny: Decimal
    floor_cny: Decimal
    starts_on: date
    ends_on: date | None


class Prices(Schema):
    items: list[PriceOut]
    count: int
    next: str | None


class PriceFound(Schema):
    """price: the one that holds, null where there is none; others: those that would, the next one first."""

    price: PriceOut | None
    others: list[PriceOut]


class SuggestionOut(Schema):
    """product: its key; people as accounts."""

    id: int
    product: int
    kind: str
    text: str
    customer: int | None
    visit: int | None
    asked_by: str | None
    created_at: datetime
    state: str
    answer: str
    answered_by: str | None
    answered_at: datetime | None
    version: int


class Suggestions(Schema):
    items: list[SuggestionOut]
    count: int
    next: str | None


class MilestoneOut(Schema):
    id: int
    product: int
    due_on: date
    title: str
    text: str
    done_on: date | None
    version: int


class Milestones(Schema):
    items: list[MilestoneOut]
    count: int
    next: str | None


OF_LIST = "code number name starts_on note state in_force_from ended_on version".split()
OF_PRICE = "customer_kind tier province from_quantity starts_on ends_on".split()
OF_SUGGESTION = "kind text created_at state answer answered_at version".split()
OF_MILESTONE = "due_on title text done_on version".split()


def price_list(found: PriceList) -> dict[str, Any]:
    shown = {name: getattr(found, name) for name in OF_LIST}
    return {"id": found.pk, **shown, "author": found.author.username if found.author else None}


def price(found: Price) -> dict[str, Any]:
    return {
        "id": found.pk,
        "price_list": found.price_list_id,
        "pack": found.pack.code,
        **{name: getattr(found, name) for name in OF_PRICE},
        "months": months_of(found.season),
        "price_cny": plain(found.price_cny),
        "floor_cny": plain(found.floor_cny),
    }


def suggestion(found: ProductSuggestion) -> dict[str, Any]:
    return {
        "id": found.pk,
        "product": found.product_id,
        "customer": found.customer_id,
        "visit": found.visit_id,
        **{name: getattr(found, name) for name in OF_SUGGESTION},
        "asked_by": found.asked_by.username if found.asked_by else None,
        "answered_by": found.answered_by.username if found.answered_by else None,
    }


def milestone(found: DevelopmentNote) -> dict[str, Any]:
    return {
        "id": found.pk,
        "product": found.product_id,
        **{name: getattr(found, name) for name in OF_MILESTONE},
    }
