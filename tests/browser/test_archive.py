"""A working morning with the archive, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect


def open_first(page: Page, kind: str = "hospital") -> str:
    """The first customer of the list; its name."""
    page.goto(f"/customers/?kind={kind}")
    link = page.locator("tbody a[href^='/customers/']").first
    name = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return name


def how_many(page: Page, name: str) -> int:
    page.goto(f"/customers/?q={name}")
    return page.locator("tbody tr").count()


def fill_in(page: Page, name: str, phone: str) -> None:
    """The form of a new hospital, ready to be sent."""
    page.goto("/customers/new/")
    page.locator("input[name=name]").fill(name)
    page.locator("input[name=phone]").fill(phone)


def save(page: Page) -> None:
    page.get_by_role("button", name="建档").click()
    page.wait_for_url(re.compile(r"/customers/\d+/"))


def test_from_two_letters_to_a_change_that_history_tells(open_as):
    page = open_as("rep01")
    page.goto("/")
    page.keyboard.press("/")
    box = page.get_by_role("searchbox", name="全局搜索")
    expect(box).to_be_focused()
    page.keyboard.type("yy")
    found = page.locator("#search-results a").first
    name = found.locator("b").inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.locator("a[aria-label^='编辑']").first.click()
    section = page.locator("form.panel").first
    section.locator("input[name=alias]").fill("早会简称")
    section.get_by_role("button", name="保存").click()
    expect(page.locator("section.panel").first).to_contain_text("早会简称")
    page.get_by_role("tab", name="历史").click()
    expect(page.locator("#tab-panel")).to_contain_text("早会简称")


def test_an_edit_that_is_given_up_changes_nothing(open_as):
    page = open_as("rep01")
    open_first(page)
    before = page.locator("section.panel").first.inner_text()
    page.locator("a[aria-label^='编辑']").first.click()
    page.locator("form.panel input[name=alias]").fill("不要保存")
    page.locator("form.panel").get_by_role("link", name="取消").click()
    expect(page.locator("form.panel")).to_have_count(0)
    assert page.locator("section.panel").first.inner_text() == before


def test_back_leads_through_the_tabs_that_were_looked_at(open_as):
    page = open_as("rep01")
    open_first(page)
    for name, address in (("覆盖", "coverage"), ("历史", "history")):
        page.get_by_role("tab", name=name).click()
        page.wait_for_url(f"**/?tab={address}")
        expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")
    page.go_back()
    expect(page.get_by_role("tab", name="覆盖")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#tab-panel table, #tab-panel .item-list").first).to_be_visible()
    page.go_back()
    expect(page.get_by_role("tab", name="档案")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#section-basic")).to_be_visible()


def test_a_likely_duplicate_is_shown_and_saved_only_when_confirmed(open_as):
    page = open_as("rep01")
    fill_in(page, "晨会示范医院", "025-86660001")
    save(page)
    fill_in(page, "晨会示范医院", "025-86660001")
    expect(page.locator("#similar")).to_contain_text("晨会示范医院")
    page.get_by_role("button", name="建档").click()
    expect(page.get_by_text("可能已经有同一位客户")).to_be_visible()
    page.locator("input[name=confirmed_new]").check()
    save(page)
    assert how_many(page, "晨会示范医院") == 2


def test_p40_a_double_click_opens_one_archive(open_as):
    """Dolibarr #8933, #7721: a double click on the button stores two payments."""
    page = open_as("rep01")
    fill_in(page, "双击示范医院", "025-86660002")
    page.get_by_role("button", name="建档").dblclick()
    page.wait_for_load_state("networkidle")
    assert how_many(page, "双击示范医院") == 1


def test_p40_a_double_click_opens_one_archive_also_where_the_duplicate_is_confirmed(open_as):
    """Dolibarr #8933: the check that would have caught the second one is switched off."""
    page = open_as("rep01")
    fill_in(page, "双击确认医院", "025-86660003")
    save(page)
    fill_in(page, "双击确认医院", "025-86660003")
    page.get_by_role("button", name="建档").click()
    page.locator("input[name=confirmed_new]").check()
    page.locator("#create").evaluate("form => [1, 2, 3].forEach(() => form.requestSubmit())")
    page.wait_for_url(re.compile(r"/customers/\d+/"))
    assert how_many(page, "双击确认医院") == 2


def test_p40_a_double_click_saves_a_section_once(open_as):
    """Dolibarr #8933: the second click is a second write."""
    page = open_as("rep01")
    open_first(page)
    page.locator("a[aria-label^='编辑']").first.click()
    section = page.locator("form.panel").first
    section.locator("input[name=alias]").fill("点了两下")
    section.get_by_role("button", name="保存").dblclick()
    expect(page.locator("section.panel").first).to_contain_text("点了两下")
    page.get_by_role("tab", name="历史").click()
    expect(page.locator("#tab-panel").get_by_text("点了两下")).to_have_count(1)


def test_two_who_edit_the_same_section_do_not_overwrite_each_other(open_as):
    first, second = open_as("rep01"), open_as("supervisor01")
    open_first(first)
    second.goto(first.url)
    for page in (first, second):
        page.locator("a[aria-label^='编辑']").first.click()
    for page, text in ((first, "先到"), (second, "后到")):
        page.locator("form.panel input[name=alias]").fill(text)
        page.locator("form.panel").get_by_role("button", name="保存").click()
        expect(page.get_by_text("先到" if page is first else "刚被别人改过").first).to_be_visible()
    assert second.locator("form.panel input[name=alias]").input_value() == "后到"


def test_the_keyboard_alone_walks_the_tabs(open_as):
    page = open_as("rep01")
    open_first(page)
    page.get_by_role("tab", name="档案").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="人员与影响")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="人员与影响")).to_have_attribute("aria-selected", "true")


@pytest.mark.parametrize(
    "path", ["/", "/customers/", "/customers/new/", "/customers/incomplete/", "/customers/composition/"]
)
def test_nothing_of_the_archive_is_wider_than_a_phone(open_as, path):
    page = open_as("rep01", width=390, height=844)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_english_is_spoken_to_those_who_choose_it(open_as):
    page = open_as("marketing")
    page.goto("/customers/")
    page.locator("header.shell-top [data-menu]").last.click()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Customers")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_list_is_filtered_by_an_institution_that_is_looked_up(open_as):
    page = open_as("rep01")
    open_first(page, "hcp")
    works_at = page.locator("dl.facts > div", has=page.get_by_text("所在机构", exact=True))
    name = works_at.locator("dd a").inner_text()
    page.goto("/customers/?kind=hcp")
    page.get_by_role("button", name="更多筛选").click()
    page.locator("#dialog").get_by_role("button", name="所在机构").click()
    box = page.get_by_role("combobox", name="所在机构")
    box.fill(name)
    assert box.evaluate("box => box.validationMessage")  # what is only typed is not sent as nothing
    page.locator("#dialog [role=option]").first.click()
    assert not box.evaluate("box => box.validationMessage")
    page.locator("#dialog").get_by_role("button", name="筛选", exact=True).click()
    page.wait_for_url(re.compile(r"institution=\d+"))
    expect(page.locator(".chip", has_text=name)).to_be_visible()
    assert page.locator("tbody tr").count() > 0
