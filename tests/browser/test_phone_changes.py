"""What a rep changes on the phone without a network: reminders, planned visits, a customer's facts; and in which language."""

import pytest
from playwright.sync_api import expect

from tests.browser.phones import RUN, Desk, all_sent, day, open_app, outbox, ready, sync

REP = "rep01"


@pytest.fixture
def rep(desk) -> Desk:
    return Desk(desk(REP))


def plan(rep: Desk, ahead: int) -> dict:
    [customer, *_others] = rep.get("customers", limit=1)["items"]
    return rep.post("visits/planned", customer_id=customer["id"], on=day(ahead), starts="09:00", aim=f"计划{RUN}")


def test_reminders_are_read_done_and_put_off_without_a_network(phone, line, rep):
    before = [row["id"] for row in rep.get("reminders")["items"]]
    assert len(before) >= 2
    page = ready(phone())
    line.cut()
    page.get_by_role("link", name="提醒").tap()
    rows = page.locator("article.reminder")
    expect(rows).to_have_count(len(before))
    rows.first.get_by_role("button", name="处理完了").tap()
    expect(rows).to_have_count(len(before) - 1)
    rows.first.get_by_role("button", name="稍后").tap()
    page.get_by_role("button", name="一周后再提醒").tap()
    expect(rows).to_have_count(len(before) - 2)
    assert outbox(page) == ["待发送", "待发送"]
    line.mend()
    sync(page)
    all_sent(page)
    assert [row["id"] for row in rep.get("reminders")["items"]] == before[2:]


def test_a_visit_moved_here_and_at_the_desk_is_shown_with_both_days_and_one_of_them_is_taken(phone, line, rep):
    visit = plan(rep, ahead=2)
    page = ready(phone())
    line.cut()
    page.goto(f"/m/#/visit/{visit['id']}")
    page.get_by_label("日期").fill(day(3))
    page.get_by_label("时间").fill("10:30")
    page.get_by_role("button", name="改期").tap()
    expect(page.get_by_text("已改到")).to_be_visible()
    assert outbox(page) == ["待发送"]
    rep.post(f"visits/{visit['id']}/moving", on=day(5), starts="14:00")
    line.mend()
    sync(page)
    expect(page.locator(".entry[data-uid] .tag")).to_have_text("需处理")
    page.locator(".entry[data-uid]").tap()
    both = page.locator("table.both")
    for shown in (day(3), "10:30", day(5), "14:00"):
        expect(both).to_contain_text(shown)
    page.get_by_role("button", name="用我填的").tap()
    all_sent(page)
    now = rep.get(f"visits/{visit['id']}")
    assert (now["day"], now["planned_start"][:5]) == (day(3), "10:30")


def test_a_visit_called_off_without_a_network_is_off_the_list_at_once_and_called_off_once(phone, line, rep):
    visit = plan(rep, ahead=0)
    page = ready(phone())
    expect(page.get_by_text(f"计划{RUN}")).to_be_visible()
    line.cut()
    page.goto(f"/m/#/visit/{visit['id']}")
    page.get_by_label("为什么取消").fill("客户出差")
    page.get_by_role("button", name="取消这次拜访").tap()
    expect(page.get_by_role("heading", name="今日")).to_be_visible()
    expect(page.get_by_text(f"计划{RUN}")).to_have_count(0)
    line.mend()
    sync(page)
    all_sent(page)
    assert rep.get(f"visits/{visit['id']}")["status"] == "cancelled"


def test_facts_edited_without_a_network_are_shown_at_once_and_arrive(phone, line, rep):
    customer, number = rep.get("customers", limit=1)["items"][0]["id"], f"025-{int(RUN, 16):08d}"
    page = ready(phone())
    line.cut()
    page.goto(f"/m/#/customers/{customer}")
    page.get_by_role("link", name="修改资料").tap()
    page.get_by_label("办公电话").fill(number)
    page.get_by_role("button", name="保存").tap()
    expect(page.get_by_text(number)).to_be_visible()
    expect(page.locator(".head .tag-warn")).to_have_text("待发送")
    line.mend()
    sync(page)
    all_sent(page)
    assert rep.get(f"customers/{customer}")["phone"] == number


def test_before_anybody_is_known_the_browsers_language_is_spoken(phone):
    page = phone("", locale="en-GB").new_page()
    page.goto("/m/")
    expect(page.get_by_text("Please sign in.")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_phone_speaks_the_language_of_the_person_without_a_network_too(phone, line, desk):
    clerk = Desk(desk("supervisor01"))
    clerk.choose_language("en")
    context = phone("supervisor01")
    page = open_app(context)
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready")
    page.goto("/m/#/customers")
    expect(page.locator(".line").first).to_be_visible()
    page.close()
    line.cut()
    page = open_app(context, "#/customers")
    expect(page.get_by_role("heading", name="Customers")).to_be_visible()
    line.mend()
    clerk.choose_language("zh-hans")
    page.goto("/m/#/me")
    page.get_by_role("button", name="Sync now").tap()
    expect(page.get_by_role("heading", name="我的")).to_be_visible()
