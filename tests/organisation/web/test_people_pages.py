"""Pages of people. Peer defects P13, P14, P19, P37, P38, P40."""

import pytest
from django.test import Client

from repertory.core.errors import Conflict
from repertory.demo.build import build
from repertory.organisation.models import ApiToken, Assignment, User
from tests.factories.company import PASSWORD, ROLES_BY_ACCOUNT

WRITE_PAGES = (
    "/people/new/",
    "/people/{person}/edit/",
    "/people/{person}/password/",
    "/people/{person}/assignments/new/",
    "/assignments/{assignment}/end/",
    "/territories/new/",
    "/territories/{territory}/new/",
    "/territories/{territory}/edit/",
    "/territories/{territory}/move/",
    "/settings/fields/",
    "/settings/fields/new/",
    "/settings/rules/customers.tier_rules/",
)


def places(company) -> dict[str, int]:
    person = company.people["rep"]
    return {
        "person": person.pk,
        "assignment": Assignment.objects.get(user=person).pk,
        "territory": company.territories["E1A"].pk,
    }


@pytest.mark.parametrize("username", ROLES_BY_ACCOUNT)
def test_p13_only_an_administrator_edits_accounts(company, signed_in, username):
    """P13, Odoo CVE-2019-11782: a contact manager could edit user accounts."""
    client = signed_in(username)
    for path in WRITE_PAGES:
        status = client.get(path.format(**places(company))).status_code
        assert status == (200 if username == "admin" else 404), path


@pytest.mark.parametrize("username", [name for name in ROLES_BY_ACCOUNT if name != "admin"])
def test_p19_a_post_without_the_page_is_refused_too(company, signed_in, username):
    """P19, ERPNext CVE-2026-27471: documents could be changed by calling the address directly."""
    client, ids = signed_in(username), places(company)
    for path in (*WRITE_PAGES, "/territories/{territory}/close/", "/territories/{territory}/reopen/"):
        assert client.post(path.format(**ids), {"name": "x", "password": "Changed-2026-Words"}).status_code in (
            404,
            405,
        )
    company.people["rep"].refresh_from_db()
    assert company.people["rep"].check_password(PASSWORD)
    assert company.people["rep"].name == "李娜"


def test_who_is_not_signed_in_is_sent_to_sign_in(company):
    client = Client()
    for path in ("/people/", "/territories/", "/me/", "/audit/", "/settings/rules/", *WRITE_PAGES):
        response = client.get(path.format(**places(company)))
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("username", "seen"),
    [
        ("admin", set(ROLES_BY_ACCOUNT)),
        ("auditor", set(ROLES_BY_ACCOUNT)),
        ("manager", {"manager", "supervisor", "rep", "teammate"}),
        ("supervisor", {"supervisor", "rep", "teammate"}),
        ("rep", {"rep"}),
    ],
)
def test_each_sees_the_people_of_the_own_subtree(company, signed_in, username, seen):
    client = signed_in(username)
    text = client.get("/people/").content.decode()
    for name, person in company.people.items():
        assert (f"/people/{person.pk}/" in text) is (name in seen), name
        assert client.get(f"/people/{person.pk}/").status_code == (200 if name in seen else 404)
    count = client.get("/people/?q=a").content.decode()
    assert "/people/{}/".format(company.people["foreigner"].pk) not in count or "foreigner" in seen


def test_p14_naming_somebody_else_in_the_address_changes_nothing(company, signed_in):
    """P14, Frappe #40339: a `user` parameter gave another user's rows."""
    client = signed_in("rep")
    plain = client.get("/people/").content.decode().count("/people/")
    for name in ("user", "user_id", "actor", "as", "username"):
        told = client.get(f"/people/?{name}=admin").content.decode()
        assert f"/people/{company.people['foreigner'].pk}/" not in told
        assert told.count("/people/") == plain
    form = {"name": "x", "scope": "read", "valid_days": "9", "user": "admin", "user_id": company.people["admin"].pk}
    client.post("/me/tokens/new/", form)
    assert set(ApiToken.objects.values_list("user__username", flat=True)) == {"rep"}


def test_an_account_is_opened_given_a_post_and_found(company, signed_in):
    client = signed_in("admin")
    form = {"username": "rep77", "name": "钱多多", "password": "Opening-2026-Words", "must_change_password": "on"}
    page = client.post("/people/new/", form)
    person = User.objects.get(username="rep77")
    assert page.headers["Location"] == f"/people/{person.pk}/"
    assert person.must_change_password
    post = {"role": "rep", "territory": "E1B", "starts_on": "2026-01-01"}
    assert client.post(f"/people/{person.pk}/assignments/new/", post).status_code == 302
    assert "钱多多" in client.get("/people/?q=多多&role=rep").content.decode()
    assert "南京玄武" in client.get(f"/people/{person.pk}/").content.decode()


