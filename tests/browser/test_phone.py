"""The phone app in real Chromium, in a context with a locale, on a line that breaks."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phones import RUN, all_sent, on_server, open_app, outbox, ready, sync

MOST_TAPS = 6


def record(page: Page, subject: str) -> int:
    """A routine visit by thumb; how many taps it took (what is typed is no part of a routine visit)."""
    taps = 0

    def tap(target: Any) -> None:
        nonlocal taps
        target.tap()
        taps += 1

    tap(page.get_by_text("记录拜访"))
    tap(page.locator("button.line").first)
    tap(page.get_by_role("button", name="签到"))
    expect(page.get_by_text("已签到")).to_be_visible()
    tap(page.get_by_role("group", name="产品").get_by_role("button").first)
    page.get_by_label("主题").fill(subject + RUN)
    tap(page.get_by_role("button", name="完成"))
    expect(page.get_by_role("heading", name="今日")).to_be_visible()
    return taps


def test_p46_cold_start_without_a_network_record_close_open_still_there_online_sent_once(phone, line):
    """legend-state #546: a record that waited was lost. The whole way, with the line cut for real."""
    context = phone()
    ready(context).close()
    line.cut()
    page = open_app(context)
    assert record(page, "冷启动记录的拜访") <= MOST_TAPS
    assert outbox(page) == ["待发送"]
    expect(page.get_by_text("没有网络")).to_be_visible()
    page.close()
    page = open_app(context)
    assert outbox(page) == ["待发送"]
    expect(page.locator(".entry[data-uid]")).to_contain_text("签到取过位置（误差约 12 米）")
    line.mend()
    sync(page)
    expect(page.locator(".entry[data-uid] .tag")).to_have_text("已发送")
    for _again in range(3):
        sync(page)
    all_sent(page)
    [visit] = on_server(context, "冷启动记录的拜访")
    assert visit["status"] == "done"


def test_p48_two_tabs_and_a_lost_answer_make_one_visit(phone, line):
    """World-Cleanup #189: two records became eight. The server has it, the phone does not know, both tabs try."""
    context = phone("rep01")
    page = ready(context)
    line.cut()
    record(page, "应答丢失的拜访")
    line.mend()
    line.make_deaf()
    sync(page)
    expect(page.get_by_text("没有网络")).to_be_visible()
    other = context.new_page()
    line.mend()
    other.goto("/m/#/me")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    other.evaluate("window.dispatchEvent(new Event('online'))")
    all_sent(page)
    all_sent(other)
    assert len(on_server(context, "应答丢失的拜访")) == 1


def test_a_network_that_flickers_while_the_app_opens_does_no_harm(phone):
    """Every event of the network asks for a run; none of them may find a store that is half open."""
    context = phone("rep01")
    ready(context).close()
    context.add_init_script(
        "const flicker = setInterval(() => window.dispatchEvent(new Event('online')));"
        "setTimeout(() => { clearInterval(flicker); document.documentElement.dataset.calm = 'yes'; }, 1000)"
    )
    for _again in range(4):
        page = open_app(context)
        expect(page.get_by_role("heading", name="今日")).to_be_visible()
        expect(page.locator("html[data-calm]")).to_be_attached()
        page.close()


def test_a_session_that_ended_keeps_the_queue_and_asks_to_sign_in(phone, line, cookies_of):
    context = phone()
    page = ready(context)
    kept = context.cookies()
    context.clear_cookies()
    record(page, "登录过期时的拜访")
    expect(page.get_by_text("登录已过期")).to_be_visible()
    assert outbox(page) == ["待发送"]
    context.add_cookies(kept)
    sync(page)
    all_sent(page)
    assert len(on_server(context, "登录过期时的拜访")) == 1


def test_signing_out_with_unsent_records_warns_and_loses_nothing(phone, line, server):
    context = phone("")
    page = context.new_page()
    sign_in(page, server)
    ready(context).close()
    line.cut()
    record(page, "退出前的拜访")
    page.goto("/m/#/me")
    page.get_by_role("button", name="退出登录").tap()
    expect(page.locator(".van-dialog")).to_contain_text("还有 1 条记录没有发出")
    page.get_by_role("button", name="先不退出").tap()
    assert outbox(page) == ["待发送"]
    page.get_by_role("button", name="退出登录").tap()
    page.get_by_role("button", name="仍然退出").tap()
    expect(page.get_by_text("需要联网登录一次")).to_be_visible()
    line.mend()
    # The session ends at the next contact, though its cookie was still good.
    page.goto("/m/")
    expect(page.get_by_text("请先登录")).to_be_visible()
    assert context.request.get("/api/v1/me").status == 401
    sign_in(page, server)
    page.goto("/m/#/me")
    all_sent(page)
    assert len(on_server(context, "退出前的拜访")) == 1


