"""How long a rep waits on a slow phone until the first visit of the day can be tapped."""

import statistics
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.phones import Desk, day, ready

SLOWER = 4
MOST_SECONDS = 2.0
STARTS, COLD_STARTS = 3, 6
# When the first line of the day lies under the finger, in the page's own time since it was called.
WATCH = """
const look = () => {
  const line = document.querySelector("a.line-main");
  const box = line?.getBoundingClientRect();
  const hit = box?.height ? document.elementFromPoint(box.x + 8, box.y + box.height / 2) : null;
  if (hit && line.contains(hit)) window.tappableAt = performance.now();
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


@pytest.fixture
def visit_today(desk) -> None:
    rep = Desk(desk("rep01"))
    [customer, *_others] = rep.get("customers", limit=1)["items"]
    rep.post("visits/planned", customer_id=customer["id"], on=day(0), aim="看速度")


def seconds_to_first_tap(context: BrowserContext) -> float:
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(WATCH)
    page.goto("/m/")
    page.wait_for_function("() => window.tappableAt")
    taken = page.evaluate("window.tappableAt") / 1_000
    page.locator("a.line-main").first.tap()
    expect(page.locator("main .head-back")).to_be_visible()
    page.close()
    return float(taken)


def test_a_cold_start_on_a_slow_phone_takes_two_seconds_at_most(phone: Callable[..., BrowserContext], visit_today):
    """Nothing of the app lies on the phone: everything is fetched, unpacked and sealed. The server answers on the same
    processors, and whatever else they do only adds to it: the best of several starts counts."""
    taken = [seconds_to_first_tap(phone()) for _start in range(COLD_STARTS)]
    print(f"cold start, {SLOWER} times slowed: {[round(one, 2) for one in taken]} s")
    assert min(taken) <= MOST_SECONDS


def test_a_start_from_what_lies_on_the_slow_phone_takes_two_seconds_at_most(phone, visit_today):
    context = phone()
    ready(context).close()
    taken = [seconds_to_first_tap(context) for _start in range(STARTS)]
    print(f"start from the phone, {SLOWER} times slowed: {[round(one, 2) for one in taken]} s")
    assert statistics.median(taken) <= MOST_SECONDS
