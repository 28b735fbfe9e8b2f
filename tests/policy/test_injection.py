"""What somebody types is only text: to the database, to templates, to browsers."""

from pathlib import PurePosixPath

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse

from repertory.core.actor import system_actor
from repertory.core.time import day_of
from repertory.customers import actions
from repertory.customers.fields import PRIVATE, WRITABLE, model_field
from repertory.customers.inputs import (
    Affiliate,
    CreateCustomer,
    GiveConsent,
    InviteToFillIn,
    LinkInfluence,
    MoveStage,
    NoteDate,
    RecordDepartment,
    RecordKeyPerson,
    RecordLicence,
    ReviseCustomer,
)
from repertory.customers.models import Customer, DuplicatePair, ProposedFact, TierProposal
from repertory.customers.web.parts import DIALOGS
from repertory.organisation import actions as organisation
from repertory.organisation.inputs import CreateTerritory, DefineCustomField, IssueToken, ReviseTerritory
from repertory.platform.models import Attachment, SavedView
from tests.policy.addresses import WEB

SQL = ("' OR 1=1 --", '") UNION SELECT password FROM organisation_user --', "x' || (SELECT 1) || 'x", "\x00", "1e999")
OF_LISTS = (
    "q", "sort", "cursor", "limit", "name", "phone", "tier", "territory", "kind", "city_code", "created_at.from", "headcount.to",
    "institution", "custom.beds", "custom.beds.from", "name__startswith", "coverages__territory__code", "profile__headcount",
    "columns", "view",
)  # fmt: skip
OF_AUDIT = ("text", "user", "verb", "object_type", "object_id", "door", "first", "last", "cursor")
ASKED = {
    "/customers/": OF_LISTS,
    "/customers/composition/": OF_LISTS,
    "/customers/filter/": ("q", "name", "tier", "filter_field", "custom.beds"),
    "/customers/columns/": ("q", "columns", "custom.beds"),
    "/exchange/customers/export/": ("q", "sort", "name", "custom.beds.from", "format", "name__startswith"),
    "/customers/search/": ("q",),
    "/customers/similar/": ("name", "kind", "phone", "uscc"),
    "/customers/pick/organisation/": ("q",),
    "/customers/pick/customer/": ("q",),
    "/customers/pick/person/": ("q",),
    "/customers/pick/territory/": ("q",),
    "/customers/regions/": ("level", "province_code", "city_code"),
    "/customers/tiers/": ("page", "sort", "cursor", "tier"),
    "/customers/incomplete/": ("page", "sort", "cursor", "stage"),
    "/customers/licences/": ("page", "days", "cursor"),
    "/customers/duplicates/": ("page", "kept", "cursor"),
    "/people/": ("text", "role", "state", "cursor", "on", "q"),
    "/audit/": OF_AUDIT,
    "/audit/export/": OF_AUDIT,
}
API = {
    "customers": OF_LISTS,
    "composition": OF_LISTS,
    **dict.fromkeys(
        ("people", "territories", "assignments", "audit-entries", "duplicates", "merges"), ("cursor", "limit")
    ),
}
NASTY = '"><script>alert(1)</script>{{ request.user }}'
SHOWN = "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{ request.user }}"


@pytest.fixture
def beds(company, at) -> None:
    data = DefineCustomField(key="beds", label="床位", kind="number")
    organisation.define_custom_field(actor=system_actor(), at=at, data=data)


def test_p23_p24_p25_no_parameter_of_a_page_reaches_the_database_as_sql(archive, beds, signed_in):
    """SuiteCRM CVE-2022-50589, CVE-2024-36408; ERPNext CVE-2025-66439; EspoCRM CVE-2026-53574."""
    browser, wrong = signed_in("admin"), []
    for path, name, value in ((path, name, value) for path, names in ASKED.items() for name in names for value in SQL):
        answer = browser.get(path, {name: value}, headers={"HX-Request": "true"})
        if answer.status_code not in (200, 204, 302, 400, 404, 422):
            wrong.append((path, name, value, answer.status_code))
    assert wrong == []
    assert Customer.objects.count() == 6


