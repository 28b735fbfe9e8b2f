"""Lists, counts, suggestions, panels, files and links tell nothing of what a person may not see."""

import ast
import json
import logging
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from repertory.core.actor import system_actor
from repertory.customers import actions
from repertory.customers.inputs import InviteToFillIn, ReviseCustomer
from repertory.customers.models import Consent, Customer
from repertory.organisation.actions import issue_token
from repertory.organisation.inputs import IssueToken
from repertory.platform.models import CustomField
from tests.policy.addresses import WEB
from tests.policy.world import World, build_world

SOURCES = sorted((Path(settings.PACKAGE)).rglob("*.py"))
# What stands at customers that the rep does not cover: names, their phones, the territory and its people.
NOT_FOR_THE_REP = (
    "玄武医院", "东城医院", "秦淮医院", "误建医院", "84201111", "65287777", "52883333",
    *(f"{thing}{target}" for thing in ("对照医院", "并入医院", "对象人", "某人") for target in ("team", "foreign", "former")),
)  # fmt: skip
FILTERS_OF_FOREIGN = (
    "?q=医院", "?q=东城", "?q=bjdc", "?q=65287777", "?name=医院", "?phone=0", "?territory=N1A", "?territory=E1B",
    "?sort=-created_at", "?stage=potential", "?kind=hospital&sort=code", "?city_code=-",
)  # fmt: skip


@pytest.fixture
def world(company, archive, at) -> World:
    return build_world(company, archive, at)


@pytest.fixture
def secret_of(company, at):
    def issue(username: str) -> str:
        data = IssueToken(name="test", scope="write")
        return issue_token(actor=company.actor(username), at=at, data=data)[1]

    return issue


def pages_of(username: str) -> list[str]:
    """Every page without a key in its address that is there for the person."""
    return [
        reverse(name, kwargs=rule.arguments)
        for name, rule in WEB.items()
        if rule.method == "GET" and not rule.at and username in rule.who and "logout" not in name
    ]


def told(text: str) -> list[str]:
    return [word for word in NOT_FOR_THE_REP if word in text]


def test_p15_p16_no_list_search_picker_panel_or_picture_names_a_foreign_customer(world, archive, signed_in):
    """Frappe #15273, #25924: the global search ignored user permissions; ERPNext #17648: so did prepared reports."""
    rep = signed_in("rep")
    paths = pages_of("rep")
    paths += [f"/customers/{query}" for query in FILTERS_OF_FOREIGN]
    paths += [f"/customers/composition/{query}" for query in FILTERS_OF_FOREIGN if "sort" not in query]
    for name in ("search", "similar", "pick_customer", "pick_organisation", "pick_person", "pick_territory"):
        paths += [
            f"/customers/{name.replace('_', '/')}/?q={word}" for word in ("医院", "某人", "对象", "东城", "北京", "N1")
        ]
    paths.append("/customers/similar/?kind=hospital&name=北京东城医院&phone=010-65287777")
    found = {}
    for path in paths:
        answer = rep.get(path, headers={"HX-Request": "true"})
        assert answer.status_code in (200, 204, 302), path
        shown = answer.content.decode()
        # What was asked for stands in the search box.
        if words := [word for word in told(shown) if word not in path]:
            found[path] = words
    assert found == {}


def test_p15_p16_no_list_of_the_api_names_a_foreign_customer(world, client, secret_of):
    """Frappe #15273 and ERPNext #17648 once more, at the other door."""
    headers = {"Authorization": f"Bearer {secret_of('rep')}"}
    lists = ("customers", "duplicates", "merges", "tier-proposals", "proposed-facts", "people", "territories")
    paths = [f"/api/v1/{name}" for name in (*lists, "assignments", "composition")]
    paths += [f"/api/v1/customers{query}" for query in FILTERS_OF_FOREIGN]
    foreign = {key for target in ("team", "foreign", "former") for key in _customers_of(world, target)}
    for path in paths:
        answer = client.get(path, headers=headers)
        assert answer.status_code == 200, path
        assert told(json.dumps(answer.json(), ensure_ascii=False)) == [], path
        for item in answer.json().get("items", []):
            named = {
                item.get(name) for name in ("customer", "first", "second", "kept", "gone", "person", "institution")
            }
            assert not named & foreign, path


def _customers_of(world: World, target: str) -> set[int]:
    return {world.keys[target][name] for name in ("customer", "twin", "person row", "other person")}


