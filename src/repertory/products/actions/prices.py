"""Price lists: drafted, filled, submitted for approval, in force, followed by the next version, withdrawn (M-PRO-4)."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, InvalidInput, NotFound, RuleViolation, Stale
from repertory.core.states import move
from repertory.core.time import day_of
from repertory.organisation.access import require
from repertory.platform.approvals.actions import request_approval, withdraw_of
from repertory.platform.approvals.queries import last_of
from repertory.platform.audit_lines import Line
from repertory.platform.changes import Changes, apply, given, plain
from repertory.platform.models import ApprovalRequest
from repertory.platform.models.approvals import RequestState
from repertory.platform.unit import action, record
from repertory.products import access, pricing
from repertory.products.choices import PRICE_LIST_TRANSITIONS, PriceListState
from repertory.products.inputs import (
    DraftPriceList,
    NextPriceList,
    RevisePriceList,
    SetPrice,
    SubmitPriceList,
    WithdrawPriceList,
)
from repertory.products.models import Price, PriceList
from repertory.products.months import season_of

KIND = "price_list"
OPEN = (PriceListState.DRAFT, PriceListState.SUBMITTED)
COPIED = "pack_id customer_kind tier province season from_quantity price_cny floor_cny starts_on ends_on".split()


@action
def draft_price_list(*, actor: Actor, at: datetime, data: DraftPriceList) -> PriceList:
    """A new list without prices, nobody's to use until it is approved."""
    require(access.may_write_prices(actor))
    if PriceList.objects.filter(code=data.code).exists():
        message = _("已有编码为“%(code)s”的价格表，请换一个编码，或者从它建新版本。") % {"code": data.code}
        raise Conflict(message, code="code_taken", field="code")
    return _create(actor, at, number=1, **data.model_dump())


@action
def draft_next_price_list(*, actor: Actor, at: datetime, list_id: int, data: NextPriceList) -> PriceList:
    """The next version, with the same prices. The one in force stays so until this one is approved and begins."""
    old = access.lock_price_list(actor, list_id)
    if PriceList.objects.filter(code=old.code, state__in=OPEN).exists():
        message = _("这张价格表已有一个版本在起草或审批中，请先处理它。")
        raise Conflict(message, code="version_open")
    last = PriceList.objects.filter(code=old.code).order_by("-number").values_list("number", flat=True)[0]
    found = _create(actor, at, number=last + 1, code=old.code, name=old.name, starts_on=data.starts_on, note=old.note)
    rows = [row for row in old.prices.order_by("pk") if row.ends_on is None or row.ends_on > data.starts_on]
    copies = [Price(price_list=found, **{name: getattr(row, name) for name in COPIED}) for row in rows]
    for copy in copies:
        copy.starts_on = max(copy.starts_on, data.starts_on)
    Price.objects.bulk_create(copies)
    return found


@action
def revise_price_list(*, actor: Actor, at: datetime, list_id: int, data: RevisePriceList) -> PriceList:
    """Another name, first day or note of a draft."""
    found = _lock_draft(actor, list_id)
    if data.version is not None and data.version != found.version:
        raise Stale()
    values = given(data, ("name", "starts_on", "note"))
    changes = apply(found, {name: value for name, value in values.items() if value is not None})
    if not changes:
        return found
    earlier = found.prices.filter(starts_on__lt=found.starts_on).order_by("pk").first()
    if earlier is not None:
        message = _("%(pack)s 的价格从 %(day)s 起，早于价格表，请先改这一行。")
        words = {"pack": str(earlier), "day": earlier.starts_on}
        raise RuleViolation(message % words, code="starts_earlier", field="starts_on")
    _touch(actor, at, found)
    note("revised", found, changes)
    return found


@action
def discard_price_list(*, actor: Actor, at: datetime, list_id: int) -> None:
    """Throw a draft away."""
    found = _lock_draft(actor, list_id)
    note("price_list_discarded", found)
    found.delete()


@action
def add_price(*, actor: Actor, at: datetime, list_id: int, data: SetPrice) -> Price:
    """One more price of a draft. Two prices under the same conditions for the same days are refused."""
    found = _lock_draft(actor, list_id)
    price = Price(price_list=found)
    changes = _fill(actor, price, data)
    price.save(force_insert=True)
    _touch(actor, at, found)
    note("price_added", found, changes)
    return price


