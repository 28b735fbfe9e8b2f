"""Coordinates of the three Chinese systems."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repertory.core.geo import bd_to_wgs, gcj_to_wgs, implausible, in_china, metres_between, wgs_to_gcj

TIANANMEN = (116.391248, 39.907331)


def test_the_chinese_grid_lies_some_five_hundred_metres_away_in_beijing():
    shifted = wgs_to_gcj(*TIANANMEN)
    assert shifted == pytest.approx((116.397490, 39.908736), abs=2e-5)
    assert 500 < metres_between(TIANANMEN, shifted) < 600


@given(st.floats(74, 135), st.floats(4, 53))
def test_there_and_back_again_ends_within_ten_centimetres(longitude, latitude):
    shifted = wgs_to_gcj(longitude, latitude)
    if in_china(*shifted):
        assert metres_between((longitude, latitude), gcj_to_wgs(*shifted)) < 0.1


def test_baidu_coordinates_come_back_to_gps():
    published = (116.39762729119315, 39.90865673957631)
    assert metres_between(bd_to_wgs(116.404, 39.915), gcj_to_wgs(*published)) < 0.01


def test_points_outside_china_are_not_shifted():
    assert wgs_to_gcj(2.35, 48.85) == (2.35, 48.85)


def test_a_degree_of_latitude_is_about_111_kilometres():
    assert metres_between((118.0, 32.0), (118.0, 33.0)) == pytest.approx(111_195, abs=1)
    assert metres_between(TIANANMEN, TIANANMEN) == 0


@pytest.mark.parametrize(
    ("longitude", "latitude", "words"),
    [(0.0, 0.0, "0,0"), (39.9, 116.4, "填反"), (2.35, 48.85, "境内"), (None, 39.9, "都填")],
)
def test_impossible_coordinates_are_told_with_a_reason(longitude, latitude, words):
    assert words in str(implausible(longitude, latitude))


def test_possible_or_empty_coordinates_have_no_reason():
    assert implausible(*TIANANMEN) is None
    assert implausible(None, None) is None
