"""Names read as people read them."""

import time

import pytest

from repertory.core.pinyin import romanise


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("曾国藩", "zeng guo fan"),
        ("单小燕", "shan xiao yan"),
        ("仇英", "qiu ying"),
        ("解晓东", "xie xiao dong"),
        ("查良镛", "zha liang yong"),
        ("尉迟恭", "yu chi gong"),
        ("区志强", "ou zhi qiang"),
        ("朴海英", "piao hai ying"),
        ("盖丽丽", "ge li li"),
        ("万俟卨", "mo qi xie"),
        ("欧阳娜娜", "ou yang na na"),
        ("李长江", "li chang jiang"),
        ("重小满", "chong xiao man"),
    ],
)
def test_a_surname_is_read_as_a_surname(name, pinyin):
    assert romanise(name, person=True).spaced == pinyin


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("重庆市人民医院", "chong qing shi ren min yi yuan"),
        ("长春中医药大学", "chang chun zhong yi yao da xue"),
        ("厦门市第一医院", "xia men shi di yi yi yuan"),
        ("六安市立医院", "lu an shi li yi yuan"),
        ("上海重症中心", "shang hai zhong zheng zhong xin"),
        ("首都儿科研究所", "shou du er ke yan jiu suo"),
        ("北京466医院", "bei jing 466 yi yuan"),
        ("ＡＢＣ药房", "abc yao fang"),
    ],
)
def test_an_institution_is_read_with_its_place_names(name, pinyin):
    assert romanise(name, person=False).spaced == pinyin


def test_initials_keep_numbers_whole():
    assert romanise("北京466医院", person=False).initials == "bj466yy"


def test_several_readings_are_kept_for_search():
    reading = romanise("单乐", person=True)
    assert reading.full == ("shan", "le")
    assert ("shan", "yue") in reading.alternatives
    assert ("dan", "le") in reading.alternatives
    assert "dl" in reading.all_initials


def test_lv_can_also_be_typed_with_u():
    assert romanise("吕布", person=True).alternatives == (("lu", "bu"),)


def test_a_certain_phrase_has_no_other_reading():
    assert romanise("重庆医院", person=False).alternatives == ()


@pytest.mark.parametrize("name", ["", "  ", "🏥", "\u200b", "(-)"])
def test_a_name_without_letters_reads_as_nothing(name):
    assert romanise(name, person=False).full == ()


def test_thirty_thousand_names_take_about_a_second():
    names = [f"{place}市第{number}人民医院" for place in ("南京", "长沙", "重庆") for number in range(100)] * 10
    romanise(names[0], person=False)
    started = time.process_time()
    for name in names:
        romanise(name, person=False)
    assert len(names) / (time.process_time() - started) > 15_000
