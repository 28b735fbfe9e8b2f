"""The archive card: sections edited in place, lists, private fields, history."""

import pytest

from repertory.customers import fields
from repertory.customers.actions.privacy import give_consent
from repertory.customers.inputs import GiveConsent
from repertory.customers.models import Customer, KeyPerson, Profile
from repertory.platform.models import AuditEntry, CustomField
from tests.factories.company import AT

TABS = ("archive", "people", "coverage", "licences", "preferences", "consents", "history", "files")


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("username", ["rep", "supervisor", "boss", "product", "finance", "auditor"])
def test_every_tab_opens_for_those_who_see_the_customer(own, own_doctor, signed_in, username, tab):
    client = signed_in(username)
    for customer in (own, own_doctor):
        assert client.get(f"/customers/{customer.pk}/?tab={tab}").status_code == 200
        assert client.get(f"/customers/{customer.pk}/tab/{tab}/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tab/people/",
        "section/basic/",
        "section/basic/edit/",
        "dialog/stage/",
        "invitation/",
        "review/",
        "private/wechat/",
        "files/1/",
    ],
)
def test_a_foreign_customer_is_not_there(foreign, signed_in, path):
    """A2: walking the keys finds nothing, whatever follows the key."""
    assert signed_in("rep").get(f"/customers/{foreign.pk}/{path}").status_code == 404


def test_opening_an_archive_is_on_record(own, signed_in, company):
    signed_in("rep").get(f"/customers/{own.pk}/")
    entry = AuditEntry.objects.get(verb="opened")
    assert (entry.object_id, entry.batch.user_id) == (own.pk, company.people["rep"].pk)


def test_a_section_is_edited_in_place(own, signed_in):
    client = signed_in("rep")
    path = f"/customers/{own.pk}/section/contact/edit/"
    answer = client.post(path, {"version": own.version, "phone": "025-83106666", "address": "中山路321号"})
    assert answer.status_code == 200
    assert 'id="section-contact"' in answer.content.decode()
    own.refresh_from_db()
    assert (own.phone, own.address) == ("025-83106666", "中山路321号")


@pytest.mark.parametrize("section", fields.SECTIONS, ids=lambda section: section.key)
def test_every_section_can_be_saved_with_nothing_filled_in(own, own_doctor, signed_in, section):
    client = signed_in("rep")
    for customer in (own, own_doctor):
        if customer.kind in section.kinds:
            kept = {"name": customer.name, "kind": customer.kind, "code": customer.code, "version": customer.version}
            answer = client.post(f"/customers/{customer.pk}/section/{section.key}/edit/", kept)
            assert answer.status_code == 200, answer.context["form"].errors


