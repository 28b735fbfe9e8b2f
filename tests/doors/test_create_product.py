"""Opening a product has the same outcome through every door; the API's writes happen once and in the right order."""

import csv

import pytest

from repertory.core.actor import Door
from repertory.platform.exchange.commands import import_file
from repertory.products.models import MessageVersion, Pack, Product
from tests.doors.conftest import Outcome
from tests.factories.catalogue import WORDING, add_pack, draft, open_product

TABLETS = {"generic_name": "阿托伐他汀钙片", "stage": "development"}
CASES = {
    "the least": (TABLETS, ""),
    "many fields": (
        {**TABLETS, "trade_name": "立坦", "approval_number": "国药准字H20193043", "insurance_class": "b"},
        "",
    ),
    "text that is not ours": ({**TABLETS, "generic_name": "＝1+1 <b>“引号”</b> 𠮷野"}, ""),
    "no name": ({**TABLETS, "generic_name": ""}, "generic_name"),
    "a name that is too long": ({**TABLETS, "generic_name": "药" * 201}, "generic_name"),
    "a wrong approval number": ({**TABLETS, "approval_number": "国药准字12345678"}, "approval_number"),
    "an insurance class that there is not": ({**TABLETS, "insurance_class": "戊"}, "insurance_class"),
    "a line that there is not": ({**TABLETS, "line": "NONE"}, "line"),
    "on sale without a number": ({**TABLETS, "stage": "on_sale"}, "approval_number"),
    "a day that there is not": ({**TABLETS, "launched_on": "2026-02-30"}, "launched_on"),
}


@pytest.fixture
def create_by(company, at, signed_in, call, tmp_path):
    def page(username, facts):
        response = signed_in(username).post("/products/new/", facts)
        if response.status_code == 302:
            return Outcome(saved=True)
        return Outcome(saved=False, field=next(iter(response.context["form"].errors)))

    def api(username, facts):
        response = call(username, "POST", "/products", facts)
        return Outcome(saved=response.status_code == 201, field=response.json().get("field", ""))

    def file(username, facts):
        path = tmp_path / "rows.csv"
        with path.open("w", newline="", encoding="utf-8") as handle:
            # A row that names nothing would be a heading; the maker makes it a product.
            csv.writer(handle).writerows([[*facts, "manufacturer"], [*facts.values(), "药程"]])
        result = import_file(
            actor=company.actor(username, Door.IMPORT), at=at, kind_name="products", path=path
        ).as_dict()
        field = result["errors"][0]["column"] if result["errors"] else ""
        return Outcome(saved=result["created"] == 1, field=field)

    return {"page": page, "api": api, "file": file}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("door", ["page", "api", "file"])
def test_every_door_gives_the_same_outcome(create_by, case, door):
    facts, refused = CASES[case]
    outcome = create_by[door]("product", facts)
    assert (outcome.saved, outcome.field) == (not refused, refused)
    assert Product.objects.count() == (0 if refused else 1)
    if not refused:
        stored = Product.objects.get()
        assert {name: getattr(stored, name) for name in facts} == facts


@pytest.mark.parametrize("door", ["page", "api"])
@pytest.mark.parametrize("username", ["rep", "boss", "marketer", "finance", "auditor"])
def test_who_may_not_create_may_not_through_any_door(signed_in, call, company, door, username):
    if door == "page":
        assert signed_in(username).post("/products/new/", TABLETS).status_code == 404
    else:
        assert call(username, "POST", "/products", TABLETS).status_code == 403
    assert not Product.objects.exists()


def test_a_write_with_a_key_happens_once(company, call):
    sent = {"Idempotency-Key": "once"}
    first = call("product", "POST", "/products", TABLETS, **sent)
    second = call("product", "POST", "/products", TABLETS, **sent)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert Product.objects.count() == 1
    other = call("product", "POST", "/products", {**TABLETS, "trade_name": "别的"}, **sent)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


