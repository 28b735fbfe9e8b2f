"""Visit files: each row a visit that took place; the same person, customer and minute is the same visit."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput, NotFound
from repertory.core.inputs import read_input
from repertory.core.time import COMPANY_ZONE
from repertory.customers.access import visible_customers
from repertory.organisation.models import User
from repertory.platform.exchange.columns import Column, ColumnType
from repertory.platform.exchange.filters import list_query
from repertory.platform.exchange.kinds import ImportPlan
from repertory.platform.exchange.rowwise import Outcome, RowwiseImporter, Values
from repertory.products.access import visible_products
from repertory.visits.access import person_for, visible_visits
from repertory.visits.actions import bring_in_visit, update_brought_in
from repertory.visits.choices import Mode, Purpose, Status
from repertory.visits.inputs import AmendVisit, BringInVisit
from repertory.visits.models import Visit
from repertory.visits.queries.listing import matching_visits, shown

CHUNK = 1_000
# Files tell hours and minutes, devices record seconds.
MINUTE = timedelta(minutes=1)
T = gettext_lazy
MINUTES = ("subject", "focus", "questions", "consensus", "disagreement", "next_step")
COLUMNS = (
    Column("customer", T("客户编码"), aliases=("客户",), required=True),
    Column("customer_name", T("客户名称"), imported=False),
    Column("user", T("拜访人账号"), aliases=("拜访人", "账号"), required=True),
    Column("day", T("日期"), ColumnType.DATE, aliases=("拜访日期",), required=True),
    Column("starts", T("开始时间"), aliases=("时间",), required=True, example="09:10"),
    Column("ends", T("结束时间"), example="09:30"),
    Column("mode", T("方式"), ColumnType.CHOICE, choices=tuple(Mode.choices)),
    Column("purpose", T("目的"), ColumnType.CHOICE, choices=tuple(Purpose.choices)),
    Column("products", T("产品编码"), aliases=("产品",), example="P0001、P0002"),
    Column("subject", T("主题")),
    Column("focus", T("客户关注点")),
    Column("questions", T("客户疑问")),
    Column("consensus", T("达成共识")),
    Column("disagreement", T("分歧")),
    Column("next_step", T("下一步")),
    Column("status", T("状态"), ColumnType.CHOICE, choices=tuple(Status.choices)),
    Column("planned_on", T("计划日期"), ColumnType.DATE, imported=False),
    Column("late", T("补录"), ColumnType.BOOL, imported=False),
    Column("territory", T("辖区"), imported=False),
)


def columns(actor: Actor) -> Sequence[Column]:
    return COLUMNS


def importer(plan: ImportPlan) -> RowwiseImporter:
    return RowwiseImporter(plan, write_row)


def write_row(plan: ImportPlan, values: Values) -> Outcome:
    """Take the visit over, or bring the minutes of the same one up to date."""
    given = {key: value.strip() if isinstance(value, str) else value for key, value in values.items() if value}
    if given.get("status", Status.DONE) != Status.DONE:
        raise InvalidInput(_("只导入已完成的拜访，请把计划和取消的行去掉。"), code="not_done", field="status")
    customer_id = _key(plan.actor, given.pop("customer", ""))
    starts_at = _moment(given.get("day"), given.pop("starts", ""), "starts")
    person = _person(plan.actor, given.get("user", ""))
    same = {"customer": customer_id, "user": person, "starts_at__gte": starts_at, "starts_at__lt": starts_at + MINUTE}
    visit = visible_visits(plan.actor).filter(status=Status.DONE, **same).order_by("starts_at", "pk").first()
    minutes = {name: given[name] for name in MINUTES if name in given}
    if visit is not None:
        data = read_input(AmendVisit, minutes)
        amended = update_brought_in(actor=plan.actor, at=plan.at, visit_id=visit.pk, data=data)
        return Outcome.UPDATED if amended.version != visit.version else Outcome.UNCHANGED
    facts: dict[str, Any] = {**minutes, "customer_id": customer_id, "starts_at": starts_at}
    facts |= {"username": person.username, "products": _products(plan.actor, given.get("products", ""))}
    facts |= {name: given[name] for name in ("mode", "purpose") if name in given}
    if given.get("ends"):
        facts["ends_at"] = _moment(given.get("day"), given["ends"], "ends")
    bring_in_visit(actor=plan.actor, at=plan.at, data=read_input(BringInVisit, facts))
    return Outcome.CREATED


def _key(actor: Actor, code: str) -> int:
    found = visible_customers(actor).filter(code=code).values_list("pk", flat=True).first() if code else None
    if found is None:
        message = _("没有编码为“%(code)s”的客户，或者不在您的范围内。") % {"code": code[:40]}
        raise InvalidInput(message, code="unknown", field="customer")
    return found


def _person(actor: Actor, username: str) -> User:
    try:
        return person_for(actor, username)
    except NotFound:
        message = _("没有账号为“%(account)s”的人，或者不是您的下属。") % {"account": username[:40]}
        raise InvalidInput(message, code="unknown", field="user") from None


def _moment(day: Any, clock: str, field: str) -> datetime:
    try:
        return datetime.fromisoformat(f"{day}T{clock.replace('：', ':').zfill(5)}").replace(tzinfo=COMPANY_ZONE)
    except ValueError:
        message = _("“%(text)s”不是时间，请写成 09:10 这样。") % {"text": clock[:20]}
        raise InvalidInput(message, code="not_a_time", field=field) from None


def _products(actor: Actor, text: str) -> list[dict[str, int]]:
    codes = [code.strip() for code in text.replace("，", "、").replace(",", "、").split("、") if code.strip()]
    if not codes:
        return []
    known = dict(visible_products(actor).filter(code__in=codes).values_list("code", "pk"))
    for code in codes:
        if code not in known:
            message = _("没有编码为“%(code)s”的产品，或者不在您的范围内。") % {"code": code[:40]}
            raise InvalidInput(message, code="unknown", field="products")
    return [{"product_id": known[code]} for code in dict.fromkeys(codes)]


def export(actor: Actor, filters: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """The visits of the list with these filters, from the first day on."""
    for visit in shown(_listed(actor, filters)).order_by("day", "pk").iterator(chunk_size=CHUNK):
        yield {
            **{
                name: getattr(visit, name)
                for name in (*MINUTES, "day", "mode", "purpose", "status", "planned_on", "late")
            },
            "customer": visit.customer.code,
            "customer_name": visit.customer.name,
            "user": visit.user.username,
            "starts": _clock(visit.starts_at) or (f"{visit.planned_start:%H:%M}" if visit.planned_start else ""),
            "ends": _clock(visit.ends_at),
            "products": "、".join(talked.product.code for talked in visit.products.all()),
            "territory": visit.territory.name if visit.territory else "",
        }


def _clock(at: datetime | None) -> str:
    return f"{at.astimezone(COMPANY_ZONE):%H:%M}" if at else ""


def count(actor: Actor, filters: Mapping[str, str]) -> int:
    return _listed(actor, filters).count()


def _listed(actor: Actor, filters: Mapping[str, str]) -> QuerySet[Visit]:
    return matching_visits(actor=actor, query=list_query(filters))
