"""Single sign-on by OpenID Connect, against a real provider on the loopback."""

import runpy
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.test import Client
from django.urls import reverse
from oidc_provider_mock import User, run_server_in_thread

from repertory.organisation.actions import revise_person
from repertory.organisation.inputs import RevisePerson
from repertory.platform.models import AuditEntry
from tests.factories.company import AT, Company

# The provider runs in a thread of this process and warns of what it uses itself.
pytestmark = pytest.mark.filterwarnings("ignore")

LOGIN = "/accounts/oidc/company/login/"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """Address of the company's service, which knows three people."""
    people = [
        User(sub="u-1", claims={"preferred_username": "rep", "name": "李娜"}),
        User(sub="u-2", claims={"preferred_username": "stranger", "name": "外人"}),
        User(sub="u-3", claims={"name": "没有账号名"}),
    ]
    with run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def connected(provider: str, settings, monkeypatch) -> str:
    """The installation is told of the service as by its environment."""
    monkeypatch.setitem(registry.provider_map, OpenIDConnectProvider.id, OpenIDConnectProvider)
    app = {
        "provider_id": "company",
        "name": "企业账号",
        "client_id": "repertory",
        "secret": "provider-secret",
        "settings": {"server_url": provider},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
    return provider


def go_through(client: Client, subject: str):
    """From our sign-in page to the service, as `subject` there, and back; our answer."""
    start = client.post(LOGIN)
    assert start.status_code == 302
    form = httpx.post(start.headers["Location"], data={"sub": subject})
    assert form.status_code == 302
    back = urlsplit(form.headers["location"])
    return client.get(f"{back.path}?{back.query}")


def is_signed_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def test_the_sign_in_page_offers_the_company_account(connected, company: Company):
    assert "企业账号" in Client().get("/accounts/login/").content.decode()
    assert "企业账号" in Client().get(LOGIN).content.decode()


def test_a_person_with_an_account_here_comes_in(connected, company: Company):
    client = Client()
    assert go_through(client, "u-1").headers["Location"] == "/"
    assert is_signed_in(client)
    line = AuditEntry.objects.latest("batch_id")
    assert (line.verb, line.object_id, line.changes["way"][1]) == ("signed_in", company.people["rep"].pk, "企业账号")
    assert SocialAccount.objects.get(uid="u-1").user == company.people["rep"]


def test_the_second_time_the_account_is_known_by_its_number_and_not_by_its_name(connected, company: Company):
    go_through(Client(), "u-1")
    SocialAccount.objects.filter(uid="u-1").update(user=company.people["teammate"])
    client = Client()
    go_through(client, "u-1")
    assert "王强" in client.get("/me/").content.decode()


@pytest.mark.parametrize("subject", ["u-2", "u-3"])
def test_somebody_without_an_account_here_is_told_whom_to_ask(connected, company: Company, subject):
    client = Client()
    response = go_through(client, subject)
    assert response.status_code == 403
    assert "请联系管理员开通" in response.content.decode()
    assert not is_signed_in(client)


def test_a_switched_off_account_does_not_come_in(connected, company: Company):
    data = RevisePerson(is_active=False)
    revise_person(actor=company.actor("admin"), at=AT, person_id=company.people["rep"].pk, data=data)
    client = Client()
    assert go_through(client, "u-1").headers["Location"] == reverse("account_inactive")
    assert "账号已停用" in client.get(reverse("account_inactive")).content.decode()
    assert not is_signed_in(client)


def test_the_second_step_is_asked_for_here_too(connected, company: Company):
    TOTP.activate(company.people["rep"], "JBSWY3DPEHPK3PXP")
    client = Client()
    assert go_through(client, "u-1").headers["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_an_answer_that_nobody_asked_for_is_refused(connected, company: Company):
    client = Client()
    start = client.post(LOGIN)
    back = urlsplit(httpx.post(start.headers["Location"], data={"sub": "u-1"}).headers["location"])
    victim = Client()
    response = victim.get(f"{back.path}?{back.query}")
    assert response.status_code in (200, 401, 403)
    assert not is_signed_in(victim)


def test_without_a_service_there_is_no_such_page(company: Company):
    assert Client().get(LOGIN).status_code == 404
    assert "企业账号" not in Client().get("/accounts/login/").content.decode()


@pytest.mark.parametrize(("language", "name"), [("zh-hans", "企业账号"), ("en", "Company account")])
def test_a_service_without_a_name_is_called_in_the_language_of_the_page(
    provider, company, settings, monkeypatch, language, name
):
    monkeypatch.setenv("OIDC_SERVER_URL", provider)
    monkeypatch.setenv("OIDC_CLIENT_ID", "repertory")
    monkeypatch.delenv("OIDC_NAME", raising=False)
    monkeypatch.setitem(registry.provider_map, OpenIDConnectProvider.id, OpenIDConnectProvider)
    told = runpy.run_module("repertory.config.sign_in")
    settings.SOCIALACCOUNT_PROVIDERS = told["SOCIALACCOUNT_PROVIDERS"]
    assert [OpenIDConnectProvider.__module__] == [f"{app}.provider" for app in told["COMPANY_ACCOUNTS"]]
    client = Client()
    client.cookies.load({"language": language})
    assert f">{name}<" in client.get("/accounts/login/").content.decode()
