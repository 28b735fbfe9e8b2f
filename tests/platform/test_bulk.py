"""Rows by the thousand: the bulk statements, the audit lines that wait on disk, and the chain over them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from repertory.core.actor import system_actor
from repertory.customers.models import Customer, Licence
from repertory.platform.audit_chain import batch_hash
from repertory.platform.audit_lines import KEPT_IN_MEMORY, Line, LineBuffer, encode_changes, encode_first
from repertory.platform.bulk import insert_rows, one_of, reserve_keys, roomy_cache, update_rows
from repertory.platform.models import AuditBatch, AuditEntry, PolicySetting
from repertory.platform.unit import action, record_many

AT = datetime(2026, 11, 5, 4, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def customers(count: int) -> list[dict]:
    with transaction.atomic():
        keys = reserve_keys(Customer, count)
    return [
        {
            "id": key,
            "code": f"B{key}",
            "name": f"第{key}医院",
            "kind": "hospital",
            "stage_since": date(2026, 1, 1),
            "longitude": Decimal("118.5"),
            "latitude": "32.100000",
            "custom": {"beds": "5"},
            "created_at": AT,
            "updated_at": AT,
        }
        for key in keys
    ]


def test_rows_go_in_with_the_defaults_of_what_is_not_named_and_come_back_as_values():
    rows = customers(3)
    insert_rows(Customer, rows)
    customer = Customer.objects.get(pk=rows[0]["id"])
    assert (customer.longitude, customer.latitude) == (Decimal("118.5"), Decimal("32.1"))
    assert (customer.custom, customer.version, customer.tier, customer.created_at) == ({"beds": "5"}, 1, "", AT)
    assert Customer.objects.count() == 3


def test_reserved_keys_are_never_given_again():
    first = customers(2)
    insert_rows(Customer, first)
    made = Customer.objects.create(
        code="X", name="x", kind="hospital", stage_since=date(2026, 1, 1), created_at=AT, updated_at=AT
    )
    assert made.pk > first[-1]["id"]
    assert customers(1)[0]["id"] > made.pk


def test_only_the_named_columns_of_the_named_rows_change():
    rows = customers(2)
    insert_rows(Customer, rows)
    update_rows(Customer, [{"id": rows[0]["id"], "name": "改名", "longitude": None, "latitude": None}])
    assert list(Customer.objects.order_by("pk").values_list("name", "code", "longitude")) == [
        ("改名", rows[0]["code"], None),
        (rows[1]["name"], rows[1]["code"], Decimal("118.5")),
    ]


def test_the_databases_own_rules_hold_in_bulk_too():
    rows = customers(2)
    rows[1]["code"] = rows[0]["code"]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Customer, rows)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Customer, [{**customers(1)[0], "name": ""}])
    assert not Customer.objects.exists()


def test_a_filter_takes_thousands_of_texts_as_one_parameter():
    insert_rows(Customer, customers(3))
    names = [*Customer.objects.values_list("name", flat=True)[:2], "' OR 1=1 --", *(f"x{n}" for n in range(40_000))]
    assert Customer.objects.filter(name__in=one_of(names)).count() == 2


def test_no_rows_are_no_statement():
    insert_rows(Licence, [])
    update_rows(Licence, [])


def test_the_roomy_cache_is_given_back():
    if connection.vendor != "sqlite":
        with roomy_cache():
            assert PolicySetting.objects.count() == 0
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA cache_size").fetchone()
        with roomy_cache():
            assert cursor.execute("PRAGMA cache_size").fetchone() != usual
        assert cursor.execute("PRAGMA cache_size").fetchone() == usual


def test_the_changes_of_something_new_are_encoded_as_all_changes_are():
    values = {
        "name": '鼓楼"医院"\n\u2028',
        "beds": 5,
        "known": True,
        "custom": {"b": [1, "x"], "a": None},
        "code": "C1",
    }
    assert encode_first(values) == encode_changes({name: ["", value] for name, value in values.items()})
    assert encode_first({}) == encode_changes({})


def test_audit_lines_beyond_a_few_wait_on_disk_in_their_order():
    buffer = LineBuffer()
    lines = [
        Line("created", "customer", n, label=f"第{n}", changes={"name": ["", f"'\"\n{n}"]})
        for n in range(KEPT_IN_MEMORY * 2 + 5)
    ]
    for line in lines:
        buffer.append(line)
    assert len(buffer) == len(lines)
    assert [line.object_id for line in buffer] == list(range(len(lines)))
    stored = list(buffer)[1]
    assert (stored.label, stored.changes) == ("第1", encode_changes(lines[1].changes))
    assert len(list(buffer)) == len(lines)
    buffer.close()


@pytest.mark.parametrize("count", [1, KEPT_IN_MEMORY + 3])
def test_the_chain_over_many_lines_is_what_their_stored_entries_hash_to(count):
    @action
    def write(*, actor, at) -> None:
        changes = {"b": ["", "值\u2028\"'"], "a": [None, 1]}
        record_many([Line("created", "customer", n, "名" * 300, changes, "事由") for n in range(count)])

    write(actor=system_actor(), at=AT)
    batch = AuditBatch.objects.latest("id")
    entries = AuditEntry.objects.filter(batch=batch).order_by("position")
    assert (batch.count, batch.hash) == (count, batch_hash(batch, entries))
    assert entries[0].changes == {"b": ["", "值\u2028\"'"], "a": [None, 1]}