@action
def revise_price(*, actor: Actor, at: datetime, price_id: int, data: SetPrice) -> Price:
    """The whole price again."""
    price = _price(actor, price_id)
    found = _lock_draft(actor, price.price_list_id)
    price.price_list = found
    changes = _fill(actor, price, data)
    if changes:
        price.save()
        _touch(actor, at, found)
        note("price_revised", found, {"pack": [None, price.pack.code], **changes})
    return price


@action
def remove_price(*, actor: Actor, at: datetime, price_id: int) -> None:
    price = _price(actor, price_id)
    found = _lock_draft(actor, price.price_list_id)
    amounts: Changes = {"price_cny": [plain(price.price_cny), ""], "floor_cny": [plain(price.floor_cny), ""]}
    note("price_removed", found, {"pack": [price.pack.code, ""], **amounts})
    price.delete()
    _touch(actor, at, found)


@action
def submit_price_list(*, actor: Actor, at: datetime, list_id: int, data: SubmitPriceList) -> PriceList:
    """Ask for approval, which nobody who made it gives."""
    found = _lock_draft(actor, list_id)
    if not found.prices.exists():
        raise RuleViolation(_("价格表里还没有价格。请先添加或导入。"), code="empty")
    _check_against_others(found, max(found.starts_on, day_of(at)))
    _move(found, PriceListState.SUBMITTED, at, submitted_at=at)
    request_approval(
        actor=actor,
        at=at,
        kind=KIND,
        object_id=found.pk,
        title=str(found),
        reason=data.reason or found.note,
        authors=found.editors,
    )
    note("price_list_submitted", found, reason=data.reason)
    return found


@action
def take_back_price_list(*, actor: Actor, at: datetime, list_id: int) -> PriceList:
    """Back to a draft, before it is decided."""
    found = access.lock_price_list(actor, list_id)
    withdraw_of(actor=actor, at=at, kind=KIND, object_id=found.pk, reason=_("退回修改"))
    _move(found, PriceListState.DRAFT, at)
    note("price_list_returned", found)
    return found


@action
def put_price_list_in_force(*, actor: Actor, at: datetime, list_id: int) -> PriceList:
    """What its approval brings about: it counts from its first day on, not before today, and the version before ends then.
    Only an approved request leads here."""
    request = last_of(kind=KIND, object_id=list_id)
    require(request is not None and request.state == RequestState.APPROVED)
    # All of them, in order: two lists that contradict each other are not approved side by side.
    rows = {row.pk: row for row in PriceList.objects.select_for_update().order_by("pk")}
    found, begins = rows[list_id], max(rows[list_id].starts_on, day_of(at))
    _check_against_others(found, begins)
    _move(found, PriceListState.APPROVED, at, approved_at=at, in_force_from=begins)
    for old in rows.values():
        if old.code == found.code and old.pk != found.pk and old.state == PriceListState.APPROVED:
            _end(old, begins)
    note("price_list_approved", found, {"in_force_from": [None, begins.isoformat()]})
    return found


@action
def return_price_list(*, actor: Actor, at: datetime, list_id: int, reason: str) -> PriceList:
    """Its approval was refused or withdrawn: a draft again. Only an ended request leads here."""
    request = last_of(kind=KIND, object_id=list_id)
    require(request is not None and request.state in (RequestState.REJECTED, RequestState.WITHDRAWN))
    found = PriceList.objects.select_for_update().get(pk=list_id)
    _move(found, PriceListState.DRAFT, at)
    note("price_list_returned", found, reason=reason)
    return found


@action
def withdraw_price_list(*, actor: Actor, at: datetime, list_id: int, data: WithdrawPriceList) -> PriceList:
    """From today on nothing is sold at these prices; what earlier days cost stays known."""
    found = access.lock_price_list(actor, list_id)
    begins = found.in_force_from or found.starts_on
    ends = max(day_of(at), begins)
    ends = ends if found.ended_on is None else min(ends, found.ended_on)
    _move(found, PriceListState.WITHDRAWN, at, ended_on=ends)
    note("price_list_withdrawn", found, {"ended_on": [None, ends.isoformat()]}, reason=data.reason)
    return found


def approved(request: ApprovalRequest, *, actor: Actor, at: datetime) -> None:
    put_price_list_in_force(actor=actor, at=at, list_id=request.object_id)


def refused(request: ApprovalRequest, *, actor: Actor, at: datetime) -> None:
    return_price_list(actor=actor, at=at, list_id=request.object_id, reason=request.ended_why)


