"""Consent, masked private fields, revealing, erasing."""

import pytest

from repertory.core.errors import NotAllowed, NotFound, RuleViolation
from repertory.customers import actions
from repertory.customers.inputs import Erase, Reveal
from repertory.customers.models import Consent, Customer, Profile
from repertory.customers.queries import ListQuery, list_customers
from repertory.platform.models import AuditEntry
from tests.factories.archive import PRIVATE_PHONE


def reveal(company, at, archive, username):
    data = Reveal(field="private_phone", reason="电话约访时间")
    return actions.reveal_private(actor=company.actor(username), at=at, customer_id=archive.doctor.pk, data=data)


@pytest.mark.parametrize("username", ["rep", "supervisor", "manager", "boss", "admin", "auditor"])
def test_who_has_a_reason_sees_the_private_phone_and_the_trail_says_so(company, archive, at, username):
    assert reveal(company, at, archive, username) == PRIVATE_PHONE
    entry = AuditEntry.objects.filter(verb="revealed").get()
    assert (entry.reason, entry.batch.user_label) == ("电话约访时间", username)
    assert PRIVATE_PHONE not in str(entry.changes)


@pytest.mark.parametrize("username", ["product", "marketer", "finance"])
def test_p9_product_and_marketing_never_see_private_fields(company, archive, at, username):
    """Twenty CVE-2026-85055: field-level read bypass."""
    with pytest.raises(NotAllowed):
        reveal(company, at, archive, username)
    assert not AuditEntry.objects.filter(verb="revealed").exists()


@pytest.mark.parametrize("username", ["teammate", "foreigner"])
def test_out_of_scope_there_is_nothing_to_reveal(company, archive, at, username):
    with pytest.raises(NotFound):
        reveal(company, at, archive, username)


def test_withdrawn_consent_empties_what_no_other_consent_covers(company, archive, at):
    consent = Consent.objects.get(customer=archive.doctor, channel="phone")
    actions.withdraw_consent(actor=company.actor("rep"), at=at, consent_id=consent.pk)
    profile = Profile.objects.get(customer=archive.doctor)
    assert (profile.private_phone, profile.private_phone_index) == (None, "")
    assert profile.birthday is not None


def test_erasing_a_person_leaves_nothing_personal(company, archive, at):
    with pytest.raises(NotAllowed):
        erase(company, at, archive.doctor, "rep")
    with pytest.raises(RuleViolation):
        erase(company, at, archive.own, "boss")
    erase(company, at, archive.doctor, "boss")
    customer = Customer.objects.get(pk=archive.doctor.pk)
    assert customer.name == "已删除个人信息"
    profile = Profile.objects.get(customer=customer)
    assert [profile.private_phone, profile.birthday, profile.private_phone_index] == [None, None, ""]
    assert list_customers(actor=company.actor("boss"), query=ListQuery(text="单雪")).items == []


def erase(company, at, customer, username):
    data = Erase(reason="本人书面要求")
    return actions.erase_person(actor=company.actor(username), at=at, customer_id=customer.pk, data=data)
