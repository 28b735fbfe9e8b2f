"""`repertory verify`: recompute every summary, check every invariant and the audit chain."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F, Q

from repertory.config import (
    approval_checks,
    derived,
    figure_checks,
    material_checks,
    plan_checks,
    price_checks,
    product_checks,
    sales_checks,
    secret_checks,
    service_checks,
    sync_checks,
    visit_checks,
)
from repertory.core import crypto
from repertory.core.errors import RepertoryError
from repertory.core.time import today
from repertory.customers.actions.writing import private_index
from repertory.customers.fields import PRIVATE
from repertory.customers.models import Coverage, Customer, CustomerCount, Profile, SearchWaiting
from repertory.customers.search import INDEX, document_of
from repertory.organisation.models import Territory
from repertory.platform.audit_chain import batch_hash
from repertory.platform.models import Attachment, AuditBatch, AuditEntry, AuditHead

SHOWN = 5
CHUNK = 2_000
Problems = Iterator[str]


def verify() -> dict[str, Any]:
    """{"ok": …, "checks": [{"name", "ok", "detail"}]}; detail counts the problems and shows the first ones."""
    checks = [_run(check) for check in CHECKS]
    return {"ok": all(check["ok"] for check in checks), "checks": checks}


def _run(check: Callable[[], Problems]) -> dict[str, Any]:
    found = list(check())
    detail = f"{len(found)}: {'; '.join(found[:SHOWN])}" if found else ""
    return {"name": check.__name__, "ok": not found, "detail": detail}


def audit_chain() -> Problems:
    """Every batch hashes to what it says, follows the one before, and the last one is the head's."""
    previous_hash, previous_id = "", 0
    for batch in AuditBatch.objects.order_by("id").iterator(chunk_size=CHUNK):
        entries = list(AuditEntry.objects.filter(batch=batch).order_by("position"))
        if batch.id != previous_id + 1 or batch.previous_hash != previous_hash:
            yield f"batch {batch.id} does not follow batch {previous_id}"
        if len(entries) != batch.count or batch_hash(batch, entries) != batch.hash:
            yield f"batch {batch.id} was changed"
        previous_hash, previous_id = batch.hash, batch.id
    head = AuditHead.objects.get(pk=1)
    if (head.last_batch_id, head.last_hash) != (previous_id, previous_hash):
        yield "the end of the chain is missing"


def customer_total() -> Problems:
    kept = CustomerCount.objects.get(pk=1).total
    counted = Customer.objects.filter(removed_at=None).count()
    if kept != counted:
        yield f"kept {kept}, counted {counted}"


def territory_counts() -> Problems:
    """Customers per node, every node of the path of every coverage, each customer once."""
    step = Territory.steplen
    counted: Counter[str] = Counter()
    rows = Coverage.objects.filter(current=True, customer__removed_at=None).order_by("customer_id")
    last, nodes = None, set()
    for key, path in rows.values_list("customer_id", "territory__path").iterator(chunk_size=CHUNK):
        if key != last:
            counted.update(nodes)
            last, nodes = key, set()
        nodes.update(path[:length] for length in range(step, len(path) + 1, step))
    counted.update(nodes)
    for territory in Territory.objects.order_by("path"):
        if territory.customer_count != counted[territory.path]:
            yield f"{territory.code}: kept {territory.customer_count}, counted {counted[territory.path]}"


def coverage_is_of_today() -> Problems:
    inside = Q(starts_on__lte=today()) & (Q(ends_on=None) | Q(ends_on__gt=today()))
    for row in Coverage.objects.filter((Q(current=True) & ~inside) | (Q(current=False) & inside)).iterator():
        yield f"coverage {row.pk} of customer {row.customer_id}"


def removed_are_uncovered() -> Problems:
    for key in Coverage.objects.filter(current=True).exclude(customer__removed_at=None).values_list("pk", flat=True):
        yield f"coverage {key}"


def territory_tree() -> Problems:
    for kind, found in zip(
        ("path", "orphan", "depth", "child count", "steplen"), Territory.objects.find_problems(), strict=True
    ):
        for key in found:
            yield f"node {key}: {kind}"


