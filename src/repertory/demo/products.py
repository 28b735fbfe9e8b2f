"""The demo company's products: three lines, twelve drugs with packs, messages that are in use, expired, waiting, drafted.

Generic names are the pharmacopoeia's; trade names, approval numbers and barcodes are invented.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from stdnum import ean

from repertory.core.actor import Actor, Door
from repertory.core.time import day_of
from repertory.organisation.models import User
from repertory.products import actions
from repertory.products.inputs import (
    AddLineTeam,
    AddPack,
    CreateLine,
    CreateProduct,
    DecideMessage,
    DraftMessage,
    MoveProductStage,
)
from repertory.products.models import Product

MAKER = "药程示范药业有限公司"
# The infusion team works in two regions only; the other lines are everybody's.
LINES = (("CV", "心血管线", ()), ("EM", "内分泌代谢线", ()), ("RI", "呼吸抗感染线", ("HD", "HN")))
IN_USE, EXPIRED, RENEWED, WAITING, DRAFT = "in use", "expired", "renewed", "waiting", "draft"
DAYS_AGO = {IN_USE: 120, EXPIRED: 800, RENEWED: 500}


@dataclass(frozen=True)
class Words:
    """A message: theme, title, text, departments, and how far it has come."""

    theme: str
    title: str
    text: str
    departments: tuple[str, ...] = ()
    state: str = IN_USE
    audiences: tuple[str, ...] = ("hcp",)


@dataclass(frozen=True)
class Drug:
    name: str
    trade_name: str
    form: str
    line: str
    atc: str
    insurance: str
    launched: date | None
    packs: tuple[tuple[str, str, int], ...]
    words: tuple[Words, ...] = ()
    stage: str = "on_sale"
    prescription: str = "rx"
    procurement: str = "not_included"
    storage: str = "room"
    letter: str = "H"
    facts: dict[str, str] = field(default_factory=dict)


HEART, SUGAR, LUNG = ("心内科", "老年科"), ("内分泌科", "全科"), ("呼吸科", "儿科")
DRUGS = (
    Drug(
        "阿托伐他汀钙片", "程立坦", "片剂", "CV", "C10AA05", "b", date(2018, 5, 1),
        (("10mg", "7片×2板/盒", 14), ("20mg", "7片×2板/盒", 14), ("20mg", "7片×4板/盒", 28)),
        (
            Words("indication", "高胆固醇血症", "用于原发性高胆固醇血症和混合型高脂血症。", HEART),
            Words("advantage", "降脂达标", "20mg 每日一次，四周 LDL-C 平均下降约四成。", HEART, RENEWED),
            Words("safety", "监测肝酶", "用药前和用药后定期检查肝功能，肌痛时查肌酸激酶。", HEART),
        ),
        procurement="selected",
        facts={"indications": "高胆固醇血症；冠心病患者降低心血管事件风险。", "usage": "口服，起始 10mg 每日一次。"},
    ),
    Drug(
        "苯磺酸氨氯地平片", "程络平", "片剂", "CV", "C08CA01", "a", date(2016, 9, 1),
        (("5mg", "14片/盒", 14), ("5mg", "28片/盒", 28)),
        (
            Words("indication", "高血压", "用于治疗高血压，可单独使用或与其他降压药合用。", HEART),
            Words("dosage", "每日一次", "起始 5mg 每日一次，老年或肝功能受损者 2.5mg。", HEART, EXPIRED),
        ),
        procurement="selected",
    ),
    Drug(
        "硫酸氢氯吡格雷片", "程通雷", "片剂", "CV", "B01AC04", "b", date(2020, 3, 16),
        (("75mg", "7片/盒", 7), ("75mg", "28片/盒", 28)),
        (Words("indication", "预防血栓事件", "用于急性冠脉综合征和近期卒中患者的二级预防。", HEART),),
        procurement="not_selected",
    ),
    Drug(
        "沙库巴曲缬沙坦钠片", "程心宁", "片剂", "CV", "C09DX04", "negotiated", date(2024, 1, 8),
        (("50mg", "14片/盒", 14), ("100mg", "14片/盒", 14)),
        (
            Words("indication", "慢性心衰", "用于射血分数降低的慢性心力衰竭成人患者。", HEART),
            Words("advantage", "改善心功能", "与依那普利相比，进一步降低心衰住院风险。", HEART, WAITING),
        ),
    ),
    Drug(
        "盐酸二甲双胍缓释片", "程糖安", "缓释片", "EM", "A10BA02", "a", date(2015, 6, 1),
        (("0.5g", "30片/瓶", 30),),
        (
            Words("indication", "2 型糖尿病首选", "用于单纯饮食控制不佳的 2 型糖尿病患者。", SUGAR),
            Words("dosage", "随晚餐服", "每日一次，随晚餐整片吞服，不可掰开。", SUGAR),
        ),
        procurement="selected",
    ),
    Drug(
        "达格列净片", "程列净", "片剂", "EM", "A10BK01", "negotiated", date(2023, 4, 10),
        (("10mg", "10片/盒", 10), ("10mg", "30片/盒", 30)),
        (
            Words("advantage", "心肾获益", "降糖之外，降低心衰住院和肾病进展的风险。", (*SUGAR, "肾内科")),
            Words("safety", "注意泌尿感染", "多饮水，注意会阴清洁；出现酮症症状立即停药就诊。", SUGAR),
        ),
    ),
    Drug(
        "门冬胰岛素注射液", "程优锐", "注射剂", "EM", "A10AB05", "b", date(2021, 8, 1),
        (("3ml:300单位", "1支/盒", 1),),
        (Words("dosage", "餐前即刻注射", "餐前 5～10 分钟皮下注射，必要时餐后立即给药。", SUGAR),),
        storage="cold", letter="S",
    ),
    Drug(
        "非布司他片", "程尿平", "片剂", "EM", "M04AA03", "b", date(2019, 11, 4),
        (("40mg", "14片/盒", 14),),
        (Words("indication", "痛风高尿酸血症", "用于痛风患者高尿酸血症的长期治疗。", ("风湿免疫科",), EXPIRED),),
        stage="suspended",
    ),
    Drug(
        "注射用头孢曲松钠", "程曲松", "粉针剂", "RI", "J01DD04", "a", date(2014, 2, 10),
        (("1.0g", "10瓶/盒", 10),),
        (Words("safety", "禁与含钙溶液合用", "不得与含钙溶液混合或同时输注，新生儿尤须注意。", LUNG),),
        procurement="selected", storage="cool_dark",
    ),
    Drug(
        "布地奈德混悬液", "程吸舒", "吸入制剂", "RI", "R03BA02", "b", date(2022, 10, 12),
        (("2ml:1mg", "5支/盒", 5),),
        (
            Words("indication", "支气管哮喘", "雾化吸入，用于支气管哮喘的维持治疗。", LUNG),
            Words("dosage", "漱口", "每次雾化后漱口，减少口咽部念珠菌感染。", LUNG, DRAFT),
        ),
        procurement="selected",
    ),
    Drug(
        "布洛芬缓释胶囊", "程芬立", "缓释胶囊", "RI", "M01AE01", "self_paid", date(2012, 3, 1),
        (("0.3g", "20粒/盒", 20), ("0.3g", "10粒/盒", 10)),
        (Words("safety", "不超过五天", "止痛连续服用不超过五天，症状不缓解请就医。", (), IN_USE, ("pharmacy", "individual")),),
        prescription="otc_a",
    ),
    Drug(
        "吸入用新型抗病毒溶液", "", "吸入制剂", "RI", "", "", None, (), stage="development",
    ),
)  # fmt: skip


def build_products(*, at: datetime) -> None:
    """By the people who would: the product manager opens and drafts, the marketer approves."""
    writer, approver = _person("product"), _person("marketing")
    for code, name, regions in LINES:
        line = actions.create_line(actor=writer, at=at, data=CreateLine(code=code, name=name, limited=bool(regions)))
        for region in regions:
            team = AddLineTeam(territory=region, starts_on=date(day_of(at).year - 1, 1, 1))
            actions.add_line_team(actor=writer, at=at, line_id=line.pk, data=team)
    for number, drug in enumerate(DRUGS, start=1):
        product = _open(writer, at, number, drug)
        for words in drug.words:
            _tell(writer, approver, at, product, words)
        if drug.stage == "suspended":
            stopped = MoveProductStage(stage="suspended", on=day_of(at) - timedelta(days=45), reason="生产线改造")
            actions.move_product_stage(actor=writer, at=at, product_id=product.pk, data=stopped)


def _person(username: str) -> Actor:
    return Actor(user=User.objects.get(username=username), door=Door.COMMAND)


def _open(writer: Actor, at: datetime, number: int, drug: Drug) -> Product:
    approved = f"国药准字{drug.letter}2099{number:04d}" if drug.launched else ""
    data = CreateProduct(
        generic_name=drug.name,
        trade_name=drug.trade_name,
        approval_number=approved,
        dosage_form=drug.form,
        manufacturer=MAKER,
        holder=MAKER,
        atc_code=drug.atc,
        line=drug.line,
        product_manager="product",
        insurance_class=drug.insurance,
        procurement=drug.procurement if drug.launched else "",
        prescription_class=drug.prescription,
        launched_on=drug.launched,
        stage="on_sale" if drug.launched else drug.stage,
        **drug.facts,
    )
    product = actions.create_product(actor=writer, at=at, data=data)
    for position, (spec, pack, units) in enumerate(drug.packs, start=1):
        body = f"699900{number:04d}{position:02d}"
        size = AddPack(
            spec=spec,
            pack=pack,
            units_per_pack=units,
            packs_per_case=200,
            barcode=body + ean.calc_check_digit(body),
            trace_prefix=f"89{number:03d}{position:02d}",
            shelf_life_months=24,
            storage=drug.storage,
        )
        actions.add_pack(actor=writer, at=at, product_id=product.pk, data=size)
    return product


def _tell(writer: Actor, approver: Actor, at: datetime, product: Product, words: Words) -> None:
    """A message as far as it has come. One that was renewed has a second version, in use since a while."""
    then = at - timedelta(days=DAYS_AGO.get(words.state, 1))
    data = DraftMessage(
        theme=words.theme,
        title=words.title,
        text=words.text,
        audiences=list(words.audiences),
        departments=list(words.departments),
        evidence="说明书",
    )
    version = actions.draft_message(actor=writer, at=then, product_id=product.pk, data=data)
    if words.state == DRAFT:
        return
    actions.submit_message(actor=writer, at=then, version_id=version.pk)
    if words.state == WAITING:
        return
    yes = DecideMessage(approve=True, note="与说明书一致")
    actions.decide_message(actor=approver, at=then, version_id=version.pk, data=yes)
    if words.state == RENEWED:
        later = at - timedelta(days=DAYS_AGO[IN_USE])
        newer = data.model_copy(update={"text": f"{words.text}依据更新至最新一版说明书。"})
        renewed = actions.draft_next_version(actor=writer, at=later, message_id=version.message_id, data=newer)
        actions.submit_message(actor=writer, at=later, version_id=renewed.pk)
        actions.decide_message(actor=approver, at=later, version_id=renewed.pk, data=yes)
