"""Provinces, cities and counties out of what people type."""

import time

import pytest

from repertory.core import regions
from repertory.core.regions import Region, guess, parse, resolve

GULOU = Region("320000", "江苏省", "320100", "南京市", "320106", "鼓楼区")
NANJING = Region("320000", "江苏省", "320100", "南京市")
CHAOYANG = Region("110000", "北京市", "110100", "北京市", "110105", "朝阳区")


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("江苏省-南京市", NANJING),
        ("江苏 南京", NANJING),
        ("江苏南京", NANJING),
        ("南京市", NANJING),
        ("320100", NANJING),
        ("江苏省南京市鼓楼区", GULOU),
        ("江苏省/南京市/鼓楼区", GULOU),
        ("320106", GULOU),
        ("北京市-朝阳区", CHAOYANG),
        ("北京市-北京市-朝阳区", CHAOYANG),
        ("北京市-市辖区-朝阳区", CHAOYANG),
        ("北京市市辖区朝阳区", CHAOYANG),
        ("北京", Region("110000", "北京市", "110100", "北京市")),
        ("110100", Region("110000", "北京市", "110100", "北京市")),
        ("辽宁 朝阳", Region("210000", "辽宁省", "211300", "朝阳市")),
        ("吉林市", Region("220000", "吉林省", "220200", "吉林市")),
        ("吉林", Region("220000", "吉林省")),
        ("内蒙古-锡林郭勒", Region("150000", "内蒙古自治区", "152500", "锡林郭勒盟")),
        ("湖北省-仙桃市", Region("420000", "湖北省", "429004", "仙桃市")),
        ("湖北恩施州", Region("420000", "湖北省", "422800", "恩施土家族苗族自治州")),
        ("湖北恩施市", Region("420000", "湖北省", "422800", "恩施土家族苗族自治州", "422801", "恩施市")),
        ("广东省-东莞市-南城街道", Region("440000", "广东省", "441900", "东莞市")),
        ("重庆市-县-云阳县", Region("500000", "重庆市", "500100", "重庆市", "500235", "云阳县")),
        ("香港特别行政区", Region("810000", "香港特别行政区")),
    ],
)
def test_a_region_text_is_understood(text, region):
    assert parse(text) == region


@pytest.mark.parametrize(
    "text", ["", "鼓楼区", "朝阳区", "江苏省鼓楼区", "火星", "江苏省-杭州市", "999999", "江苏省-南京市-朝阳区"]
)
def test_an_unknown_or_ambiguous_region_is_not_guessed(text):
    assert parse(text) is None


def test_separate_texts_are_put_together():
    assert resolve(province="江苏", city="南京", county="鼓楼区") == GULOU
    assert resolve(province="江苏省", city="江苏省南京市", county="") == NANJING
    assert resolve(province="320000", city="320100", county="320106") == GULOU
    assert resolve(city="南京市", county="鼓楼") == GULOU
    assert resolve(province="北京市", city="市辖区", county="朝阳区") == CHAOYANG
    assert resolve(province="江苏省", city="杭州市") is None
    assert resolve() is None


@pytest.mark.parametrize(
    ("address", "region"),
    [
        ("北京市朝阳区工体南路8号", CHAOYANG),
        ("中国江苏省南京市鼓楼区中山路321号", GULOU),
        ("210008 江苏省南京市鼓楼区中山路321号", GULOU),
        ("江苏南京中山路321号", NANJING),
        ("南京市中山路321号", NANJING),
        ("浦东新区世纪大道1号", Region("310000", "上海市", "310100", "上海市", "310115", "浦东新区")),
        ("江苏省鼓楼区中山路", Region("320000", "江苏省")),
        ("河北省石家庄市长安区", Region("130000", "河北省", "130100", "石家庄市", "130102", "长安区")),
    ],
)
def test_an_address_tells_its_region(address, region):
    assert guess(address) == region


@pytest.mark.parametrize(
    "address", ["", "南京路100号", "鼓楼区中山路1号", "山西路15号", "北京大学东门", "解放路市中区3号"]
)
def test_a_street_or_an_ambiguous_district_is_no_region(address):
    assert guess(address) is None


def test_what_is_known_makes_a_district_certain():
    assert guess("鼓楼区中山路1号", within=NANJING) == GULOU
    assert guess("中山路1号", within=NANJING) == NANJING


def test_every_region_is_found_again_by_its_own_text_and_code():
    for code, region in regions.REGIONS.items():
        assert regions.by_code(code) == region
        assert parse(region.text) == region, region


def test_choices_go_down_the_levels():
    assert regions.provinces()[0] == ("110000", "北京市")
    assert ("320100", "南京市") in regions.cities("320000")
    assert regions.cities("110000") == (("110100", "北京市"),)
    assert ("320106", "鼓楼区") in regions.counties("320100")
    assert regions.counties("441900") == ()


def test_addresses_are_read_fast_enough_for_bulk_loading():
    addresses = [f"江苏省南京市鼓楼区中山路{number}号" for number in range(5000)]
    started = time.process_time()
    for address in addresses:
        guess(address)
    assert len(addresses) / (time.process_time() - started) > 20_000
