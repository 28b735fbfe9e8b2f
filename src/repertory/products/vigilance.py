"""Whether a text sounds like an adverse event (药品不良反应): a pure function of words, asked wherever a rep writes.

It only makes the program ask; the person answers. So it rather asks once too often, but not for what is said not to have
happened (“未见皮疹”), for what a drug is given for (“用于治疗恶心呕吐”) or for a ward (“住院部”).
"""

import re
from collections.abc import Iterable


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


SIGNS = (
    # as such
    "不良反应 不良事件 副作用 副反应 毒副反应 药物反应 后遗症 "
    # skin, allergy
    "皮疹 药疹 红疹 起疹 荨麻疹 瘙痒 皮肤发红 剥脱性皮炎 过敏 喉头水肿 血管性水肿 "
    # liver, kidney, blood
    "肝功能异常 肝功异常 肝损 转氨酶升高 转氨酶增高 黄疸 肾功能异常 肾损 肌酐升高 肌酸激酶升高 横纹肌溶解 白细胞减少 "
    "血小板减少 粒细胞缺乏 骨髓抑制 贫血 出血 便血 黑便 呕血 血尿 "
    # nerves, circulation, breath
    "头晕 头昏 眩晕 头痛 晕厥 晕倒 昏迷 抽搐 惊厥 嗜睡 失眠 幻觉 心悸 心慌 胸闷 胸痛 心律失常 低血压 低血糖 休克 "
    "呼吸困难 呼吸抑制 喘憋 干咳 "
    # stomach, muscles, the rest
    "恶心 呕吐 腹泻 腹痛 胃痛 反酸 便秘 口干 乏力 肌痛 肌肉酸痛 肌无力 水肿 浮肿 发热 发烧 寒战 脱发 视物模糊 耳鸣 听力下降 "
    # outcomes
    "死亡 去世 病故 猝死 抢救 住院 致残 畸形 流产 早产 自杀"
).split()

# Where a sign stands in one of these it is no sign: places, topics, figures of a trial, measures.
HARMLESS = (
    "住院部 住院楼 住院大楼 住院区 住院药房 住院医师 住院医生 住院医 住院总 住院患者 住院病人 住院病区 住院处 住院费 住院量 住院天数 住院用药 "
    "住院处方 住院收费 住院病历 过敏科 过敏门诊 过敏史 抗过敏 过敏性鼻炎 过敏体质 变态反应科 发热门诊 发热病房 失眠门诊 头痛门诊 眩晕门诊 "
    "疼痛科 死亡率 死亡风险 死亡终点 全因死亡 心血管死亡 出血风险 低血糖风险 不良反应监测 不良反应报告制度 "
    "不良反应报告流程 不良反应发生率 不良反应培训 不良反应上报 不良反应一栏 不良反应项 不良反应部分 不良反应资料 不良反应中心 不良反应数据 "
    "不良事件发生率 副作用小 副作用少 副作用低 不良反应少 不良反应小 不良反应轻 不良反应低 不良反应率 药物反应时间 抢救室 抢救车 抢救药 抢救流程 "
    "流产术 自杀预防"
).split()

# Words after which what follows is said not to be, and what may stand between.
DENIALS = (
    "没有 没出现 没发生 没见 没发现 没听说 没 无 未见 未出现 未发生 未发现 未报告 未诉 未再 未有 未 否认 不会 不引起 不增加 不存在 "
    "不伴 不导致 避免 防止 预防 排除 减少 降低 减轻 是否有 是否出现 是否会 是否发生 有没有 有无 会不会 会否 能否"
).split()
NO_DENIALS = (
    "无明显诱因 无诱因 无缘无故 无法 无奈 无论 无力 没想到 没料到 没多久 没过多久 没几天 没两天 没吃 没用 没服 没停 没注意 没停药 没办法 未停药 未停 未按 未遵 "
    "未及时 未能 未到 未满 未用 未服 未告 未减 不排除 不能排除 未排除 无法排除 不除外 不能避免 无法避免 难以避免 未能避免 未避免 未防止 "
    "不减轻 未减轻 不减少 未减少"
).split()
BETWEEN = (
    "出现 发生 发现 见到 见 有 再 过 明显 显著 任何 其他 其它 什么 严重 轻微 特殊 特别 相关 新的 新 药物 药品 引起 导致 的 所致 报告 反馈 提到 听说 "
    "诉 伴 伴有 患者 病人 病例 家属 用药后 服药后 用药 服药 服用 使用 本品 该药 以及 或者 和 与 及 或 、 等 情况 症状 现象 反应 表现 临床 异常 皮肤 胃肠道 "
    "方面 目前 暂 一例 1例 说 临床上 肝肾 肝 肾 心"
).split()
# Words before a sign that say what the drug is for.
PURPOSES = "治疗 用于 适用于 针对 缓解 改善 控制 止 抗 主治 适应症 适应症为 适应症是 适应症包括 对症".split()
# A sign that is denied behind it: “皮疹等均未出现”, “不良反应：无”.
DENIED_BEHIND = re.compile(
    r"^(?:等|的|情况|症状|不良反应|方面|病例|表现|、|和|及|" + _any_of(SIGNS) + r")*[：:\s（(]*(?:均|都|也|暂|目前|尚)*"
    r"(?:(?:无|没有|没|阴性|否认|-|－|—|0例|零)[）)\s]*$"
    r"|(?:没有|没|未|未再|均未|从未)(?:出现|发生|见|见到|发现|报告|观察到|收到)(?!好转|改善|缓解|消退|处理))"
)

_SIGN = re.compile(_any_of(SIGNS))
_HARMLESS = re.compile(_any_of(HARMLESS))
_CLAUSES = re.compile(r"[，,。.；;！!？?\n\r]|但|却|然而|不过|只是|而是|仅|除了|除|之外|以外|后又|随后|结果")
_NO_DENIAL = re.compile(_any_of(NO_DENIALS))
_DENIAL = re.compile(_any_of(DENIALS))
_BETWEEN = re.compile(_any_of([*BETWEEN, *SIGNS]))
_PURPOSE = re.compile(f"(?:{_any_of(PURPOSES)})(?:{_any_of(SIGNS)}|[、和及与或])*$")
# Words that may stand between a denial and a sign beyond BETWEEN, such as the name of a place on the body.
LEFT_BETWEEN = 2
# So far, in characters, a sentence is read around a sign.
REACH = 80
_MASK = "□"


def smells_of_adverse_event(text: str) -> str | None:
    """The first word of a text that sounds like an adverse event, None where none does."""
    for clause in _CLAUSES.split(text):
        masked = _HARMLESS.sub(lambda found: _MASK * len(found[0]), clause)
        for found in _SIGN.finditer(masked):
            before = masked[max(0, found.start() - REACH) : found.start()]
            behind = masked[found.end() : found.end() + REACH]
            if not (_denied(before) or _PURPOSE.search(before) or DENIED_BEHIND.match(behind)):
                return found[0]
    return None


def _denied(before: str) -> bool:
    """Whether the last denial in what stands before a sign reaches as far as the sign."""
    hidden = _NO_DENIAL.sub(lambda found: _MASK * len(found[0]), before)
    denials = list(_DENIAL.finditer(hidden))
    return bool(denials) and len(_BETWEEN.sub("", hidden[denials[-1].end() :]).strip()) <= LEFT_BETWEEN