@pytest.mark.parametrize("name", ["private_phone", "wechat", "birthday", "private_phone_index"])
def test_p10_a_private_field_is_no_condition_and_no_order_at_any_door(world, signed_in, client, secret_of, name):
    """Odoo PR #73341: values of a forbidden field, read by groups, by order, or by halving a condition."""
    headers = {"Authorization": f"Bearer {secret_of('boss')}"}
    asked = [f"{name}=139", f"{name}.from=1990-01-01", f"sort={name}", f"sort=-{name}"]
    for path in [f"customers?{query}" for query in asked] + [f"composition?{query}" for query in asked[:2]]:
        assert client.get(f"/api/v1/{path}", headers=headers).status_code == 422, path
    browser = signed_in("boss")
    for path in [f"/customers/?{query}" for query in asked] + [
        f"/customers/composition/?{query}" for query in asked[:2]
    ]:
        assert browser.get(path).status_code == 422, path
    for query in asked[:2]:
        assert browser.get(f"/exchange/customers/export/?{query}").status_code == 422, query


@pytest.mark.parametrize("name", ["user", "user_id", "actor", "as", "username", "owner", "run_as"])
def test_p14_naming_somebody_else_gives_no_other_rows(world, signed_in, client, secret_of, name):
    """Frappe #40339: a `user` parameter ran the report with the rights of another user."""
    headers = {"Authorization": f"Bearer {secret_of('rep')}"}
    for path in ("customers", "composition", "people", "territories", "proposed-facts", "duplicates"):
        plain = client.get(f"/api/v1/{path}", headers=headers).json()
        answer = client.get(f"/api/v1/{path}?{name}=boss", headers=headers)
        assert answer.status_code == 422 or answer.json() == plain, path
    for path in ("/customers/", "/customers/composition/", "/home/figures/"):
        answer = signed_in("rep").get(f"{path}?{name}=boss")
        assert answer.status_code == 422 or told(answer.content.decode()) == [], path
    exported = signed_in("supervisor").get(f"/exchange/customers/export/?{name}=boss&format=csv")
    assert exported.status_code == 422 or "东城" not in b"".join(exported.streaming_content).decode()


def test_p16_every_number_counts_the_own_customers_only(world, archive, signed_in, client, secret_of):
    """ERPNext #17648: a report's numbers over rows that the person may not see."""
    own = Customer.objects.filter(coverages__current=True, coverages__territory__code="E1A", removed_at=None).count()
    assert own < Customer.objects.filter(removed_at=None).count()
    headers = {"Authorization": f"Bearer {secret_of('rep')}"}
    assert client.get("/api/v1/customers", headers=headers).json()["count"] == own
    for mix in client.get("/api/v1/composition", headers=headers).json()["items"]:
        assert sum(part["count"] for part in mix["parts"]) == own, mix["by"]
    home = signed_in("rep").get("/home/figures/").context["figures"]
    assert home[0].value == own
    assert [node["customer_count"] for node in client.get("/api/v1/territories", headers=headers).json()["items"]] == [
        own
    ]


def test_p6_nobody_withdraws_the_consent_of_a_customer_that_is_not_theirs(world, client, secret_of, signed_in):
    """EspoCRM CVE-2026-46708: opting out without access to the record."""
    headers = {"Authorization": f"Bearer {secret_of('rep')}"}
    for target in ("team", "foreign", "former"):
        key, customer = world.keys[target]["consent"], world.keys[target]["customer"]
        assert client.post(f"/api/v1/consents/{key}/withdrawal", headers=headers).status_code == 404
        step = f"step/withdraw_consent/{key}/"
        assert signed_in("rep").post(f"/customers/{customer}/{step}").status_code == 404
        # By way of a customer of one's own neither.
        assert signed_in("rep").post(f"/customers/{world.keys['own']['customer']}/{step}").status_code == 404
        assert Consent.objects.get(pk=key).withdrawn_on is None


