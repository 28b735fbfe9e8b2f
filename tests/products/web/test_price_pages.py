"""Price lists on their pages and over the API. M-PRO-4."""

import json

import pytest

from repertory.products.models import Price, PriceList
from tests.products.test_prices import in_force, pack, prices

__all__ = ["in_force", "pack", "prices"]


@pytest.fixture
def api(signed_in):
    def call(username, method, path, body=None):
        client = signed_in(username)
        return client.generic(method, f"/api/v1/{path}", json.dumps(body or {}), content_type="application/json")

    return call


def test_a_list_is_made_filled_and_submitted_on_its_pages(company, pack, signed_in):
    client = signed_in("product")
    typed = {"code": "T-1", "name": "终端价", "starts_on": "2999-01-01"}
    client.post("/products/prices/new/", typed)
    found = PriceList.objects.get()
    row = {"pack": pack.code, "months": "3-5", "price_cny": "40.5", "floor_cny": "41"}
    address = f"/products/prices/{found.pk}/dialog/price/"
    refused = client.post(address, row)
    assert refused.status_code == 422 and "底价不能高于单价" in refused.content.decode()
    client.post(address, row | {"floor_cny": "30"})
    page = client.get(f"/products/prices/{found.pk}/").content.decode()
    assert "¥40.50" in page and "3-5" in page and "提交审批" in page
    price = Price.objects.get()
    edit = f"/products/prices/rows/{price.pk}/edit/"
    assert edit in page
    assert "40.5" in client.get(edit).content.decode()
    client.post(f"/products/prices/{found.pk}/dialog/submission/", {"reason": "年度"})
    found.refresh_from_db()
    assert found.state == "submitted"
    assert "终端价 v1" in signed_in("finance").get("/approvals/?turn=1").content.decode()
    client.post(f"/products/prices/{found.pk}/return/")
    client.post(f"/products/prices/rows/{price.pk}/deletion/")
    assert not Price.objects.exists()
    client.post(f"/products/prices/{found.pk}/deletion/")
    assert not PriceList.objects.exists()


def test_the_lookup_says_which_price_holds(in_force, pack, signed_in):
    in_force({"price": "50"}, {"price": "45", "province": "320000"})
    client = signed_in("rep")
    page = client.get(f"/products/prices/lookup/?pack={pack.code}&province=320000&quantity=1").content.decode()
    assert "<h2>¥45.00</h2>" in page
    assert client.get(f"/products/prices/lookup/?pack={pack.code}&quantity=x").status_code == 422
    assert client.get("/products/prices/lookup/?pack=nothing").status_code == 404


def test_the_api_finds_prices_and_works_on_lists(company, in_force, pack, api):
    old = in_force({"price": "50"}, {"price": "45", "customer_kind": "pharmacy"})
    found = api("rep", "GET", f"prices?pack={pack.code}&customer_kind=pharmacy").json()
    assert (found["price"]["price_cny"], [row["price_cny"] for row in found["others"]]) == ("45", ["50"])
    new = api("product", "POST", f"price-lists/{old.pk}/versions", {"starts_on": "2999-01-01"})
    assert (new.status_code, new.json()["number"]) == (201, 2)
    path = f"price-lists/{new.json()['id']}"
    assert api("rep", "GET", path).status_code == 404
    rows = api("product", "GET", f"{path}/prices").json()
    assert rows["count"] == 2
    first = rows["items"][0]["id"]
    body = {"pack": pack.code, "price_cny": "51", "floor_cny": "30"}
    assert api("product", "PUT", f"price-rows/{first}", body).json()["price_cny"] == "51"
    assert api("product", "DELETE", f"price-rows/{first}").status_code == 200
    assert api("product", "POST", f"{path}/submission").json()["state"] == "submitted"
    assert api("product", "POST", f"{path}/return").json()["state"] == "draft"
    withdrawn = api("finance", "POST", f"price-lists/{old.pk}/withdrawal", {"reason": "停售"})
    assert withdrawn.json()["state"] == "withdrawn"
