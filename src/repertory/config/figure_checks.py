"""What `repertory verify` asks of reports as they were issued."""

from collections.abc import Callable, Iterator

from repertory.platform.models import Attachment
from repertory.reports.actions.issuing import ISSUED
from repertory.reports.models import IssuedReport

CHUNK = 2_000
Problems = Iterator[str]


def issued_reports() -> Problems:
    """Every report that was issued still has the one file that it was issued with."""
    files = Attachment.objects.filter(object_type=ISSUED, removed_at=None)
    kept: dict[int, list[str]] = {}
    for key, sha256 in files.values_list("object_id", "sha256"):
        kept.setdefault(key, []).append(sha256)
    for key, sha256 in IssuedReport.objects.values_list("pk", "sha256").iterator(chunk_size=CHUNK):
        if kept.get(key) != [sha256]:
            yield f"issued report {key}: the file is not the one that was issued"


CHECKS: tuple[Callable[[], Problems], ...] = (issued_reports,)
