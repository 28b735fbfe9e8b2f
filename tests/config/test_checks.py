"""`repertory verify` names what somebody broke behind the program's back, each thing by the check that is made for it."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from repertory.config import checks
from repertory.core.actor import system_actor
from repertory.core.time import day_of, now
from repertory.customers import actions
from repertory.customers.actions.files import attach_file
from repertory.customers.inputs import DecideFirstTrade, Erase, MergeCustomers, NoteDate
from repertory.customers.models import Merge
from repertory.customers.search import INDEX
from repertory.organisation import actions as organisation
from repertory.organisation.inputs import DefineCustomField
from repertory.platform.models import Attachment
from tests.config import (
    test_approval_checks,
    test_material_checks,
    test_plan_checks,
    test_price_checks,
    test_product_checks,
    test_sales_checks,
    test_service_checks,
    test_visit_checks,
)
from tests.factories.archive import build_archive, open_archive

KEY_OF_DOCUMENT = "id" if connection.vendor == "postgresql" else "rowid"
# Name of the check → statements that break what it guards; {own}, {doctor}, … are keys of customers.
BREAKS = {
    "audit_chain": (
        "UPDATE platform_auditentry SET label = 'x' WHERE batch_id = 3",
        "UPDATE platform_auditentry SET changes = '{{}}' WHERE verb = 'revised'",
        "UPDATE platform_auditentry SET reason = 'x' WHERE batch_id = 3",
        "UPDATE platform_auditentry SET object_id = object_id + 1 WHERE batch_id = 3",
        "DELETE FROM platform_auditentry WHERE batch_id = 3",
        "UPDATE platform_auditbatch SET user_label = 'x' WHERE id = 3",
        "UPDATE platform_auditbatch SET door = 'api' WHERE id = 3",
        "UPDATE platform_auditbatch SET at = '2020-01-01 00:00:00+00:00' WHERE id = 3",
        "UPDATE platform_auditbatch SET count = count + 1 WHERE id = 3",
        "UPDATE platform_auditbatch SET hash = previous_hash WHERE id = 3",
        "UPDATE platform_audithead SET last_batch_id = last_batch_id - 1",
        "UPDATE platform_audithead SET last_hash = ''",
    ),
    "customer_total": ("UPDATE customers_customercount SET total = total + 1",),
    "territory_counts": (
        "UPDATE organisation_territory SET customer_count = customer_count + 1 WHERE code = 'E'",
        "UPDATE organisation_territory SET customer_count = 0 WHERE code = 'E1A'",
    ),
    "territory_tree": (
        "UPDATE organisation_territory SET numchild = 9 WHERE code = 'E1'",
        "UPDATE organisation_territory SET depth = 2 WHERE code = 'E1A'",
    ),
    "coverage_is_of_today": (
        "UPDATE customers_coverage SET ends_on = '2020-01-01', starts_on = '2019-01-01' WHERE customer_id = {own}",
        "UPDATE customers_coverage SET starts_on = '2099-01-01' WHERE customer_id = {own}",
    ),
    "removed_are_uncovered": (
        "UPDATE customers_customer SET removed_at = '2026-01-01 00:00:00+00:00' WHERE id = {own}",
    ),
    "search_index": (
        f"DELETE FROM {INDEX.table} WHERE {KEY_OF_DOCUMENT} = {{own}}",
        "UPDATE customers_customer SET phone = '025-11112222' WHERE id = {own}",
        "INSERT INTO customers_searchwaiting (customer_id) VALUES (999999)",
    ),
    "private_fields": (
        "UPDATE customers_profile SET private_phone_index = 'x' WHERE customer_id = {doctor}",
        "UPDATE customers_profile SET private_phone = birthday WHERE customer_id = {doctor}",
    ),
    "private_by_consent": (
        "DELETE FROM customers_consent WHERE customer_id = {doctor}",
        "UPDATE customers_consent SET withdrawn_on = '2026-01-01' WHERE customer_id = {doctor}",
    ),
    "merged_point_at_living": (
        "UPDATE customers_customer SET merged_into_id = {team} WHERE id = {own}",
        "UPDATE customers_customer SET merged_into_id = id WHERE id = {gone}",
    ),
    "merges": (
        "UPDATE customers_customer SET merged_into_id = NULL WHERE id = {gone}",
        "UPDATE customers_customer SET merged_into_id = {team} WHERE id = {gone}",
        "UPDATE customers_merge SET undone_at = '2026-01-01 00:00:00+00:00'",
    ),
    "names_and_completeness": (
        "UPDATE customers_customer SET sort_key = 'x' WHERE id = {own}",
        "UPDATE customers_customer SET initials = 'x' WHERE id = {own}",
        "UPDATE customers_customer SET name_key = 'x' WHERE id = {own}",
        "UPDATE customers_customer SET completeness = 99 WHERE id = {own}",
    ),
    "stages": (
        "UPDATE customers_customer SET stage = 'lost' WHERE id = {own}",
        "UPDATE customers_customer SET stage_since = '2020-01-01' WHERE id = {own}",
        "DELETE FROM customers_stagechange WHERE customer_id = {own}",
    ),
    "next_dates": (
        "UPDATE customers_importantdate SET next_on = '2020-01-01'",
        "UPDATE customers_importantdate SET next_on = NULL",
        "UPDATE customers_importantdate SET year = 2027, month = 2, day = 30",
    ),
    "belonging": (
        "UPDATE customers_customer SET institution_id = id WHERE id = {doctor}",
        "UPDATE customers_customer SET parent_id = {doctor} WHERE id = {own}",
    ),
    "custom_values": ("UPDATE platform_customfield SET key = 'other'",),
    "first_trades": ("UPDATE customers_firsttrade SET decided_by_id = submitted_by_id",),
    "attachments": (
        "UPDATE platform_attachment SET sha256 = 'x'",
        "UPDATE platform_attachment SET size_bytes = size_bytes + 1",
        "UPDATE platform_attachment SET stored_as = 'attachments/none'",
        "UPDATE platform_attachment SET object_id = 999999",
    ),
}
if connection.vendor == "sqlite":
    BREAKS["database_itself"] = (
        "UPDATE customers_coverage SET customer_id = 999999 WHERE customer_id = {own}",
        "UPDATE customers_licence SET customer_id = 999999",
    )


@pytest.fixture
def keys(company) -> dict[str, int]:
    """An archive with at least one row of each kind that is checked."""
    at, boss = now(), company.actor("boss")
    beds = DefineCustomField(key="beds", label="床位", kind="number")
    organisation.define_custom_field(actor=system_actor(), at=at, data=beds)
    archive = build_archive(at)
    gone = open_archive(at=at, territory="E1A", name="南京鼓楼医院旧档", custom={"beds": "5"})
    data = MergeCustomers(kept=archive.own.pk, gone=gone.pk)
    actions.merge_customers(actor=system_actor(), at=at, data=data)
    date = NoteDate(kind="other", month=day_of(at).month, day=1)
    actions.note_date(actor=boss, at=at, customer_id=archive.own.pk, data=date)
    content = ContentFile(b"%PDF-1.7 scan", name="scan.pdf")
    attach_file(actor=boss, at=at, customer_id=archive.own.pk, name="scan.pdf", content=content)
    actions.submit_first_trade(actor=boss, at=at, customer_id=archive.own.pk)
    approve = DecideFirstTrade(approve=True)
    actions.decide_first_trade(actor=company.actor("finance"), at=at, customer_id=archive.own.pk, data=approve)
    return {"own": archive.own.pk, "team": archive.team.pk, "doctor": archive.doctor.pk, "gone": gone.pk}


def wrong() -> list[str]:
    return [check["name"] for check in checks.verify()["checks"] if not check["ok"]]


def test_a_sound_archive_passes_every_check(keys):
    assert [check for check in checks.verify()["checks"] if not check["ok"]] == []


@pytest.mark.parametrize("name", BREAKS)
def test_what_was_broken_by_hand_is_named(keys, name):
    missed = []
    for statement in BREAKS[name]:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement.format(**keys))
                assert cursor.rowcount > 0, statement
            if name not in wrong():
                missed.append(statement)
            transaction.set_rollback(True)
    assert missed == []
    assert wrong() == []


def test_every_check_is_broken_by_some_test():
    tested = {
        *BREAKS,
        *test_product_checks.BREAKS,
        *test_material_checks.BREAKS,
        *test_service_checks.BREAKS,
        *test_approval_checks.BREAKS,
        *test_price_checks.BREAKS,
        *test_approval_checks.BREAKS,
        *test_visit_checks.BREAKS,
        *test_sales_checks.BREAKS,
        *test_plan_checks.BREAKS,
        *("pushed_items", "robot_keys", "second_steps"),
        *("pushed_items", "robot_keys", "second_steps", "issued_reports"),
    } | ({"database_itself"} if connection.vendor == "postgresql" else set())
    assert {check.__name__ for check in checks.CHECKS} == tested


def test_a_file_that_was_changed_or_lost_is_named(keys):
    path = Attachment.objects.get().stored_as
    with default_storage.open(path) as stored:
        content = stored.read()
    for other in (content[::-1], None):
        default_storage.delete(path)
        if other is not None:
            default_storage.save(path, ContentFile(other))
        assert wrong() == ["attachments"]
    default_storage.delete(path)
    default_storage.save(path, ContentFile(content))
    assert wrong() == []


def test_after_a_merge_is_undone_and_a_person_is_erased_every_check_passes(keys):
    at, actor = now(), system_actor()
    actions.undo_merge(actor=actor, at=at, merge_id=Merge.objects.get().pk)
    actions.erase_person(actor=actor, at=at, customer_id=keys["doctor"], data=Erase(reason="本人要求"))
    assert wrong() == []
