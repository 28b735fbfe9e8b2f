"""A year of the demo company's cases and adverse events, made through actions."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from repertory.core.actor import Actor, Door, system_actor
from repertory.core.time import COMPANY_ZONE, day_of
from repertory.customers.models import Customer
from repertory.organisation.models import Assignment, User
from repertory.platform.unit import action
from repertory.platform.workdays import add_working_time, working_days
from repertory.products.access import visible_products
from repertory.service import actions
from repertory.service.inputs import (
    AnswerCase,
    CloseEvent,
    FollowUp,
    HandOverEvent,
    NoteProgress,
    OpenCase,
    ReportAdverseEvent,
    TakeCase,
    TellCustomer,
)

SEED = 20_260_104
CASES = 160
FORGOTTEN = (3, 5, 8)
"""So many newer cases lie above those that somebody took and let lie: late on any day of the year."""
FIRST_STEP = 0.1
DAYS = 360
CHANNELS = ("visit", "visit", "visit", "phone", "message")


@dataclass(frozen=True)
class Talk:
    """What a customer says, and what becomes of it."""

    kind: str
    severity: str
    title: str
    text: str
    result: str
    cause: str


TALKS = (
    Talk("question", "normal", "能否与克拉霉素合用", "科室常联合用药，想知道剂量要不要调整。", "已提供说明书相互作用章节和医学部书面答复。", "information"),
    Talk("question", "low", "肾功能不全怎么调剂量", "老年患者多，想要一份剂量对照表。", "已送剂量调整卡。", "information"),
    Talk("complaint", "high", "断货一周", "药房连续一周没有到货，患者被迫换药。", "经销商已补货，并约定安全库存。", "supply"),
    Talk("complaint", "high", "送货少了两件", "验收时发现数量不符。", "物流已补送，并退回差额单据。", "delivery"),
    Talk("complaint", "normal", "包装破损", "外箱受潮，有三盒变形。", "已换货，并要求承运商改进装卸。", "delivery"),
    Talk("complaint", "urgent", "药片颜色不一致", "同一批号两盒颜色深浅不同。", "质量部检验合格，已书面说明辅料批间差异。", "quality"),
    Talk("support", "normal", "缺首营资料", "换了采购系统，要一套盖章的电子资质。", "资质已寄出并上传平台。", "documents"),
    Talk("support", "normal", "发票抬头有误", "上月发票抬头写错，无法入账。", "财务已红冲重开。", "documents"),
    Talk("support", "low", "想请讲一次科会", "希望介绍新版指南。", "已安排下月科会。", "training"),
    Talk("suggestion", "low", "说明书字太小", "建议出一份大字版患者手册。", "已转产品部，下一版手册采纳。", "information"),
    Talk("unmet_need", "low", "需要小包装", "门诊慢病长处方需要 28 片装。", "已登记需求，立项评估中。", "process"),
    Talk("complaint", "normal", "电话没人接", "打了三次客服没有人回。", "已致歉，调整值班安排。", "response"),
    Talk("question", "normal", "医保支付范围", "门诊慢病能不能报销。", "已提供最新医保目录限定范围。", "price"),
)  # fmt: skip
EVENTS = (
    (300, "服药两周后双臂散在皮疹，停药三天消退。", [], "known", "recovered"),
    (210, "加量后次日头晕，减量后好转。", [], "known", "improving"),
    (120, "转氨酶升高至正常上限三倍，住院保肝治疗。", ["hospitalisation"], "known", "improving"),
    (45, "出现说明书未载明的味觉减退。", [], "new", "not_recovered"),
    (20, "恶心、食欲减退，餐后服用减轻。", [], "known", "improving"),
    (6, "低血糖昏迷，急诊抢救后清醒。", ["life_threatening", "hospitalisation"], "known", "recovered"),
    (2, "用药后荨麻疹，医生电话告知，资料待补。", [], "unknown", ""),
)


def build_service(*, at: datetime) -> None:
    """Most cases were told to the customer in time, some were late, the newest are still open."""
    dice = random.Random(SEED)
    reps = _reps(at)
    today = day_of(at)
    days = working_days(today - timedelta(days=DAYS), today)
    chosen = sorted(dice.choice(days) for _number in range(CASES))
    _cases(actor=system_actor(), at=at, days=chosen, reps=reps, dice=dice)
    _events(actor=system_actor(), at=at, reps=reps, dice=dice)
    actions.escalate_late_cases(actor=system_actor(), at=at)


@action
def _cases(*, actor: Actor, at: datetime, days: list, reps: list[tuple[User, list[int]]], dice: random.Random) -> None:
    for newer, day in zip(reversed(range(len(days))), days, strict=True):
        person, customers = dice.choice(reps)
        talk = dice.choice(TALKS)
        opened = datetime(
            day.year, day.month, day.day, dice.randrange(9, 17), dice.randrange(0, 60), tzinfo=COMPANY_ZONE
        )
        _case(
            Actor(user=person, door=Door.COMMAND),
            opened,
            at,
            dice.choice(customers),
            talk,
            dice,
            forgotten=newer in FORGOTTEN,
        )


def _case(
    rep: Actor,
    opened: datetime,
    now: datetime,
    customer_id: int,
    talk: Talk,
    dice: random.Random,
    *,
    forgotten: bool,
) -> None:
    """One case as far as it has come by now."""
    data = OpenCase(
        customer_id=customer_id,
        kind=talk.kind,
        severity=talk.severity,
        product_id=_product(rep, dice),
        title=talk.title,
        text=talk.text,
        channel=dice.choice(CHANNELS),
    )
    case = actions.open_case(actor=rep, at=opened, data=data)
    steps = (
        (FIRST_STEP, lambda at: actions.take_case(actor=rep, at=at, case_id=case.pk, data=TakeCase())),
        (
            0.4,
            lambda at: actions.note_progress(
                actor=rep, at=at, case_id=case.pk, data=NoteProgress(text="已转相关部门核实。")
            ),
        ),
        (0.6, lambda at: _answer(rep, at, case.pk, talk)),
        (0.8, lambda at: actions.tell_customer(actor=rep, at=at, case_id=case.pk, data=TellCustomer(how="phone"))),
    )
    pace = dice.choice((0.6, 0.9, 1.0, 1.2, 2.5))
    for share, take in steps:
        moment = add_working_time(opened, case.due_hours * Decimal(str(share * pace)))
        if moment > now or (forgotten and share > FIRST_STEP):
            return
        take(moment)


def _answer(rep: Actor, at: datetime, case_id: int, talk: Talk) -> None:
    data = AnswerCase(result=talk.result, cause=talk.cause)
    actions.answer_case(actor=rep, at=at, case_id=case_id, data=data)


@action
def _events(*, actor: Actor, at: datetime, reps: list[tuple[User, list[int]]], dice: random.Random) -> None:
    for days_ago, description, seriousness, expectedness, outcome in EVENTS:
        person, customers = dice.choice(reps)
        heard = at - timedelta(days=days_ago)
        whole = days_ago > 2
        data = ReportAdverseEvent(
            customer_id=dice.choice(customers),
            product_id=_product(Actor(user=person, door=Door.COMMAND), dice),
            product_text="" if whole else "降脂药",
            lot=f"B{dice.randrange(1000, 9999)}" if whole else "",
            description=description,
            onset_on=day_of(heard),
            seriousness=seriousness,
            expectedness=expectedness,
            outcome=outcome,
            patient_initials="Z.S." if whole else "",
            patient_age=f"{dice.randrange(40, 80)}岁" if whole else "",
            patient_sex=dice.choice(("male", "female")) if whole else "",
            reporter_kind="doctor" if whole else "",
        )
        event = actions.report_adverse_event(actor=Actor(user=person, door=Door.COMMAND), at=heard, data=data)
        _carry_on(event.pk, heard, at, days_ago)


def _product(rep: Actor, dice: random.Random) -> int | None:
    """One that the rep's territory carries."""
    keys = list(visible_products(rep).filter(stage="on_sale").order_by("pk").values_list("pk", flat=True))
    return dice.choice(keys) if keys else None


