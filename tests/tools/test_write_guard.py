"""The guard sees writes and only writes."""

import pytest

from tools.write_guard import findings, is_allowed, writes_in


@pytest.mark.parametrize(
    "source",
    [
        "customer.save()",
        "Customer.objects.create(name='x')",
        "Customer.objects.filter(pk=1).update(name='x')",
        "Customer.objects.filter(pk=1).delete()",
        "Customer.objects.bulk_create(rows)",
        "Customer.objects.get_or_create(name='x')",
        "node.add_child(name='x')",
        "cursor.execute('DELETE FROM customers')",
        "cursor.executemany(f'insert INTO {table} VALUES (1)', rows)",
    ],
)
def test_a_write_is_found(source):
    assert len(writes_in(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "digest.update(b'x')",
        "values.update({'a': 1})",
        "values.update(other, a=1)",
        "cursor.execute('SELECT 1')",
        "update(name='x')",
        "self.create(patch)",
        "Customer.objects.filter(pk=1).count()",
    ],
)
def test_a_read_or_a_dictionary_is_not(source):
    assert writes_in(source) == []


@pytest.mark.parametrize(
    "path", ["customers/actions/merging.py", "visits/actions.py", "customers/migrations/0001_initial.py"]
)
def test_actions_and_migrations_may_write(path):
    assert is_allowed(path)


@pytest.mark.parametrize("path", ["customers/queries.py", "customers/web/views.py", "platform/reactions.py"])
def test_other_rooms_may_not(path):
    assert not is_allowed(path)


def test_the_project_writes_only_where_it_may():
    assert findings() == []
