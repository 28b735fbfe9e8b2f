"""Sign-in: password, lockout, second step, sessions. Peer defects P21, P34, P35, P36, P39."""

import logging
import re
from datetime import timedelta

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from repertory.core.time import now
from repertory.organisation.actions import issue_token, revise_person, set_password
from repertory.organisation.inputs import IssueToken, RevisePerson, SetPassword
from repertory.organisation.models import User
from repertory.platform.models import AuditEntry
from tests.factories.company import AT, PASSWORD

LOGIN = "/accounts/login/"


def sign_in(client: Client, username: str = "rep", password: str = PASSWORD, **more):
    return client.post(LOGIN, {"login": username, "password": password}, **more)


def is_signed_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def current_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("batch_id", "position").values_list("verb", flat=True))


def test_the_right_password_opens_and_is_on_record(company):
    client = Client()
    assert sign_in(client).status_code == 302
    assert is_signed_in(client)
    assert verbs()[-1] == "signed_in"


def test_a_wrong_password_does_not_open_and_is_on_record_without_what_was_typed(company):
    client = Client()
    response = sign_in(client, "rep", "Wrong-password-1")
    assert response.status_code == 200
    assert not is_signed_in(client)
    line = AuditEntry.objects.latest("batch_id")
    assert (line.verb, line.object_id) == ("sign_in_refused", company.people["rep"].pk)


def test_a_password_typed_into_the_name_box_is_not_kept(company):
    sign_in(Client(), "My-Secret-Password-9", "")
    sign_in(Client(), "My-Secret-Password-9", "x")
    assert not AuditEntry.objects.filter(label__contains="Secret").exists()


def test_an_unknown_name_and_a_wrong_password_look_the_same(company):
    known, unknown = sign_in(Client(), "rep", "x-wrong"), sign_in(Client(), "nobody", "x-wrong")
    without_token = [
        re.sub(r'\w{64}|value="(rep|nobody)"', "", response.content.decode()) for response in (known, unknown)
    ]
    assert without_token[0] == without_token[1]


def test_after_five_wrong_passwords_even_the_right_one_does_not_open(company):
    client = Client()
    for _attempt in range(5):
        last = sign_in(client, "rep", "wrong")
    assert last.status_code == 429
    assert "暂时锁定" in last.content.decode()
    assert sign_in(client).status_code == 429
    assert not is_signed_in(client)


def test_the_lock_counts_the_same_name_in_capitals(company):
    client = Client()
    for name in ("rep", "Rep", "REP", "rEp", "reP"):
        sign_in(client, name, "wrong")
    assert sign_in(client).status_code == 429


def test_the_lock_does_not_keep_the_owner_out_at_another_address(company):
    for _attempt in range(6):
        sign_in(Client(), "rep", "wrong", REMOTE_ADDR="203.0.113.9")
    client = Client()
    assert sign_in(client, REMOTE_ADDR="198.51.100.7").status_code == 302
    assert is_signed_in(client)


def test_a_switched_off_account_can_not_sign_in_and_is_signed_out_everywhere(company):
    client = Client()
    sign_in(client)
    data = RevisePerson(is_active=False)
    revise_person(actor=company.actor("admin"), at=AT, person_id=company.people["rep"].pk, data=data)
    assert not is_signed_in(client)
    sign_in(client)
    assert not is_signed_in(client)


def test_there_is_no_sign_up_and_no_password_by_mail(company):
    """P35, P39: no reset link can outlive its account or be poisoned by a host header where there is none."""
    client = Client()
    for path in (
        "signup/",
        "password/reset/",
        "password/reset/key/1-abc/",
        "email/",
        "confirm-email/",
        "3rdparty/signup/",
    ):
        assert client.get(f"/accounts/{path}").status_code == 404


def test_p35_no_key_outlives_the_account(company, client):
    """P35, SuiteCRM CVE-2021-25961: a reset link stayed valid after the user was deleted and the number used again. Our
    keys end with the account, and its number is never used again because nobody is ever deleted."""
    person = company.people["rep"]
    secret = issue_token(actor=company.actor("rep"), at=now(), data=IssueToken(name="BI"))[1]
    asked = {"path": "/api/v1/me", "headers": {"Authorization": f"Bearer {secret}"}}
    assert client.get(**asked).status_code == 200
    off = RevisePerson(is_active=False)
    revise_person(actor=company.actor("admin"), at=AT, person_id=person.pk, data=off)
    assert client.get(**asked).status_code == 401
    # Who comes back gets a new key; the old one stays dead.
    revise_person(actor=company.actor("admin"), at=AT, person_id=person.pk, data=RevisePerson(is_active=True))
    assert client.get(**asked).status_code == 401
    with pytest.raises(ProtectedError), transaction.atomic():
        person.delete()


def test_p35_a_new_password_ends_every_session(company):
    """P35, the same: what was opened with the old password does not stay open."""
    first = Client()
    sign_in(first)
    person = company.people["rep"]
    set_password(
        actor=company.actor("admin"), at=AT, person_id=person.pk, data=SetPassword(password="Other-2026-Words")
    )
    assert not is_signed_in(first)
    assert not UserSession.objects.filter(user=person).exists()


