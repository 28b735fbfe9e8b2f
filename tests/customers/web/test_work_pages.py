"""Opening archives, the public form and its review, duplicates, tiers, handing over."""

import re

import pytest
from django.test import Client

from repertory.customers.actions.duplicates import find_duplicates
from repertory.customers.actions.life import propose_tiers
from repertory.customers.models import Coverage, Customer, DuplicatePair, Merge, ProposedFact, TierProposal
from tests.factories.company import AT


def test_a_new_archive_belongs_to_the_reps_own_territory(company, signed_in):
    answer = signed_in("rep").post(
        "/customers/new/", {"kind": "hospital", "name": "南京市第一医院", "stage": "potential"}
    )
    customer = Customer.objects.get()
    assert answer.url == f"/customers/{customer.pk}/"
    assert customer.coverages.get().territory.code == "E1A"


def test_a_likely_duplicate_is_named_and_saved_only_when_confirmed(open_archive, signed_in):
    known = open_archive("南京鼓楼医院", "E1A", phone="025-83106666")
    client = signed_in("rep")
    data = {"kind": "hospital", "name": "南京鼓楼医院", "phone": "025-83106666", "stage": "potential"}
    answer = client.post("/customers/new/", data)
    assert answer.status_code == 422
    assert [row["id"] for row in answer.context["duplicates"]] == [known.pk]
    assert client.post("/customers/new/", data | {"confirmed_new": "on"}).status_code == 302
    assert Customer.objects.count() == 2


def test_the_kind_decides_which_fields_are_asked(company, signed_in):
    client = signed_in("rep")
    person = client.get("/customers/new/?kind=hcp").content.decode()
    place = client.get("/customers/new/?kind=hospital").content.decode()
    assert 'name="institution"' in person and 'name="uscc"' not in person
    assert 'name="uscc"' in place and 'name="institution"' not in place


@pytest.fixture
def link(own, signed_in) -> str:
    answer = signed_in("rep").post(f"/customers/{own.pk}/invitation/", {"valid_days": "14"})
    return re.search(r"/customers/fill-in/[^\"/]+/", answer.content.decode())[0]


def test_what_a_customer_fills_in_waits_for_review_and_is_confirmed_field_by_field(own, link, signed_in):
    assert Client().post(link, {"phone": "025-1111", "headcount": "321"}).status_code == 200
    own.refresh_from_db()
    assert own.phone == ""
    client = signed_in("rep")
    assert [row.name for row in client.get("/customers/facts/").context["rows"]] == ["南京鼓楼医院"]
    phone, headcount = ProposedFact.objects.order_by("pk")
    client.post(f"/customers/facts/{phone.pk}/decision/", {"accept": "1"})
    client.post(f"/customers/facts/{headcount.pk}/decision/", {"accept": "0"})
    own.refresh_from_db()
    assert own.phone == "025-1111"
    assert not hasattr(own, "profile") or own.profile.headcount is None


def test_the_link_works_once(own, link):
    assert Client().post(link, {"phone": "025-1111"}).status_code == 200
    assert Client().get(link).status_code == 404


@pytest.mark.parametrize("token", ["x", "1:1:1", "MQ:1abc:forged"])
def test_a_forged_link_is_not_there(own, token):
    assert Client().get(f"/customers/fill-in/{token}/").status_code == 404


def test_the_public_form_tells_nothing_that_we_know_and_takes_nothing_else(own, link):
    text = Client().get(link).content.decode()
    assert "320100" not in text and "H1" not in text
    Client().post(link, {"phone": "025-1111", "tier": "C", "name": "改名"})
    assert {fact.field for fact in ProposedFact.objects.all()} == {"phone"}


def test_a_wrong_value_is_told_and_the_link_stays_open(own, link):
    answer = Client().post(link, {"email": "nowhere"})
    assert answer.status_code == 422
    assert 'id="id_email_error"' in answer.content.decode()
    assert Client().get(link).status_code == 200


def test_a_foreign_fact_cannot_be_decided(foreign, own, signed_in):
    fact = ProposedFact.objects.create(customer=foreign, field="phone", value="1", source="form", received_at=AT)
    assert signed_in("rep").post(f"/customers/facts/{fact.pk}/decision/", {"accept": "1"}).status_code == 404


