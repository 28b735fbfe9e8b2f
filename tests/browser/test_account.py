"""Sign-in, one's own account and the organisation's pages in a real browser."""

import pytest
from playwright.sync_api import expect


def test_a_wrong_password_is_told_and_the_right_one_opens(server, browser):
    context = browser.new_context(base_url=server.url, locale="zh-CN")
    page = context.new_page()
    page.goto("/people/")
    page.get_by_label("用户名").fill("manager")
    page.locator("input[name=password]").fill("wrong")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.locator("input[name=password]").fill(server.password)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("人员")
    context.close()


def test_choosing_a_node_of_the_tree_shows_it_without_leaving_the_page(open_as):
    page = open_as("admin")
    page.goto("/territories/")
    page.evaluate("window.stayed = true")
    link = page.locator(".tree details .tree a, .tree ul a").first
    name = link.inner_text()
    link.click()
    expect(page.locator("#node h2").first).to_have_text(name)
    assert page.evaluate("window.stayed") is True
    assert "/territories/" in page.url


def test_a_key_is_issued_shown_and_gone_afterwards(open_as):
    page = open_as("rep01")
    page.goto("/me/tokens/new/")
    page.get_by_label("用途").fill("浏览器测试")
    page.get_by_role("button", name="签发").click()
    secret = page.locator("#secret").input_value()
    assert secret.startswith("rep_")
    page.get_by_role("link", name="已保存，返回").click()
    expect(page.get_by_text("浏览器测试")).to_be_visible()
    assert secret not in page.content()


@pytest.mark.parametrize(
    "path", ["/people/", "/territories/", "/me/", "/audit/", "/settings/rules/", "/settings/fields/"]
)
def test_nothing_is_wider_than_a_phone(open_as, path):
    page = open_as("admin", width=390, height=844)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_theme_that_was_chosen_comes_along_to_another_browser(open_as):
    page = open_as("finance")
    page.goto("/")
    page.locator("[data-menu]", has_text=page.locator(".shell-top .avatar-letter").inner_text()).click()
    with page.expect_response("**/accounts/theme/") as kept:
        page.get_by_role("menuitemradio", name="深色").click()
    assert kept.value.status == 204
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    other = open_as("finance")
    other.goto("/")
    expect(other.locator("html")).to_have_attribute("data-theme", "dark")