def test_p23_p24_p25_no_parameter_of_the_api_does_either(archive, beds, company, at, client):
    """The same peers, at the other door; and nothing widens what a rep sees."""
    secret = organisation.issue_token(actor=company.actor("rep"), at=at, data=IssueToken(name="t"))[1]
    headers, wrong = {"Authorization": f"Bearer {secret}"}, []
    for path, name, value in ((path, name, value) for path, names in API.items() for name in names for value in SQL):
        answer = client.get(f"/api/v1/{path}", {name: value}, headers=headers)
        if answer.status_code not in (200, 400, 404, 422):
            wrong.append((path, name, value, answer.status_code))
        if path == "customers" and answer.status_code == 200 and answer.json()["count"] > 2:
            wrong.append((path, name, value, answer.json()["count"]))
    assert wrong == []
    assert Customer.objects.count() == 6


@pytest.mark.parametrize("value", SQL)
def test_p25_filters_of_a_bulk_action_are_names_of_columns(archive, beds, signed_in, value):
    """EspoCRM CVE-2026-53574: an expression in a filter. A bulk action takes the filters of the list it stands on."""
    for body in ({"all": "1", "filters": value}, {"pk": value}, {"from_territory": value, "to_territory": "E1B"}):
        for path in ("/customers/reassignment/", "/customers/tiers/chosen/", "/customers/tiers/acceptance/"):
            assert signed_in("boss").post(path, body).status_code in (200, 302, 404, 409, 422), path
    assert connection.introspection.table_names()
    assert Customer.objects.count() == 6


@pytest.fixture
def nasty(company, at) -> dict[str, int]:
    """A hospital and a doctor of which everything that can be typed is NASTY; keys of what hangs at them."""
    actor = system_actor()
    field = DefineCustomField(key="nasty", label=NASTY, label_en=NASTY, kind="text", help=NASTY)
    organisation.define_custom_field(actor=actor, at=at, data=field)
    options = DefineCustomField(key="pick", label=NASTY, kind="choice", options=[NASTY])
    organisation.define_custom_field(actor=actor, at=at, data=options)
    organisation.revise_territory(actor=actor, at=at, code="E1A", data=ReviseTerritory(name=NASTY))
    organisation.create_territory(actor=actor, at=at, data=CreateTerritory(code=NASTY[:40], name=NASTY, parent="E1"))
    person = company.people["rep"]
    person.name = person.phone = NASTY[:40]
    person.save()
    issued = organisation.issue_token(actor=company.actor("admin"), at=at, data=IssueToken(name=NASTY))[0]
    rows = {kind: _opened(kind, at) for kind in ("hospital", "hcp")}
    hospital, doctor = rows["hospital"], rows["hcp"]
    twin = _opened("hospital", at)
    pair = DuplicatePair.objects.get(first=hospital, second=twin)
    fact = ProposedFact.objects.create(customer=hospital, field="alias", value=NASTY, source="form", received_at=at)
    TierProposal.objects.create(customer=hospital, tier="A", score=50, proposed_at=at)
    licence = _hang_on(hospital, doctor, at)
    stored = default_storage.save("policy/nasty", ContentFile(b"%PDF-"))
    about = {"object_type": "customer", "object_id": hospital.pk, "content_type": "application/pdf", "size_bytes": 5}
    Attachment.objects.create(**about, name=f"{NASTY}.pdf", sha256="0" * 64, stored_as=stored, user=person, at=at)
    SavedView.objects.create(user=company.people["admin"], page="customers", name=NASTY, query="tier=A")
    return {
        "hospital": hospital.pk,
        "hcp": doctor.pk,
        "pair": pair.pk,
        "fact": fact.pk,
        "licence": licence,
        "token": issued.pk,
    }


def _opened(kind: str, at) -> Customer:
    texts = {
        name: NASTY
        for name in WRITABLE
        if name not in PRIVATE and (getattr(model_field(name), "max_length", 0) or 0) >= len(NASTY) and _is_text(name)
    }
    fixed = {"kind": kind, "territory": "E1A", "confirmed_new": True, "custom": {"nasty": NASTY, "pick": NASTY}}
    data = CreateCustomer(**(texts | fixed))
    return actions.create_customer(actor=system_actor(), at=at, data=data)


def _is_text(name: str) -> bool:
    return not model_field(name).choices and name not in ("code", "email", "uscc")


