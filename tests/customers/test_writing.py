"""Opening and revising an archive."""

import pytest

from repertory.core.actor import system_actor
from repertory.core.errors import Conflict, InvalidInput, NotAllowed, RuleViolation, Stale
from repertory.customers import actions
from repertory.customers.inputs import CreateCustomer, ReviseCustomer
from repertory.customers.models import Coverage, Customer, CustomerCount, Profile
from repertory.organisation.actions import define_custom_field
from repertory.organisation.inputs import DefineCustomField
from repertory.organisation.models import Territory
from repertory.platform.models import AuditEntry


def create(company, at, username="rep", **facts):
    data = CreateCustomer(**{"kind": "hospital", "name": "南京栖霞医院", **facts})
    return actions.create_customer(actor=company.actor(username), at=at, data=data)


def revise(company, at, customer, username="rep", **facts):
    data = ReviseCustomer(**facts)
    return actions.revise_customer(actor=company.actor(username), at=at, customer_id=customer.pk, data=data)


def test_a_reps_new_customer_belongs_to_the_own_territory(company, at):
    customer = create(company, at)
    assert Coverage.objects.get(customer=customer).territory.code == "E1A"
    assert customer.code == "C0000001"
    counts = dict(Territory.objects.values_list("code", "customer_count"))
    assert counts == {"CO": 1, "E": 1, "N": 0, "E1": 1, "N1": 0, "E1A": 1, "E1B": 0, "N1A": 0}
    assert CustomerCount.objects.get().total == 1


def test_a_rep_can_not_put_a_customer_into_a_foreign_territory(company, at):
    with pytest.raises(InvalidInput) as error:
        create(company, at, territory="N1A")
    assert error.value.field == "territory"
    assert not Customer.objects.exists()


def test_a_likely_duplicate_stops_the_entry_until_it_is_confirmed(company, archive, at):
    with pytest.raises(Conflict) as error:
        create(company, at, name="南京市鼓楼医院", phone="025-83106666")
    assert error.value.code == "likely_duplicate"
    assert [found["name"] for found in error.value.details["duplicates"]] == ["南京鼓楼医院"]
    assert create(company, at, name="南京市鼓楼医院", phone="025-83106666", confirmed_new=True).pk


def test_p1_a_foreign_duplicate_is_not_told(company, archive, at):
    """EspoCRM CVE-2026-46691: errors on entry that show other people's rows."""
    assert create(company, at, name=archive.foreign.name, phone="010-65287777").pk


def test_a_code_that_is_taken_is_refused_and_nothing_is_written(company, at):
    create(company, at, code="H1")
    with pytest.raises(Conflict) as error:
        create(company, at, code="H1", name="别家医院")
    assert error.value.field == "code"
    assert Customer.objects.count() == 1


def test_a_number_typed_by_hand_is_passed_over(company, at):
    create(company, at, code="C0000001")
    assert create(company, at, name="另一家医院").code == "C0000002"


def test_only_what_is_given_changes_and_each_change_is_in_the_trail(company, archive, at):
    before = archive.own.version
    revise(company, at, archive.own, phone="025-1", headcount=80)
    customer = Customer.objects.get(pk=archive.own.pk)
    assert (customer.phone, customer.city_code, customer.profile.headcount) == ("025-1", "320100", 80)
    assert customer.version == before + 1
    entry = AuditEntry.objects.filter(object_type="customer", object_id=customer.pk, verb="revised").first()
    assert entry.changes == {"phone": ["025-83106666", "025-1"], "headcount": [None, 80]}
    assert entry.batch.user_label == "rep"


def test_nothing_changed_is_no_revision(company, archive, at):
    revise(company, at, archive.own, phone="025-83106666")
    assert Customer.objects.get(pk=archive.own.pk).version == archive.own.version


def test_an_older_version_does_not_overwrite_a_newer_one(company, archive, at):
    revise(company, at, archive.own, phone="1", version=archive.own.version)
    with pytest.raises(Stale):
        revise(company, at, archive.own, phone="2", version=archive.own.version)
    assert Customer.objects.get(pk=archive.own.pk).phone == "1"


def test_a_private_phone_needs_consent(company, at):
    doctor = create(company, at, kind="hcp", name="王磊")
    with pytest.raises(NotAllowed) as error:
        revise(company, at, doctor, private_phone="13912340987")
    assert (error.value.code, error.value.field) == ("consent_missing", "private_phone")
    with pytest.raises(RuleViolation):
        create(company, at, kind="hcp", name="李强", wechat="x")


def test_p4_private_values_are_sealed_and_masked_in_the_trail(company, archive):
    """EspoCRM CVE-2026-109959: audit notes that show the values of restricted fields."""
    stored = Profile.objects.get(customer=archive.doctor)
    assert b"13912340987" not in bytes(stored.private_phone)
    entry = AuditEntry.objects.get(object_id=archive.doctor.pk, object_type="customer", verb="revised")
    assert entry.changes == {"private_phone": ["", "••••"], "birthday": ["", "••••"]}


@pytest.mark.parametrize(
    "field", ["id", "version_", "removed_at", "merged_into", "created_at", "sort_key", "stage_since"]
)
def test_p20_fields_that_nobody_may_set_are_refused(field):
    """SuiteCRM CVE-2026-61650: mass assignment and re-parenting."""
    with pytest.raises(ValueError, match=field):
        CreateCustomer.model_validate({"kind": "hospital", "name": "x", field: 1})


def test_p20_an_institution_out_of_scope_can_not_be_linked(company, archive, at):
    with pytest.raises(InvalidInput) as foreign:
        revise(company, at, archive.doctor, institution=archive.foreign.pk)
    with pytest.raises(InvalidInput) as missing:
        revise(company, at, archive.doctor, institution=10**9)
    assert foreign.value.as_dict() == missing.value.as_dict()


@pytest.mark.parametrize(
    ("longitude", "latitude"), [("0", "0"), ("200", "30"), ("118", "95"), ("118.7", None), (None, "32")]
)
def test_a_position_is_whole_and_on_earth(longitude, latitude):
    with pytest.raises(ValueError, match="经"):
        CreateCustomer(kind="hospital", name="x", longitude=longitude, latitude=latitude)


def test_custom_fields_are_checked_and_kept(company, archive, at):
    field = DefineCustomField(key="beds", label="床位数", kind="number")
    define_custom_field(actor=system_actor(), at=at, data=field)
    revise(company, at, archive.own, custom={"beds": "500"})
    assert Customer.objects.get(pk=archive.own.pk).custom == {"beds": "500"}
    with pytest.raises(InvalidInput) as error:
        revise(company, at, archive.own, custom={"beds": "很多"})
    assert error.value.field == "custom.beds"
    with pytest.raises(InvalidInput):
        revise(company, at, archive.own, custom={"unknown": 1})


def test_an_archive_can_be_revised_after_its_institution_went_to_somebody_else(company, archive, at):
    Customer.objects.filter(pk=archive.doctor.pk).update(institution=archive.foreign)
    assert revise(company, at, archive.doctor, title="主任医师").title == "主任医师"
    with pytest.raises(InvalidInput) as error:
        revise(company, at, archive.doctor, institution=archive.team.pk)
    assert error.value.field == "institution"
