"""What `repertory verify` asks of materials and samples: that every sum agrees with its rows, and that history is whole."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Count, F, Q, Sum

from repertory.materials.choices import DECIDED, Move
from repertory.materials.models import (
    Handout,
    Material,
    MaterialVersion,
    SampleAllowance,
    SampleBalance,
    SampleMove,
    StockBalance,
    StockMove,
)
from repertory.materials.search import search_text, sort_key

CHUNK = 2_000
TRANSFERS = (Move.ISSUED, Move.RETURNED)
GIVINGS = (Move.GIVEN, Move.TAKEN_BACK)
Problems = Iterator[str]


def sample_sums() -> Problems:
    """What each holder has of a lot is the sum of its rows, and what goes from bag to bag is on both sides."""
    yield from _sums(SampleMove, SampleBalance, "lot_id")


def stock_sums() -> Problems:
    """The same for copies of printed materials."""
    yield from _sums(StockMove, StockBalance, "version_id")


def _sums(moves: Any, balances: Any, item: str) -> Problems:
    summed = moves.objects.order_by().values_list(item, "holder_id").annotate(sum=Sum("quantity"))
    moved = {(one, holder): total for one, holder, total in summed.iterator(chunk_size=CHUNK)}
    for one, holder, kept in balances.objects.values_list(item, "holder_id", "quantity").iterator(chunk_size=CHUNK):
        counted = moved.pop((one, holder), 0)
        if kept != counted:
            yield f"{item} {one} at {holder or 'the store'}: kept {kept}, counted {counted}"
    for (one, holder), counted in moved.items():
        yield f"{item} {one} at {holder or 'the store'}: no balance, counted {counted}"
    transfers = moves.objects.filter(kind__in=TRANSFERS).order_by().values_list(item, "kind")
    for one, kind, rest in transfers.annotate(sum=Sum("quantity")).exclude(sum=0):
        yield f"{item} {one}: {kind} leaves {rest}"


def sample_allowances() -> Problems:
    """What each customer had of a product in all is what was given and not taken back."""
    rows = SampleMove.objects.filter(kind__in=GIVINGS).order_by().values_list("customer_id", "lot__pack__product_id")
    given = {(customer, product): -total for customer, product, total in rows.annotate(sum=Sum("quantity")).iterator()}
    for allowance in SampleAllowance.objects.iterator(chunk_size=CHUNK):
        counted = given.pop((allowance.customer_id, allowance.product_id), 0)
        if allowance.given != counted:
            yield f"customer {allowance.customer_id}: kept {allowance.given}, counted {counted}"
    for (customer, product), counted in given.items():
        yield f"customer {customer}: {counted} of product {product} without an allowance"


def sample_reversals() -> Problems:
    """What is taken back is the opposite of what was given."""
    rows = SampleMove.objects.filter(kind=Move.TAKEN_BACK)
    same = Q(reverses__kind=Move.GIVEN, reverses__quantity=-F("quantity"), reverses__lot=F("lot"))
    same &= Q(reverses__customer=F("customer"), reverses__holder=F("holder"))
    for key in rows.filter(holder__isnull=False).exclude(same).values_list("pk", flat=True):
        yield f"sample move {key}"


def handouts() -> Problems:
    """Each giving of a printed material has its row in the ledger, one of an electronic material has none; a reversal is
    the opposite of what it reverses."""
    printed = Handout.objects.filter(version__material__is_electronic=False)
    for key in printed.filter(move=None).values_list("pk", flat=True):
        yield f"handout {key} took nothing"
    wrong = ~Q(handout__quantity=-F("quantity")) | ~Q(handout__version=F("version"))
    for key in StockMove.objects.filter(handout__isnull=False).filter(wrong).values_list("pk", flat=True):
        yield f"stock move {key} is not its handout"
    same = Q(reverses__quantity=-F("quantity"), reverses__version=F("version"), reverses__customer=F("customer"))
    for key in Handout.objects.filter(reverses__isnull=False).exclude(same).values_list("pk", flat=True):
        yield f"handout {key} is not what it reverses"


def material_versions() -> Problems:
    """Versions count from 1, and each approved one ends where the next one begins."""
    for material in Material.objects.annotate(count=Count("versions")).iterator(chunk_size=CHUNK):
        if (material.sort_key, material.search_text) != (sort_key(material), search_text(material)):
            yield f"material {material.pk}: search"
        versions = list(MaterialVersion.objects.filter(material=material).order_by("number"))
        if [version.number for version in versions] != list(range(1, material.count + 1)):
            yield f"material {material.pk}: versions do not count from 1"
        decided = [version for version in versions if version.state in DECIDED]
        for position, version in enumerate(decided):
            later = (other.valid_from for other in decided[position + 1 :] if other.valid_from)
            if version.superseded_on != min(later, default=None):
                yield f"material version {version.pk}: superseded on {version.superseded_on}"


CHECKS: tuple[Callable[[], Problems], ...] = (
    sample_sums,
    stock_sums,
    sample_allowances,
    sample_reversals,
    handouts,
    material_versions,
)
