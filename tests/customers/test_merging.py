"""Duplicates: found, explained, merged, taken apart."""

import pytest

from repertory.config import checks
from repertory.core.actor import system_actor
from repertory.core.errors import Conflict, NotAllowed, NotFound, RuleViolation
from repertory.core.time import day_of
from repertory.customers import actions
from repertory.customers.inputs import Affiliate, MergeCustomers, ReviseCustomer
from repertory.customers.matching import LIKELY, POSSIBLE, Card, compare
from repertory.customers.models import Affiliation, Coverage, Customer, DuplicatePair, Licence, Profile
from repertory.customers.queries import ListQuery, list_customers
from repertory.organisation.models import Territory
from tests.factories.archive import open_archive


@pytest.fixture
def twin(company, archive, at):
    """The own hospital entered a second time by the teammate, with a doctor and facts of its own."""
    twin = open_archive(
        at=at, territory="E1B", name="南京市鼓楼医院", alias="鼓楼院区", headcount=300, city_code="320100"
    )
    doctor = open_archive(at=at, territory="E1B", name="赵一", kind="hcp")
    link = Affiliate(person=doctor.pk, institution=twin.pk, role="kol")
    actions.affiliate(actor=system_actor(), at=at, data=link)
    return twin


def merge(company, at, kept, gone, username="supervisor", **more):
    data = MergeCustomers(kept=kept.pk, gone=gone.pk, **more)
    return actions.merge_customers(actor=company.actor(username), at=at, data=data)


def test_every_link_goes_over_and_empty_facts_are_filled(company, archive, twin, at):
    merge(company, at, archive.own, twin)
    assert Affiliation.objects.get(person__name="赵一").institution_id == archive.own.pk
    assert Coverage.objects.filter(customer=archive.own, current=True).count() == 2
    kept = Customer.objects.get(pk=archive.own.pk)
    assert (kept.alias, kept.profile.headcount, kept.phone) == ("鼓楼院区", 300, "025-83106666")
    assert Customer.objects.get(pk=twin.pk).merged_into_id == archive.own.pk
    for check in (checks.territory_counts, checks.customer_total, checks.search_index, checks.audit_chain):
        assert list(check()) == []


def test_undoing_gives_both_back_as_they_were(company, archive, twin, at):
    before = _picture()
    done = merge(company, at, archive.own, twin, take=["name"])
    assert Customer.objects.get(pk=archive.own.pk).name == "南京市鼓楼医院"
    actions.undo_merge(actor=company.actor("supervisor"), at=at, merge_id=done.pk)
    assert _picture() == before
    for check in (checks.territory_counts, checks.customer_total, checks.search_index):
        assert list(check()) == []
    with pytest.raises(Conflict):
        actions.undo_merge(actor=company.actor("supervisor"), at=at, merge_id=done.pk)


def test_twins_of_one_territory_count_once_after_the_merge_and_twice_after_undoing(company, archive, at):
    twin = open_archive(at=at, territory="E1A", name="南京市鼓楼医院")
    before = _picture(), _counts()
    done = merge(company, at, archive.own, twin)
    assert not Coverage.objects.filter(customer=twin).exists()
    assert _counts() == {code: count - (code in ("CO", "E", "E1", "E1A")) for code, count in before[1].items()}
    assert [check["detail"] for check in checks.verify()["checks"] if not check["ok"]] == []
    actions.undo_merge(actor=company.actor("supervisor"), at=at, merge_id=done.pk)
    assert (_picture(), _counts()) == before
    assert [check["detail"] for check in checks.verify()["checks"] if not check["ok"]] == []


def test_coverage_moves_also_where_a_territory_has_the_key_of_the_customer(company, archive, at):
    node = company.territories["E1B"]
    Customer.objects.filter(pk=node.pk).delete()
    kept = Customer.objects.create(
        pk=node.pk, code="SAME", kind="hospital", name="同号医院", stage_since=day_of(at), created_at=at, updated_at=at
    )
    open_coverage = Coverage(customer=kept, territory=company.territories["E1A"], starts_on=day_of(at))
    open_coverage.save()
    gone = open_archive(at=at, territory="E1B", name="同号医院二")
    merge(company, at, kept, gone)
    assert set(Coverage.objects.filter(customer=kept).values_list("territory__code", flat=True)) == {"E1A", "E1B"}


def _counts():
    return dict(Territory.objects.values_list("code", "customer_count"))


def _picture():
    left_out = {"version", "updated_at"}
    customers = [
        {k: v for k, v in row.items() if k not in left_out} for row in Customer.objects.order_by("pk").values()
    ]
    links = [list(model.objects.order_by("pk").values()) for model in (Affiliation, Coverage, Licence)]
    facts = [
        row for row in Profile.objects.order_by("pk").values("pk", "headcount", "turnover_cny") if row["headcount"]
    ]
    return customers, links, facts


def test_what_was_changed_after_the_merge_stays_after_undoing(company, archive, twin, at):
    done = merge(company, at, archive.own, twin)
    actions.revise_customer(
        actor=company.actor("rep"), at=at, customer_id=archive.own.pk, data=ReviseCustomer(alias="新简称")
    )
    actions.undo_merge(actor=company.actor("supervisor"), at=at, merge_id=done.pk)
    assert Customer.objects.get(pk=archive.own.pk).alias == "新简称"


def test_only_superiors_merge_and_only_what_they_may_edit(company, archive, twin, at):
    with pytest.raises(NotAllowed):
        merge(company, at, archive.own, twin, username="rep")
    with pytest.raises(NotFound):
        merge(company, at, archive.own, archive.foreign)
    with pytest.raises(RuleViolation):
        merge(company, at, archive.own, archive.own)
    with pytest.raises(RuleViolation):
        merge(company, at, archive.own, archive.doctor)


def test_the_bulk_search_finds_the_pair_and_a_merge_closes_it(company, archive, twin, at):
    actions.find_duplicates(actor=company.actor("boss"), at=at)
    pair = DuplicatePair.objects.get(first=archive.own, second=twin)
    assert pair.score >= LIKELY
    assert ["name", 100] in [list(reason) for reason in pair.reasons]
    merge(company, at, archive.own, twin)
    pair.refresh_from_db()
    assert pair.state == "merged"


def test_a_merged_customer_is_in_no_list_and_no_search(company, archive, twin, at):
    merge(company, at, archive.own, twin)
    for text in ("", "鼓楼", "鼓楼院区"):
        page = list_customers(actor=company.actor("boss"), query=ListQuery(text=text))
        assert twin.pk not in {customer.pk for customer in page.items}


def card(name_key, pinyin="x", **facts):
    return Card(key=None, kind="hospital", name=name_key, name_key=name_key, pinyin=pinyin, **facts)


def test_a_name_alone_is_possible_but_not_likely():
    assert POSSIBLE <= compare(card("人民医院"), card("人民医院")).score < LIKELY


def test_the_same_name_in_another_town_is_nobody():
    one, other = (
        card("人民医院", city_code="320100", address="中山路1号"),
        card("人民医院", city_code="110000", address="和平里2号"),
    )
    assert compare(one, other).score < POSSIBLE


def test_two_different_credit_codes_are_two_companies():
    assert compare(card("甲", uscc="1"), card("甲", uscc="2")).score == 0
