"""The pages of the ledger, as finance and leaders use them."""

from repertory.sales.models import ChainExemption, ClosedMonth, Entry, HeldRow, SalesFile, SellerArea, StrayFlow
from tests.factories.sales import open_seller

HTMX = {"HX-Request": "true"}
STATIN = "阿托伐他汀钙片"
HOME = ["2026-03-02", "南京鼓楼医院", STATIN, "120", "4212"]
AWAY = ["2026-03-05", "北京东城医院", STATIN, "30", "1053"]
WAITS = ["2026-03-06", "鼓楼医院（新院区）", STATIN, "5", "175.5"]


def text(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_name_is_said_in_its_dialog_and_the_row_goes_in(bring, market, signed_in):
    bring(HOME, WAITS)
    client = signed_in("finance")
    assert "有 1 行待对应：客户名称 1 个" in text(client, "/sales/files/")
    assert WAITS[1] in text(client, "/sales/names/customer/")
    address = f"/sales/names/customer/meaning/?text={WAITS[1]}"
    empty = client.post(address, {"text": WAITS[1], "customer": ""}, headers=HTMX)
    assert (empty.status_code, WAITS[1] in empty.content.decode()) == (422, True)
    said = client.post(address, {"text": WAITS[1], "customer": market["own"].pk}, headers=HTMX)
    assert (said.status_code, Entry.objects.count()) == (204, 2)


def test_a_suggestion_is_taken_with_one_button(bring, market, signed_in):
    bring(WAITS)
    client = signed_in("finance")
    assert "南京鼓楼医院" in text(client, "/sales/names/customer/")
    client.post("/sales/names/customer/acceptance/", {"text": WAITS[1], "key": market["own"].pk})
    assert Entry.objects.get().customer_id == market["own"].pk
    client.post("/sales/names/customer/acceptance/", {"text": WAITS[1], "key": "x"})
    assert Entry.objects.count() == 1


def test_a_files_page_shows_what_its_version_changed_and_what_stayed_out(bring, signed_in):
    bring(HOME, AWAY)
    bring([*HOME[:3], "100", "3510"], AWAY, WAITS, reason="漏扣退货")
    file = SalesFile.objects.get(state="current")
    page = text(signed_in("finance"), f"/sales/files/{file.pk}/")
    assert "漏扣退货" in page and "第 2 版" in page and "-702.00" in page
    assert WAITS[1] in page and AWAY[1] not in page


def test_rows_are_put_aside_and_the_month_is_closed(bring, signed_in):
    bring(HOME, WAITS)
    client, file, row = signed_in("finance"), SalesFile.objects.get(), HeldRow.objects.get()
    client.post("/sales/months/2026-03/closing/")
    assert "还有 1 行待对应" in text(client, "/sales/files/")
    address = f"/sales/files/{file.pk}/dismissal/?rows={row.pk}"
    assert client.get(address, headers=HTMX).status_code == 200
    assert client.post(address, {"rows": row.pk, "note": ""}, headers=HTMX).status_code == 422
    assert client.post(address, {"rows": row.pk, "note": "内购，不计"}, headers=HTMX).status_code == 204
    client.post("/sales/months/2026-03/closing/")
    assert ClosedMonth.objects.values_list("month", flat=True).get() == 202603
    assert "已月结" in text(client, "/sales/files/")


def test_an_entry_opens_the_row_of_its_file(bring, signed_in):
    bring([*HOME, "一号库"], head=["日期", "客户名称", "产品名称", "数量", "金额", "仓库"])
    page = text(signed_in("supervisor"), f"/sales/entries/{Entry.objects.get().pk}/")
    assert "一号库" in page and "仓库" in page
    assert signed_in("foreigner").get(f"/sales/entries/{Entry.objects.get().pk}/").status_code == 404


def test_stray_sales_are_decided_by_who_answers_for_the_place(bring, market, at, signed_in):
    client = signed_in("finance")
    given = {"seller": market["seller"].pk, "territory": "E", "starts_on": "2025-01-01"}
    assert client.post("/sales/strays/areas/", {**given, "territory": "?"}, headers=HTMX).status_code == 422
    assert client.post("/sales/strays/areas/", given, headers=HTMX).status_code == 204
    assert SellerArea.objects.get().territory.code == "E"
    bring(HOME, AWAY)
    stray = StrayFlow.objects.get()
    boss = signed_in("boss")
    assert AWAY[1] in text(boss, "/sales/strays/")
    assert AWAY[1] not in text(signed_in("supervisor"), "/sales/strays/")
    decision = {"state": "confirmed", "note": "已通知商业", "version": stray.version}
    assert boss.post(f"/sales/strays/{stray.pk}/decision/", decision, headers=HTMX).status_code == 204
    stale = boss.post(f"/sales/strays/{stray.pk}/decision/", decision, headers=HTMX)
    assert (stale.status_code, "已通知商业" in stale.content.decode()) == (422, True)


def test_a_chain_too_long_is_listed_and_exempted(bring, market, at, signed_in):
    second = open_seller(at=at, name="南京二级医药有限公司")
    bring(["2026-03-01", market["seller"].name, STATIN, "150", "5000"], kind="ledger")
    bring(["2026-03-03", second.name, STATIN, "50", "1700"], HOME)
    bring(["2026-03-04", "南京鼓楼医院", STATIN, "20", "700"], seller=second.name)
    client = signed_in("finance")
    assert second.name in text(client, "/sales/chains/?period=2026-03")
    given = {"seller": second.pk, "reason": "偏远乡镇配送", "starts_on": "2026-03-01"}
    assert client.post("/sales/chains/exemptions/", {**given, "seller": ""}, headers=HTMX).status_code == 422
    assert client.post("/sales/chains/exemptions/", given, headers=HTMX).status_code == 204
    assert ChainExemption.objects.count() == 1
    assert "偏远乡镇配送" in text(client, "/sales/chains/?period=2026-03")
