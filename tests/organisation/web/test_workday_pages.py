"""The work calendar: a year at a glance, a day decided otherwise, the adjusted days of a new year imported."""

from datetime import date

import pytest

from repertory.platform.models import WorkdayOverride
from repertory.platform.workdays import is_working_day

PAGE = "/settings/workdays/"


@pytest.mark.django_db
def test_the_year_shows_its_adjusted_days_and_their_number(signed_in):
    page = signed_in("rep").get(PAGE, {"year": 2026}).content.decode()
    assert "2026 年工作日历" in page
    assert "全年 248 个工作日" in page
    assert 'title="2026-02-14 调休上班"' in page
    assert 'title="2026-10-01 国庆节"' in page
    assert "未公布" not in page
    assert "/settings/workdays/2026-02-14/" not in page


@pytest.mark.django_db
def test_a_year_without_a_notice_says_so(signed_in):
    assert "未公布" in signed_in("rep").get(PAGE, {"year": 2027}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("year", ["", "abc", "1999", "99999999999999999999", "²"])
def test_a_year_out_of_reach_shows_this_year(signed_in, year):
    assert signed_in("rep").get(PAGE, {"year": year}).status_code == 200


@pytest.mark.django_db
def test_an_administrator_decides_for_a_day_and_takes_it_back(signed_in):
    admin = signed_in("admin")
    address = f"{PAGE}2026-03-09/"
    assert "按国家规定，这一天上班" in admin.get(address).content.decode()
    answer = admin.post(address, {"working": "false", "note": "公司年会"})
    assert answer.headers["Location"] == f"{PAGE}?year=2026"
    assert not is_working_day(date(2026, 3, 9))
    assert "公司年会" in admin.get(PAGE, {"year": 2026}).content.decode()
    admin.post(address, {"working": "", "note": ""})
    assert not WorkdayOverride.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["2026-02-30", "x", "1999-01-01", "9999-12-31", "2026-3-9"])
def test_a_day_that_there_is_not_is_not_found(signed_in, day):
    assert signed_in("admin").get(f"{PAGE}{day}/").status_code == 404