def test_p36_no_secret_reaches_the_log(company, caplog):
    """P36, Frappe CRM CVE-2026-53761: keys stood in the logs."""
    caplog.set_level(logging.DEBUG)
    client = Client()
    sign_in(client, "rep", "Typed-Wrong-Secret-1")
    sign_in(client)
    page = client.post("/me/tokens/new/", {"name": "BI", "scope": "read", "valid_days": "30"})
    secret = re.search(r"rep_[\w-]{20,}", page.content.decode()).group()
    for word in ("Typed-Wrong-Secret-1", PASSWORD, secret):
        assert word not in caplog.text


def test_p39_a_foreign_host_is_refused(company):
    """P39, CouchAuth GHSA-fqh6-6h6c-366m: a host header chose where a reset link led."""
    assert Client().get(LOGIN, headers={"host": "evil.example"}).status_code == 400
    answer = Client().get("/me/", headers={"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"})
    assert "evil.example" not in answer.headers["Location"]


def test_the_page_after_sign_in_is_never_another_site(company):
    response = Client().post(
        f"{LOGIN}?next=https://evil.example/", {"login": "rep", "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert response.status_code == 302
    assert "evil.example" not in response.headers["Location"]


def test_p21_no_page_shows_a_password_hash_or_a_second_step_secret(company, signed_in):
    """P21, Odoo #32510: a token field that employees could read let them become the administrator."""
    admin = company.people["admin"]
    TOTP.activate(admin, "JBSWY3DPEHPK3PXP")
    for username in ("admin", "boss", "auditor", "rep"):
        client = signed_in(username)
        headers = {
            "Authorization": f"Bearer {issue_token(actor=company.actor(username), at=now(), data=IssueToken(name='t'))[1]}"
        }
        pages = [client.get(path) for path in ("/people/", f"/people/{admin.pk}/", "/me/", "/audit/")]
        pages += [client.get(f"/api/v1/{path}", headers=headers) for path in ("me", "people", f"people/{admin.pk}")]
        texts = [answer.content.decode() for answer in pages]
        exported = client.get("/exchange/people/export/?format=csv")
        texts += [b"".join(exported.streaming_content).decode()] if exported.status_code == 200 else []
        assert (exported.status_code == 200) == (username in ("admin", "auditor"))
        for text in texts:
            assert admin.password not in text
            assert "JBSWY3DPEHPK3PXP" not in text


@pytest.fixture
def protected(company) -> User:
    """The rep with the second step switched on."""
    person = company.people["rep"]
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    return person


def test_the_second_step_is_asked_for_and_opens_with_the_right_code(protected):
    client = Client()
    response = sign_in(client)
    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert not is_signed_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": current_code("JBSWY3DPEHPK3PXP")}).status_code == 302
    assert is_signed_in(client)


def test_p34_half_signed_in_is_not_signed_in(protected):
    """P34, EspoCRM CVE-2020-37094, CVE-2026-105832: a session before its second step was accepted by open routes."""
    client = Client()
    sign_in(client)
    for path in (
        "/",
        "/me/",
        "/people/",
        "/customers/",
        "/accounts/password/",
        "/accounts/2fa/",
        "/accounts/2fa/codes/",
    ):
        response = client.get(path)
        assert response.status_code in (302, 404), path
        assert response.status_code == 404 or "/login/" in response.headers["Location"], path
    assert client.post("/me/tokens/new/", {"name": "x", "scope": "write", "valid_days": "9"}).status_code == 302
    assert client.post(reverse("account_change_password"), {}).status_code == 302


def test_p34_changing_the_password_does_not_open_without_the_second_step(protected, company):
    """P34: the second step was bound to the password's hash and fell away with a new one."""
    data = SetPassword(password="Another-2026-Words", must_change_password=False)
    set_password(actor=company.actor("admin"), at=AT, person_id=protected.pk, data=data)
    client = Client()
    assert sign_in(client, password="Another-2026-Words").headers["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_second_step_codes_can_not_be_tried_without_end(protected):
    client = Client()
    sign_in(client)
    for _attempt in range(10):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": current_code("JBSWY3DPEHPK3PXP")})
    assert not is_signed_in(client)


def test_a_code_opens_only_once(protected):
    code = current_code("JBSWY3DPEHPK3PXP")
    for opened in (True, False):
        client = Client()
        sign_in(client)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert is_signed_in(client) is opened


def test_the_second_step_is_switched_on_in_pages_and_recovery_codes_open_once(
    company, django_capture_on_commit_callbacks
):
    client = Client()
    sign_in(client)
    assert "/reauthenticate/" in client.get(reverse("mfa_activate_totp")).headers["Location"]
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = re.search(r'id="secret" value="(\w+)"', page.content.decode()).group(1)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": current_code(secret)})
    assert "security_changed" in verbs()
    stored = Authenticator.objects.get(user=company.people["rep"], type="totp").data["secret"]
    assert secret not in stored
    assert get_adapter().decrypt(stored) == secret
    codes = re.findall(r"\b\d{8}\b", client.get(reverse("mfa_view_recovery_codes")).content.decode())
    assert len(codes) == 10
    for opened in (True, False):
        other = Client()
        sign_in(other)
        other.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert is_signed_in(other) is opened


def test_a_password_from_somebody_else_must_be_changed_first(company):
    data = SetPassword(password="First-2026-Given", must_change_password=True)
    set_password(actor=company.actor("admin"), at=AT, person_id=company.people["rep"].pk, data=data)
    client = Client()
    sign_in(client, password="First-2026-Given")
    assert client.get("/people/").headers["Location"] == reverse("account_change_password")
    form = {"old_password": "First-2026-Given", "password": "Second-2026-Own", "again": "Second-2026-Own"}
    assert client.post(reverse("account_change_password"), form).headers["Location"] == "/me/"
    assert client.get("/people/").status_code == 200


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"old_password": "wrong", "password": "Second-2026-Own", "again": "Second-2026-Own"}, "旧密码不对"),
        ({"old_password": PASSWORD, "password": "Second-2026-Own", "again": "other"}, "不一样"),
        ({"old_password": PASSWORD, "password": "short", "again": "short"}, "密码"),
        ({"old_password": PASSWORD, "password": "1234567890123", "again": "1234567890123"}, "数字"),
        ({"old_password": PASSWORD, "password": "password123", "again": "password123"}, "密码"),
        ({"old_password": PASSWORD, "password": PASSWORD, "again": PASSWORD}, "和旧密码不一样"),
    ],
)
def test_a_weak_or_mistyped_new_password_is_refused(company, form, words):
    client = Client()
    sign_in(client)
    response = client.post(reverse("account_change_password"), form)
    assert response.status_code == 422
    assert words in response.content.decode()
    company.people["rep"].refresh_from_db()
    assert company.people["rep"].check_password(PASSWORD)


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(company):
    here, elsewhere = Client(), Client()
    sign_in(here)
    sign_in(elsewhere)
    form = {"old_password": PASSWORD, "password": "Second-2026-Own", "again": "Second-2026-Own"}
    here.post(reverse("account_change_password"), form)
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)