def _create(actor: Actor, at: datetime, **facts: object) -> PriceList:
    people: dict[str, Any] = {"author_id": actor.user_id, "editors": [] if actor.user_id is None else [actor.user_id]}
    try:
        found = PriceList.objects.create(**facts, **people, created_at=at, updated_at=at)
    except IntegrityError:
        message = _("已有编码为“%(code)s”的价格表，请换一个编码，或者从它建新版本。")
        raise Conflict(message % {"code": facts["code"]}, code="code_taken", field="code") from None
    note("created", found, {"name": ["", found.name], "starts_on": ["", found.starts_on.isoformat()]})
    return found


def _lock_draft(actor: Actor, list_id: int) -> PriceList:
    found = access.lock_price_list(actor, list_id)
    if found.state != PriceListState.DRAFT:
        message = _("已提交或已批准的价格表不能改，请建新版本。")
        raise RuleViolation(message, code="not_editable", field="price_list")
    return found


def _price(actor: Actor, price_id: int) -> Price:
    price = access.visible_prices(actor).select_related("pack__product").filter(pk=price_id).first()
    if price is None:
        raise NotFound()
    return price


def _fill(actor: Actor, price: Price, data: SetPrice) -> Changes:
    """Set what was given; refused where it contradicts another price of the list."""
    pack = access.visible_packs(actor).select_related("product").filter(code=data.pack).first()
    if pack is None:
        message = _("没有编码为“%(code)s”的规格。") % {"code": data.pack}
        raise InvalidInput(message, code="unknown_pack", field="pack")
    found = price.price_list
    starts_on = data.starts_on or found.starts_on
    if starts_on < found.starts_on:
        message = _("这张价格表从 %(day)s 起，价格不能更早。") % {"day": found.starts_on}
        raise RuleViolation(message, code="starts_earlier", field="starts_on")
    if data.ends_on is not None and data.ends_on <= starts_on:
        raise RuleViolation(_("结束日期要晚于开始日期。"), code="range", field="ends_on")
    facts = data.model_dump(exclude={"pack", "months", "starts_on"})
    facts |= {"pack_id": pack.pk, "season": season_of(data.months), "starts_on": starts_on}
    changes = apply(price, facts | {"customer_kind": str(data.customer_kind)})
    price.pack = pack
    others = found.prices.filter(pack=pack).exclude(pk=price.pk)
    _refuse_contradiction(price, pricing.contradicting(price, others))
    return {"pack": changes.pop("pack_id"), **changes} if "pack_id" in changes else changes


def _check_against_others(found: PriceList, begins: date) -> None:
    """No price of it contradicts one that stays in force on another list."""
    own = list(found.prices.select_related("pack__product"))
    lists = PriceList.objects.filter(state=PriceListState.APPROVED).exclude(code=found.code)
    rows = Price.objects.filter(price_list__in=lists, pack__in={row.pack_id for row in own})
    others = [row for row in rows.select_related("price_list") if pricing.clipped(row)]
    for price in own:
        price.starts_on = max(price.starts_on, begins)
        if price.ends_on is None or price.ends_on > price.starts_on:
            same_pack = [row for row in others if row.pack_id == price.pack_id]
            _refuse_contradiction(price, pricing.contradicting(price, same_pack))


def _refuse_contradiction(price: Price, other: Price | None) -> None:
    if other is None:
        return
    message = _("%(pack)s 在“%(list)s”里已有条件相同、日期重叠的价格，同一条件同一天只能有一个价。")
    words = {"pack": str(price), "list": str(other.price_list)}
    raise Conflict(message % words, code="overlap", field="pack")


def _touch(actor: Actor, at: datetime, found: PriceList) -> None:
    if actor.user_id is not None and actor.user_id not in found.editors:
        found.editors = [*found.editors, actor.user_id]
    found.updated_at = at
    found.version += 1
    found.save()


def _end(old: PriceList, begins: date) -> None:
    """The version before ends where the next begins; one that has not begun never will."""
    ends = max(begins, old.in_force_from or begins)
    if old.ended_on is None or old.ended_on > ends:
        old.ended_on = ends
        old.save(update_fields=["ended_on"])


def _move(found: PriceList, to: PriceListState, at: datetime, **values: object) -> None:
    values |= {"version": found.version + 1, "updated_at": at}
    move(PriceList, found.pk, found.state, to, PRICE_LIST_TRANSITIONS, field="state", **values)
    found.refresh_from_db()


def note(verb: str, found: PriceList, changes: Changes | None = None, *, reason: str = "") -> None:
    record(Line(verb, "price_list", found.pk, label=str(found), changes=changes or {}, reason=reason[:300]))
