"""No 统方: what a note must not count. M-LAW-2."""

import pytest

from repertory.customers.prescriptions import looks_like_prescription_counts

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
