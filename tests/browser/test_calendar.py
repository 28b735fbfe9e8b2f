"""The calendar under a real mouse, the team's rows, and a visit recorded with the keyboard alone. M-VIS-1, M-VIS-2."""

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

DAY = timedelta(days=1)
MOST_TABS = 400


def first_customer(page: Page) -> tuple[str, str]:
    """Key and name of a hospital of one's own."""
    page.goto("/customers/?kind=hospital")
    link = page.locator("tbody a[href^='/customers/']").first
    return re.search(r"/customers/(\d+)/", link.get_attribute("href")).group(1), link.inner_text()


def next_monday(page: Page) -> date:
    page.goto("/visits/calendar/")
    today = date.fromisoformat(page.locator("[data-calendar]").get_attribute("data-today"))
    return today + timedelta(days=7 - today.weekday())


def plan(page: Page, customer: str, on: date, starts: str) -> None:
    """By the form of the page, as a program without scripts would send it."""
    token = page.evaluate("JSON.parse(document.body.getAttribute('hx-headers'))['X-CSRFToken']")
    typed = {"customer_id": customer, "on": str(on), "starts": starts, "mode": "field", "purpose": "follow_up"}
    answer = page.request.post("/visits/plan/", form={**typed, "csrfmiddlewaretoken": token})
    assert answer.ok, answer.text()[:2000]


def starts_of(page: Page, name: str, monday: date) -> list[str]:
    """When visits to this customer stand in the calendar of the week, as the server says."""
    data = page.request.get(f"/visits/calendar/data/?start={monday}&end={monday + 7 * DAY}").json()
    return sorted(event["start"] for event in data["events"] if event["title"] == name)


def middle(box: dict) -> tuple[float, float]:
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_planned_visit_is_dragged_to_another_day_and_stands_there_on_the_server(open_as):
    page = open_as("rep01")
    key, name = first_customer(page)
    monday = next_monday(page)
    before = starts_of(page, name, monday)
    plan(page, key, monday + DAY, "13:00")
    page.goto("/visits/calendar/")
    page.locator("button.ec-next").click()
    column = page.locator(f".ec-header time[datetime^='{monday + 2 * DAY}']").first
    expect(column).to_be_visible()
    event = page.locator(".ec-event", has_text=f"13:00 {name}").first
    event.scroll_into_view_if_needed()
    x, y = middle(event.bounding_box())
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y, steps=4)
    with page.expect_response(re.compile(r"/visits/\d+/moving/")) as answer:
        page.mouse.move(middle(column.bounding_box())[0], y, steps=12)
        page.mouse.up()
    assert answer.value.status == 204
    expect(page.get_by_text("已改期")).to_be_visible()
    assert starts_of(page, name, monday) == sorted([*before, f"{monday + 2 * DAY}T13:00:00"])


def test_the_calendar_of_a_team_has_a_row_for_each_rep(open_as):
    page = open_as("supervisor01")
    page.goto("/visits/calendar/?team=1")
    people = page.evaluate("JSON.parse(document.getElementById('calendar-people').textContent).map((one) => one.title)")
    assert people
    rows = page.locator(".ec-row-head")
    expect(rows).to_have_count(len(people))
    assert [text.strip() for text in rows.all_inner_texts()] == people


def tab_to(page: Page, where: str) -> None:
    """Press Tab until the element that the selector names has the focus."""
    for _press in range(MOST_TABS):
        if page.evaluate("(where) => document.activeElement?.matches(where) ?? false", where):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {where}")


def test_a_visit_is_recorded_with_the_keyboard_alone(open_as):
    page = open_as("rep01")
    key, name = first_customer(page)
    page.goto(f"/visits/new/?customer={key}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    tab_to(page, "input[name=subject]")
    page.keyboard.type("全键盘")
    tab_to(page, "textarea[name=consensus]")
    page.keyboard.type("下周试用")
    tab_to(page, "form[data-guard] button.btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/visits/\d+/$"))
    expect(page.locator("dl.facts")).to_contain_text("全键盘")
    expect(page.locator("dl.facts")).to_contain_text("下周试用")