def test_p40_a_double_click_opens_one_account_and_one_post(company, signed_in):
    """P40, Dolibarr #8933: a double click stored twice."""
    client = signed_in("admin")
    account = {"username": "rep78", "name": "周一", "password": "Opening-2026-Words"}
    assert [client.post("/people/new/", account).status_code for _click in range(2)] == [302, 422]
    person = User.objects.get(username="rep78")
    post = {"role": "rep", "territory": "E1B", "starts_on": "2026-01-01"}
    address = f"/people/{person.pk}/assignments/new/"
    assert [client.post(address, post).status_code for _click in range(2)] == [302, 422]
    assert Assignment.objects.filter(user=person).count() == 1


def test_fields_that_a_form_does_not_have_can_not_be_set(company, signed_in):
    client, person = signed_in("admin"), company.people["rep"]
    form = {"name": "李娜娜", "is_active": "on", "username": "root", "password": "x", "is_superuser": "on"}
    assert client.post(f"/people/{person.pk}/edit/", form).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.username) == ("李娜娜", "rep")
    assert person.check_password(PASSWORD)


def test_an_edit_of_an_older_version_is_refused_and_what_was_typed_stays(company, signed_in):
    client, person = signed_in("admin"), company.people["rep"]
    first = {"name": "第一", "is_active": "on", "version": "1"}
    assert client.post(f"/people/{person.pk}/edit/", first).status_code == 302
    late = client.post(f"/people/{person.pk}/edit/", first | {"name": "第二"})
    assert late.status_code == 422
    assert "第二" in late.content.decode()
    person.refresh_from_db()
    assert person.name == "第一"


def test_switching_off_oneself_is_refused(company, signed_in):
    client, admin = signed_in("admin"), company.people["admin"]
    page = client.post(f"/people/{admin.pk}/edit/", {"name": "管理员"})
    assert "不能停用自己" in page.content.decode()


def test_a_post_is_ended_and_stays_in_the_history(company, signed_in):
    client, ids = signed_in("admin"), places(company)
    assert client.post("/assignments/{assignment}/end/".format(**ids), {"on": "2026-03-01"}).status_code == 302
    text = client.get("/people/{person}/".format(**ids)).content.decode()
    assert "2026-03-01" in text
    assert "已结束" in text


def test_the_secret_of_a_key_is_shown_once(company, signed_in):
    client = signed_in("rep")
    page = client.post("/me/tokens/new/", {"name": "报表", "scope": "read", "valid_days": "30"})
    token = ApiToken.objects.get()
    assert "rep_" in page.content.decode()
    later = client.get("/me/").content.decode()
    assert token.prefix in later
    assert token.digest not in later
    assert later.count("rep_") == later.count(token.prefix)
    assert client.post(f"/me/tokens/{token.pk}/revoke/").status_code == 302
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_somebody_elses_key_can_not_be_revoked(company, signed_in):
    signed_in("rep").post("/me/tokens/new/", {"name": "报表", "scope": "read", "valid_days": "30"})
    token = ApiToken.objects.get()
    assert signed_in("teammate").post(f"/me/tokens/{token.pk}/revoke/").status_code == 404
    assert token.revoked_at is None


def test_p37_there_is_no_installer_to_reach(company):
    """P37, Krayin CVE-2026-41452: the installer could be called after the installation."""
    for path in ("/install/", "/installer/", "/setup/", "/init/", "/demo/", "/admin/"):
        assert Client().get(path).status_code == 404


def test_p38_demo_accounts_can_not_be_made_in_a_real_installation(company):
    """P38, Odoo CVE-2021-45111: any user could create demo data with accounts of known passwords."""
    with pytest.raises(Conflict):
        build()
    assert set(User.objects.values_list("username", flat=True)) == set(ROLES_BY_ACCOUNT)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_at_any_length(company, signed_in, django_assert_num_queries, count):
    client = signed_in("admin")
    User.objects.exclude(username="admin").exclude(
        pk__in=User.objects.exclude(username="admin").values("pk")[: count - 1]
    ).update(is_active=False)
    client.get("/people/")
    with django_assert_num_queries(6):
        client.get("/people/")
