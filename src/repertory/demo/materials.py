"""The demo company's materials and samples: leaflets in use, expired, renewed, waiting; lots in the store, in the bags, one
expired; what each rep gave to some customers; bags that were counted."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.core.files.base import ContentFile

from repertory.core.actor import Actor, Door
from repertory.core.time import day_of
from repertory.customers.access import visible_customers
from repertory.customers.choices import Kind
from repertory.materials import actions
from repertory.materials.choices import MaterialKind
from repertory.materials.inputs import (
    Count,
    CreateMaterial,
    DecideVersion,
    DraftVersion,
    GiveSample,
    HandOut,
    Issue,
    KeepSignature,
    Lose,
    Receive,
    ReceiveLot,
    Return,
)
from repertory.materials.models import MaterialVersion, SampleLot
from repertory.organisation.choices import Role
from repertory.organisation.models import Assignment, User
from repertory.platform.unit import action
from repertory.products.models import Pack

SEED = 20_260_104
IN_USE, EXPIRED, RENEWED, WAITING, DRAFT = "in use", "expired", "renewed", "waiting", "draft"
DAYS_AGO = {IN_USE: 100, EXPIRED: 790, RENEWED: 400}
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(64))
PRINTED, TO_EACH = 6_000, 40
CUSTOMERS_OF_A_REP = 4


@dataclass(frozen=True)
class Paper:
    """A material: title, kind, the approved product that it is about, what it says, how far it has come."""

    title: str
    kind: str
    product: str
    summary: str
    state: str = IN_USE
    electronic: bool = False
    audiences: tuple[str, ...] = ("hcp",)
    subject: str = ""
    body: str = ""


PAPERS = (
    Paper(
        "程立坦降脂达标手册", "academic", "阿托伐他汀钙片", "血脂管理指南要点、剂量与监测，附主要研究数据。", RENEWED
    ),
    Paper("程立坦核心信息单页", "leaflet", "阿托伐他汀钙片", "适应症、用法用量、安全性，一页讲清。"),
    Paper("他汀与心血管结局文献", "reprint", "阿托伐他汀钙片", "原文抽印本，附中文摘要。", electronic=True),
    Paper("程络平高血压管理折页", "leaflet", "苯磺酸氨氯地平片", "起始剂量、联合用药与随访。", EXPIRED),
    Paper("程心宁心衰诊疗路径", "academic", "沙库巴曲缬沙坦钠片", "从筛查到滴定的流程图。", WAITING),
    Paper("程糖安服药须知", "patient", "盐酸二甲双胍缓释片", "随餐整片吞服、低血糖识别与处理。", audiences=()),
    Paper("程列净心肾获益幻灯", "academic", "达格列净片", "院内学习用幻灯，共 24 页。", electronic=True),
    Paper("程吸舒雾化操作图", "patient", "布地奈德混悬液", "雾化前后注意事项，配图。", DRAFT, audiences=()),
    Paper("城市会邀请函", "invitation", "", "区域学术会议邀请，含议程与报名方式。", audiences=()),
    Paper(
        "拜访后跟进邮件",
        "email",
        "阿托伐他汀钙片",
        "拜访后一周内发送，附核心信息。",
        subject="{称呼}，关于血脂管理的资料",
        body="{称呼}：\n\n感谢您在{医院}抽时间见面。随信附上说明书要点，如有疑问请直接回复本邮件。\n\n{代表}",
    ),
)


def build_materials(*, at: datetime) -> None:
    """After the customers are there, before their visits."""
    dice = Random(SEED)
    papers = [version for paper in PAPERS if (version := _paper(at=at, paper=paper)) is not None]
    lots = _lots(at=at)
    given = [version for version in papers if version.material.kind != MaterialKind.EMAIL]
    printed = [version for version in papers if not version.material.is_electronic]
    then = at - timedelta(days=80)
    _fill_store(at=then, printed=printed)
    keeper = _actor("finance")
    for rep in _reps(at):
        _equip(actor=keeper, at=then, rep=rep, printed=printed, lots=lots)
        actor = Actor(user=rep, door=Door.COMMAND, request_id="demo")
        _give(actor=actor, at=at, papers=given, lots=lots, dice=dice)
    _count(at=at, lots=lots)


def _actor(username: str) -> Actor:
    return Actor(user=User.objects.get(username=username), door=Door.COMMAND, request_id="demo")


def _reps(at: datetime) -> list[User]:
    posts = Assignment.objects.filter(role=Role.REP, starts_on__lte=day_of(at), ends_on=None).select_related("user")
    return [post.user for post in posts.order_by("user__username")]


def _paper(*, at: datetime, paper: Paper) -> MaterialVersion | None:
    """The version that may be handed out today, if the material has come so far."""
    writer, approver = _actor("product"), _actor("marketing")
    then = at - timedelta(days=DAYS_AGO.get(paper.state, 5))
    codes = list(Pack.objects.filter(product__generic_name=paper.product).values_list("product__code", flat=True)[:1])
    facts = CreateMaterial(title=paper.title, kind=paper.kind, is_electronic=paper.electronic, products=codes)
    material = actions.create_material(actor=writer, at=then, data=facts)
    words = {"subject": paper.subject, "body": paper.body}
    data = DraftVersion(summary=paper.summary, audiences=list(paper.audiences), **words)

    def next_version(when: datetime) -> MaterialVersion:
        version = actions.draft_version(actor=writer, at=when, material_id=material.pk, data=data)
        content = ContentFile(_pdf(material.code, version.number))
        name = f"{paper.title}-{version.number}.pdf"
        return actions.attach_version_file(actor=writer, at=when, version_id=version.pk, name=name, content=content)

    def approve(version: MaterialVersion, when: datetime) -> MaterialVersion:
        actions.submit_version(actor=writer, at=when, version_id=version.pk)
        yes = DecideVersion(approve=True, note="内容与说明书一致")
        return actions.decide_version(actor=approver, at=when, version_id=version.pk, data=yes)

    version = next_version(then)
    if paper.state == DRAFT:
        return None
    if paper.state == WAITING:
        actions.submit_version(actor=writer, at=then, version_id=version.pk)
        return None
    approve(version, then)
    if paper.state == RENEWED:
        later = at - timedelta(days=DAYS_AGO[IN_USE])
        version = approve(next_version(later), later)
    return None if paper.state == EXPIRED else version


def _pdf(code: str, number: int) -> bytes:
    """One empty page with the material's code."""
    text = f"BT /F1 24 Tf 72 720 Td ({code} v{number}) Tj ET".encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    body = b"".join(b"%d 0 obj%s endobj\n" % pair for pair in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF\n"


def _lots(*, at: datetime) -> list[SampleLot]:
    """Three that may be given, and one that expired in the bags."""
    keeper, today = _actor("finance"), day_of(at)
    found = []
    for number, (drug, days) in enumerate(
        (("阿托伐他汀钙片", 420), ("盐酸二甲双胍缓释片", 300), ("达格列净片", 45), ("苯磺酸氨氯地平片", -20)), 1
    ):
        pack = Pack.objects.filter(product__generic_name=drug).order_by("pk").first()
        if pack is None:
            continue
        data = ReceiveLot(
            pack=pack.code,
            lot_number=f"{today.year % 100}0{number}01",
            expires_on=today + timedelta(days=days),
            quantity=2_000,
            reason="工厂调拨",
        )
        found.append(actions.receive_lot(actor=keeper, at=at - timedelta(days=90), data=data).lot)
    return found


def _fill_store(*, at: datetime, printed: list[MaterialVersion]) -> None:
    for version in printed:
        received = Receive(quantity=PRINTED, reason="印刷厂送货")
        actions.receive_stock(actor=_actor("finance"), at=at, version_id=version.pk, data=received)


@action
def _equip(*, actor: Actor, at: datetime, rep: User, printed: list[MaterialVersion], lots: list[SampleLot]) -> None:
    """Copies and packs for one rep, as one transaction."""
    for version in printed:
        share = Issue(to=rep.username, quantity=TO_EACH)
        actions.issue_stock(actor=actor, at=at, version_id=version.pk, data=share)
    for lot in lots:
        share = Issue(to=rep.username, quantity=20)
        actions.issue_samples(actor=actor, at=at, lot_id=lot.pk, data=share)


@action
def _give(*, actor: Actor, at: datetime, papers: list[MaterialVersion], lots: list[SampleLot], dice: Random) -> None:
    """To a few doctors of the rep a material and some packs, on days of the last two months."""
    doctors = list(visible_customers(actor).filter(kind=Kind.HCP).order_by("pk")[:40])
    usable = [lot for lot in lots if lot.expires_on >= day_of(at)]
    drawn = KeepSignature(png=b64encode(PICTURE).decode())
    for customer in dice.sample(doctors, min(CUSTOMERS_OF_A_REP, len(doctors))):
        whom = {"actor": actor, "at": at, "customer_id": customer.pk}
        day = day_of(at - timedelta(days=dice.randrange(3, 60)))
        actions.hand_out(**whom, on=day, data=HandOut(version_id=dice.choice(papers).pk))
        signature = actions.keep_signature(**whom, data=drawn)
        lot, quantity = dice.choice(usable), dice.choice((1, 1, 2))
        sample = GiveSample(lot_id=lot.pk, quantity=quantity, signature_id=signature.pk)
        actions.give_sample(**whom, on=day, data=sample)


def _count(*, at: datetime, lots: list[SampleLot]) -> None:
    """One supervisor's round: what is over date comes back or is destroyed, a bag is one pack short."""
    rep, supervisor, expired = _actor("rep01"), _actor("supervisor01"), lots[-1]
    actions.return_samples(actor=rep, at=at, lot_id=expired.pk, data=Return(quantity=12, reason="过期退回"))
    broken = Lose(quantity=2, reason="冷链箱受潮，包装破损")
    actions.lose_samples(actor=rep, at=at, lot_id=expired.pk, data=broken)
    counted = Count(counted=5, holder="rep01", reason="月度盘点")
    actions.count_samples(actor=supervisor, at=at, lot_id=expired.pk, data=counted)