def test_what_was_read_is_not_written_over_a_newer_version(company, at, call):
    product = open_product(at=at, name="甲片", number=1)
    pack = add_pack(product, at=at)
    version = draft(product, at=at)
    for path, body in (
        (f"/products/{product.pk}", {"dosage_form": "片剂"}),
        (f"/packs/{pack.pk}", {"unit": "瓶"}),
    ):
        etag = call("product", "GET", path).headers["ETag"]
        newer = call("product", "PATCH", path, body, **{"If-Match": etag})
        assert (newer.status_code, newer.headers["ETag"]) == (200, '"2"')
        stale = call("product", "PATCH", path, dict.fromkeys(body, "另"), **{"If-Match": etag})
        assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    path = f"/message-versions/{version.pk}"
    wording = {**WORDING, "title": "新题"}
    etag = call("product", "GET", path).headers["ETag"]
    assert call("product", "PUT", path, wording, **{"If-Match": etag}).status_code == 200
    assert call("product", "PUT", path, WORDING, **{"If-Match": etag}).status_code == 409


def test_a_message_goes_its_whole_way_over_the_api(company, at, call):
    product = open_product(at=at, name="甲片", number=1)
    made = call("product", "POST", f"/products/{product.pk}/messages", WORDING)
    path = f"/message-versions/{made.json()['id']}"
    assert (made.status_code, made.json()["standing"]) == (201, "not_approved")
    assert call("rep", "GET", "/usable-messages?kind=hcp").json()["count"] == 0
    assert call("product", "POST", f"{path}/submission").json()["state"] == "submitted"
    assert call("product", "POST", f"{path}/decision", {"approve": True}).status_code == 403
    decided = call("marketer", "POST", f"{path}/decision", {"approve": True, "note": "可以"})
    assert (decided.json()["state"], decided.json()["standing"]) == ("approved", "usable")
    found = call("rep", "GET", f"/usable-messages?kind=hcp&department=心内科&product={product.pk}").json()
    assert [(row["title"], row["product"]) for row in found["items"]] == [("起效快", product.pk)]
    assert call("rep", "GET", "/usable-messages?kind=pharmacy").json()["items"] == []
    newer = call("product", "POST", f"/messages/{made.json()['message']}/versions", {**WORDING, "text": "新"})
    assert (newer.status_code, newer.json()["number"]) == (201, 2)
    assert call("rep", "GET", f"/message-versions/{newer.json()['id']}").status_code == 404
    gone = call("marketer", "POST", f"{path}/withdrawal", {"reason": "说明书已改"})
    assert gone.json()["state"] == "withdrawn"
    assert call("rep", "GET", "/usable-messages").json()["count"] == 0


def test_packs_are_listed_added_and_switched_off_over_the_api(company, at, call):
    product = open_product(at=at, name="甲片", number=1)
    added = call("product", "POST", f"/products/{product.pk}/packs", {"spec": "10mg", "storage": "cold"})
    assert (added.status_code, added.json()["code"]) == (201, f"{product.code}-01")
    again = call("product", "POST", f"/products/{product.pk}/packs", {"spec": "10mg"})
    assert (again.status_code, again.json()["code"]) == (409, "pack_known")
    call("product", "PATCH", f"/packs/{added.json()['id']}", {"is_active": False})
    listed = call("rep", "GET", f"/products/{product.pk}/packs").json()
    assert [(row["spec"], row["is_active"]) for row in listed["items"]] == [("10mg", False)]
    assert Pack.objects.get().storage == "cold"


def test_p20_a_pack_and_a_message_cannot_be_hung_at_another_product(company, at, call):
    """SuiteCRM CVE-2026-61650: a write re-parents rows."""
    product, other = open_product(at=at, name="甲片", number=1), open_product(at=at, name="乙片", number=2)
    pack, version = add_pack(product, at=at), draft(product, at=at)
    moved = call("product", "PATCH", f"/packs/{pack.pk}", {"product": other.pk})
    assert (moved.status_code, moved.json()["field"]) == (422, "product")
    body = {**WORDING, "message": 1, "state": "approved"}
    assert call("product", "PUT", f"/message-versions/{version.pk}", body).status_code == 422
    assert MessageVersion.objects.get().state == "draft"
