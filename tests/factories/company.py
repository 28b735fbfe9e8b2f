"""A small company for tests, made through actions only.

药程公司 ─ 华东大区 ─ 南京地区 ─ 南京鼓楼, 南京玄武
        └ 华北大区 ─ 北京地区 ─ 北京东城
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from repertory.core.actor import Actor, Door, system_actor
from repertory.organisation.actions import assign, create_person, create_territory
from repertory.organisation.inputs import Assign, CreatePerson, CreateTerritory
from repertory.organisation.models import Territory, User

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PASSWORD = "Nanjing-2026-Yaocheng"
SINCE = date(2025, 1, 1)

TREE = (
    ("CO", "药程公司", "company", None),
    ("E", "华东大区", "region", "CO"),
    ("N", "华北大区", "region", "CO"),
    ("E1", "南京地区", "district", "E"),
    ("N1", "北京地区", "district", "N"),
    ("E1A", "南京鼓楼", "territory", "E1"),
    ("E1B", "南京玄武", "territory", "E1"),
    ("N1A", "北京东城", "territory", "N1"),
)
PEOPLE = (
    ("admin", "管理员", "admin", "CO"),
    ("boss", "总经理", "manager", "CO"),
    ("manager", "大区经理", "manager", "E"),
    ("supervisor", "地区主管", "supervisor", "E1"),
    ("rep", "李娜", "rep", "E1A"),
    ("teammate", "王强", "rep", "E1B"),
    ("foreigner", "赵敏", "rep", "N1A"),
    ("product", "产品经理", "product_manager", "CO"),
    ("marketer", "市场专员", "marketer", "CO"),
    ("finance", "内勤", "finance", "CO"),
    ("auditor", "审计", "auditor", "CO"),
)
ROLES_BY_ACCOUNT = {username: role for username, _name, role, _code in PEOPLE}


@dataclass(frozen=True)
class Company:
    """people and territories by account and by code."""

    people: dict[str, User]
    territories: dict[str, Territory]

    def actor(self, username: str, door: Door = Door.WEB) -> Actor:
        """The person as an actor of a fresh request."""
        return Actor(user=self.people[username], door=door, request_id="test")


def build_company() -> Company:
    """The people have been at their posts since 2025; nobody must change the password."""
    actor = system_actor()
    for code, name, level, parent in TREE:
        data = CreateTerritory(code=code, name=name, level=level, parent=parent)
        create_territory(actor=actor, at=AT, data=data)
    for username, name, role, code in PEOPLE:
        account = CreatePerson(username=username, name=name, password=PASSWORD, must_change_password=False)
        create_person(actor=actor, at=AT, data=account)
        assign(actor=actor, at=AT, data=Assign(username=username, territory=code, role=role, starts_on=SINCE))
    return load_company()


def load_company() -> Company:
    """The company that is in the database."""
    people = {person.username: person for person in User.objects.all()}
    return Company(people, {territory.code: territory for territory in Territory.objects.all()})
