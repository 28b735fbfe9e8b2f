"""What institutions demand of visitors, and their consent: stored, shown on the card, over the API. M-LAW-1."""

from datetime import timedelta

import pytest

from repertory.core.inputs import read_input
from repertory.core.time import day_of
from repertory.platform.audit_words import verb_label
from repertory.platform.models import AuditEntry
from repertory.visits import actions
from repertory.visits.inputs import RecordInstitutionConsent, SetInstitutionTerms
from repertory.visits.models import InstitutionConsent, InstitutionTerms
from repertory.visits.queries.terms import terms_of
from tests.factories.archive import open_archive
from tests.factories.field import refused

DAY = timedelta(days=1)


def set_terms(actor, at, customer, **facts):
    data = read_input(SetInstitutionTerms, {"demands_consent": True, **facts})
    return actions.set_institution_terms(actor=actor, at=at, customer_id=customer.pk, data=data)


def consent(actor, at, customer, **facts):
    data = read_input(RecordInstitutionConsent, {"reference": "登记表 12", "starts_on": day_of(at), **facts})
    return actions.record_institution_consent(actor=actor, at=at, customer_id=customer.pk, data=data)


def test_terms_are_set_and_the_trail_keeps_what_changed(company, at, archive):
    set_terms(company.actor("rep"), at, archive.own, demands_appointment=True, note="周三")
    set_terms(company.actor("rep"), at, archive.own, demands_appointment=True, note="周四")
    terms = InstitutionTerms.objects.get(institution=archive.own)
    assert (terms.demands_consent, terms.demands_appointment, terms.note) == (True, True, "周四")
    lines = AuditEntry.objects.filter(verb="visit_terms_set").order_by("pk")
    first = {"demands_consent": [False, True], "demands_appointment": [False, True], "note": ["", "周三"]}
    assert [line.changes for line in lines] == [first, {"note": ["周三", "周四"]}]
    assert verb_label("visit_terms_set") == "设定来访规定"


def test_a_person_has_no_terms_of_its_own(company, at, archive):
    with refused("not_an_institution"):
        set_terms(company.actor("rep"), at, archive.doctor)
    with refused("not_an_institution"):
        consent(company.actor("rep"), at, archive.doctor)


def test_of_several_consents_the_one_that_lasts_longest_counts(company, at, archive):
    actor, today = company.actor("rep"), day_of(at)
    consent(actor, at, archive.own, ends_on=today + 5 * DAY)
    longest = consent(actor, at, archive.own, ends_on=today + 9 * DAY)
    consent(actor, at, archive.own, starts_on=today + DAY)
    assert terms_of(actor=actor, customer=archive.doctor, on=today).living == longest
    assert terms_of(actor=actor, customer=archive.doctor, on=today + 8 * DAY).living.ends_on is None
    assert terms_of(actor=actor, customer=archive.doctor, on=today - DAY).living is None


def test_the_card_of_the_hospital_shows_its_terms_and_takes_changes(company, at, archive, signed_in):
    rep, tab = signed_in("rep"), f"/visits/customer/{archive.own.pk}/"
    assert "来访规定" in rep.get(tab).content.decode()
    assert rep.post(f"{tab}terms/", {"demands_consent": "on", "note": "科教处登记"}).status_code == 302
    shown = rep.get(tab).content.decode()
    assert "学术拜访要先取得同意，现在没有" in shown
    assert "科教处登记" in shown
    wrong = rep.post(f"{tab}consents/", {"reference": "", "starts_on": str(day_of(at))})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["reference"])
    given = {"reference": "批件 7", "starts_on": str(day_of(at)), "ends_on": str(day_of(at) + 30 * DAY)}
    assert rep.post(f"{tab}consents/", given).status_code == 302
    shown = rep.get(tab).content.decode()
    assert "已同意拜访" in shown
    assert "批件 7" in shown
    assert rep.get(f"{tab}terms/").context["form"].initial["demands_consent"] is True
    set_terms(company.actor("rep"), at, archive.own, demands_consent=False)
    assert "已同意拜访" not in rep.get(tab).content.decode()


def test_who_may_only_look_gets_no_buttons(at, archive, signed_in):
    shown = signed_in("auditor").get(f"/visits/customer/{archive.own.pk}/").content.decode()
    assert "来访规定" in shown
    assert "登记医院同意" not in shown


def test_a_doctors_card_says_what_the_hospital_demands(company, at, archive, signed_in):
    rep, tab = signed_in("rep"), f"/visits/customer/{archive.doctor.pk}/"
    assert "南京鼓楼医院" not in rep.get(tab).content.decode()
    set_terms(company.actor("rep"), at, archive.own, demands_appointment=True)
    consent(company.actor("rep"), at, archive.own)
    shown = rep.get(tab).content.decode()
    for words in ("南京鼓楼医院", "要预约", "已同意拜访", "没有期限"):
        assert words in shown


def test_terms_and_consents_over_the_api(call, at, archive):
    path, today = f"customers/{archive.own.pk}", day_of(at)
    nothing = {"demands_consent": False, "demands_appointment": False, "note": "", "has_consent": False}
    assert call("GET", f"{path}/visit-terms") == (
        200,
        {"institution": archive.own.pk, "consent_until": None, **nothing},
    )
    status, terms = call("PUT", f"{path}/visit-terms", {"demands_consent": True, "note": "科教处"})
    assert (status, terms["demands_consent"], terms["note"]) == (200, True, "科教处")
    body = {"reference": "批件 7", "starts_on": str(today), "ends_on": str(today + DAY)}
    status, stored = call("POST", f"{path}/visit-consents", body)
    assert (status, stored["reference"], stored["institution"]) == (201, "批件 7", archive.own.pk)
    assert call("POST", f"{path}/visit-consents", {**body, "ends_on": str(today)})[0] == 422
    assert [row["id"] for row in call("GET", f"{path}/visit-consents")[1]["items"]] == [stored["id"]]
    of_doctor = call("GET", f"customers/{archive.doctor.pk}/visit-terms")[1]
    expected = (archive.own.pk, True, str(today + DAY))
    assert (of_doctor["institution"], of_doctor["has_consent"], of_doctor["consent_until"]) == expected


@pytest.mark.parametrize("username", ["auditor", "product"])
def test_those_who_may_only_look_change_nothing_over_the_api(call_as, at, archive, username):
    call, path = call_as(username), f"customers/{archive.own.pk}"
    assert call("GET", f"{path}/visit-terms")[0] == 200
    assert call("PUT", f"{path}/visit-terms", {"demands_consent": True})[0] == 403
    assert call("POST", f"{path}/visit-consents", {"reference": "x", "starts_on": "2026-01-01"})[0] == 403
    assert not InstitutionConsent.objects.exists()


def test_a_hospital_out_of_sight_is_named_on_the_doctors_card_without_a_link(company, at, archive, signed_in):
    doctor = open_archive(at=at, territory="E1A", name="外院医生", kind="hcp", institution=archive.foreign.pk)
    set_terms(company.actor("foreigner"), at, archive.foreign)
    shown = signed_in("rep").get(f"/visits/customer/{doctor.pk}/").content.decode()
    assert "北京东城医院" in shown
    assert f"/customers/{archive.foreign.pk}/" not in shown
