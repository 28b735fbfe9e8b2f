"""Real Chromium against a real server process with the demo company, in a data folder of its own."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, expect, sync_playwright

from tests.browser.line import Line

PROGRAM = Path(sys.executable).with_name("repertory")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 15_000
START_SECONDS = 60
# The phone's first contact fetches everything; a busy machine may take its time.
PHONE_PATIENCE_MS = 20_000
PLACE = {"longitude": 118.78, "latitude": 32.06, "accuracy": 12}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Named, so that a run can leave them out."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Server:
    """A running installation. password: of all demo accounts."""

    url: str
    home: Path
    password: str


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("browser-home")
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"REPERTORY_HOME": str(home), "DJANGO_SETTINGS_MODULE": "repertory.config.settings"}
    filled = subprocess.run([PROGRAM, "demo"], env=environment, capture_output=True, text=True, check=True)
    password = re.search(r"[：:]\s*(\S+-Yc)", filled.stdout).group(1)
    port = _free_port()
    log = (home / "server.log").open("w")
    process = subprocess.Popen(
        [PROGRAM, "serve", "--port", str(port)], env=environment, stdout=log, stderr=subprocess.STDOUT
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}/accounts/login/", process, home / "server.log")
        yield Server(url, home, password)
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen, log: Path) -> None:
    """Until the server answers; fails with its log when it ends or takes too long."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def cookies_of(server: Server, browser: Browser) -> Callable[[str], list]:
    """The session of a demo account; each account signs in once, through the page."""
    known: dict[str, list] = {}

    def cookies(username: str) -> list:
        if username not in known:
            context = browser.new_context(base_url=server.url)
            page = context.new_page()
            page.goto("/accounts/login/")
            page.locator("input[name=login]").fill(username)
            page.locator("input[name=password]").fill(server.password)
            page.locator("form.stack button.btn-primary").click()
            page.wait_for_url(lambda url: "/accounts/login/" not in url)
            known[username] = context.cookies()
            context.close()
        return known[username]

    return cookies


@pytest.fixture
def open_as(server: Server, browser: Browser, cookies_of: Callable[[str], list]) -> Iterator[Callable[..., Page]]:
    """open_as("rep01", width=390): a page of a signed-in person. A script error or a blocked resource fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(username: str, *, width: int = 1440, height: int = 900, dark: bool = False) -> Page:
        context = browser.new_context(
            base_url=server.url,
            viewport={"width": width, "height": height},
            locale="zh-CN",
            color_scheme="dark" if dark else "light",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.add_cookies(cookies_of(username))
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on("console", lambda said: complaints.append(said.text) if _is_complaint(said) else None)
        page.on("response", lambda answer: complaints.append(answer.url) if _is_failure(answer) else None)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def line(server) -> Iterator[Line]:
    line = Line(server.url)
    yield line
    line.close()


@pytest.fixture
def desk(server, browser, cookies_of) -> Iterator[Callable[[str], BrowserContext]]:
    """desk("rep01"): the same person elsewhere, whose line is never cut."""
    contexts: list[BrowserContext] = []

    def sit_down(username: str) -> BrowserContext:
        context = browser.new_context(base_url=server.url)
        context.add_cookies(cookies_of(username))
        contexts.append(context)
        return context

    yield sit_down
    for context in contexts:
        context.close()


@pytest.fixture
def phone(browser, line, cookies_of) -> Iterator[Callable[..., BrowserContext]]:
    """phone("rep01"): a phone with that person signed in. A script error or a breach of the policy fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    expect.set_options(timeout=PHONE_PATIENCE_MS)

    def take(username: str = "rep01", **more: Any) -> BrowserContext:
        looks = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
        where = {"geolocation": PLACE, "permissions": ["geolocation"]}
        context = browser.new_context(base_url=line.url, **{"locale": "zh-CN", **looks, **where, **more})
        context.set_default_timeout(PHONE_PATIENCE_MS)
        if username:
            context.add_cookies(cookies_of(username))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        contexts.append(context)
        return context

    yield take
    expect.set_options(timeout=None)
    # What a page still does while its context closes fails in ways that nobody at a phone sees.
    heard = list(complaints)
    for context in contexts:
        context.close()
    assert heard == []


def _is_complaint(said: ConsoleMessage) -> bool:
    """Errors of scripts and of the security policy; answers are judged by themselves."""
    answered = said.text.startswith("Failed to load resource")
    return (said.type == "error" and not answered) or "Content Security Policy" in said.text


def _is_failure(answer: Response) -> bool:
    """Anything that a page is made of, and every error of the server. A form that is refused is none."""
    return answer.status >= 500 or (answer.status >= 400 and "/static/" in answer.url)
