"""The academic side: filing, institution's consent, no selling posts. M-LAW-1."""

from datetime import timedelta

import pytest

from repertory.core.actor import system_actor
from repertory.core.inputs import read_input
from repertory.core.time import day_of
from repertory.organisation import firewall
from repertory.organisation.actions import assign, revise_person, set_policy
from repertory.organisation.inputs import Assign, RevisePerson
from repertory.organisation.models import User
from repertory.visits import actions
from repertory.visits.inputs import RecordInstitutionConsent, SetInstitutionTerms
from tests.factories.field import record, refused

DAY = timedelta(days=1)


def become(company, at, **facts):
    """Make the rep an academic 医药代表."""
    data = read_input(RevisePerson, {"side": "academic", **facts})
    revise_person(actor=company.actor("admin"), at=at, person_id=company.people["rep"].pk, data=data)
    company.people["rep"] = User.objects.get(username="rep")


def demand(at, customer, *, wanted=True):
    data = SetInstitutionTerms(demands_consent=wanted, note="科教处备案")
    actions.set_institution_terms(actor=system_actor(), at=at, customer_id=customer.pk, data=data)


def consent(at, customer, **facts):
    data = read_input(RecordInstitutionConsent, {"reference": "登记表 12", "starts_on": day_of(at), **facts})
    actions.record_institution_consent(actor=system_actor(), at=at, customer_id=customer.pk, data=data)


def test_an_academic_rep_needs_a_live_filing_number(company, at, archive):
    become(company, at)
    with refused("filing_missing"):
        record(company.actor("rep"), archive.own, at=at)
    become(company, at, filing_number="310020260001", filing_expires_on=day_of(at) - DAY)
    with refused("filing_missing"):
        record(company.actor("rep"), archive.own, at=at)
    become(company, at, filing_expires_on=day_of(at))
    assert record(company.actor("rep"), archive.own, at=at).pk


def test_a_filing_counts_on_the_day_of_the_visit(company, at, archive):
    become(company, at, filing_number="310020260001", filing_expires_on=day_of(at) - DAY)
    assert record(company.actor("rep"), archive.own, at=at, starts_at=at - 2 * DAY).pk


def test_where_the_hospital_wants_it_an_academic_visit_needs_its_consent(company, at, archive):
    become(company, at, filing_number="310020260001")
    demand(at, archive.own)
    for customer in (archive.own, archive.doctor):
        with refused("institution_consent_missing"):
            record(company.actor("rep"), customer, at=at)
    assert record(company.actor("rep"), archive.doctor, at=at, starts_at=at - timedelta(hours=3), mode="phone").pk
    consent(at, archive.own, starts_on=day_of(at) - 30 * DAY, ends_on=day_of(at))
    with refused("institution_consent_missing"):
        record(company.actor("rep"), archive.doctor, at=at)
    consent(at, archive.own)
    assert record(company.actor("rep"), archive.doctor, at=at, starts_at=at - timedelta(hours=2)).pk


def test_who_sells_needs_neither(company, at, archive):
    demand(at, archive.own)
    assert record(company.actor("rep"), archive.own, at=at).pk
    assert firewall.may_sell(company.actor("rep"), day_of(at))


def test_the_academic_side_never_sells_and_holds_no_selling_post(company, at):
    become(company, at)
    assert not firewall.may_sell(company.actor("rep"), day_of(at))
    post = Assign(username="rep", territory="CO", role="finance", starts_on=day_of(at))
    with refused("wrong_side"):
        assign(actor=company.actor("admin"), at=at, data=post)
    with refused("wrong_side"):
        data = RevisePerson(side="academic")
        revise_person(actor=company.actor("admin"), at=at, person_id=company.people["finance"].pk, data=data)


def test_an_administrator_can_switch_the_firewall_off_from_a_day_on(company, at, archive):
    become(company, at)
    today = day_of(at)
    set_policy(
        actor=company.actor("admin"),
        at=at,
        key="law.role_firewall",
        starts_on=today,
        value={"on": False},
        source="境外公司",
    )
    assert record(company.actor("rep"), archive.own, at=at).pk
    assert firewall.holds_on(today - DAY) and not firewall.holds_on(today)


@pytest.mark.parametrize("username", ["rep", "manager"])
def test_only_administrators_choose_a_side(company, at, username):
    with pytest.raises(Exception, match="岗位"):
        data = RevisePerson(side="sales")
        revise_person(actor=company.actor(username), at=at, person_id=company.people["rep"].pk, data=data)