def test_an_error_stands_at_its_field_and_what_was_typed_is_still_there(own, signed_in):
    path = f"/customers/{own.pk}/section/contact/edit/"
    answer = signed_in("rep").post(path, {"version": own.version, "email": "not-an-address", "phone": "025-1"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_email_error"' in text
    assert 'value="025-1"' in text


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(own, signed_in):
    path = f"/customers/{own.pk}/section/contact/edit/"
    signed_in("supervisor").post(path, {"version": own.version, "phone": "025-2"})
    answer = signed_in("rep").post(path, {"version": own.version, "phone": "025-3"})
    assert answer.status_code == 422
    assert "刚被别人改过" in answer.content.decode()
    assert Customer.objects.get(pk=own.pk).phone == "025-2"


def test_fields_of_other_sections_and_columns_that_are_not_asked_for_are_not_written(own, signed_in):
    """A8: mass assignment. What the form does not show it does not take."""
    path = f"/customers/{own.pk}/section/contact/edit/"
    data = {
        "version": own.version,
        "name": "改名",
        "tier": "C",
        "completeness": "100",
        "merged_into": own.pk,
        "phone": "1",
    }
    assert signed_in("rep").post(path, data).status_code == 200
    own.refresh_from_db()
    assert (own.name, own.tier, own.merged_into_id, own.phone) == ("南京鼓楼医院", "A", None, "1")


@pytest.mark.parametrize("username", ["auditor", "product", "marketer"])
def test_those_who_only_look_find_no_form(own, signed_in, username):
    client = signed_in(username)
    for path in ("section/basic/edit/", "dialog/stage/", "dialog/licence/", "invitation/"):
        assert client.get(f"/customers/{own.pk}/{path}").status_code == 404
        assert client.post(f"/customers/{own.pk}/{path}", {"name": "x"}).status_code == 404


def test_a_dialog_adds_to_the_card_and_says_so(own, signed_in):
    client = signed_in("rep")
    data = {"role": "legal", "name": "赵总"}
    answer = client.post(f"/customers/{own.pk}/dialog/key_person/", data, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert '"card:changed"' in answer.headers["HX-Trigger"]
    row = KeyPerson.objects.get(customer=own)
    assert client.post(f"/customers/{own.pk}/part/key_person/{row.pk}/deletion/").status_code == 302
    assert not KeyPerson.objects.exists()


def test_a_row_of_a_foreign_card_cannot_be_deleted_through_ones_own(own, foreign, signed_in):
    signed_in("foreigner").post(f"/customers/{foreign.pk}/dialog/key_person/", {"role": "legal", "name": "钱总"})
    row = KeyPerson.objects.get()
    assert signed_in("rep").post(f"/customers/{own.pk}/part/key_person/{row.pk}/deletion/").status_code == 404
    assert KeyPerson.objects.exists()


def keep_phone(company, customer, client):
    data = GiveConsent(purpose="contact", channel="phone", given_on=AT.date(), how="当面签字")
    give_consent(actor=company.actor("rep"), at=AT, customer_id=customer.pk, data=data)
    customer.refresh_from_db()
    path = f"/customers/{customer.pk}/section/private/edit/"
    return client.post(path, {"version": customer.version, "private_phone": "13812345678"})


def test_a_private_field_needs_consent(own_doctor, signed_in):
    path = f"/customers/{own_doctor.pk}/section/private/edit/"
    answer = signed_in("rep").post(path, {"version": own_doctor.version, "private_phone": "13812345678"})
    assert answer.status_code == 422
    assert "还没有同意" in answer.content.decode()


def test_a_private_field_is_emptied_by_its_tick_and_the_trail_says_so(company, own_doctor, signed_in):
    client = signed_in("rep")
    keep_phone(company, own_doctor, client)
    own_doctor.refresh_from_db()
    path = f"/customers/{own_doctor.pk}/section/private/edit/"
    ticks = [name for name in client.get(path).context["form"].fields if name.startswith("empty__")]
    assert ticks == ["empty__private_phone"]
    answer = client.post(path, {"version": own_doctor.version, "empty__private_phone": "on"})
    assert answer.status_code == 200
    assert "••••" not in answer.content.decode()
    profile = Profile.objects.get(customer=own_doctor)
    assert (profile.private_phone, profile.private_phone_index) == (None, "")
    entry = AuditEntry.objects.filter(verb="revised").latest("pk")
    assert entry.changes == {"private_phone": ["••••", ""]}


def test_a_private_field_is_not_emptied_and_filled_at_once(company, own_doctor, signed_in):
    client = signed_in("rep")
    keep_phone(company, own_doctor, client)
    own_doctor.refresh_from_db()
    answer = client.post(
        f"/customers/{own_doctor.pk}/section/private/edit/",
        {"version": own_doctor.version, "empty__private_phone": "on", "private_phone": "13900000000"},
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["empty__private_phone"])
    assert Profile.objects.get(customer=own_doctor).private_phone is not None


def test_a_private_field_is_masked_and_shown_only_against_a_reason(company, own_doctor, signed_in):
    client = signed_in("rep")
    assert "13812345678" not in keep_phone(company, own_doctor, client).content.decode()
    path = f"/customers/{own_doctor.pk}/private/private_phone/"
    refused = client.post(path, {"field": "private_phone", "reason": ""})
    assert (refused.status_code, "13812345678" in refused.content.decode()) == (422, False)
    shown = client.post(path, {"field": "private_phone", "reason": "联系参会"})
    assert "13812345678" in shown.content.decode()
    assert AuditEntry.objects.get(verb="revealed").reason == "联系参会"


def test_the_history_shows_changes_and_who_looked_only_to_superiors_and_auditors_that_ask(own, signed_in):
    signed_in("rep").get(f"/customers/{own.pk}/")

    def titles(username, more=""):
        entries = signed_in(username).get(f"/customers/{own.pk}/tab/history/?{more}").context["entries"]
        return {str(entry["title"]) for entry in entries}

    assert titles("auditor") == {"新建"}
    assert titles("auditor", "looks=1") == {"新建", "查阅档案"}
    assert titles("rep", "looks=1") == {"新建"}


@pytest.mark.parametrize("username", ["product", "marketer", "finance"])
def test_those_who_see_the_whole_company_without_private_fields_cannot_reveal_one(
    company, own_doctor, signed_in, username
):
    keep_phone(company, own_doctor, signed_in("rep"))
    path = f"/customers/{own_doctor.pk}/private/private_phone/"
    assert signed_in(username).post(path, {"field": "private_phone", "reason": "想看看号码"}).status_code == 404


def test_p4_the_history_holds_no_private_value(company, own_doctor, signed_in):
    """P4: EspoCRM CVE-2026-109959, the stream showed old and new values of restricted fields."""
    keep_phone(company, own_doctor, signed_in("rep"))
    text = signed_in("auditor").get(f"/customers/{own_doctor.pk}/?tab=history").content.decode()
    assert "修改" in text
    assert "13812345678" not in text


def test_the_decision_chain_shows_only_people_that_the_reader_may_see(own, own_doctor, open_archive, signed_in):
    elsewhere = open_archive("赵敏华", "N1A", kind="hcp")
    client = signed_in("boss")
    for person, role in ((own_doctor, "decision_maker"), (elsewhere, "influencer")):
        data = {"person": person.pk, "institution": own.pk, "role": role}
        assert client.post(f"/customers/{own.pk}/dialog/affiliation/", data).status_code == 302
    client.post(
        f"/customers/{own.pk}/dialog/influence/", {"source": elsewhere.pk, "target": own_doctor.pk, "kind": "peer"}
    )
    everything = client.get(f"/customers/{own.pk}/?tab=people").content.decode()
    assert "赵敏华" in everything
    part = signed_in("rep").get(f"/customers/{own.pk}/?tab=people")
    assert "王磊" in part.content.decode()
    assert "赵敏华" not in part.content.decode()
    assert [node["name"] for node in part.context["graph"]["nodes"]] == ["南京鼓楼医院", "王磊"]


def test_p30_text_is_shown_as_text(open_archive, signed_in):
    """P30: EspoCRM #1039 #1349 #1356 #1364, stored script in any text."""
    customer = open_archive("<script>alert(1)</script>", "E1A", alias='"><img src=x onerror=alert(1)>')
    for path in ("/customers/", f"/customers/{customer.pk}/", f"/customers/{customer.pk}/section/basic/edit/"):
        text = signed_in("rep").get(path).content.decode()
        assert "<script>alert(1)" not in text
        assert "<img src=x" not in text


@pytest.fixture
def partner(company) -> CustomField:
    return CustomField.objects.create(object_type="customer", key="partner", label="合作方", kind="reference")


def test_a_custom_reference_is_chosen_by_name_and_leads_to_the_card(own, own_doctor, partner, signed_in):
    client = signed_in("rep")
    section = f"/customers/{own.pk}/section/custom/"
    assert 'data-picker="/customers/pick/customer/"' in client.get(f"{section}edit/").content.decode()
    client.post(f"{section}edit/", {"version": own.version, "custom__partner": own_doctor.pk})
    own.refresh_from_db()
    assert own.custom == {"partner": own_doctor.pk}
    assert f'href="/customers/{own_doctor.pk}/"' in client.get(section).content.decode()
    assert f'value="{own_doctor.name}"' in client.get(f"{section}edit/").content.decode()


def test_a_custom_reference_names_somebody_that_the_person_sees(own, foreign, partner, signed_in):
    path = f"/customers/{own.pk}/section/custom/edit/"
    for key in (foreign.pk, 10**9):
        answer = signed_in("rep").post(path, {"version": own.version, "custom__partner": key})
        assert answer.status_code == 422
        assert "没有找到“合作方”所选的客户" in answer.content.decode()
    own.refresh_from_db()
    assert own.custom == {}


def test_a_reference_from_before_stays_though_the_person_does_not_see_it(own, foreign, partner, signed_in):
    Customer.objects.filter(pk=own.pk).update(custom={"partner": foreign.pk})
    path = f"/customers/{own.pk}/section/custom/edit/"
    answer = signed_in("rep").post(path, {"version": own.version, "custom__partner": foreign.pk})
    assert answer.status_code == 200
    assert foreign.name not in answer.content.decode()


def test_a_new_archive_refers_to_somebody_that_the_person_sees(company, foreign, partner, signed_in):
    CustomField.objects.filter(pk=partner.pk).update(required=True)
    given = {"kind": "hospital", "name": "南京新街口医院", "stage": "potential", "custom__partner": foreign.pk}
    answer = signed_in("rep").post("/customers/new/", given)
    assert answer.status_code == 422
    assert not Customer.objects.filter(name="南京新街口医院").exists()