def search_index() -> Problems:
    """Each living customer has its document, or waits for it, and nobody else has one."""
    column = "id" if connection.vendor == "postgresql" else "rowid"
    text = "array_to_string(tsvector_to_array(document), ' ')" if connection.vendor == "postgresql" else "document"
    seen = 0
    indexed = Customer.objects.filter(removed_at=None).exclude(pk__in=SearchWaiting.objects.values("pk"))
    rows = indexed.order_by("pk").iterator(chunk_size=CHUNK)
    with connection.cursor() as cursor:
        for customer in rows:
            cursor.execute(f"SELECT {text} FROM {INDEX.table} WHERE {column} = %s", [customer.pk])
            row = cursor.fetchone()
            seen += row is not None
            if row is None or set(row[0].split()) != set(document_of(customer).split()):
                yield f"customer {customer.pk}"
        cursor.execute(f"SELECT count(*) FROM {INDEX.table}")
        (total,) = cursor.fetchone()
    if total != seen:
        yield f"{total - seen} documents of nobody"
    for key in SearchWaiting.objects.exclude(pk__in=Customer.objects.values("pk")).values_list("pk", flat=True):
        yield f"customer {key} waits and is not there"


def private_fields() -> Problems:
    """Every private value opens with our keys, and the phone's index is the phone's."""
    holds = Q(pk__in=[])
    for name in PRIVATE:
        holds |= Q(**{f"{name}__isnull": False})
    for profile in Profile.objects.filter(holds).iterator(chunk_size=CHUNK):
        try:
            opened = {name: crypto.decrypt_text(getattr(profile, name) or b"", purpose=name) for name in PRIVATE}
        except RepertoryError as error:
            yield f"customer {profile.pk}: {error}"
            continue
        if profile.private_phone_index != private_index(opened["private_phone"]):
            yield f"customer {profile.pk}: index of the phone"


def merged_point_at_living() -> Problems:
    chained = Customer.objects.exclude(merged_into=None).filter(removed_at=None)
    for key in chained.values_list("pk", flat=True):
        yield f"customer {key} is merged and yet alive"
    for key in Customer.objects.filter(merged_into=F("pk")).values_list("pk", flat=True):
        yield f"customer {key} is merged into itself"


def attachments() -> Problems:
    """Every file lies there as it came, at a customer that there is."""
    customers = Customer.objects.values("pk")
    lost = Attachment.objects.filter(object_type="customer").exclude(object_id__in=customers)
    for key in lost.values_list("pk", flat=True):
        yield f"attachment {key} belongs to nobody"
    for row in Attachment.objects.filter(removed_at=None).iterator(chunk_size=CHUNK):
        path = settings.MEDIA_ROOT / row.stored_as
        if not path.is_file():
            yield f"{row.stored_as} is missing"
        elif path.stat().st_size != row.size_bytes:
            yield f"{row.stored_as} has another size"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != row.sha256:
            yield f"{row.stored_as} was changed"


def database_itself() -> Problems:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        for (line,) in cursor.fetchall():
            if line != "ok":
                yield line
        cursor.execute("PRAGMA foreign_key_check")
        for row in cursor.fetchall():
            yield f"{row[0]} row {row[1]} points at a missing {row[2]}"


CHECKS: tuple[Callable[[], Problems], ...] = (
    database_itself,
    audit_chain,
    customer_total,
    territory_counts,
    territory_tree,
    coverage_is_of_today,
    removed_are_uncovered,
    search_index,
    private_fields,
    derived.private_by_consent,
    merged_point_at_living,
    derived.merges,
    derived.names_and_completeness,
    derived.stages,
    derived.next_dates,
    derived.belonging,
    derived.custom_values,
    derived.first_trades,
    *product_checks.CHECKS,
    *material_checks.CHECKS,
    *sales_checks.CHECKS,
    *service_checks.CHECKS,
    *visit_checks.CHECKS,
    *plan_checks.CHECKS,
    *sync_checks.CHECKS,
    *approval_checks.CHECKS,
    *price_checks.CHECKS,
    *secret_checks.CHECKS,
    *figure_checks.CHECKS,
    attachments,
)
