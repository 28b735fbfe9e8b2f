"""Makes docs/pictures from the demo company: `python tools/pictures.py HOME [NAME…]`, HOME being a data folder filled by
`repertory demo`, NAME a picture of PICTURES; all of them where none is named."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.server import Server  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"


def _upload(page: Page, home: Path) -> None:
    """A distributor's file of the demo company, up to the step where its columns are matched."""
    page.set_input_files("input[name=file]", next((home / "demo_files").glob("*.csv")))
    page.get_by_role("button", name="上传并对应列").click()


def _break_down(page: Page, home: Path) -> None:
    page.get_by_role("row", name="华东大区").get_by_text("分解").click()
    page.locator("dialog h2, dialog h1").first.wait_for()


def _first_row(page: Page, home: Path) -> None:
    page.locator("td.col-title a").first.click()


class Picture(NamedTuple):
    """before: what is done on the page first. part: the element that is shown, "" for the window."""

    name: str
    person: str
    address: str
    width: int
    height: int
    before: Callable[[Page, Path], None] | None = None
    part: str = ""


PICTURES = (
    Picture("home", "supervisor01", "/", 1280, 760),
    Picture("list", "supervisor01", "/customers/", 1280, 760),
    Picture("card", "rep01", "/customers/2/", 1280, 800),
    Picture("people", "rep01", "/customers/2/?tab=people", 1280, 900),
    Picture("phone", "rep01", "/customers/", 390, 760),
    Picture("rep-phone-today", "rep01", "/m/", 390, 760),
    Picture("rep-phone-customers", "rep01", "/m/#/customers", 390, 760),
    Picture("rep-record", "rep01", "/visits/new/?customer=2", 1440, 900),
    Picture("rep-calendar", "rep01", "/visits/calendar/", 1440, 820),
    Picture("superior-team", "supervisor01", "/visits/team/", 1440, 620),
    Picture("superior-calendar", "supervisor01", "/visits/calendar/?team=1", 1440, 560),
    Picture("superior-coaching", "supervisor01", "/visits/coaching/new/", 1440, 900),
    Picture("superior-phone", "supervisor01", "/visits/reports/", 390, 760),
    Picture("manager-home", "manager", "/", 1440, 900),
    Picture("manager-attainment", "manager", "/attainment/", 1440, 820),
    Picture("manager-reasons", "manager", "/attainment/", 1440, 820, part="section[aria-labelledby=reasons-title]"),
    Picture("manager-entries", "manager", "/sales/entries/?stream=flow", 1440, 560),
    Picture("manager-entry", "manager", "/sales/entries/?stream=flow", 1440, 420, before=_first_row),
    Picture("manager-plan", "manager", "/targets/3/?product=1", 1440, 700),
    Picture("manager-breaking-down", "manager", "/targets/3/?product=1", 1440, 760, before=_break_down),
    Picture("manager-import", "finance", "/exchange/flow/import/", 1440, 900, before=_upload),
    Picture("manager-names", "finance", "/sales/names/customer/", 1440, 620),
    Picture("manager-months", "finance", "/sales/files/", 1440, 560),
    Picture("manager-strays", "manager", "/sales/strays/", 1440, 560),
    Picture("manager-stock", "finance", "/sales/stock/", 1440, 560),
    Picture("manager-analysis", "manager", "/reports/analysis/", 1440, 900),
    Picture("manager-map", "manager", "/reports/analysis/?rows=province", 1440, 760),
    Picture("manager-report", "manager", "/reports/attainment/", 1440, 820),
    Picture("manager-schedule", "manager", "/reports/schedules/", 1440, 360),
    Picture("manager-approval", "finance", "/approvals/", 1440, 360, before=_first_row),
    Picture("manager-phone", "manager", "/attainment/", 390, 760),
)


def take(browser: Browser, server: Server, picture: Picture) -> None:
    """One picture, by a person signed in on a fresh browser."""
    size = {"width": picture.width, "height": picture.height}
    page = browser.new_context(viewport=size, locale="zh-CN").new_page()
    base = f"http://127.0.0.1:{server.port}"
    page.goto(f"{base}/accounts/login/")
    page.fill("input[name=login]", picture.person)
    page.fill("input[name=password]", (server.home / "demo_password").read_text().strip())
    page.click(".form-foot button")
    page.goto(base + picture.address)
    page.wait_for_load_state("networkidle")
    if picture.before is not None:
        picture.before(page, server.home)
        page.wait_for_load_state("networkidle")
    # A calendar draws itself after its figures have come.
    page.wait_for_timeout(1_500)
    shown = page.locator(picture.part) if picture.part else page
    shown.screenshot(path=str(FOLDER / f"{picture.name}.png"))
    page.context.close()


def main(home: str, names: list[str]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    server = Server(Path(home))
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            for picture in PICTURES:
                if not names or picture.name in names:
                    take(browser, server, picture)
            browser.close()
    finally:
        server.stop()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
