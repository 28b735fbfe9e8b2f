"""Who has what: one's own bag, the bags below, the store."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet, Sum

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.materials import access, usability
from repertory.materials.models import SampleBalance, SampleLot, SampleMove, StockBalance
from repertory.organisation.models import User

WARN_DAYS = 60


@dataclass(frozen=True)
class Held:
    """Packs of a lot that somebody has, and whether they may still be given."""

    balance: SampleBalance
    expired: bool
    expiring: bool


def own_samples(*, actor: Actor, on: date) -> list[Held]:
    """What is in one's own bag, what expires first on top."""
    return [held(row, on=on) for row in _filled_samples(SampleBalance.objects.filter(holder_id=actor.user_id), actor)]


def _filled_samples(rows: QuerySet[SampleBalance], actor: Actor) -> QuerySet[SampleBalance]:
    if actor.user_id is None:
        rows = rows.none()
    filled = rows.filter(quantity__gt=0).select_related("lot__pack__product", "holder")
    return filled.order_by("lot__expires_on", "lot_id", "pk")


def held(balance: SampleBalance, *, on: date) -> Held:
    expired = usability.is_expired(balance.lot, on=on)
    soon = not expired and balance.lot.expires_on <= on + timedelta(days=WARN_DAYS)
    return Held(balance, expired, soon)


def own_stock(*, actor: Actor) -> QuerySet[StockBalance]:
    """Printed materials in one's own bag."""
    rows = StockBalance.objects.filter(holder_id=actor.user_id) if actor.user_id else StockBalance.objects.none()
    shown = rows.filter(quantity__gt=0).select_related("version__material")
    return shown.prefetch_related("version__material__products").order_by("version__material__sort_key", "pk")


def bag_of(*, actor: Actor, user_id: int) -> User:
    """A person whose bag one may look into: oneself, or one below. NotFound else."""
    if user_id == actor.user_id and actor.user is not None:
        return actor.user
    person = access.people_below(actor).filter(pk=user_id).first()
    if person is None:
        raise NotFound()
    return person


def samples_of_person(*, person: User, on: date) -> list[Held]:
    rows = SampleBalance.objects.filter(holder=person, quantity__gt=0).select_related("lot__pack__product")
    return [held(row, on=on) for row in rows.order_by("lot__expires_on", "lot_id", "pk")]


def stock_of_person(*, person: User) -> QuerySet[StockBalance]:
    rows = StockBalance.objects.filter(holder=person, quantity__gt=0).select_related("version__material")
    return rows.order_by("version__material__sort_key", "pk")


def bags_below(*, actor: Actor) -> list[User]:
    """People whose bags hold something, each with sample_packs and copies."""
    packs = dict(_sums(access.visible_sample_balances(actor)))
    copies = dict(_sums(access.visible_stock_balances(actor)))
    people = list(User.objects.filter(pk__in={*packs, *copies}).order_by("username"))
    for person in people:
        person.sample_packs = packs.get(person.pk, 0)  # type: ignore[attr-defined]
        person.copies = copies.get(person.pk, 0)  # type: ignore[attr-defined]
    return people


def _sums(balances: QuerySet) -> QuerySet:
    filled = balances.filter(quantity__gt=0, holder__isnull=False).order_by()
    return filled.values_list("holder_id").annotate(sum=Sum("quantity"))


def lots(*, actor: Actor) -> QuerySet[SampleLot]:
    """What expires last on top."""
    return access.visible_lots(actor).select_related("pack__product").order_by("-expires_on", "-pk")


def balances_of_lot(*, actor: Actor, lot: SampleLot) -> list[SampleBalance]:
    """The store first."""
    rows = access.visible_sample_balances(actor).filter(lot=lot).select_related("holder")
    return sorted(rows, key=lambda row: (row.holder_id is not None, -row.quantity, row.pk))


def moves_of_lot(*, actor: Actor, lot: SampleLot) -> QuerySet[SampleMove]:
    rows = access.visible_sample_moves(actor).filter(lot=lot).order_by("-pk")
    return rows.select_related("holder", "other", "customer", "user", "reversal")


def expiring_samples(*, actor: Actor, on: date, days: int = WARN_DAYS) -> list[Held]:
    """What is in the bags that one answers for and expires within so many days, or has."""
    last = on + timedelta(days=days)
    rows = access.visible_sample_balances(actor).filter(quantity__gt=0, lot__expires_on__lte=last)
    shown = rows.select_related("lot__pack__product", "holder").order_by("lot__expires_on", "lot_id", "pk")
    return [held(row, on=on) for row in shown]


def stock_of_version(*, actor: Actor, version_id: int) -> list[StockBalance]:
    """Who has copies of a version, as far as one sees; the store first."""
    rows = access.visible_stock_balances(actor).filter(version_id=version_id).select_related("holder")
    return sorted(rows, key=lambda row: (row.holder_id is not None, -row.quantity, row.pk))


@dataclass(frozen=True)
class LotSums:
    """A lot with where its packs are: in the store, in the bags that one answers for."""

    lot: SampleLot
    in_store: int
    in_bags: int
    expired: bool


def lots_with_sums(*, actor: Actor, on: date, most: int) -> list[LotSums]:
    """What expires last on top."""
    found = list(lots(actor=actor)[:most])
    rows = access.visible_sample_balances(actor).filter(lot__in=found)
    store = dict(rows.filter(holder=None).values_list("lot_id", "quantity"))
    bags = rows.filter(holder__isnull=False).order_by().values_list("lot_id")
    held_by_people = dict(bags.annotate(sum=Sum("quantity")))
    return [
        LotSums(lot, store.get(lot.pk, 0), held_by_people.get(lot.pk, 0), usability.is_expired(lot, on=on))
        for lot in found
    ]
