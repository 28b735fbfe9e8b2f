"""No page has a violation of WCAG level A or AA that axe-core finds, at both widths, in both colour schemes."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOKS = [(1440, False), (1440, True), (390, False), (390, True)]
# Rows are alike: the first ones speak for all.
ASK = """async (levels) => {
  const alike = ["tbody tr:nth-child(n+7)", ".timeline > li:nth-child(n+7)", "details:nth-of-type(n+7)"];
  const found = await axe.run({ exclude: alike.map((one) => [one]) }, { runOnly: { type: "tag", values: levels }, resultTypes: ["violations"] });
  return found.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html).join(" | ")}`);
}"""
PAGES = {
    "home": "/",
    "list": "/customers/",
    "create": "/customers/new/",
    "composition": "/customers/composition/",
    "duplicates": "/customers/duplicates/",
    "incomplete": "/customers/incomplete/",
    "licences": "/customers/licences/",
    "tiers": "/customers/tiers/",
    "facts": "/customers/facts/",
    "reassignment": "/customers/reassignment/",
    "products": "/products/",
    "new product": "/products/new/",
    "message approval": "/products/messages/",
    "product lines": "/products/lines/",
    "import": "/exchange/customers/import/",
    "people": "/people/",
    "new person": "/people/new/",
    "territories": "/territories/",
    "audit": "/audit/",
    "fields": "/settings/fields/",
    "rules": "/settings/rules/",
    "account": "/me/",
    "second step": "/accounts/2fa/",
    "docs of the API": "/api/v1/docs/",
    "a page that is not there": "/nowhere/",
}


def violations(page: Page) -> list[str]:
    """At each width, light and dark: what axe-core finds on the page as it stands."""
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text())
    found = []
    for width, dark in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
        found += [f"{width} {'dark' if dark else 'light'} {one}" for one in page.evaluate(ASK, LEVELS)]
    return found


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everybody(open_as, name):
    page = open_as("admin")
    page.goto(PAGES[name])
    assert violations(page) == []


def test_the_way_in_is_for_everybody(server, browser):
    context = browser.new_context(base_url=server.url, locale="zh-CN")
    page = context.new_page()
    page.goto("/accounts/login/")
    assert violations(page) == []
    context.close()


@pytest.mark.parametrize("kind", ["hospital", "hcp"])
def test_every_tab_of_a_card_is_for_everybody(open_as, kind):
    page = open_as("admin")
    page.goto(f"/customers/?kind={kind}&tier=A")
    page.locator("tbody a[href^='/customers/']").first.click()
    page.wait_for_url("**/customers/*/")
    found = []
    for address in [tab.get_attribute("href") for tab in page.get_by_role("tab").all()]:
        page.goto(address)
        found += [f"{address} {one}" for one in violations(page)]
    assert found == []


def test_every_tab_of_a_product_and_a_message_in_writing_are_for_everybody(open_as):
    page = open_as("admin")
    page.goto("/products/?q=阿托伐他汀")
    page.locator("tbody a[href^='/products/']").first.click()
    page.wait_for_url("**/products/*/")
    addresses = [tab.get_attribute("href") for tab in page.get_by_role("tab").all()]
    found = []
    for address in [*addresses, page.url.split("?")[0] + "messages/new/"]:
        page.goto(address)
        found += [f"{address} {one}" for one in violations(page)]
    assert found == []


def test_a_dialog_a_menu_and_a_form_in_place_are_for_everybody(open_as):
    page = open_as("admin")
    page.goto("/customers/?kind=hospital")
    page.get_by_role("button", name="更多筛选").click()
    page.locator("dialog[open]").wait_for()
    found = violations(page)
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator("tbody a[href^='/customers/']").first.click()
    page.get_by_role("link", name="编辑基本信息").or_(page.locator("a[aria-label^='编辑']").first).first.click()
    page.locator("form.panel").first.wait_for()
    page.get_by_role("button", name="更多操作").click()
    assert found + violations(page) == []