def test_p5_the_public_form_shows_nothing_that_we_know_and_opens_nothing_else(archive, at):
    """EspoCRM CVE-2026-46694: a portal user read internal notes."""
    internal = {
        "problems": "内部：付款慢",
        "tier_note": "",
        "credit_history": "内部：拖欠",
        "competitor_relation": "内部：竞品",
    }
    facts = {name: text for name, text in internal.items() if text}
    actions.revise_customer(
        actor=system_actor(), at=at, customer_id=archive.own.pk, data=ReviseCustomer(**facts, address="中山路321号")
    )
    data = InviteToFillIn()
    token = actions.invite_to_fill_in(actor=system_actor(), at=at, customer_id=archive.own.pk, data=data)
    outsider = Client()
    page = outsider.get(f"/customers/fill-in/{token}/").content.decode()
    for secret in (*facts.values(), "83106666", "中山路321号", archive.own.code, "李娜"):
        assert secret not in page
    for path in (f"/customers/{archive.own.pk}/", "/customers/", "/"):
        assert outsider.get(path).status_code == 302
    assert outsider.get("/api/v1/customers", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_p39_a_link_for_a_customer_leads_to_our_own_address_whatever_a_request_says(company, archive, signed_in):
    """CouchAuth GHSA-fqh6-6h6c-366m: the address in a link that is sent out came from the request."""
    said = {"x-forwarded-host": "evil.example", "x-host": "evil.example", "forwarded": "host=evil.example"}
    address = f"/customers/{archive.own.pk}/invitation/"
    page = signed_in("rep").post(address, {"valid_days": "7"}, headers=said)
    assert page.context["link"].startswith("http://testserver/customers/fill-in/")
    assert "evil.example" not in page.content.decode()
    assert signed_in("rep").post(address, {"valid_days": "7"}, headers={"host": "evil.example"}).status_code == 400


def test_p36_neither_an_invitation_nor_an_api_key_stands_in_the_log_or_the_trail(company, archive, at, caplog, client):
    """Frappe CRM CVE-2026-53761: invitation keys in the logs."""
    caplog.set_level(logging.DEBUG)
    data = InviteToFillIn()
    token = actions.invite_to_fill_in(actor=company.actor("rep"), at=at, customer_id=archive.own.pk, data=data)
    secret = issue_token(actor=company.actor("rep"), at=at, data=IssueToken(name="t", scope="read"))[1]
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/customers/999999", headers=headers).status_code == 404
    admin = {
        "Authorization": f"Bearer {issue_token(actor=company.actor('admin'), at=at, data=IssueToken(name='a'))[1]}"
    }
    trail = json.dumps(client.get("/api/v1/audit-entries?limit=200", headers=admin).json(), ensure_ascii=False)
    for word in (token, secret):
        assert word not in caplog.text
        assert word not in trail


@pytest.mark.parametrize("kind", ["planet", "..", "auth.user", "audit", "customers%2F..%2F..", "__class__"])
@pytest.mark.parametrize("door", ["export", "template", "import"])
def test_p11_only_the_named_kinds_come_out_as_files(company, signed_in, kind, door):
    """Odoo CVE-2021-23203: the PDF report of an arbitrary document. We make no PDF; files are of registered kinds."""
    assert signed_in("boss").get(f"/exchange/{kind}/{door}/?format=xlsx").status_code == 404


def test_p12_nothing_sends_mail(company, signed_in):
    """Odoo CVE-2018-15631: mail any file to yourself. Only reminders send mail: a list of words to the person's own address,
    without attachments."""
    assert _importers_of("smtplib", "email", "django.core.mail") == ["mailing.py: ['django.core.mail.EmailMessage']"]
    assert not hasattr(mail, "outbox") or mail.outbox == []


def test_p32_nothing_fetches_an_address_that_somebody_gives(company, archive, at):
    """EspoCRM CVE-2026-33534, SuiteCRM CVE-2026-69137, GitLab #63959: requests to inside addresses, in odd notation or by
    redirect. Only reminders open connections, to robots of three platforms (see the tests of robots); a website is text."""
    opened = _importers_of(
        "urllib.request", "http.client", "requests", "httpx", "aiohttp", "urllib3", "ftplib", "socket"
    )
    assert opened == ["apprise_robots.py: ['requests']"]
    facts = ReviseCustomer(website="http://0177.0.0.1:8000/latest/meta-data")
    changed = actions.revise_customer(actor=system_actor(), at=at, customer_id=archive.own.pk, data=facts)
    assert changed.profile.website == "http://0177.0.0.1:8000/latest/meta-data"
    assert not [name for name in WEB if "hook" in name]


def _importers_of(*modules: str) -> list[str]:
    """Files of the program that import one of the modules."""
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [f"{node.module}.{alias.name}" for alias in node.names] if isinstance(node, ast.ImportFrom) else []
            if any(name == module or name.startswith(f"{module}.") for name in names for module in modules):
                found.append(f"{path.name}: {names}")
    return found


def test_p9_masked_fields_stay_masked_at_every_door(world, archive, signed_in, client, secret_of):
    """Twenty CVE-2026-85055: a field-level rule that held at one door and not at the next."""
    doctor = archive.doctor.pk
    for username in ("boss", "product", "auditor", "admin"):
        headers = {"Authorization": f"Bearer {secret_of(username)}"}
        texts = [
            client.get(f"/api/v1/customers/{doctor}", headers=headers).content.decode(),
            client.get("/api/v1/customers?q=单雪", headers=headers).content.decode(),
        ]
        browser = signed_in(username)
        texts += [browser.get(f"/customers/{doctor}/tab/{key}/").content.decode() for key in ("archive", "history")]
        texts.append(browser.get(f"/customers/{doctor}/section/private/").content.decode())
        for text in texts:
            assert "13912340987" not in text, username


def test_p2_a_custom_reference_to_a_foreign_customer_shows_a_number_and_no_name(world, archive, signed_in):
    """EspoCRM CVE-2026-75505: rows reached by way of a reference that somebody put there."""
    CustomField.objects.create(object_type="customer", key="partner", label="伙伴", kind="reference")
    Customer.objects.filter(pk=archive.own.pk).update(custom={"partner": archive.foreign.pk})
    for key in ("archive", "people", "coverage", "history", "files"):
        shown = signed_in("rep").get(f"/customers/{archive.own.pk}/tab/{key}/").content.decode()
        assert told(shown) == [], key
