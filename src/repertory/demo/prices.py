"""The demo company's price lists, approved by finance and the manager; what the field proposes; the plan of one product."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from repertory.core.actor import Actor, Door
from repertory.core.time import day_of
from repertory.organisation.models import User
from repertory.platform.approvals.actions import approve_step
from repertory.platform.approvals.inputs import ApproveStep
from repertory.platform.approvals.queries import last_of
from repertory.products import actions
from repertory.products.inputs import (
    AnswerSuggestion,
    DraftPriceList,
    NextPriceList,
    PlanMilestone,
    SetPrice,
    SubmitPriceList,
    SuggestChange,
)
from repertory.products.models import Pack, Product

DAYS_AGO = 150
JIANGSU = "320000"
FLOOR = Decimal("0.85")
CENT = Decimal("0.01")
# Of the price to distributors: what hospitals and pharmacies pay.
HOSPITAL, PHARMACY = Decimal("1.15"), Decimal("1.10")
SUGGESTIONS = (
    ("pack", "慢病患者一次开一个月的药，希望有 28 片装，减少换盒。", "adopted", "已列入明年计划，预计三季度备案。"),
    ("leaflet", "老年患者反映说明书字太小，希望随盒附大字版用药卡。", "considered", ""),
    ("supply", "社区医院月底常断货，希望经销商备一周的量。", "declined", "由商务部按月备货解决，不涉及产品本身。"),
    ("form", "有患者吞咽困难，问能不能做口崩片。", "", ""),
)
MILESTONES = ((60, "28 片装稳定性研究完成"), (180, "28 片装补充申请递交"), (330, "28 片装上市"))


def build_prices(*, at: datetime) -> None:
    """One list for distributors with a quantity break, one for hospitals and pharmacies with a province of its own."""
    then = at - timedelta(days=DAYS_AGO)
    packs = list(Pack.objects.filter(product__stage="on_sale").select_related("product").order_by("pk"))
    year = date(day_of(then).year, 1, 1)
    trade = _list(then, "TRADE", "商业供货价", year)
    retail = _list(then, "TERMINAL", "终端价", year)
    for number, pack in enumerate(packs):
        base = Decimal(12 + number * 7 % 61) + Decimal("0.50")
        _price(then, trade, pack, base, customer_kind="distributor")
        _price(then, trade, pack, base * Decimal("0.97"), customer_kind="distributor", from_quantity=1000)
        _price(then, retail, pack, base * HOSPITAL, customer_kind="hospital")
        _price(then, retail, pack, base * HOSPITAL * Decimal("0.98"), customer_kind="hospital", province=JIANGSU)
        _price(then, retail, pack, base * PHARMACY, customer_kind="pharmacy")
    for list_id in (trade, retail):
        _approve(then, list_id)
    _renew(at, retail)
    _suggest(at, packs[0].product)


def _renew(at: datetime, list_id: int) -> None:
    """Next year's hospital prices wait for finance."""
    data = NextPriceList(starts_on=date(day_of(at).year + 1, 1, 1))
    following = actions.draft_next_price_list(actor=_person("product"), at=at, list_id=list_id, data=data)
    reason = SubmitPriceList(reason="明年价格暂按今年执行，等集采结果后再调")
    actions.submit_price_list(actor=_person("product"), at=at, list_id=following.pk, data=reason)


def _person(username: str) -> Actor:
    return Actor(user=User.objects.get(username=username), door=Door.COMMAND)


def _list(at: datetime, code: str, name: str, starts_on: date) -> int:
    data = DraftPriceList(code=f"{code}-{starts_on.year}", name=f"{starts_on.year} 年{name}", starts_on=starts_on)
    return actions.draft_price_list(actor=_person("product"), at=at, data=data).pk


def _price(at: datetime, list_id: int, pack: Pack, price: Decimal, **conditions: str | int) -> None:
    price = price.quantize(CENT)
    floor = (price * FLOOR).quantize(CENT)
    data = SetPrice.model_validate({"pack": pack.code, "price_cny": price, "floor_cny": floor, **conditions})
    actions.add_price(actor=_person("product"), at=at, list_id=list_id, data=data)


def _approve(at: datetime, list_id: int) -> None:
    data = SubmitPriceList(reason="年度定价，已与财务核对成本")
    actions.submit_price_list(actor=_person("product"), at=at, list_id=list_id, data=data)
    for username in ("finance", "manager"):
        request = last_of(kind="price_list", object_id=list_id)
        if request is not None:
            yes = ApproveStep(version=request.version, comment="同意")
            approve_step(actor=_person(username), at=at, request_id=request.pk, data=yes)


def _suggest(at: datetime, product: Product) -> None:
    for number, (kind, text, state, answer) in enumerate(SUGGESTIONS):
        then = at - timedelta(days=20 - 4 * number)
        data = SuggestChange.model_validate({"kind": kind, "text": text})
        found = actions.suggest_change(actor=_person("rep01"), at=then, product_id=product.pk, data=data)
        if state:
            said = AnswerSuggestion.model_validate({"state": state, "answer": answer})
            actions.answer_suggestion(actor=_person("product"), at=at, suggestion_id=found.pk, data=said)
    for days, title in MILESTONES:
        step = PlanMilestone(due_on=day_of(at) + timedelta(days=days), title=title)
        actions.plan_milestone(actor=_person("product"), at=at, product_id=product.pk, data=step)
