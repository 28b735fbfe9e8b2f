"""What `repertory verify` asks of products: that what was derived agrees, and that history is whole."""

from collections.abc import Callable, Iterator

from repertory.core.errors import RepertoryError
from repertory.products import numbers
from repertory.products.choices import STAGE_TRANSITIONS, Stage
from repertory.products.models import KeyMessage, LineTeam, MessageVersion, Pack, Product, ProductStageChange
from repertory.products.search import search_text, sort_key
from repertory.products.usability import DECIDED

CHUNK = 2_000
Problems = Iterator[str]


def product_search() -> Problems:
    """What lists sort by and search in is made of the names that stand there."""
    for product in Product.objects.iterator(chunk_size=CHUNK):
        if (product.sort_key, product.search_text) != (sort_key(product), search_text(product)):
            yield f"product {product.pk}"


def product_stages() -> Problems:
    """Each step follows the one before by the table, and the last one is where the product stands."""
    last: dict[int, ProductStageChange] = {}
    for change in ProductStageChange.objects.order_by("product_id", "on", "pk").iterator(chunk_size=CHUNK):
        before = last.get(change.product_id)
        stage = before.to_stage if before else ""
        if change.from_stage != stage or (stage and change.to_stage not in STAGE_TRANSITIONS[stage]):
            yield f"product {change.product_id}: {change.from_stage} → {change.to_stage} after {stage}"
        last[change.product_id] = change
    for product in Product.objects.iterator(chunk_size=CHUNK):
        step = last.get(product.pk)
        if step is None or (step.to_stage, step.on) != (product.stage, product.stage_since):
            yield f"product {product.pk}: stage {product.stage}"
        if product.stage == Stage.ON_SALE and not product.approval_number and product.removed_at is None:
            yield f"product {product.pk}: on sale without an approval number"


def product_numbers() -> Problems:
    """Approval numbers, barcodes and traceability prefixes have their form and their check digit."""
    cleaners = ((Product, "approval_number", numbers.clean_approval_number), (Product, "atc_code", numbers.clean_atc))
    of_packs = ((Pack, "barcode", numbers.clean_barcode), (Pack, "trace_prefix", numbers.clean_trace_prefix))
    for model, name, clean in (*cleaners, *of_packs):
        for key, text in model.objects.exclude(**{name: ""}).values_list("pk", name).iterator(chunk_size=CHUNK):
            if not _agrees(clean, text):
                yield f"{model._meta.model_name} {key}: {name} {text}"


def _agrees(clean: Callable[[str], str], text: str) -> bool:
    try:
        return clean(text) == text
    except RepertoryError:
        return False


def product_messages() -> Problems:
    """Versions count from 1, and each approved one ends where the next one begins."""
    for message in KeyMessage.objects.prefetch_related("versions").iterator(chunk_size=CHUNK):
        versions = sorted(message.versions.all(), key=lambda version: version.number)
        if [version.number for version in versions] != list(range(1, len(versions) + 1)):
            yield f"message {message.pk}: versions do not count from 1"
        decided = [version for version in versions if version.state in DECIDED]
        for position, version in enumerate(decided):
            if version.superseded_on != _next_begins(decided[position + 1 :]):
                yield f"message version {version.pk}: superseded on {version.superseded_on}"


def _next_begins(later: list[MessageVersion]) -> object:
    return min((version.valid_from for version in later if version.valid_from), default=None)


def line_teams() -> Problems:
    """A territory carries a line once at a time."""
    before: dict[tuple[int, int], LineTeam] = {}
    for team in LineTeam.objects.order_by("line_id", "territory_id", "starts_on", "pk"):
        earlier = before.get((team.line_id, team.territory_id))
        if earlier is not None and (earlier.ends_on is None or earlier.ends_on > team.starts_on):
            yield f"line {team.line_id}: teams {earlier.pk} and {team.pk} overlap"
        before[team.line_id, team.territory_id] = team


CHECKS: tuple[Callable[[], Problems], ...] = (
    product_search,
    product_stages,
    product_numbers,
    product_messages,
    line_teams,
)
