"""Makes docs/pictures from the demo company: `python tools/pictures.py HOME`, HOME being a data folder filled by `repertory demo`."""

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
    page.screenshot(path=str(FOLDER / f"{name}.png"))
    page.context.close()


def main(home: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    server = Server(Path(home))
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            for picture in PICTURES:
                take(browser, server, *picture)
            browser.close()
    finally:
        server.stop()


if __name__ == "__main__":
    main(sys.argv[1])