def sign_in(page: Page, server: Any, username: str = "rep01") -> None:
    page.goto("/accounts/login/?next=/m/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(server.password)
    page.locator("form.stack button.btn-primary").click()
    expect(page.locator(".van-tabbar")).to_be_visible()


def test_what_is_typed_survives_leaving_the_screen(phone):
    page = ready(phone())
    page.get_by_text("记录拜访").tap()
    page.locator("button.line").first.tap()
    page.get_by_label("客户关注点").fill("写到一半")
    page.close()
    page = open_app(page.context)
    page.get_by_text("拜访草稿").first.tap()
    expect(page.get_by_label("客户关注点")).to_have_value("写到一半")
    page.get_by_role("button", name="不要这份草稿").tap()
    expect(page.get_by_text("拜访草稿")).to_have_count(0)


def test_a_new_customer_and_a_visit_to_it_made_without_a_network_arrive_in_order(phone, line):
    context = phone()
    page = ready(context)
    line.cut()
    page.goto("/m/#/customers/new?then=record")
    page.get_by_label("姓名（必填）").fill(f"离线新医生{RUN}")
    page.get_by_role("button", name="保存").tap()
    page.get_by_label("主题").fill(f"初次拜访离线新医生{RUN}")
    page.get_by_role("button", name="完成").tap()
    expect(page.get_by_role("heading", name="今日")).to_be_visible()
    assert outbox(page) == ["待发送", "待发送"]
    line.mend()
    sync(page)
    all_sent(page)
    [visit] = on_server(context, "初次拜访离线新医生")
    [customer] = context.request.get("/api/v1/customers", params={"q": f"离线新医生{RUN}"}).json()["items"]
    assert visit["customer"] == customer["id"]


def test_words_that_sound_like_an_adverse_event_ask_on_the_phone_already(phone, line):
    page = ready(phone())
    line.cut()
    page.get_by_text("记录拜访").tap()
    page.locator("button.line").first.tap()
    page.get_by_label("客户关注点").fill("有位患者用药后出现皮疹")
    page.get_by_role("button", name="完成").tap()
    expect(page.get_by_role("alertdialog")).to_contain_text("“皮疹”像是药品不良反应")
    page.get_by_role("button", name="不是不良反应").tap()
    expect(page.get_by_role("heading", name="今日")).to_be_visible()
    assert outbox(page) == ["待发送"]


def test_a_case_takes_two_taps_from_a_visit(phone):
    page = ready(phone())
    page.get_by_text("记录拜访").tap()
    page.locator("button.line").first.tap()
    page.get_by_role("link", name="新问题").tap()
    page.get_by_label("一句话（必填）").fill("包装破损要求更换")
    page.get_by_role("button", name="保存").tap()
    expect(page.get_by_role("button", name="完成")).to_be_visible()
    page.get_by_role("button", name="不要这份草稿").tap()


def test_another_person_on_the_same_phone_gets_neither_the_queue_nor_the_customers(phone, line, cookies_of):
    context = phone("rep01")
    page = ready(context)
    line.cut()
    record(page, "别人登录前的拜访")
    line.mend()
    context.clear_cookies()
    context.add_cookies(cookies_of("supervisor01"))
    page.goto("/m/#/me")
    page.reload()
    expect(page.get_by_text("全部已发送")).to_be_visible()
    assert on_server(context, "别人登录前的拜访") == []
    context.clear_cookies()
    context.add_cookies(cookies_of("rep01"))
    page.reload()
    expect(page.locator(".entry[data-uid] .tag")).to_have_text("已发送")
    [visit] = on_server(context, "别人登录前的拜访")
    assert visit["user"] == "rep01"


def test_what_lies_on_the_phone_is_sealed(phone):
    page = ready(phone())
    page.goto("/m/#/customers")
    name = page.locator(".line-title").first.inner_text().split("\n")[0]
    stored = page.evaluate(
        """async () => {
          const found = [];
          for (const { name } of await indexedDB.databases()) {
            const db = await new Promise((tell) => { const asked = indexedDB.open(name); asked.onsuccess = () => tell(asked.result); });
            for (const store of ["shelf", "outbox", "draft"]) {
              if (!db.objectStoreNames.contains(store)) continue;
              const rows = await new Promise((tell) => { const asked = db.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => tell(asked.result); });
              for (const row of rows) found.push(new TextDecoder().decode(row.data));
            }
            db.close();
          }
          return found.join("") + JSON.stringify(localStorage);
        }"""
    )
    assert len(stored) > 1000
    assert name not in stored
    assert "南京" not in stored


def test_the_shell_is_the_same_for_everybody_and_needs_no_cookie(phone, line):
    context = phone("rep01")
    for path in ("/m/", "/m/sw.js"):
        answer = context.request.get(path)
        assert answer.status == 200
        assert "vary" not in answer.headers
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["", "#/customers", "#/choose", "#/results", "#/me", "#/customers/new", "#/report"])
def test_nothing_is_wider_than_the_phone(phone, path):
    page = ready(phone())
    page.goto(f"/m/{path}")
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_dark_follows_the_phone(phone):
    page = ready(phone(color_scheme="dark"))
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert (
        json.loads(page.evaluate("JSON.stringify(getComputedStyle(document.body).backgroundColor)"))
        == "rgb(17, 22, 27)"
    )