def _carry_on(event_id: int, heard: datetime, now: datetime, days_ago: int) -> None:
    """Older ones were followed up, handed over and closed."""
    system, later = system_actor(), heard + timedelta(days=2)
    if later > now or days_ago <= 6:
        return
    step = {"actor": system, "at": later, "event_id": event_id}
    actions.follow_up_event(**step, data=FollowUp(text="已电话随访医生，补充用药和转归。"))
    actions.hand_over_event(**step, data=HandOverEvent(to="药物警戒部", receipt_number=f"PV{event_id:05d}"))
    if days_ago > 60:
        closing = {"actor": system, "at": later + timedelta(days=20), "event_id": event_id}
        actions.close_event(**closing, data=CloseEvent(note="随访结束，已按规定上报。"))


def _reps(at: datetime) -> list[tuple[User, list[int]]]:
    """Reps of today who look after customers, with these customers."""
    held = Assignment.objects.filter(role="rep", starts_on__lte=day_of(at), ends_on=None).select_related("user")
    found = []
    for row in held.order_by("user__username", "pk"):
        covered = Customer.objects.filter(
            coverages__territory_id=row.territory_id, coverages__current=True, removed_at=None
        )
        keys = list(covered.order_by("pk").values_list("pk", flat=True)[:40])
        if keys:
            found.append((row.user, keys))
    return found