def _hang_on(hospital: Customer, doctor: Customer, at) -> int:
    actor, today = system_actor(), day_of(at)
    of_hospital = {"actor": actor, "at": at, "customer_id": hospital.pk}
    licence = RecordLicence(kind="other", number=NASTY, scope=NASTY, issuer=NASTY, expires_on=today)
    recorded = actions.record_licence(**of_hospital, data=licence)
    actions.record_department(**of_hospital, data=RecordDepartment(name=NASTY, head=NASTY, note=NASTY))
    person = RecordKeyPerson(role="owner", name=NASTY, education=NASTY, character=NASTY, ability=NASTY)
    actions.record_key_person(**of_hospital, data=person)
    actions.note_date(
        **of_hospital, data=NoteDate(kind="other", label=NASTY, month=day_of(at).month, day=day_of(at).day)
    )
    actions.move_stage(**of_hospital, data=MoveStage(stage="developing", reason=NASTY))
    consent = GiveConsent(purpose="contact", channel="phone", given_on=today, how=NASTY, evidence=NASTY)
    actions.give_consent(actor=actor, at=at, customer_id=doctor.pk, data=consent)
    link = Affiliate(person=doctor.pk, institution=hospital.pk, role="kol", department=NASTY, position=NASTY)
    actions.affiliate(actor=actor, at=at, data=link)
    other = _opened("hcp", at)
    influence = LinkInfluence(source=doctor.pk, target=other.pk, kind="peer", note=NASTY)
    actions.link_influence(actor=actor, at=at, data=influence)
    actions.revise_customer(**of_hospital, data=ReviseCustomer(alias=f"{NASTY}2", custom={"nasty": f"{NASTY}2"}))
    actions.invite_to_fill_in(**of_hospital, data=InviteToFillIn())
    return recorded.pk


def _pages(nasty: dict[str, int]) -> list[str]:
    plain = [
        reverse(name, kwargs=rule.arguments)
        for name, rule in WEB.items()
        if rule.method == "GET" and not rule.at and 999_999 not in rule.arguments.values() and "logout" not in name
    ]
    of_customer = [
        f"/customers/{nasty[kind]}/{rest}"
        for kind in ("hospital", "hcp")
        for rest in (
            "",
            *(
                f"tab/{key}/"
                for key in ("archive", "people", "coverage", "licences", "preferences", "consents", "history", "files")
            ),
            *(f"section/{key}/{edit}" for key in ("basic", "contact", "custom", "classes") for edit in ("", "edit/")),
            *(f"dialog/{name}/" for name in DIALOGS),
            "invitation/",
            "review/",
        )
    ]
    single = [
        f"/customers/duplicates/{nasty['pair']}/",
        f"/customers/{nasty['hospital']}/licences/{nasty['licence']}/edit/",
    ]
    search = [
        "/customers/search/?q=script",
        "/customers/similar/?kind=hospital&name=" + NASTY.replace("&", ""),
        f"/customers/?q={NASTY}",
    ]
    return [*plain, *of_customer, *single, *search]


def test_p26_p29_p30_every_page_shows_what_was_typed_as_text(nasty, company, signed_in):
    """Stored scripts: EspoCRM #1039, #1349, #1356, #1364 (any text), #1358 and SuiteCRM CVE-2021-39268 (names of files).
    Template syntax: ERPNext CVE-2025-66438, CVE-2026-65974."""
    browser, shown, wrong = signed_in("admin"), set(), []
    people = [f"/people/{company.people['rep'].pk}/", f"/territories/{company.territories['E1A'].pk}/"]
    for path in [*_pages(nasty), *people]:
        for headers in ({}, {"HX-Request": "true"}):
            answer = browser.get(path, headers=headers)
            text = "" if answer.streaming else answer.content.decode("utf-8", "replace")
            if "<script>alert" in text or '"><script' in text:
                wrong.append(path)
            if SHOWN in text:
                shown.add(PurePosixPath(path.partition("?")[0]).name)
    assert wrong == []
    # Where the texts stand they stand whole: nothing was evaluated, nothing was cut away.
    assert {"customers", str(nasty["hospital"]), "archive", "people", "history", "files", "audit", "fields"} <= shown


def test_p26_a_formula_of_a_template_is_not_calculated(nasty, signed_in, client):
    """ERPNext CVE-2026-65974 (9.9): a template in a text was run on the server."""
    Customer.objects.filter(pk=nasty["hospital"]).update(alias="{{ 7|add:7 }}${7*7}#{7*7}<%= 7*7 %>{% debug %}")
    page = signed_in("rep").get(f"/customers/{nasty['hospital']}/").content.decode()
    assert "{{ 7|add:7 }}${7*7}#{7*7}&lt;%= 7*7 %&gt;{% debug %}" in page
