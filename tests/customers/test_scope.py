"""Who sees which customers: through lists, search, counts, filters and order alike."""

import pytest

from repertory.core.actor import system_actor
from repertory.core.errors import InvalidInput, NotAllowed, NotFound
from repertory.customers import access, actions
from repertory.customers.inputs import ReviseCustomer
from repertory.customers.queries import ListQuery, list_customers
from repertory.organisation.actions import end_assignment
from repertory.organisation.inputs import EndAssignment
from repertory.organisation.models import Assignment

SEEN = {
    "rep": {"own", "doctor"},
    "teammate": {"team"},
    "foreigner": {"foreign", "former"},
    "supervisor": {"own", "team", "doctor"},
    "manager": {"own", "team", "doctor"},
    "boss": {"own", "team", "foreign", "former", "doctor"},
    "product": {"own", "team", "foreign", "former", "doctor"},
    "finance": {"own", "team", "foreign", "former", "doctor"},
    "auditor": {"own", "team", "foreign", "former", "doctor"},
    "admin": {"own", "team", "foreign", "former", "doctor"},
}


def names(company, username, **query):
    page = list_customers(actor=company.actor(username), query=ListQuery(**query))
    return {customer.name for customer in page.items}, page.count


@pytest.mark.parametrize(("username", "seen"), SEEN.items())
def test_a_list_and_its_count_hold_what_the_person_may_see(company, archive, username, seen):
    expected = {getattr(archive, key).name for key in seen}
    assert names(company, username) == (expected, len(expected))


@pytest.mark.parametrize("size", ["collected", "walked"])
def test_both_forms_of_the_scope_give_the_same_rows(company, archive, size, monkeypatch):
    monkeypatch.setattr(access, "COLLECTED_SCOPE", 10 if size == "collected" else 0)
    for username, seen in SEEN.items():
        assert names(company, username)[0] == {getattr(archive, key).name for key in seen}, username


def test_p3_p7_p10_a_filter_or_search_for_a_foreign_value_finds_nothing(company, archive):
    """EspoCRM CVE-2026-109958, CVE-2019-14351, Odoo PR 73341: values guessed through search, filter and order."""
    for query in (
        {"text": "东城"},
        {"text": "bjdc"},
        {"text": "65287777"},
        {"text": archive.foreign.code},
        {"filters": {"phone": ["010"]}},
        {"filters": {"name": ["北京"]}},
        {"filters": {"territory": ["N1A"]}},
    ):
        assert names(company, "rep", **query) == (set(), 0), query


@pytest.mark.parametrize("field", ["private_phone", "wechat", "birthday", "private_phone_index", "password"])
def test_p7_private_fields_can_be_neither_filtered_nor_sorted_by(company, archive, field):
    with pytest.raises(InvalidInput):
        names(company, "boss", filters={field: ["1"]})
    with pytest.raises(InvalidInput):
        names(company, "boss", sort=field)


def test_a_private_phone_is_not_found_by_the_search(company, archive):
    assert names(company, "rep", text="13912340987") == (set(), 0)
    assert names(company, "boss", text="13912340987") == (set(), 0)


@pytest.mark.parametrize("target", ["team", "foreign", "former", "removed"])
def test_what_is_out_of_scope_can_not_be_told_from_what_is_not_there(company, archive, target):
    customer = getattr(archive, target)
    with pytest.raises(NotFound) as found:
        access.get_visible(company.actor("rep"), customer.pk)
    with pytest.raises(NotFound) as missing:
        access.get_visible(company.actor("rep"), 10**9)
    assert found.value.as_dict() == missing.value.as_dict()
    with pytest.raises(NotFound):
        revise = ReviseCustomer(phone="1")
        actions.revise_customer(
            actor=company.actor("rep"), at=archive.own.created_at, customer_id=customer.pk, data=revise
        )


@pytest.mark.parametrize("username", ["product", "marketer", "auditor"])
def test_who_may_only_look_is_told_so(company, archive, at, username):
    with pytest.raises(NotAllowed):
        actions.revise_customer(
            actor=company.actor(username), at=at, customer_id=archive.own.pk, data=ReviseCustomer(phone="1")
        )


def test_a_person_without_a_post_sees_nothing(company, archive, at):
    post = Assignment.objects.get(user=company.people["rep"])
    end_assignment(actor=system_actor(), at=at, assignment_id=post.pk, data=EndAssignment())
    assert names(company, "rep") == (set(), 0)


def test_pages_by_cursor_visit_each_customer_once_in_order(company, archive):
    seen, cursor = [], ""
    while cursor is not None:
        page = list_customers(actor=company.actor("boss"), query=ListQuery(limit=2, cursor=cursor))
        seen += [customer.name for customer in page.items]
        cursor = page.next
    assert seen == ["北京东城医院", "南京鼓楼医院", "南京秦淮医院", "南京玄武医院", "单雪"]


@pytest.mark.parametrize("text", ["鼓楼", "njgl", "gulou", "83106666", "6666"])
def test_a_customer_is_found_by_any_part(company, archive, text):
    assert names(company, "rep", text=text)[0] == {"南京鼓楼医院"}
    assert names(company, "boss", text=text)[0] == {"南京鼓楼医院"}


def test_a_surname_is_read_as_a_surname(company, archive):
    assert names(company, "rep", text="shanxue")[0] == {"单雪"}
    assert names(company, "boss", text="sx")[0] == {"单雪"}
