"""Likely duplicates: refused on entry, found in bulk, decided by a person."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, NotFound
from repertory.customers import access
from repertory.customers.actions import writing
from repertory.customers.choices import DuplicateState
from repertory.customers.matching import LIKELY, POSSIBLE, Card, Match, blocks, compare
from repertory.customers.models import Customer, DuplicatePair
from repertory.organisation.access import require
from repertory.platform.unit import action

Pair = tuple[Customer, Match]
CANDIDATES = 50
LARGEST_BLOCK = 200
BATCH = 2_000
COMPARED = (
    "id",
    "kind",
    "name",
    "name_key",
    "sort_key",
    "phone",
    "uscc",
    "city_code",
    "address",
    "institution_id",
)


def card_of(customer: Customer) -> Card:
    return Card(
        key=customer.pk,
        kind=customer.kind,
        name=customer.name,
        name_key=customer.name_key,
        pinyin=customer.sort_key.replace(" ", ""),
        phone=customer.phone,
        uscc=customer.uscc,
        city_code=customer.city_code,
        address=customer.address,
        institution_id=customer.institution_id,
    )


def probable_duplicates(customer: Customer) -> list[Pair]:
    """Existing customers that this one may be, likeliest first. Looks over the whole company: callers show a person only
    those in scope."""
    keys = _sharing_a_key(customer)
    if not keys:
        return []
    rows = Customer.objects.filter(pk__in=keys)
    card = card_of(customer)
    scored = [(row, compare(card, card_of(row))) for row in rows.only(*COMPARED, "version")]
    return sorted([pair for pair in scored if pair[1].score >= POSSIBLE], key=lambda pair: (-pair[1].score, pair[0].pk))


def _sharing_a_key(customer: Customer) -> list[int]:
    """Living customers of the same kind with the same name, sound, phone or credit code. One branch a key, as each finds
    its own index, which no condition with "or" between them does."""
    table = connection.ops.quote_name(Customer._meta.db_table)
    branch = (
        f"SELECT * FROM (SELECT id FROM {table} WHERE {{}} = %s AND kind = %s AND removed_at IS NULL LIMIT %s) AS same"
    )
    named = {name: getattr(customer, name) for name in ("name_key", "sort_key", "phone", "uscc")}
    known = {name: value for name, value in named.items() if value}
    parameters = [each for value in known.values() for each in (value, str(customer.kind), CANDIDATES)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(branch.format(name) for name in known), parameters)
        return [key for (key,) in cursor.fetchall() if key != customer.pk]


def refuse_likely_duplicate(*, actor: Actor, customer: Customer, confirmed: bool) -> list[Pair]:
    """Stop with the likely ones that the person may see; the rest are returned to be remembered for review."""
    pairs = probable_duplicates(customer)
    likely = [pair for pair in pairs if pair[1].score >= LIKELY]
    if not likely or confirmed:
        return pairs
    shown = set(
        access.visible_customers(actor).filter(pk__in=[row.pk for row, _match in likely]).values_list("pk", flat=True)
    )
    told = [
        {"id": row.pk, "code": row.code, "name": row.name, "score": match.score, "reasons": list(match.reasons)}
        for row, match in likely
        if row.pk in shown
    ]
    if told:
        message = _("可能已有同一位客户：%(name)s。请核对，确认不是同一个再保存。") % {"name": told[0]["name"]}
        raise Conflict(message, code="likely_duplicate", field="name", details={"duplicates": told})
    return pairs


def remember_pairs(pairs: list[Pair], *, customer: Customer, at: datetime) -> None:
    _store([(min(customer.pk, row.pk), max(customer.pk, row.pk), match) for row, match in pairs], at)


@action
def remember_alike(*, actor: Actor, at: datetime, customer_ids: Sequence[int]) -> None:
    """Keep for review what these new customers may be the same as; an import merges nothing by itself."""
    for customer in Customer.objects.filter(pk__in=customer_ids).only(*COMPARED, "version").order_by("pk"):
        remember_pairs(probable_duplicates(customer), customer=customer, at=at)


@action
def find_duplicates(*, actor: Actor, at: datetime) -> int:
    """Compare all customers of the company that share a block; returns how many open pairs there are now."""
    require(access.may_lead(actor))
    block_of: dict[tuple[str, str, str], list[Card]] = {}
    rows = Customer.objects.filter(removed_at=None).only(*COMPARED)
    for customer in rows.iterator(chunk_size=BATCH):
        card = card_of(customer)
        for kind, value in blocks(card):
            block_of.setdefault((card.kind, kind, value), []).append(card)
    found: dict[tuple[int, int], Match] = {}
    for cards in block_of.values():
        if 1 < len(cards) <= LARGEST_BLOCK:
            _compare_block(cards, found)
    _store([(first, second, match) for (first, second), match in sorted(found.items())], at)
    return DuplicatePair.objects.filter(state=DuplicateState.OPEN).count()


def _compare_block(cards: list[Card], found: dict[tuple[int, int], Match]) -> None:
    for index, one in enumerate(cards):
        for other in cards[index + 1 :]:
            assert one.key is not None and other.key is not None
            pair = (min(one.key, other.key), max(one.key, other.key))
            if pair in found:
                continue
            match = compare(one, other)
            if match.score >= POSSIBLE:
                found[pair] = match


def _store(pairs: list[tuple[int, int, Match]], at: datetime) -> None:
    DuplicatePair.objects.bulk_create(
        [
            DuplicatePair(first_id=first, second_id=second, score=match.score, reasons=list(match.reasons), found_at=at)
            for first, second, match in pairs
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )


@action
def declare_distinct(*, actor: Actor, at: datetime, pair_id: int) -> DuplicatePair:
    """A person looked at both: they are two."""
    require(access.may_lead(actor))
    pair = DuplicatePair.objects.select_for_update().filter(pk=pair_id).first()
    if pair is None:
        raise NotFound()
    first = access.lock_editable(actor, pair.first_id, only=access.LEADERS)
    access.lock_editable(actor, pair.second_id, only=access.LEADERS)
    pair.state = DuplicateState.DISTINCT
    pair.decided_by_id = actor.user_id
    pair.save()
    writing.note("declared_distinct", first, {"other": [None, pair.second_id]})
    return pair
