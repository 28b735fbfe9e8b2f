"""People and their posts: one row per post, so that somebody with two posts stands in two rows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput
from repertory.core.inputs import read_input
from repertory.core.time import day_of, now
from repertory.organisation.access import visible_people
from repertory.organisation.actions import assign, create_person, revise_person
from repertory.organisation.choices import Role, Side
from repertory.organisation.inputs import Assign, CreatePerson, RevisePerson
from repertory.organisation.models import Assignment, User
from repertory.platform.exchange.columns import Column, ColumnType
from repertory.platform.exchange.kinds import ImportPlan
from repertory.platform.exchange.rowwise import Outcome, RowwiseImporter

COLUMNS = (
    Column("username", gettext_lazy("账号"), aliases=("用户名", "登录名"), required=True, example="rep01"),
    Column("name", gettext_lazy("姓名"), aliases=("员工姓名",), required=True, example="李娜"),
    Column("employee_number", gettext_lazy("工号"), aliases=("员工编号",)),
    Column("email", gettext_lazy("邮箱"), aliases=("电子邮箱",), example="lina@example.com"),
    Column("phone", gettext_lazy("工作手机"), aliases=("手机", "电话")),
    Column("side", gettext_lazy("学术/销售"), ColumnType.CHOICE, choices=tuple(Side.choices)),
    Column("filing_number", gettext_lazy("医药代表备案号"), aliases=("备案号",)),
    Column("filing_expires_on", gettext_lazy("备案有效期至"), ColumnType.DATE),
    Column("is_active", gettext_lazy("在用"), ColumnType.BOOL, note=gettext_lazy("填“否”停用账号，立即退出登录。")),
    Column("role", gettext_lazy("岗位"), ColumnType.CHOICE, aliases=("角色",), choices=tuple(Role.choices)),
    Column(
        "territory",
        gettext_lazy("辖区编码"),
        aliases=("辖区",),
        note=gettext_lazy("和岗位一起填。没有这个任职就新增，不会结束原有任职。"),
    ),
    Column("starts_on", gettext_lazy("任职自"), ColumnType.DATE, note=gettext_lazy("不填为今天。")),
)
_OWN = ("username", "name", "employee_number", "email", "phone", "side", "filing_number", "filing_expires_on")


def columns(actor: Actor) -> Sequence[Column]:
    return COLUMNS


def importer(plan: ImportPlan) -> RowwiseImporter:
    return RowwiseImporter(plan, write_row)


def write_row(plan: ImportPlan, values: dict[str, Any]) -> Outcome:
    """Open or revise the account, then give the post."""
    username = values.get("username")
    if not username:
        raise InvalidInput(_("账号不能为空。"), code="missing", field="username")
    person = User.objects.filter(username=username.strip()).first()
    facts = {name: "" if values[name] is None else values[name] for name in _OWN[1:] if name in values}
    if person is None:
        data = read_input(CreatePerson, {"username": username, **facts})
        person = create_person(actor=plan.actor, at=plan.at, data=data)
        outcome = Outcome.CREATED
    else:
        outcome = Outcome.UNCHANGED
    revised = {**facts, "is_active": values["is_active"]} if values.get("is_active") is not None else facts
    version = person.version
    data = read_input(RevisePerson, revised)
    changed = revise_person(actor=plan.actor, at=plan.at, person_id=person.pk, data=data).version != version
    posted = _post(plan, person, values)
    return outcome if outcome is Outcome.CREATED or not (changed or posted) else Outcome.UPDATED


def _post(plan: ImportPlan, person: User, values: Mapping[str, Any]) -> bool:
    """Whether a post was added."""
    role, territory = values.get("role"), values.get("territory")
    if not role and not territory:
        return False
    if not role or not territory:
        field = "territory" if role else "role"
        raise InvalidInput(_("岗位和辖区编码要一起填。"), code="missing", field=field)
    today = day_of(plan.at)
    held = Assignment.objects.filter(user=person, role=role, territory__code=territory.strip())
    starts_on = values.get("starts_on")
    if starts_on and held.filter(starts_on=starts_on).exists():
        return False
    if not starts_on and held.filter(Q(ends_on=None) | Q(ends_on__gt=today)).exists():
        return False
    data = read_input(
        Assign, {"username": person.username, "territory": territory.strip(), "role": role, "starts_on": starts_on}
    )
    assign(actor=plan.actor, at=plan.at, data=data)
    return True


def export(actor: Actor, filters: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """Everybody whom the person sees, once for each post that is held today, once where there is none."""
    today = day_of(now())
    held: dict[int, list[tuple[str, str, Any]]] = {}
    posts = Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), starts_on__lte=today)
    for user_id, *post in posts.order_by("pk").values_list("user_id", "role", "territory__code", "starts_on"):
        held.setdefault(user_id, []).append(tuple(post))
    for person in visible_people(actor).order_by("username"):
        facts = {name: getattr(person, name) for name in (*_OWN, "is_active")}
        for role, territory, starts_on in held.get(person.pk, [("", "", None)]):
            yield {**facts, "role": role, "territory": territory, "starts_on": starts_on}


def count(actor: Actor, filters: Mapping[str, str]) -> int:
    """Of people; somebody with several posts is more than one row."""
    return visible_people(actor).count()
