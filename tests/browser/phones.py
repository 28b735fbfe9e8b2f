"""What a thumb does on the phone app, and what came of it on the server."""

import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

# So that a run can be repeated on the same installation.
RUN = secrets.token_hex(2)


def open_app(context: BrowserContext, path: str = "") -> Page:
    page = context.new_page()
    page.goto(f"/m/{path}")
    expect(page.locator(".van-tabbar")).to_be_visible()
    return page


def ready(context: BrowserContext) -> Page:
    """Signed in, everything fetched, and the worker in charge."""
    page = open_app(context)
    page.evaluate("navigator.serviceWorker.ready")
    page.goto("/m/#/customers")
    expect(page.locator(".head-side")).to_contain_text(re.compile(r"[1-9]\d* 位"))
    page.goto("/m/#/")
    return page


def outbox(page: Page) -> list[str]:
    """The states in the outbox, the newest first."""
    page.goto("/m/#/me")
    expect(page.get_by_role("heading", name="发送记录")).to_be_visible()
    return page.locator(".entry[data-uid] .tag").all_inner_texts()


def on_server(context: BrowserContext, subject: str) -> list[dict[str, Any]]:
    answer = context.request.get("/api/v1/visits", params={"q": subject + RUN})
    assert answer.status == 200, answer.text()
    return answer.json()["items"]


def all_sent(page: Page) -> None:
    expect(page.locator(".entry[data-uid]").first).to_be_visible()
    expect(page.locator(".entry[data-uid] .tag-warn, .entry[data-uid] .tag-bad")).to_have_count(0)


def sync(page: Page) -> None:
    page.goto("/m/#/me")
    page.get_by_role("button", name="立即同步").tap()


def day(ahead: int) -> str:
    """A day as the company counts it."""
    return str((datetime.now(UTC) + timedelta(hours=8, days=ahead)).date())


class Desk:
    """The same person at the desk, on a line of its own."""

    def __init__(self, context: BrowserContext) -> None:
        self._ask = context.request
        self._token = self.get("sync/session", device="desk")["csrf"]

    def get(self, path: str, **asked: Any) -> Any:
        answer = self._ask.get(f"/api/v1/{path}", params=asked)
        assert answer.status == 200, answer.text()
        return answer.json()

    def post(self, path: str, **data: Any) -> Any:
        answer = self._ask.post(f"/api/v1/{path}", data=data, headers={"X-CSRFToken": self._token})
        assert answer.status in (200, 201), answer.text()
        return answer.json()

    def choose_language(self, language: str) -> None:
        form = {"language": language, "csrfmiddlewaretoken": self._token}
        assert self._ask.post("/accounts/language/", form=form, max_redirects=0).status == 302
