"""Text made comparable."""

import pytest

from repertory.core.text import bigrams, fold, normalise


def test_what_looks_the_same_becomes_the_same():
    assert normalise("  ＡＢＣ　药房 \n 一店 ") == "abc 药房 一店"
    assert normalise("") == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("南京市鼓楼医院", "江苏省南京鼓楼医院"),
        ("江苏省南京市鼓楼医院", "南京鼓楼医院"),
        ("广西壮族自治区南宁市第2人民医院", "南宁市第二人民医院"),
        ("国药控股南京有限公司", "国药控股南京股份有限公司"),
        ("江苏南京鼓楼医院", "南京市鼓楼医院"),
        ("北京466医院（空军航空医学研究所附属医院）", "北京466医院"),
        ("先声药业有限公司", "先声药业 集团"),
    ],
)
def test_two_spellings_of_one_institution_fold_to_one_key(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("国大药房（中山路店）", "国大药房（新街口店）"),
        ("江苏省人民医院", "浙江省人民医院"),
        ("南京市第一医院", "南京市第二医院"),
    ],
)
def test_two_institutions_keep_two_keys(one, other):
    assert fold(one) != fold(other)


def test_a_person_is_found_without_the_title():
    assert fold("王 小明 主任医师", person=True) == "王小明"
    assert fold("欧阳·娜娜（儿科）", person=True) == "欧阳娜娜"
    assert fold("王老师", person=True) == "王老师"


@pytest.mark.parametrize("name", ["公司", "市", "集团公司", "（）", "🏥", ""])
def test_a_name_that_is_all_form_keeps_something(name):
    assert bool(fold(name)) == any(character.isalnum() for character in name)


def test_neighbouring_characters_in_order():
    assert bigrams("南京医院") == ["南京", "京医", "医院"]
    assert bigrams("南") == ["南"]
    assert bigrams("") == []
