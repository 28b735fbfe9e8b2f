"""What `repertory verify` asks of the sums by region and of reports as they were issued."""

from collections import Counter
from collections.abc import Callable, Iterator

from repertory.core.exact import to_units
from repertory.organisation.models import Territory
from repertory.platform.models import Attachment
from repertory.reports.actions.issuing import ISSUED
from repertory.reports.models import IssuedReport
from repertory.sales.actions.regions import REGION_PATH
from repertory.sales.models import MonthSale, RegionSale

CHUNK = 2_000
Problems = Iterator[str]


def region_sales() -> Problems:
    """The sums by region are those by territory, added up."""
    regions = dict(Territory.objects.filter(depth__lte=2).values_list("path", "pk"))
    columns = ("month", "product_id", "stream", "rows", "quantity", "amount")
    computed: Counter[tuple] = Counter()
    for path, *row in MonthSale.objects.values_list("territory__path", *columns).iterator(chunk_size=CHUNK):
        _count(computed, regions[path[:REGION_PATH]] if path else None, row)
    kept: Counter[tuple] = Counter()
    for key, *row in RegionSale.objects.values_list("territory_id", *columns).iterator(chunk_size=CHUNK):
        _count(kept, key, row)
    for key in sorted({*kept, *computed}, key=str):
        if kept[key] != computed[key]:
            yield f"{key}: kept {kept[key]}, computed {computed[key]}"


def _count(sums: Counter[tuple], region: int | None, row: list) -> None:
    month, product_id, stream, rows, quantity, amount = row
    for name, value in (("rows", rows), ("quantity", to_units(quantity)), ("amount", to_units(amount))):
        sums[(month, product_id, region, stream, name)] += value


def issued_reports() -> Problems:
    """Every report that was issued still has the one file that it was issued with."""
    files = Attachment.objects.filter(object_type=ISSUED, removed_at=None)
    kept: dict[int, list[str]] = {}
    for key, sha256 in files.values_list("object_id", "sha256"):
        kept.setdefault(key, []).append(sha256)
    for key, sha256 in IssuedReport.objects.values_list("pk", "sha256").iterator(chunk_size=CHUNK):
        if kept.get(key) != [sha256]:
            yield f"issued report {key}: the file is not the one that was issued"


CHECKS: tuple[Callable[[], Problems], ...] = (region_sales, issued_reports)