def test_sessions_are_listed_and_one_can_be_ended(company):
    here, elsewhere = Client(), Client()
    sign_in(here)
    sign_in(elsewhere, headers={"user-agent": "Other Browser"})
    assert "Other Browser" in here.get("/me/").content.decode()
    row = UserSession.objects.get(user_agent="Other Browser")
    assert here.post(f"/me/sessions/{row.pk}/end/").status_code == 302
    assert not is_signed_in(elsewhere)
    assert is_signed_in(here)


def test_somebody_elses_session_can_not_be_ended(company, signed_in):
    victim = Client()
    sign_in(victim, "foreigner")
    row = UserSession.objects.get(user=company.people["foreigner"])
    assert signed_in("rep").post(f"/me/sessions/{row.pk}/end/").status_code == 404
    assert is_signed_in(victim)


def test_an_expired_session_is_not_listed(company):
    client = Client()
    sign_in(client)
    other = Client()
    sign_in(other, headers={"user-agent": "Forgotten"})
    session = other.session
    session.set_expiry(timezone.now() - timedelta(days=1))
    session.save()
    assert "Forgotten" not in client.get("/me/").content.decode()


def test_theme_and_language_come_along_to_another_device(company):
    first = Client()
    sign_in(first)
    assert first.post("/accounts/theme/", {"theme": "dark"}).status_code == 204
    first.post("/accounts/language/", {"language": "en", "next": "/"})
    second = Client()
    second.cookies.load({"theme": "light", "language": "zh-hans"})
    before = second.get("/accounts/login/").content.decode()
    assert 'lang="zh-CN" data-theme="light"' in before
    sign_in(second)
    after = second.get("/me/").content.decode()
    assert 'lang="en" data-theme="dark" data-bs-theme="dark"' in after
    assert 'data-preference="theme" data-value="dark" aria-checked="true"' in after


def test_an_unknown_theme_is_refused_and_a_stranger_chooses_none(company):
    client = Client()
    assert client.post("/accounts/theme/", {"theme": "dark"}).status_code == 302
    sign_in(client)
    assert client.post("/accounts/theme/", {"theme": "pink"}).status_code == 422


def test_the_language_can_be_chosen_before_and_after_sign_in(company):
    client = Client()
    assert client.post("/accounts/language/", {"language": "en", "next": "/accounts/login/"}).status_code == 302
    assert client.get(LOGIN).headers["Content-Language"] == "en"
    sign_in(client)
    client.post("/accounts/language/", {"language": "en", "next": "/me/"})
    company.people["rep"].refresh_from_db()
    assert company.people["rep"].language == "en"
    assert client.post("/accounts/language/", {"language": "fr"}).status_code == 422
    assert client.post("/accounts/language/", {"language": "en", "next": "//evil.example"}).headers["Location"] == "/"
