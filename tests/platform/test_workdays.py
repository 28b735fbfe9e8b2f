"""Working days of the official calendar with its adjusted days (调休), the company's own, and working time."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from repertory.core.actor import system_actor
from repertory.core.errors import NotAllowed, RuleViolation
from repertory.core.time import COMPANY_ZONE, month_of, year_of
from repertory.organisation.actions import set_policy, set_workday
from repertory.organisation.inputs import SetWorkday
from repertory.platform.models import AuditEntry, WorkdayOverride
from repertory.platform.workdays import add_working_time, is_working_day, working_days, year_is_published
from tests.factories.company import AT

pytestmark = pytest.mark.django_db

# 国务院办公厅关于2024/2025/2026年部分节假日安排的通知: days off as ranges of days, both ends in; weekend days worked.
NOTICES = {
    2024: (
        ["01-01 01-01", "02-10 02-17", "04-04 04-06", "05-01 05-05", "06-10 06-10", "09-15 09-17", "10-01 10-07"],
        ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
    ),
    2025: (
        ["01-01 01-01", "01-28 02-04", "04-04 04-06", "05-01 05-05", "05-31 06-02", "10-01 10-08"],
        ["01-26", "02-08", "04-27", "09-28", "10-11"],
    ),
    2026: (
        ["01-01 01-03", "02-15 02-23", "04-04 04-06", "05-01 05-05", "06-19 06-21", "09-25 09-27", "10-01 10-07"],
        ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
    ),
}
TOTALS = {2024: 251, 2025: 248, 2026: 248}


def _of_notice(year: int) -> list[date]:
    """The working days of a year, from the wording of the notice alone."""
    ranges, worked = NOTICES[year]
    free: set[date] = set()
    for both in ranges:
        first, last = (date.fromisoformat(f"{year}-{part}") for part in both.split())
        free |= {first + timedelta(days=count) for count in range((last - first).days + 1)}
    adjusted = {date.fromisoformat(f"{year}-{part}") for part in worked}
    days = (date(year, 1, 1) + timedelta(days=count) for count in range(366))
    return [day for day in days if day.year == year and (day in adjusted or (day.weekday() < 5 and day not in free))]


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COMPANY_ZONE)


def _set(day: str, working: bool | None, note: str = "") -> WorkdayOverride | None:
    data = SetWorkday(day=date.fromisoformat(day), working=working, note=note)
    return set_workday(actor=system_actor(), at=AT, data=data)


@pytest.mark.parametrize("year", NOTICES)
def test_every_day_of_a_year_is_as_the_state_council_announced_it(year):
    assert working_days(*year_of(date(year, 1, 1))) == _of_notice(year)
    assert len(_of_notice(year)) == TOTALS[year]


@pytest.mark.parametrize("day", [f"{year}-{day}" for year, (_free, adjusted) in NOTICES.items() for day in adjusted])
def test_an_adjusted_weekend_day_is_worked(day):
    assert date.fromisoformat(day).weekday() >= 5
    assert is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    "day",
    ["2024-02-10", "2024-02-16", "2024-10-07", "2025-01-28", "2025-02-04", "2025-10-08", "2026-01-02", "2026-02-23"],
)
def test_a_day_given_free_in_exchange_is_free(day):
    assert not is_working_day(date.fromisoformat(day))


def test_a_range_holds_its_first_day_and_not_its_last():
    assert working_days(date(2026, 2, 28), date(2026, 3, 2)) == [date(2026, 2, 28)]
    assert working_days(date(2026, 3, 2), date(2026, 3, 2)) == []
    assert working_days(date(2026, 3, 2), date(2026, 3, 1)) == []


def test_months_meet_without_a_day_lost_or_doubled():
    for year in NOTICES:
        months = [working_days(*month_of(date(year, month, 1))) for month in range(1, 13)]
        assert [day for days in months for day in days] == _of_notice(year)


def test_the_ends_of_february_and_of_the_year_are_counted():
    assert working_days(date(2024, 2, 28), date(2024, 3, 2)) == [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1)]
    assert working_days(date(2025, 12, 31), date(2026, 1, 5)) == [date(2025, 12, 31), date(2026, 1, 4)]


def test_an_override_counts_before_the_official_calendar():
    _set("2026-03-07", True, "年中冲刺")
    _set("2026-03-09", False, "公司年会")
    assert is_working_day(date(2026, 3, 7))
    assert not is_working_day(date(2026, 3, 9))
    _set("2026-03-07", None)
    assert not is_working_day(date(2026, 3, 7))


def test_a_range_asks_once_for_the_overrides(django_assert_num_queries):
    with django_assert_num_queries(1):
        working_days(date(2026, 1, 1), date(2027, 1, 1))


def test_a_year_without_a_notice_is_not_published_until_its_adjusted_days_are_entered():
    assert [year for year in (2024, 2025, 2026, 2027, 2028) if year_is_published(year)] == [2024, 2025, 2026]
    _set("2027-05-12", False, "公司生日")
    assert not year_is_published(2027)
    _set("2027-02-14", True, "春节调休")
    assert year_is_published(2027)


def test_only_an_administrator_sets_a_working_day_and_the_trail_says_it(company):
    data = SetWorkday(day=date(2027, 2, 14), working=True, note="春节调休")
    with pytest.raises(NotAllowed):
        set_workday(actor=company.actor("boss"), at=AT, data=data)
    row = set_workday(actor=company.actor("admin"), at=AT, data=data)
    set_workday(actor=company.actor("admin"), at=AT, data=data)
    (entry,) = AuditEntry.objects.filter(object_type="workday")
    assert (entry.verb, entry.object_id, entry.label) == ("workday_set", row.pk, "2027-02-14")
    assert entry.changes == {"working": [None, True], "note": ["", "春节调休"]}


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-03-02 09:00", 2, "2026-03-02 11:00"),
        ("2026-03-02 11:00", 2, "2026-03-02 14:00"),  # over lunch
        ("2026-03-02 12:30", 1, "2026-03-02 14:00"),  # within lunch
        ("2026-03-02 09:00", 8, "2026-03-02 18:00"),  # a full day ends in the evening, not the next morning
        ("2026-03-02 17:30", 1, "2026-03-03 09:30"),
        ("2026-03-02 20:00", 1, "2026-03-03 10:00"),  # after work
        ("2026-03-02 06:00", 0, "2026-03-02 09:00"),  # nothing to do, yet not before work
        ("2026-03-06 17:00", 8, "2026-03-09 17:00"),  # over a weekend
        ("2026-02-13 17:00", 8, "2026-02-14 17:00"),  # Saturday 14 February is worked
        ("2026-02-14 17:00", 8, "2026-02-24 17:00"),  # over the Spring Festival
        ("2024-02-29 17:00", 2, "2024-03-01 10:00"),
        ("2025-12-31 17:00", 2, "2026-01-04 10:00"),
        ("2026-03-02 09:00", 80, "2026-03-13 18:00"),
    ],
)
def test_working_time_passes_only_at_work(start, hours, due):
    assert add_working_time(_at(start), hours) == _at(due)


def test_half_hours_count_and_other_zones_are_understood():
    assert add_working_time(_at("2026-03-02 09:00"), Decimal("1.5")) == _at("2026-03-02 10:30")
    assert add_working_time(datetime.fromisoformat("2026-03-02T01:00:00+00:00"), 1) == _at("2026-03-02 10:00")


def test_the_hours_of_a_day_are_those_of_the_dated_rule():
    value = {"start": "8.5", "end": "17.5", "lunch_start": 12, "lunch_end": "13.5"}
    set_policy(actor=system_actor(), at=AT, key="platform.working_hours", starts_on=date(2026, 3, 10), value=value)
    assert add_working_time(_at("2026-03-10 08:00"), 5) == _at("2026-03-10 15:00")
    assert add_working_time(_at("2026-03-09 08:00"), 5) == _at("2026-03-09 15:00")


@pytest.mark.parametrize("value", [{"start": 18, "end": 9}, {"start": "x"}, {"start": 12, "end": 13}, {"end": 30}])
def test_hours_that_leave_no_work_are_refused_with_what_to_mend(value):
    set_policy(actor=system_actor(), at=AT, key="platform.working_hours", starts_on=date(2026, 1, 1), value=value)
    with pytest.raises(RuleViolation, match="工作时间"):
        add_working_time(_at("2026-03-02 09:00"), 1)


def test_a_term_that_never_ends_is_refused():
    with pytest.raises(RuleViolation, match="期限太长"):
        add_working_time(_at("2026-03-02 09:00"), 1_000_000)