@pytest.fixture
def pair(company, open_archive) -> DuplicatePair:
    open_archive("南京鼓楼医院", "E1A", phone="025-83106666", address="中山路321号")
    open_archive("南京鼓楼医院", "E1B", phone="025-83106666", email="a@example.com")
    find_duplicates(actor=company.actor("boss"), at=AT)
    return DuplicatePair.objects.get()


def test_two_archives_are_compared_merged_and_taken_apart_again(pair, signed_in):
    client = signed_in("supervisor")
    assert "电话相同" in client.get("/customers/duplicates/").content.decode()
    page = f"/customers/duplicates/{pair.pk}/?kept={pair.first_id}"
    assert client.get(page).status_code == 200
    client.post(page, {"kept": pair.first_id, "gone": pair.second_id})
    kept = Customer.objects.get(pk=pair.first_id)
    assert (kept.email, kept.address) == ("a@example.com", "中山路321号")
    assert client.get(f"/customers/{pair.second_id}/").status_code == 404
    client.post(f"/customers/merges/{Merge.objects.get().pk}/undoing/")
    assert client.get(f"/customers/{pair.second_id}/").status_code == 200
    assert Customer.objects.get(pk=pair.first_id).email == ""


def test_a_pair_of_which_one_is_foreign_is_not_shown(pair, foreign, signed_in):
    DuplicatePair.objects.filter(pk=pair.pk).update(second_id=foreign.pk)
    client = signed_in("supervisor")
    assert client.get("/customers/duplicates/").context["rows"] == []
    assert client.get(f"/customers/duplicates/{pair.pk}/").status_code == 404


@pytest.mark.parametrize("username", ["rep", "finance", "auditor", "product"])
def test_only_superiors_merge_and_hand_over(pair, signed_in, username):
    client = signed_in(username)
    for path in ("duplicates/", f"duplicates/{pair.pk}/", "reassignment/"):
        assert client.get(f"/customers/{path}").status_code == 404


def test_two_that_are_not_the_same_leave_the_list(pair, signed_in):
    client = signed_in("supervisor")
    client.post(f"/customers/duplicates/{pair.pk}/distinction/")
    assert client.get("/customers/duplicates/").context["rows"] == []


def test_a_proposed_tier_is_shown_with_its_reasons_and_accepted(company, open_archive, signed_in):
    customer = open_archive("王磊", "E1A", kind="hcp", potential="high", adoption="advocate")
    propose_tiers(actor=company.actor("boss"), at=AT)
    client = signed_in("rep")
    text = client.get("/customers/tiers/").content.decode()
    assert "潜力：高（50 分）；接受程度：推荐他人（50 分）" in text
    client.post("/customers/tiers/acceptance/", {"pk": TierProposal.objects.get().pk})
    customer.refresh_from_db()
    assert customer.tier == "A"


def test_chosen_customers_are_handed_over(own, own_doctor, signed_in):
    client = signed_in("supervisor")
    first = client.post("/customers/reassignment/", {"chosen": "1", "pk": own.pk})
    assert first.context["form"].initial == {"from_territory": "E1A"}
    data = {"pk": own.pk, "from_territory": "E1A", "to_territory": "E1B"}
    assert client.post("/customers/reassignment/", data).status_code == 302
    now = Coverage.objects.filter(current=True).values_list("customer__name", "territory__code").order_by("customer_id")
    assert list(now) == [("南京鼓楼医院", "E1B"), ("王磊", "E1A")]


def test_chosen_customers_get_one_tier_and_foreign_ones_stay(own, foreign, signed_in):
    signed_in("supervisor").post("/customers/tiers/chosen/", {"pk": [own.pk, foreign.pk], "tier": "C"})
    assert dict(Customer.objects.values_list("name", "tier")) == {"南京鼓楼医院": "C", "北京协和医院": "A"}


def test_an_archive_that_lacks_facts_says_which(open_archive, signed_in):
    open_archive("南京鼓楼医院", "E1A", stage="active", phone="025-1")
    text = signed_in("rep").get("/customers/incomplete/").content.decode()
    assert "统一社会信用代码" in text
    assert "办公电话" not in text


def test_a_licence_about_to_end_is_listed(own, signed_in):
    client = signed_in("rep")
    client.post(
        f"/customers/{own.pk}/dialog/licence/", {"kind": "medical", "number": "许-M1", "expires_on": "2020-01-01"}
    )
    text = client.get("/customers/licences/").content.decode()
    assert "许-M1" in text and "已失效" in text
    assert "许-M1" not in signed_in("foreigner").get("/customers/licences/").content.decode()
