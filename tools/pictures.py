"""Makes docs/pictures from the demo company: `python tools/pictures.py HOME [NAME…]`, HOME being a data folder filled by
`repertory demo`, NAME a picture of PICTURES; all of them where none is named."""

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.server import Server  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
# name, person, address, width, height
PICTURES = (
    ("home", "supervisor01", "/", 1280, 760),
    ("list", "supervisor01", "/customers/", 1280, 760),
    ("card", "rep01", "/customers/2/", 1280, 800),
    ("people", "rep01", "/customers/2/?tab=people", 1280, 900),
    ("phone", "rep01", "/customers/", 390, 760),
    ("rep-phone-today", "rep01", "/m/", 390, 760),
    ("rep-phone-customers", "rep01", "/m/#/customers", 390, 760),
    ("rep-record", "rep01", "/visits/new/?customer=2", 1440, 900),
    ("rep-calendar", "rep01", "/visits/calendar/", 1440, 820),
    ("superior-team", "supervisor01", "/visits/team/", 1440, 620),
    ("superior-calendar", "supervisor01", "/visits/calendar/?team=1", 1440, 560),
    ("superior-coaching", "supervisor01", "/visits/coaching/new/", 1440, 900),
    ("superior-phone", "supervisor01", "/visits/reports/", 390, 760),
)


def take(browser: Browser, server: Server, name: str, person: str, address: str, width: int, height: int) -> None:
    """One picture, by a person signed in on a fresh browser."""
    page = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN").new_page()
    base = f"http://127.0.0.1:{server.port}"
    page.goto(f"{base}/accounts/login/")
    page.fill("input[name=login]", person)
    page.fill("input[name=password]", (server.home / "demo_password").read_text().strip())
    page.click(".form-foot button")
    page.goto(base + address)
    page.wait_for_load_state("networkidle")
    # A calendar draws itself after its figures have come.
    page.wait_for_timeout(1_500)
    page.screenshot(path=str(FOLDER / f"{name}.png"))
    page.context.close()


def main(home: str, names: list[str]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    server = Server(Path(home))
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            for picture in PICTURES:
                if not names or picture[0] in names:
                    take(browser, server, *picture)
            browser.close()
    finally:
        server.stop()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
