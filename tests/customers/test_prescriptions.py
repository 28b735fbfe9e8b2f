"""No 统方: what a note must not count. M-LAW-2."""

import pytest

from repertory.core.actor import system_actor
from repertory.core.errors import InvalidInput
from repertory.core.time import day_of, now
from repertory.customers.prescriptions import looks_like_prescription_counts, refused_columns
from repertory.organisation.actions import set_policy
from repertory.platform.exchange.commands import import_file

COUNTS = (
    "张主任每月开80盒",
    "上月处方量120盒",
    "月处方量约 120 盒",
    "王医生一个月能开三十盒",
    "李主任本周开了 25 支",
    "科室月用量 300 盒",
    "想请药剂科帮忙统方",
    "处方数 45 张",
    "开方量排名第 2",
    "每天处方10张左右",
    "心内科上个月用量200支",
    "50盒/月",
    "门诊一周开出 15 盒",
)
HARMLESS = (
    "",
    "每月科会 80 人",
    "起始 10mg 每日一次，每次 1 片",
    "建议每日 2 次，每次 1 粒",
    "开了一次科室会，来了 20 人",
    "处方前应检查肝功能",
    "送样品 2 盒，已签名",
    "递送文献 3 份",
    "医院床位 1200 张",
    "用法用量：口服，一次 5mg",
    "下周二 9 点拜访",
    "供货 200 盒已到药房",
    "说明书推荐剂量每日 1 片",
)


@pytest.mark.parametrize("text", COUNTS)
def test_prescription_counts_are_found(text):
    assert looks_like_prescription_counts(text) != ""


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_notes_are_left_alone(text):
    assert looks_like_prescription_counts(text) == ""


@pytest.mark.parametrize(
    "names",
    [("医生", "科室", "数量"), ("姓名", "处方量"), ("Doctor", "Items"), ("医师姓名", "药品", "销量")],
)
def test_a_file_that_counts_what_doctors_prescribe_is_refused_whatever_its_kind(db, tmp_path, names):
    path = tmp_path / "统方.csv"
    path.write_text(",".join(names) + "\n" + ",".join(["1"] * len(names)) + "\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as refusal:
        import_file(actor=system_actor(), at=now(), kind_name="customers", path=path)
    assert refusal.value.code == "forbidden_columns"


def test_ordinary_files_and_switched_off_rules_pass(db):
    on = day_of(now())
    assert refused_columns(("客户编码", "名称", "电话"), on) == ""
    assert refused_columns(("医生", "科室", "职称"), on) == ""
    assert refused_columns(("药店", "品名", "数量"), on) == ""
    set_policy(
        actor=system_actor(),
        at=now(),
        key="law.no_prescription_counts",
        starts_on=on,
        value={"on": False},
        source="境外",
    )
    assert refused_columns(("医生", "数量"), on) == ""
