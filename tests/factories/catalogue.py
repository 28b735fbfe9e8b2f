"""Products around one rep: carried by the own territory, a teammate's, a stranger's, the own one until yesterday, removed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from repertory.core.actor import Actor, system_actor
from repertory.core.time import day_of
from repertory.products import actions
from repertory.products.inputs import (
    AddLineTeam,
    AddPack,
    CreateLine,
    CreateProduct,
    DecideMessage,
    DraftMessage,
    EndLineTeam,
    RemoveProduct,
)
from repertory.products.models import MessageVersion, Pack, Product, ProductLine

TERRITORY = {"own": "E1A", "team": "E1B", "foreign": "N1A", "former": "N1A"}
WORDING = {
    "theme": "advantage",
    "title": "起效快",
    "text": "服药两周后 LDL-C 平均下降 40%。",
    "audiences": ["hcp"],
    "departments": ["心内科"],
    "evidence": "说明书【临床试验】",
}


@dataclass(frozen=True)
class Catalogue:
    own: Product
    team: Product
    foreign: Product
    former: Product
    removed: Product
    everybody: Product
    in_development: Product


def open_product(*, at: datetime, name: str, number: int = 0, **facts: Any) -> Product:
    """On sale where it has an approval number, in development where it has none."""
    given = {"approval_number": f"国药准字H2026{number:04d}", "stage": "on_sale"} if number else {}
    given |= {"launched_on": min(day_of(at) - timedelta(days=400), date(2025, 1, 1))} if number else {}
    data = CreateProduct(**{"generic_name": name, **given, **facts})
    return actions.create_product(actor=system_actor(), at=at, data=data)


def open_line(*, at: datetime, code: str, territory: str = "") -> ProductLine:
    """A line that only the territory carries; without one everybody does."""
    data = CreateLine(code=code, name=f"{code}线", limited=bool(territory))
    line = actions.create_line(actor=system_actor(), at=at, data=data)
    if territory:
        since = day_of(at) - timedelta(days=30)
        team = AddLineTeam(territory=territory, starts_on=since)
        actions.add_line_team(actor=system_actor(), at=at, line_id=line.pk, data=team)
    return line


def hand_over(line: ProductLine, *, at: datetime, to: str) -> None:
    yesterday = day_of(at) - timedelta(days=1)
    system = {"actor": system_actor(), "at": at}
    actions.end_line_team(**system, team_id=line.teams.get().pk, data=EndLineTeam(on=yesterday))
    actions.add_line_team(**system, line_id=line.pk, data=AddLineTeam(territory=to, starts_on=yesterday))


def add_pack(product: Product, *, at: datetime, spec: str = "20mg", pack: str = "7片×2板/盒", **facts: Any) -> Pack:
    data = AddPack(spec=spec, pack=pack, **facts)
    return actions.add_pack(actor=system_actor(), at=at, product_id=product.pk, data=data)


def draft(product: Product, *, at: datetime, actor: Actor | None = None, **facts: Any) -> MessageVersion:
    data = DraftMessage(**{**WORDING, **facts})
    return actions.draft_message(actor=actor or system_actor(), at=at, product_id=product.pk, data=data)


def submit(version: MessageVersion, *, at: datetime, actor: Actor | None = None) -> MessageVersion:
    return actions.submit_message(actor=actor or system_actor(), at=at, version_id=version.pk)


def approve(version: MessageVersion, *, at: datetime, actor: Actor | None = None, **facts: Any) -> MessageVersion:
    """From its draft on."""
    submit(version, at=at)
    data = DecideMessage(approve=True, **facts)
    return actions.decide_message(actor=actor or system_actor(), at=at, version_id=version.pk, data=data)


def build_catalogue(at: datetime) -> Catalogue:
    """Each with a pack and an approved message."""
    lines = {
        target: open_line(at=at, code=target.upper(), territory=TERRITORY[target])
        for target in ("own", "team", "foreign")
    }
    lines["former"] = open_line(at=at, code="FORMER", territory="E1A")
    hand_over(lines["former"], at=at, to=TERRITORY["former"])
    names = {"own": "阿托伐他汀钙片", "team": "氨氯地平片", "foreign": "二甲双胍片", "former": "氯吡格雷片"}
    found = {
        target: open_product(at=at, name=name, number=number, line=lines[target].code)
        for number, (target, name) in enumerate(names.items(), 1)
    }
    found["removed"] = open_product(at=at, name="误建片", number=8)
    found["everybody"] = open_product(at=at, name="布洛芬缓释胶囊", number=9, trade_name="芬立舒")
    found["in_development"] = open_product(at=at, name="研发中注射液")
    for product in found.values():
        add_pack(product, at=at)
        if product.approval_number and product != found["removed"]:
            approve(draft(product, at=at), at=at)
    mistake = RemoveProduct(reason="误建")
    actions.remove_product(actor=system_actor(), at=at, product_id=found["removed"].pk, data=mistake)
    return Catalogue(**found)
